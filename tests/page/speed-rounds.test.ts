import { expect, test } from "vitest";
import { measure, median } from "../../page/speed/rounds.js";

/** Tasks of known lengths on a clock of their own, and a log of who was timed. */
function workshop(milliseconds: readonly number[]) {
  let now = 0;
  const log: number[] = [];
  const tasks = milliseconds.map((each, i) => (times: number) => {
    now += each * times;
    log.push(i);
  });
  return { tasks, log, now: () => now };
}

test("gives each task's time", () => {
  const { tasks, now } = workshop([0.25, 40, 0.001]);
  const medians = measure(tasks, 5, () => {}, now);
  expect(medians.map(Math.round)).toEqual([250_000, 40_000_000, 1000]);
});

test("lets tasks take turns, in an order that turns round", () => {
  const { tasks, log, now } = workshop([200, 300]); // one call warms them up
  measure(tasks, 3, () => {}, now);
  expect(log).toEqual([0, 1, 0, 1, 1, 0, 0, 1]);
});

test("tells the share that is done, and medians as they become known", () => {
  const { tasks, now } = workshop([200, 300]);
  const told: [number, number[]][] = [];
  measure(tasks, 2, (share, medians) => told.push([share, medians]), now);
  expect(told).toEqual([
    [0.25, [2e8, NaN]],
    [0.5, [2e8, 3e8]],
    [0.75, [2e8, 3e8]],
    [1, [2e8, 3e8]],
  ]);
});

test("takes the median: one slow round changes nothing", () => {
  const { tasks, now } = workshop([200]);
  let round = 0;
  const hiccup = (times: number) => {
    tasks[0]!(round++ === 2 ? 10 * times : times);
  };
  expect(measure([hiccup], 5, () => {}, now)).toEqual([2e8]);
});

test.each([
  [[], NaN],
  [[3], 3],
  [[5, 1, 3], 3],
  [[4, 1, 10, 2], 3],
])("the median of %j is %d", (values, expected) => expect(median(values)).toBe(expected));
