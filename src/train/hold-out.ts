import { MersenneTwister } from "../random/mersenne.js";
import { fillUniform } from "../random/uniform.js";

/**
 * Which of count rows are held back: 1 for each of wanted rows, 0 for the others. Every choice of so many rows is as likely
 * as any other: selection sampling (Knuth, The Art of Computer Programming, volume 2, section 3.4.2, algorithm S), on the
 * numbers that `new Generator(seed).rand(count)` has.
 */
export function heldBack(count: number, wanted: number, seed: number): Uint8Array {
  const drawn = new Float32Array(count);
  fillUniform(new MersenneTwister(seed), drawn);
  const isHeld = new Uint8Array(count);
  for (let row = 0, left = wanted; row < count; row++) {
    if ((drawn[row] as number) * (count - row) >= left) continue;
    isHeld[row] = 1;
    left--;
  }
  return isHeld;
}

/** How many of count rows, at least two, a share is: rounded, but neither none nor all. */
export function heldCount(share: number, count: number): number {
  return Math.min(count - 1, Math.max(1, Math.round(share * count)));
}
