/** Does something so many times. */
export type RoundTask = (times: number) => void;

/** Long beside the resolution of the clock, which browsers make coarse, and beside what asks for the time. */
const SAMPLE_MS = 12;
const WARM_UP_MS = 100;

/**
 * Nanoseconds for doing each task once, each the median of so many rounds. The tasks take turns, in an order that turns
 * round from round to round: whatever slows the machine for a while slows all of them.
 *
 * @param after is told what share of the samples there is, and the medians of those, NaN of none
 */
export function measure(
  tasks: readonly RoundTask[],
  rounds: number,
  after: (share: number, medians: number[]) => void,
  now = () => performance.now(),
): number[] {
  const times = tasks.map((task) => warmUp(task, now));
  const samples = tasks.map((): number[] => []);
  const medians = () => samples.map(median);
  const order = tasks.map((_, i) => i);
  for (let round = 0, done = 0; round < rounds; round++, order.reverse()) {
    for (const i of order) {
      const start = now();
      tasks[i]!(times[i]!);
      samples[i]!.push(((now() - start) / times[i]!) * 1e6);
      after(++done / (rounds * tasks.length), medians());
    }
  }
  return medians();
}

/** How many times fill a sample. Engines make code faster while it runs, and between calls. */
function warmUp(task: RoundTask, now: () => number): number {
  const start = now();
  let times = 0;
  let last = start;
  for (let next = 1; last - start < WARM_UP_MS; next *= 2) {
    task(next);
    times += next;
    last = now();
  }
  return Math.max(1, Math.round((times * SAMPLE_MS) / (last - start)));
}

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
