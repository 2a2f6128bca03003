// test/simulator/extract/shrink.test.ts — What is left still holds, in order, and nothing of it can be left out.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { shrunk } from '../../../simulator/extract/shrink.js';

test('only the needed items are left, wherever they stand', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.array(fc.nat({ max: 299 }), { maxLength: 6 }), (length, at) => {
      const items = Array.from({ length }, (_, i) => i);
      const needed = [...new Set(at.filter((one) => one < length))].sort((a, b) => a - b);
      const holds = (left: readonly number[]) => needed.every((one) => left.includes(one));
      assert.equal(shrunk(items, holds), needed);
    }),
  );
});

test('what holds for any pair that fits is shrunk to one pair', () => {
  const holds = (left: readonly number[]) => left.some((one) => left.includes(one + 50));
  const left = shrunk(
    Array.from({ length: 100 }, (_, i) => i),
    holds,
  );
  assert.is(left.length, 2);
  assert.is((left[1] ?? 0) - (left[0] ?? 0), 50);
});

test('it comes to an end where leaving out takes endless tries', () => {
  let tries = 0;
  const left = shrunk(
    Array.from({ length: 5000 }, (_, i) => i),
    (some) => {
      tries += 1;
      return some.length === 5000;
    },
  );
  assert.is(left.length, 5000);
  assert.ok(tries <= 3000, String(tries));
});

test.run();
