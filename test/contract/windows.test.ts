// test/contract/windows.test.ts — Windows agree with the obvious search, in whatever order times are asked for.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Windows } from '../../contract/windows.js';

test('a time lies in the window after the last boundary that it has reached', () => {
  const times = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 20 });
  fc.assert(
    fc.property(times, times, (boundaries, asked) => {
      const sorted = [...boundaries].sort((a, b) => a - b);
      const windows = new Windows(sorted);
      assert.is(windows.count, sorted.length + 1);
      for (const time of asked) assert.is(windows.indexOf(time), sorted.filter((one) => one <= time).length);
    }),
  );
});

test.run();
