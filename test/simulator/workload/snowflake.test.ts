// test/simulator/workload/snowflake.test.ts — Digits written in place are those of BigInt and String.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { SNOWFLAKE_EPOCH_MS, snowflakeText } from '../../../contract/ids.js';
import { writeInteger, writePadded, writeSnowflake } from '../../../simulator/workload/snowflake.js';

const out = Buffer.alloc(64, 'x');
const written = (end: number) => out.toString('latin1', 3, end);

test('a snowflake has the digits of its 64-bit number', () => {
  const ms = fc.integer({ min: SNOWFLAKE_EPOCH_MS, max: SNOWFLAKE_EPOCH_MS + 2 ** 40 });
  fc.assert(
    fc.property(ms, fc.integer({ min: 0, max: 2 ** 22 - 1 }), (time, low) => {
      assert.is(written(writeSnowflake(out, 3, time, low)), snowflakeText(time, low));
    }),
    {
      examples: [
        [SNOWFLAKE_EPOCH_MS, 0],
        [SNOWFLAKE_EPOCH_MS + 1, 0],
        [SNOWFLAKE_EPOCH_MS, 999_999],
      ],
      numRuns: 2000,
    },
  );
});

test('an integer has its digits, and padding puts zeros in front', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.integer({ min: 16, max: 20 }), (value, digits) => {
      assert.is(written(writeInteger(out, 3, value)), String(value));
      assert.is(written(writePadded(out, 3, value, digits)), String(value).padStart(digits, '0'));
    }),
    {
      examples: [
        [0, 16],
        [9, 16],
        [10, 17],
        [2 ** 31, 18],
        [2 ** 31 - 1, 19],
      ],
      numRuns: 2000,
    },
  );
});

test.run();
