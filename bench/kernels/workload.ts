import type { Block, Core } from "../../src/core/contract/core.js";
import { Generator } from "../../src/random/generator.js";

export interface Workload {
  kernel: string;
  shape: string;
  /** Multiplications and additions, or bytes read and written: what the kernel is limited by. Or just numbers. */
  work: number;
  unit: "GFLOP/s" | "GB/s" | "numbers/ns";
  /** Makes the workload on a core. */
  on(core: Core): Runnable;
}

export interface Runnable {
  /** What to time. */
  run(): unknown;
  /** The numbers to compare, next to what run returns. */
  result(): ArrayLike<number>;
  /** The same of the same numbers by a function of the engine's Math. */
  rival?: Rival;
}

export interface Rival {
  name: string;
  run(): void;
}

/** A block of seeded numbers. */
export function filled(core: Core, length: number, seed: number, low = -1, high = 1): Block {
  const block = core.allocate(length);
  new Generator(seed).uniform(block.view, low, high);
  return block;
}

export const grouped = (count: number) => count.toLocaleString("en");
