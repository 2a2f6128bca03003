// test/support/property.test.ts
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { holds } from './property.js';

test('a run that is interrupted has ended before the next test begins', async () => {
  const ends: number[] = [];
  let starts = 0;
  const property = fc.asyncProperty(fc.nat(), async () => {
    starts += 1;
    await sleep(starts === 1 ? 0 : 300);
    ends.push(starts);
  });
  await holds(property, 1000, 100);
  assert.equal([starts, ends], [2, [1, 2]]);
});

test('what failed is told', async () => {
  const property = fc.asyncProperty(fc.constant(1), async (found) => assert.is(found, 2, 'expected another number'));
  const error = await holds(property, 1).catch((reason: unknown) => reason);
  assert.match(String(error), 'expected another number');
});

test.run();
