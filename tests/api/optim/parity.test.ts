import { describe, expect, it } from "vitest";
import { Generator, minimize, parameter, Rprop, type RpropVariant, type Vector } from "../../../src/index.js";

const VARIANTS: RpropVariant[] = ["irprop-", "irprop+", "rprop-", "rprop+"];
const [n, steps] = [37, 200];

/** Random gradients, in runs of one sign, and among them zeros, subnormals and the largest there are. */
function gradients(random: Generator): Float32Array[] {
  const drift = random.randn(n).data;
  const sizes = [0, 1e-42, 1e30];
  return Array.from({ length: steps + 1 }, () =>
    random.randn(n).data.map((value, i) => {
      const size = Math.floor(Math.abs(value) * 1000) % 50;
      return (value + drift[i]!) * (sizes[size] ?? 1);
    }),
  );
}

describe.each(VARIANTS)("minimize in float32 takes the bits of Rprop: %s", (variant) => {
  const cases = [false, true].flatMap((maximize) =>
    [0, 0.7].flatMap((weightDecay) =>
      [[-Infinity, Infinity] as const, [-0.3, 0.9] as const, [-0.1, Infinity] as const].map((bounds) => ({
        maximize,
        weightDecay,
        bounds,
      })),
    ),
  );

  it.each(cases)("maximize: $maximize, weight decay $weightDecay, bounds $bounds", (own) => {
    const random = new Generator(7);
    const start = random.randn(n).data.map((value) => Math.min(Math.max(value, -0.1), 0.9));
    const slopes = gradients(random);
    const values = random.randn(steps + 1).data;
    const options = { variant, lr: 0.03, etas: [0.45, 1.3], stepSizes: [1e-3, 0.7], ...own } as const;
    const trained = parameter(start);
    const optimizer = new Rprop([trained], options);
    let call = 0;
    const fn = (_: Vector, gradient: Vector) => {
      gradient.set(slopes[call]!);
      return values[call++]!;
    };
    let [held, compared] = [0, 0];
    const result = minimize(fn, start, {
      ...options,
      stepTolerance: 0,
      maxIterations: steps,
      onIteration: ({ x, stepSize, value, iteration }) => {
        expect(x).toEqual(trained.data.slice());
        if (iteration > 0) expect(stepSize).toEqual(optimizer.state(trained).stepSize);
        trained.grad.data.set(slopes[iteration]!);
        optimizer.step(value);
        const ends = own.bounds.map(Math.fround);
        for (const at of x) if (ends.includes(at)) held++;
        compared++;
      },
    });
    expect([result.stopReason, compared]).toEqual(["limit", steps + 1]);
    expect(held > 500).toBe(own.bounds[0] !== -Infinity); // which is where the rule is not the unbounded one
  });
});
