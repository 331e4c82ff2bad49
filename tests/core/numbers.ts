import { expect } from "vitest";

const FLOAT_MAX = 2 ** 128 - 2 ** 104;

/** Not a number, no sign, no end, the ends of the subnormals and the ends of float32. */
const SPECIAL = [NaN, 0, -0, Infinity, -Infinity, 2 ** -149, -(2 ** -149), 2 ** -127, -(2 ** -126)].concat(
  [2 ** -126, FLOAT_MAX, -FLOAT_MAX, 2 ** 127, 1e-25, -1e-25, 1e20, -1e20, 1, -1].map(Math.fround),
);

/** Uniform numbers in [0, 1), the same for the same seed (Tommy Ettinger's mulberry32). */
export function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function uniform(random: () => number, length: number, low = -1, high = 1): Float32Array {
  return Float32Array.from({ length }, () => low + (high - low) * random());
}

/** Uniform numbers in ±1, of which about the share given is special. */
export function mixed(random: () => number, length: number, share: number): Float32Array {
  const one = () =>
    random() < share ? (SPECIAL[Math.floor(random() * SPECIAL.length)] as number) : 2 * random() - 1;
  return Float32Array.from({ length }, one);
}

export function mixedTotals(random: () => number, length: number, share: number): Float64Array {
  return Float64Array.from(mixed(random, length, share), (value) => value * (1 + random()));
}

/** Bit for bit, but all NaNs are one value: −0 is not +0. */
export function expectSame(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  for (let i = 0; i < expected.length; i++)
    if (!Object.is(actual[i], expected[i]))
      expect.fail(`${what}[${i}]: expected ${show(expected[i])}, got ${show(actual[i])}`);
}

/** |actual − expected| ≤ bound, element by element. */
export function expectWithin(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  bounds: ArrayLike<number>,
  what: string,
): void {
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs((actual[i] as number) - (expected[i] as number));
    if (!(error <= (bounds[i] as number)))
      expect.fail(`${what}[${i}]: expected ${expected[i]} ± ${bounds[i]}, got ${actual[i]}`);
  }
}

function show(value: number | undefined): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
