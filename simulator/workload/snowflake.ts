// simulator/workload/snowflake.ts — 64-bit ids as a pair (ms, low 22 bits), and their decimal digits, without BigInt: this runs several times an event.
import { SNOWFLAKE_EPOCH_MS } from '../../contract/ids.js';

const ZERO = 48;

/** The digits of contract's `snowflakeText`. @returns the offset after them */
export function writeSnowflake(out: Buffer, offset: number, id: { readonly ms: number; readonly low: number }): number {
  const ms = id.ms - SNOWFLAKE_EPOCH_MS;
  const thousands = Math.floor(ms / 1000);
  // ms x 2^22 + low in two parts of six decimal digits and the rest, each far below 2^53.
  const small = (ms - thousands * 1000) * 4_194_304 + id.low;
  const large = thousands * 4_194_304;
  const lowPart = (large % 1000) * 1000 + small;
  const carry = Math.floor(lowPart / 1_000_000);
  const high = Math.floor(large / 1000) + carry;
  const end = high > 0 ? writeInteger(out, offset, high) : offset;
  return high > 0 ? writePadded(out, end, lowPart - carry * 1_000_000, 6) : writeInteger(out, end, lowPart);
}

/** Decimal digits of an integer in [0, 2^53). @returns the offset after them */
export function writeInteger(out: Buffer, offset: number, value: number): number {
  let digits = 1;
  for (let limit = 10; value >= limit; limit *= 10) digits += 1;
  return writePadded(out, offset, value, digits);
}

/** Exactly `digits` digits, zeros in front. */
export function writePadded(out: Buffer, offset: number, value: number, digits: number): number {
  let rest = value;
  // Above 2^31 the division below would leave the integer range that engines are quick in.
  let at = offset + digits - 1;
  while (rest > 2_147_483_647 && at >= offset) {
    const quotient = Math.floor(rest / 10);
    out[at] = ZERO + (rest - quotient * 10);
    rest = quotient;
    at -= 1;
  }
  let small = rest | 0;
  for (; at >= offset; at -= 1) {
    const quotient = (small / 10) | 0;
    out[at] = ZERO + (small - quotient * 10);
    small = quotient;
  }
  return offset + digits;
}
