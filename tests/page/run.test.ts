import { Rprop, type RpropVariant } from "rprop/js";
import { describe, expect, test } from "vitest";
import { METHODS } from "../../page/race/methods.js";
import { type Problem, run } from "../../page/race/run.js";

const parabola: Problem = {
  value: ([x = 0]) => 100 * x * x,
  slopes: ([x = 0]) => [200 * x],
};

/** Flat along x, steep along y. */
const bowl: Problem = {
  value: ([x = 0, y = 0]) => 0.1 * x * x + 10 * y * y,
  slopes: ([x = 0, y = 0]) => [0.2 * x, 20 * y],
};

const VARIANTS = METHODS.flatMap(({ name }) => (name === "gradient-descent" ? [] : [name]));

/** The loop that the README shows, on the other core. */
function byHand(
  variant: RpropVariant,
  problem: Problem,
  start: readonly number[],
  steps: number,
): number[][] {
  const p = { data: Float32Array.from(start), grad: new Float32Array(start.length) };
  const optimizer = new Rprop([p], { variant });
  const ways = [Array.from(p.data)];
  for (let i = 0; i < steps; i++) {
    p.grad.set(problem.slopes(Array.from(p.data)));
    optimizer.step(problem.value(Array.from(p.data)));
    ways.push(Array.from(p.data));
  }
  return ways;
}

describe.each(VARIANTS)("a run of %s", (variant) => {
  test("is the library's, to the bit", () => {
    const frames = run(variant, bowl, [-4, 2.2], 0.1, 150);
    expect(frames.map(({ x }) => x)).toEqual(byHand(variant, bowl, [-4, 2.2], 150));
    expect(new Set(byHand("irprop-", bowl, [-4, 2.2], 150).map(String)).size).toBeGreaterThan(30);
  });

  test("tells the size of the step that follows", () => {
    const frames = run(variant, bowl, [-4, 2.2], 0.1, 20);
    for (let t = 0; t < 10; t++) {
      const [now, next] = [frames[t], frames[t + 1]];
      expect(now?.sizes[0]).toBeCloseTo((next?.x[0] as number) - (now?.x[0] as number), 6);
      expect(now?.sizes[1]).toBeCloseTo((now?.x[1] as number) - (next?.x[1] as number), 6);
    }
    expect(frames[0]?.sizes[0]).toBe(Math.fround(0.01));
  });

  test("counts a flip where the step size shrinks", () => {
    const frames = run(variant, parabola, [4], 0.1, 60);
    let shrunk = 0;
    for (let t = 1; t <= 60; t++) {
      const smaller = (frames[t]?.sizes[0] as number) < (frames[t - 1]?.sizes[0] as number);
      expect(frames[t]?.flipped[0]).toBe(smaller);
      shrunk += Number(smaller);
      expect(frames[t]?.flips[0]).toBe(shrunk);
    }
    expect(shrunk).toBeGreaterThan(10);
  });

  test("stays where every slope is 0 from the beginning", () => {
    expect(run(variant, bowl, [0, 0], 0.1, 3).map(({ x }) => x)).toEqual(Array(4).fill([0, 0]));
  });
});

describe("a run of gradient descent", () => {
  test("moves by rate times slope", () => {
    const frames = run("gradient-descent", parabola, [4], 0.004, 5);
    frames.forEach(({ x, sizes }, t) => {
      expect(x[0]).toBeCloseTo(4 * 0.2 ** t, 6);
      expect(sizes[0]).toBeCloseTo(0.8 * 4 * 0.2 ** t, 6);
    });
    expect(frames.at(-1)?.flips).toEqual([0]);
  });

  test("flips at every step where the rate is too large, until no number is large enough", () => {
    const frames = run("gradient-descent", parabola, [4], 0.1, 100);
    expect(frames[1]?.x[0]).toBeCloseTo(-76, 4);
    expect(frames[20]?.flips).toEqual([20]);
    expect(frames[100]?.x[0]).toBeNaN();
  });
});
