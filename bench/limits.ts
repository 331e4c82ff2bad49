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
  /** The same of 128 MiB: more than any cache. */
  farGigabytesPerSecond: number;
}

/** Of the module that run.ts compiles. */
export function measureLimits(): Limits {
  const memory = new WebAssembly.Memory({ initial: 2 ** 28 / 65536 + 1 });
  const module = new WebAssembly.Module(readFileSync("build/limits.wasm"));
  const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as LimitKernels;
  const gflops = (96 * 10_000) / nanoseconds(() => kernels.multiplyAdd(10_000, 0.5));
  const copying = (bytes: number) => (2 * bytes) / nanoseconds(() => kernels.copy(1024 + bytes, 1024, bytes));
  const [gigabytesPerSecond, farGigabytesPerSecond] = [copying(12 * 2 ** 20), copying(2 ** 27)];
  return { gflops, gigabytesPerSecond, farGigabytesPerSecond };
}
