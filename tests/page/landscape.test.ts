import { differences } from "rprop";
import { describe, expect, test } from "vitest";
import { METHODS } from "../../page/race/methods.js";
import { run } from "../../page/race/run.js";
import { bowl, type Landscape, rosenbrock } from "../../page/valley/landscape.js";
import { arrival, pattern, valleyFate } from "../../page/valley/words.js";

const LANDSCAPES: [string, Landscape][] = [
  ["a valley along x", bowl(100, 0)],
  ["a turned valley", bowl(100, 30)],
  ["Rosenbrock's valley", rosenbrock],
];

describe.each(LANDSCAPES)("%s", (_, landscape) => {
  test("has the slopes of its values", () => {
    const slopes = differences((x) => landscape.value(Array.from(x)));
    for (const point of [landscape.start, [1.5, -0.7], [0, 2]] as const) {
      const gradient = new Float64Array(2);
      slopes(Float64Array.from(point), gradient);
      landscape.slopes(point).forEach((slope, i) => {
        expect(slope).toBeCloseTo(gradient[i] as number, 4);
      });
    }
  });

  test("is 0 at its minimum, which can be seen, as its start can", () => {
    expect(landscape.value(landscape.minimum)).toBe(0);
    expect(landscape.slopes(landscape.minimum).map(Math.abs)).toEqual([0, 0]);
    for (const [x, y] of [landscape.minimum, landscape.start]) {
      expect(x).toBeGreaterThan(landscape.across[0]);
      expect(x).toBeLessThan(landscape.across[1]);
      expect(y).toBeGreaterThan(landscape.up[0]);
      expect(y).toBeLessThan(landscape.up[1]);
    }
  });
});

test("a valley turned by 90 degrees has its coordinates exchanged", () => {
  const [one, other] = [bowl(50, 0), bowl(50, 90)];
  expect(other.value([1, 2])).toBeCloseTo(one.value([2, -1]), 10);
});

test("turning the valley slows Rprop, and leaves gradient descent as it is", () => {
  const steps = (degrees: number, method: (typeof METHODS)[number]) => {
    const turn = (degrees * Math.PI) / 180;
    const [along, across] = [-4, 2];
    const start = [
      along * Math.cos(turn) - across * Math.sin(turn),
      along * Math.sin(turn) + across * Math.cos(turn),
    ];
    return arrival(run(method.name, bowl(100, degrees), start, 0.09, 2000)) as number;
  };
  for (const method of METHODS) {
    if (method.name === "gradient-descent") expect(steps(30, method)).toBeCloseTo(steps(0, method), -1);
    else expect(steps(30, method)).toBeGreaterThan(2 * steps(0, method));
  }
});

describe("words", () => {
  const { start, steps } = bowl(100, 0);
  const frames = run("irprop-", bowl(100, 0), start, 0, steps);

  test("say what a method sees and does", () => {
    expect(pattern(frames, 0)).toEqual([
      "along x slope −, step size 0.01, goes right",
      "along y slope +, step size 0.01, goes down",
    ]);
    const flip = frames.findIndex(({ flipped }) => flipped[1]);
    expect(pattern(frames, flip)[1]).toMatch(/^along y slope −, flipped, step size .*, stays$/);
    expect(pattern(frames, steps)[0]).toMatch(/, the race ends$/);
  });

  test("say when the minimum was reached, and what has diverged", () => {
    const arrived = arrival(frames) as number;
    expect(frames[arrived]?.value).toBeLessThan(1e-6);
    expect(frames[arrived - 1]?.value).toBeGreaterThan(1e-6);
    expect(valleyFate(frames, arrived - 1)).toMatch(/^at a height of /);
    expect(valleyFate(frames, steps)).toBe(`reached the minimum at step ${arrived}`);
    const lost = run("gradient-descent", bowl(100, 0), start, 1, steps);
    expect(valleyFate(lost, steps)).toMatch(/^diverged: no number is large enough since step \d+$/);
    expect(arrival(lost)).toBe(null);
  });
});
