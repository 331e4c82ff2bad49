/** Timing inside one process: short batches after a warm-up, and the median of them. */

const WARM_UP_MS = 150;
const BATCH_MS = 4; // far above the clock's resolution and the cost of reading it
const BATCHES = 21;
/** Of calls that take longer than this, three are enough. */
const LONG_MS = 100;

/** Nanoseconds for one call of run. V8 optimises wasm between calls, so the warm-up makes many. */
export function nanoseconds(run: () => unknown): number {
  const warm = performance.now() + WARM_UP_MS;
  let calls = 0;
  while (performance.now() < warm) {
    run();
    calls++;
  }
  const perBatch = Math.max(1, Math.round((calls / WARM_UP_MS) * BATCH_MS));
  const batches = WARM_UP_MS / calls > LONG_MS ? 3 : BATCHES;
  const times = Array.from({ length: batches }, () => {
    const start = performance.now();
    for (let i = 0; i < perBatch; i++) run();
    return ((performance.now() - start) / perBatch) * 1e6;
  });
  return median(times);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
