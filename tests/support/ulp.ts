/** From here on float32 rounds to infinity. */
const OVERFLOW = 2 ** 128 - 2 ** 103;

/** Units in the last place of float32, by the biased exponent of a float64. */
const ULPS = Float64Array.from({ length: 2048 }, (_, e) => 2 ** (Math.max(e - 1023, -126) - 23));

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/**
 * How far a float32 is from the exact result, in units in the last place of that; those of subnormal numbers are
 * 2⁻¹⁴⁹. NaN where one is NaN and the other is not, where zeros have different signs, and where an infinity is missing.
 */
export function ulps(actual: number, exact: number): number {
  if (Number.isNaN(exact)) return Number.isNaN(actual) ? 0 : NaN;
  if (exact === 0) return Object.is(actual, exact) ? 0 : NaN;
  if (Math.abs(exact) >= OVERFLOW) return actual === Math.sign(exact) * Infinity ? 0 : NaN;
  double[0] = exact;
  const exponent = ((words[1] as number) >>> 20) & 2047;
  return Math.abs(actual - exact) / (ULPS[exponent] as number);
}
