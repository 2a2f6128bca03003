// simulator/workload/snowflake.ts — 64-bit ids as a pair (ms, low 22 bits), and their decimal digits, without BigInt: this runs several times an event.
import { SNOWFLAKE_EPOCH_MS } from '../../contract/ids.js';

const ZERO = 48;

/** The digits of contract's `snowflakeText`. @returns the offset after them */
// Takes two numbers instead of an object, as it runs for every event.
export function writeSnowflake(out: Buffer, offset: number, timeMs: number, low: number): number {
  const ms = timeMs - SNOWFLAKE_EPOCH_MS;
  const thousands = Math.floor(ms / 1000);
  // ms x 2^22 + low in two parts of six decimal digits and the rest, each far below 2^53.
  const small = (ms - thousands * 1000) * 4_194_304 + low;
  const large = thousands * 4_194_304;
  const lowPart = (large % 1000) * 1000 + small;
  const carry = Math.floor(lowPart / 1_000_000);
  const high = Math.floor(large / 1000) + carry;
  const end = high > 0 ? writeInteger(out, offset, high) : offset;
  return high > 0 ? writePadded(out, end, lowPart - carry * 1_000_000, 6) : writeInteger(out, end, lowPart);
}

/** Decimal digits of an integer in [0, 2^53). @returns the offset after them */
export function writeInteger(out: Buffer, offset: number, value: number): number {
  // Ids are long and counts are short; neither may take many steps.
  let digits = value < 1e8 ? 1 : 9;
  for (let limit = value < 1e8 ? 10 : 1e9; value >= limit; limit *= 10) digits += 1;
  return writePadded(out, offset, value, digits);
}

/** The two digits of 0 to 99, one after the other. */
const PAIRS = Uint8Array.from({ length: 200 }, (_, i) => ZERO + (i % 2 === 0 ? Math.floor(i / 20) : (i >> 1) % 10));

/** Exactly `digits` digits, zeros in front. */
export function writePadded(out: Buffer, offset: number, value: number, digits: number): number {
  let rest = value;
  let at = offset + digits;
  // Above 2^31 the division below would leave the integer range that engines are quick in.
  while (rest > 2_147_483_647 && at - 1 > offset) {
    const quotient = Math.floor(rest / 100);
    at = writePair(out, at, rest - quotient * 100);
    rest = quotient;
  }
  let small = rest | 0;
  while (at - 1 > offset) {
    const quotient = (small / 100) | 0;
    at = writePair(out, at, small - quotient * 100);
    small = quotient;
  }
  if (at > offset) out[offset] = ZERO + (small % 10);
  return offset + digits;
}

/** @returns the offset of the pair */
function writePair(out: Buffer, end: number, pair: number): number {
  out[end - 2] = PAIRS[pair * 2] ?? ZERO;
  out[end - 1] = PAIRS[pair * 2 + 1] ?? ZERO;
  return end - 2;
}
