import { expect, test } from "vitest";
import { duration, epochGroups, linesText, raceGroups } from "../../page/speed/lines.js";
import type { SpeedReport } from "../../page/speed/report.js";

const report: SpeedReport = {
  epochs: [
    {
      model: "10 rows, 3 → 2",
      times: [
        { core: "wasm", time: 250 },
        { core: "js", time: 1000 },
      ],
    },
  ],
  races: [
    {
      model: "10 rows, 3 → 2",
      loss: 0.58321,
      runners: [
        { epochs: 20, outcome: "reached" },
        { rate: 1, epochs: 8, outcome: "diverged" },
        { rate: 0.1, epochs: 1200, outcome: "reached" },
        { rate: 0.01, epochs: 5000, outcome: "not reached" },
      ],
      times: [2000, 1000],
    },
  ],
};

test.each([
  [0.4, "0.4 ns"],
  [235.2, "235 ns"],
  [999.6, "1 µs"],
  [35_840, "35.8 µs"],
  [999_600, "1 ms"],
  [14_500_000, "14.5 ms"],
  [1.234e9, "1.23 s"],
  [5e12, "5,000 s"],
])("%d ns are written %s", (nanoseconds, expected) => expect(duration(nanoseconds)).toBe(expected));

test("cores have their times, the slower one a ratio, and bars as long as their times", () => {
  const [group] = epochGroups(report);
  expect(group!.lines.map(({ name, value, note, share }) => [name, value, note, share])).toEqual([
    ["WebAssembly", "250 ns", "", 0.25],
    ["JavaScript", "1 µs", "4 ×", 1],
  ]);
});

test("a core that has not been measured yet has no line", () => {
  const times = [
    { core: "wasm" as const, time: 250 },
    { core: "js" as const, time: NaN },
  ];
  const [group] = epochGroups({ ...report, epochs: [{ model: "m", times }] });
  expect(group!.lines.map(({ name, share }) => [name, share])).toEqual([["WebAssembly", 1]]);
});

test("methods have epochs times the time of one; those that did not get there have no bar", () => {
  const [group] = raceGroups(report);
  expect(group!.name).toBe("10 rows, 3 → 2, to a loss of 0.583");
  expect(group!.lines.map(({ name, value, note, share }) => [name, value, note, share])).toEqual([
    ["Rprop", "40 µs", "20 epochs", 40 / 1200],
    ["gradient descent, rate 1", "–", "diverges: 8 epochs", null],
    ["gradient descent, rate 0.1", "1.2 ms", "1,200 epochs", 1],
    ["gradient descent, rate 0.01", "–", "not in 5,000 epochs", null],
  ]);
});

test("as text there is everything", () => {
  expect(linesText(report, "a browser")).toBe(
    [
      "rprop, a browser",
      "Time of an epoch of fit",
      "  10 rows, 3 → 2",
      "    WebAssembly                     250 ns",
      "    JavaScript                        1 µs  4 ×",
      "To the same loss, both in the same loop by hand",
      "  10 rows, 3 → 2, to a loss of 0.583",
      "    Rprop                            40 µs  20 epochs",
      "    gradient descent, rate 1             –  diverges: 8 epochs",
      "    gradient descent, rate 0.1      1.2 ms  1,200 epochs",
      "    gradient descent, rate 0.01          –  not in 5,000 epochs",
    ].join("\n"),
  );
});
