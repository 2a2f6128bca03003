// test/simulator/run/play.test.ts — Sampling a run that takes time: the end of the work ends the sampling, whenever it comes.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { nextTurn } from '../../../contract/waiting.js';
import type { Sampler } from '../../../simulator/observe/sampler.js';
import { sampleUntil } from '../../../simulator/run/play.js';

test('work that fails while a sample is taken is thrown to the caller, and is not an unhandled rejection', async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', listen);
  const problem = new Error('a producer thread ended early');
  let fail: (error: Error) => void = () => undefined;
  const work = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const sample = async () => {
    fail(problem);
    // Node says what is unhandled at the end of a turn.
    await nextTurn();
    await nextTurn();
  };
  const sampler = { sample } as unknown as Sampler;
  const thrown = await sampleUntil(work, { sampler, signal: new AbortController().signal }).catch(
    (error: unknown) => error,
  );
  process.off('unhandledRejection', listen);
  assert.is(thrown, problem);
  assert.equal(unhandled, []);
});

test.run();
