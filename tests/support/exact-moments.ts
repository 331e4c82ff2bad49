/** Means and deviations by whole numbers of any length: every float64 is a whole number of the smallest there are, 2⁻¹⁰⁷⁴. */

function wholeOf(value: number): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.abs(value));
  const exponent = bits.getUint16(0) >> 4;
  const digits = (bits.getBigUint64(0) & (2n ** 52n - 1n)) + (exponent === 0 ? 0n : 2n ** 52n);
  return BigInt(Math.sign(value)) * (digits << BigInt(Math.max(0, exponent - 1)));
}

/** A fraction of whole numbers of 2⁻¹⁰⁷⁴ as a float64. */
function floatOf(above: bigint, below: bigint): number {
  const size = ((above < 0n ? -above : above) << 64n) / below;
  const shift = Math.max(0, size.toString(2).length - 60);
  const exponent = shift - 64 - 1074;
  const half = Math.trunc(exponent / 2); // of two factors, since one may be no float64
  return Math.sign(Number(above)) * Number(size >> BigInt(shift)) * 2 ** half * 2 ** (exponent - half);
}

/** By Newton's method. */
function rootOf(square: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(square.toString(2).length / 2));
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

export function exactMoments(numbers: readonly number[]): { mean: number; std: number } {
  const count = BigInt(numbers.length);
  let [sum, squares] = [0n, 0n];
  for (const number of numbers) {
    const whole = wholeOf(number);
    sum += whole;
    squares += whole * whole;
  }
  const variance = count * squares - sum * sum;
  return { mean: floatOf(sum, count), std: floatOf(rootOf(variance << 128n), count << 64n) };
}
