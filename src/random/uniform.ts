import type { MersenneTwister } from "./mersenne.js";

/**
 * Fills `out` with what PyTorch's `Tensor.uniform_(from, to)` draws: u·(to − from) + from with u = k·2^-24,
 * where k is the low 24 bits of one word per element. With the default bounds it is `torch.rand`.
 *
 * @param from lower bound, rounded to float32, ≤ `to` (the caller checks).
 * @param to upper bound, rounded to float32. Where rounding reaches it, `from` is drawn instead, as in
 *   PyTorch 2.13 (1.13 let it through).
 */
export function fillUniform(engine: MersenneTwister, out: Float32Array, from = 0, to = 1): void {
  const low = Math.fround(from);
  const high = Math.fround(to);
  const range = Math.fround(high - low);
  for (let i = 0; i < out.length; i++) {
    const value = multiplyAdd(uniform24(engine), range, low);
    out[i] = value === high ? low : value;
  }
}

/** A float32 in [0, 1): a multiple of 2^-24. */
function uniform24(engine: MersenneTwister): number {
  return (engine.uint32() & 0xffffff) / 0x1000000;
}

/** A float64 in [0, 1): a multiple of 2^-53. */
export function uniform53(engine: MersenneTwister): number {
  return engine.uint53() / 0x20000000000000;
}

/**
 * a·b + c of finite float32 numbers, rounded once to float32: the fused multiply-add to which PyTorch's
 * kernels for AVX2 and AVX-512 are compiled.
 *
 * In float64 the product is exact, but the sum is not always, and rounding it again to float32 can go
 * wrong. It does so only if the float64 sum lies halfway between two float32 numbers; then what the sum
 * lost breaks the tie.
 */
export function multiplyAdd(a: number, b: number, c: number): number {
  const product = a * b;
  const sum = product + c;
  const rounded = Math.fround(sum);
  // What the sum lost, exactly (Knuth's two-sum).
  const addend = sum - product;
  const lost = product - (sum - addend) + (c - addend);
  if (lost === 0) return rounded;
  // Halfway, and only there, the mirror image of `rounded` about the sum is the other float32 number.
  const mirrored = sum + (sum - rounded);
  if (Math.fround(mirrored) !== mirrored) return rounded;
  return lost > 0 ? Math.max(rounded, mirrored) : Math.min(rounded, mirrored);
}
