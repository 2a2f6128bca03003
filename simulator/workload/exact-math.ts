// simulator/workload/exact-math.ts — ln and exp from IEEE basic operations alone: Math.log and Math.exp may differ in the last bit between engines, and one bit moves an event.

// A constant of the standard library is exact everywhere; only its functions may differ.
const LN2 = Math.LN2;
const SQRT1_2 = Math.SQRT1_2;
const bits = new DataView(new ArrayBuffer(8));

/** Natural logarithm of a normal positive number; error below 1e-15 relative to 1. */
export function ln(x: number): number {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  let exponent = ((high >>> 20) & 0x7ff) - 1022;
  bits.setUint32(0, (high & 0x800fffff) | 0x3fe00000);
  let mantissa = bits.getFloat64(0);
  if (mantissa < SQRT1_2) {
    mantissa *= 2;
    exponent -= 1;
  }
  // ln m = 2 atanh((m - 1) / (m + 1)), |argument| <= 0.172: nine terms reach double precision.
  const t = (mantissa - 1) / (mantissa + 1);
  const t2 = t * t;
  let sum = 0;
  for (let k = 19; k >= 1; k -= 2) sum = sum * t2 + 1 / k;
  return 2 * t * sum + exponent * LN2;
}

/** e to the power of x, for |x| < 700; relative error below 1e-14. */
export function exp(x: number): number {
  const n = Math.round(x / LN2);
  const r = x - n * LN2;
  let sum = 1;
  for (let k = 13; k >= 1; k -= 1) sum = 1 + (sum * r) / k;
  bits.setUint32(0, (n + 1023) << 20);
  bits.setUint32(4, 0);
  return sum * bits.getFloat64(0);
}
