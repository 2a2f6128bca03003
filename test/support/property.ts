// test/support/property.ts — Properties of a server that all of a file's tests share.
import fc from 'fast-check';

/** What shrinks a failure, or what a busy machine takes, is no longer than this. */
const LIMIT_MS = 20_000;

/**
 * Settles when no run is under way any more: fast-check leaves the one that it interrupts, and it would go on with the
 * server that the next test has.
 */
export async function holds<Value>(
  property: fc.IAsyncProperty<Value>,
  numRuns: number,
  limitMs = LIMIT_MS,
): Promise<void> {
  const run = property.run.bind(property);
  let underWay: ReturnType<typeof run> = Promise.resolve(null);
  property.run = (value) => {
    underWay = run(value);
    return underWay;
  };
  try {
    await fc.assert(property, { numRuns, interruptAfterTimeLimit: limitMs, includeErrorInReport: true });
  } finally {
    await underWay;
  }
}
