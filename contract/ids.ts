// contract/ids.ts — 64-bit ids as decimal strings: a double would lose their last digits.

/** 2024-01-01T00:00:00Z in ms: the instant from which snowflake ids count. */
export const SNOWFLAKE_EPOCH_MS = 1_704_067_200_000;

const ZERO = 48;
export const MAX_ID = '9223372036854775807';

/** True for a canonical decimal of 0..2^63-1 (no sign, no leading zero). */
export function isId(text: string): boolean {
  if (text.length === 0 || (text.length > 1 && text.charCodeAt(0) === ZERO)) return false;
  for (let i = 0; i < text.length; i += 1) {
    const digit = text.charCodeAt(i) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return false;
  }
  return compareIds(text, MAX_ID) <= 0;
}

/** Orders two canonical decimals as integers: negative, 0 or positive. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Id = (ms - epoch) x 2^22 + low, where low = node x 4096 + sequence: ids of one node grow with time. */
export function snowflake(ms: number, low: number): bigint {
  return BigInt(ms - SNOWFLAKE_EPOCH_MS) * 4_194_304n + BigInt(low);
}

/** In decimal. */
export function snowflakeText(ms: number, low: number): string {
  return String(snowflake(ms, low));
}
