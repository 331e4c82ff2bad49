import { describe, expect, it, test } from "vitest";
import { functions } from "../../../bench/papers/functions.js";
import {
  Generator,
  type MinimizeIteration,
  type MinimizeOptions,
  minimize,
  type RpropVariant,
  type Vector,
} from "../../../src/index.js";
import { difference } from "../../golden/golden.js";

const kinds = [
  ["float64", Float64Array],
  ["float32", Float32Array],
] as const;

/** x and Δ after each step along the gradients, whatever x is; E falls, or rises, by 1 a step. */
function follow(
  Kind: typeof Float64Array | typeof Float32Array,
  gradients: number[],
  options: MinimizeOptions & MinimizeOptions<Float32Array>,
  { x0 = 0, rising = false } = {},
) {
  const way = { x: [] as number[], stepSize: [] as number[] };
  let call = 0;
  const fn = (_: Vector, gradient: Vector) => {
    gradient[0] = gradients[call++] ?? 0;
    return rising ? call : -call;
  };
  const onIteration = ({ iteration, x, stepSize }: MinimizeIteration<Vector>) => {
    if (iteration === 0) return;
    way.x.push(x[0]!);
    way.stepSize.push(stepSize[0]!);
  };
  const all = {
    ...options,
    gradientTolerance: 0,
    stepTolerance: 0,
    maxIterations: gradients.length,
    onIteration,
  };
  if (Kind === Float32Array) minimize(fn, Float32Array.of(x0), all);
  else minimize(fn, Float64Array.of(x0), all);
  return way;
}

const IRPROP_MINUS = [-0.1, -0.22, -0.364, -0.364, -0.436, -0.5224];
const RPROP_PLUS = [-0.1, -0.22, -0.364, -0.22, -0.292, -0.3784];
const RPROP_MINUS = [-0.1, -0.22, -0.364, -0.292, -0.328, -0.3712];

describe.each(kinds)("the steps of minimize in %s", (name, Kind) => {
  const places = name === "float64" ? 14 : 6;

  it.each<[RpropVariant, string, boolean, number[], number[]]>([
    ["irprop-", "falls", false, IRPROP_MINUS, [0.1, 0.12, 0.144, 0.072, 0.072, 0.0864]],
    ["irprop-", "rises", true, IRPROP_MINUS, [0.1, 0.12, 0.144, 0.072, 0.072, 0.0864]],
    ["irprop+", "falls", false, IRPROP_MINUS, [0.1, 0.12, 0.144, 0.072, 0.072, 0.0864]],
    ["irprop+", "rises", true, RPROP_PLUS, [0.1, 0.12, 0.144, 0.072, 0.072, 0.0864]],
    ["rprop+", "falls", false, RPROP_PLUS, [0.1, 0.12, 0.144, 0.072, 0.072, 0.0864]],
    ["rprop-", "falls", false, RPROP_MINUS, [0.1, 0.12, 0.144, 0.072, 0.036, 0.0432]],
  ])("are those of %s where the value %s", (variant, _, rising, x, stepSize) => {
    const way = follow(Kind, [1, 1, 1, -1, 1, 1], { variant, lr: 0.1 }, { rising });
    way.x.forEach((value, i) => {
      expect(value).toBeCloseTo(x[i]!, places);
    });
    way.stepSize.forEach((value, i) => {
      expect(value).toBeCloseTo(stepSize[i]!, places);
    });
    expect(way.x).toHaveLength(6);
  });

  it("mirror those of the opposite gradients", () => {
    for (const variant of ["irprop-", "irprop+", "rprop-", "rprop+"] as const) {
      const gradients = [1, 1, -1, -1, -1, 1, 1, -1];
      const way = follow(Kind, gradients, { variant, lr: 0.1 }, { rising: true });
      const mirrored = follow(
        Kind,
        gradients.map((g) => -g),
        { variant, lr: 0.1 },
        { rising: true },
      );
      expect(mirrored).toEqual({ x: way.x.map((value) => -value), stepSize: way.stepSize });
    }
  });

  // A rule that multiplies the two gradients would take 0 for their sign.
  it("compare the signs of gradients whose product underflows or overflows", () => {
    for (const size of [1e-30, 1e30]) {
      const of = (gradients: number[]) => follow(Kind, gradients, { lr: 1 });
      expect(of([size, size, -size, -size])).toEqual(of([1, 1, -1, -1]));
    }
  });

  it("stay within stepSizes", () => {
    expect(follow(Kind, [1, 1, 1], { lr: 100 }).stepSize).toEqual([50, 50, 50]);
    expect(follow(Kind, [1, -1, -1], { lr: 0.5, stepSizes: [0.5, 0.5] }).stepSize).toEqual([0.5, 0.5, 0.5]);
  });
});

test("weight decay is rounded to float32, and so are its product with x and their sum", () => {
  const { fround } = Math;
  const x0 = new Generator(1).randn(50).data;
  minimize((_, gradient) => 0 * gradient.fill(0.3).length, x0, {
    weightDecay: 0.7,
    onIteration: ({ x, gradient }) => {
      const wanted = x.map((at) => fround(fround(0.3) + fround(fround(0.7) * at)));
      expect(gradient).toEqual(wanted);
      return false;
    },
  });
  expect.assertions(1);
});

describe.each(["irprop-", "irprop+", "rprop-", "rprop+"] as const)("minimize by %s", (variant) => {
  const hard = (name: string) => variant === "rprop-" && name === "x² + 10⁶y², turned by 45°";

  test.each(functions.filter(({ name }) => !hard(name)))("finds the minimum of $name", (problem) => {
    const { fn, start, minimum } = problem;
    const result = minimize(fn, start, { variant, maxIterations: 60_000 });
    expect(result).toMatchObject({ converged: true, stopReason: "converged" });
    expect(result.value).toBeLessThan(1e-15);
    result.x.forEach((value, i) => {
      expect(value).toBeCloseTo(minimum[i]!, 6);
    });
    expect(result.evaluations).toBe(result.iterations + 1);
  });

  it("takes the same steps for a function times a power of two", () => {
    const { fn, start } = functions[2]!;
    const scaled = (factor: number) => {
      const points: number[] = [];
      minimize(
        (x, gradient) => {
          const value = fn(x, gradient);
          gradient.forEach((g, i) => {
            gradient[i] = g * factor;
          });
          return value * factor;
        },
        start,
        { variant, maxIterations: 500, onIteration: ({ x }) => void points.push(...x) },
      );
      return points;
    };
    const plain = scaled(1);
    expect(plain).toHaveLength(501 * start.length);
    for (const k of [-900, ...Array.from({ length: 121 }, (_, i) => i - 60), 900])
      expect(difference(scaled(2 ** k), plain), `2^${k}`).toBeNull();
  });

  it("climbs under maximize as it descends along the opposite function", () => {
    const { fn, start } = functions[1]!;
    const opposite = (x: Float64Array, gradient: Float64Array) => {
      const value = -fn(x, gradient);
      gradient.forEach((g, i) => {
        gradient[i] = -g;
      });
      return value;
    };
    const down = minimize(fn, start, { variant });
    const seen: MinimizeIteration[] = [];
    const onIteration = (point: MinimizeIteration) => void seen.push(point);
    const up = minimize(opposite, start, { variant, maximize: true, onIteration });
    expect(up).toEqual({ ...down, value: -down.value });
    const { x, value, gradient } = seen[5]!;
    const slopes = new Float64Array(2);
    expect([value, gradient]).toEqual([opposite(x, slopes), slopes]);
  });

  it("minimises fn + λ/2·Σx² under weightDecay", () => {
    // (x − 3)² + x²·λ/2 is smallest at 6 / (2 + λ).
    const fn = ([x = 0]: Float64Array, gradient: Float64Array) => {
      gradient[0] = 2 * (x - 3);
      return (x - 3) ** 2;
    };
    const { x, value } = minimize(fn, [0], { variant, weightDecay: 4 });
    expect(x[0]).toBeCloseTo(1, 7);
    expect(value).toBeCloseTo(4 + 2, 12);
    const opposite: typeof fn = (at, gradient) => {
      const below = -fn(at, gradient);
      gradient[0] = -gradient[0]!;
      return below;
    };
    const up = minimize(opposite, [0], { variant, maximize: true, weightDecay: 4 });
    expect(up.x[0]).toBe(x[0]);
    expect(up.value).toBe(-value);
  });
});
