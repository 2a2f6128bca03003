// simulator/workload/exact-math.ts — ln and exp from IEEE basic operations alone: Math.log and Math.exp may differ in the last bit between engines, and one bit moves an event.

// A constant of the standard library is exact everywhere; only its functions may differ.
const LN2 = Math.LN2;
const SQRT1_2 = Math.SQRT1_2;
const TINY = 1e-4;
const FACTORIALS = [479_001_600, 39_916_800, 3_628_800, 362_880, 40_320, 5040, 720, 120, 24, 6, 2, 1, 1].map(
  (n) => 1 / n,
);
const LAST_TERM = 1 / 6_227_020_800;
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
  // ln m = 2 atanh((m - 1) / (m + 1)), |argument| <= 0.172: ten terms reach double precision.
  const t = (mantissa - 1) / (mantissa + 1);
  const t2 = t * t;
  // Divisions of integers are exact to the last bit everywhere. One expression, as it runs for every event.
  const low = (((1 / 19) * t2 + 1 / 17) * t2 + 1 / 15) * t2 + 1 / 13;
  const middle = ((low * t2 + 1 / 11) * t2 + 1 / 9) * t2 + 1 / 7;
  const sum = ((middle * t2 + 1 / 5) * t2 + 1 / 3) * t2 + 1;
  return 2 * t * sum + exponent * LN2;
}

/** e to the power of x, for x < 700; relative error below 1e-14, and 0 below 1e-304. */
export function exp(x: number): number {
  // The next term is below x^4 / 24, far below the last bit.
  if (x < -700) return 0;
  if (x > -TINY && x < TINY) return 1 + x * (1 + x * (0.5 + x * (1 / 6)));
  const n = Math.round(x / LN2);
  const r = x - n * LN2;
  let sum = LAST_TERM;
  for (const coefficient of FACTORIALS) sum = sum * r + coefficient;
  bits.setUint32(0, (n + 1023) << 20);
  bits.setUint32(4, 0);
  return sum * bits.getFloat64(0);
}
