// test/support/totals.ts — Reads what uvu prints at the end of a file.
import { stripVTControlCharacters } from 'node:util';

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const TOTALS = /^ *Total: +(\d+)\n *Passed: +(\d+)\n *Skipped: +(\d+)$/gm;

/** The last totals in the output: a test may print such lines itself. Undefined when the file ended before its tests did. */
export function parseTotals(output: string): Totals | undefined {
  const match = [...stripVTControlCharacters(output).replaceAll('\r', '').matchAll(TOTALS)].at(-1);
  if (match === undefined) return undefined;
  const [total, passed, skipped] = match.slice(1).map(Number);
  if (total === undefined || passed === undefined || skipped === undefined) return undefined;
  return { passed, failed: total - passed, skipped };
}
