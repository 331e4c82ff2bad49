/** The limits of this machine, measured on the spot: what no kernel with 128-bit vectors can pass. */
import { readFileSync } from "node:fs";
import { nanoseconds } from "./measure.js";

interface LimitKernels {
  multiplyAdd(n: number, by: number): number;
  copy(to: number, from: number, bytes: number): void;
}

export interface Limits {
  /** Multiplications and additions per nanosecond. */
  gflops: number;
  /** Bytes read and written per nanosecond, by copying 12 MiB: more than the cache of one core. */
  gigabytesPerSecond: number;
}

/** Of the module that run.ts compiles. */
export function measureLimits(): Limits {
  const copiedBytes = 12 * 2 ** 20;
  const memory = new WebAssembly.Memory({ initial: (2 * copiedBytes) / 65536 + 1 });
  const module = new WebAssembly.Module(readFileSync("build/limits.wasm"));
  const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as LimitKernels;
  const gflops = (96 * 10_000) / nanoseconds(() => kernels.multiplyAdd(10_000, 0.5));
  const gigabytesPerSecond =
    (2 * copiedBytes) / nanoseconds(() => kernels.copy(1024 + copiedBytes, 1024, copiedBytes));
  return { gflops, gigabytesPerSecond };
}
