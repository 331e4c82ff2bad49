import { describe, expect, test } from "vitest";
import { curves, fate, isAlike, pair } from "../../page/curves/pair.js";
import { METHODS, type Method } from "../../page/race/methods.js";

const [descent, ...resilient] = METHODS as [Method, ...Method[]];

test("a ratio of 10,000 makes the curves of the README", () => {
  const { flat, steep } = curves(10_000);
  expect([flat.name, steep.name]).toEqual(["0.01x²", "100x²"]);
  expect([flat.value([4]), steep.value([4])]).toEqual([0.16, 1600]);
  expect([flat.slopes([4]), steep.slopes([4])]).toEqual([[0.08], [800]]);
});

describe.each([1, 100, 10_000, 1e6])("curves whose slopes differ %s-fold", (ratio) => {
  test.each(resilient)("$name takes the same steps on both", (method) => {
    for (const start of [-5, 0.1, 4]) {
      const both = pair(method, ratio, start, 0.004, 120);
      expect(isAlike(both, 120)).toBe(true);
      expect(both.flat[30]?.x).not.toEqual(both.flat[0]?.x);
    }
  });

  test("gradient descent takes the same steps only where the curves are one", () => {
    const both = pair(descent, ratio, 4, 0.004, 120);
    expect(isAlike(both, 120)).toBe(ratio === 1);
  });
});

describe("the fate of gradient descent", () => {
  test("is to crawl, or to arrive, at a small rate", () => {
    const { flat, steep } = pair(descent, 10_000, 4, 0.004, 120);
    expect(fate(flat, 0)).toBe("starts at x = 4");
    expect(fate(flat, 120)).toBe("crawls: x = 3.96, step size 3.2·10⁻⁴");
    expect(fate(steep, 120)).toBe("at the minimum");
  });

  test("is to be thrown out, and then to diverge, at a large one", () => {
    const { steep } = pair(descent, 10_000, 4, 50, 120);
    expect(fate(steep, 2)).toBe("thrown out, to x = 4·10⁸");
    expect(fate(steep, 120)).toBe("diverged: no number is large enough since step 10");
  });
});

test("the fate of Rprop is to come and to arrive", () => {
  const { flat } = pair(resilient[0] as Method, 10_000, 4, 1, 120);
  expect(fate(flat, 10)).toMatch(/^comes: x = 3\.7/);
  expect(fate(flat, 120)).toBe("at the minimum");
});
