import { describe, expect, it } from "vitest";
import { type RuleState, stepBy } from "../../../src/optim/rule.js";
import type { RpropVariant } from "../../../src/optim/variants.js";

const VARIANTS: RpropVariant[] = ["irprop-", "irprop+", "rprop-", "rprop+"];
const constants = { etaMinus: 0.5, etaPlus: 1.5, minStep: 0, maxStep: 50, round: (value: number) => value };

const stateOf = (stepSize: number): RuleState => ({
  prev: Float64Array.of(0),
  stepSize: Float64Array.of(stepSize),
  hasFlipped: Uint8Array.of(0),
});

/** x, Δ and prev after each step along the gradients; rises says at which E has risen. */
function follow(variant: RpropVariant, gradients: number[], { x0 = 0, rises = [] as boolean[] } = {}) {
  const [x, state] = [Float64Array.of(x0), stateOf(0.5)];
  return gradients.map((gradient, i) => {
    stepBy({ variant, ...constants }, x, Float64Array.of(gradient), state, rises[i] ?? false, null);
    return [x[0]!, state.stepSize[0]!, state.prev[0]!];
  });
}

describe.each(VARIANTS)("a step of %s", (variant) => {
  it("keeps Δ at a gradient of ±0 and at the one after it, and moves nothing there", () => {
    for (const zero of [0, -0]) {
      expect(follow(variant, [1, zero, 1, 1])).toEqual([
        [-0.5, 0.5, 1],
        [-0.5, 0.5, zero],
        [-1, 0.5, 1],
        [-1.75, 0.75, 1],
      ]);
    }
  });

  it("moves nothing at a gradient of NaN, and does not compare with it later", () => {
    expect(follow(variant, [1, NaN, -1]).map(([x, stepSize]) => [x, stepSize])).toEqual([
      [-0.5, 0.5],
      [-0.5, 0.5],
      [0, 0.5],
    ]);
  });

  it("leaves −0 as it is where nothing moves", () => {
    expect(follow(variant, [0, NaN, -0], { x0: -0 }).map(([x]) => x)).toEqual([-0, -0, -0]);
  });

  it("takes infinite gradients for ordinary ones", () => {
    expect(follow(variant, [Infinity, Infinity, -Infinity]).map(([x, stepSize]) => [x, stepSize])).toEqual(
      follow(variant, [1, 1, -1]).map(([x, stepSize]) => [x, stepSize]),
    );
  });
});

describe("a flip", () => {
  // Shark moves on by the last δ where E fell, since δ is not reset.
  it("is no move of irprop+ where E fell, and takes the last move back where it rose", () => {
    const x = (rises: boolean[]) => follow("irprop+", [1, 1, -1, -1], { rises }).map(([at]) => at);
    expect(x([false, false, false, false])).toEqual([-0.5, -1.25, -1.25, -0.875]);
    expect(x([false, false, true, false])).toEqual([-0.5, -1.25, -0.5, -0.125]);
    expect(x([true, true, false, true])).toEqual([-0.5, -1.25, -1.25, -0.875]);
  });

  // Accord takes moves back without their sign.
  it("takes a move back in the direction it came from, under rprop+", () => {
    expect(follow("rprop+", [1, -1]).map(([x]) => x)).toEqual([-0.5, 0]);
    expect(follow("rprop+", [-1, 1]).map(([x]) => x)).toEqual([0.5, 0]);
  });

  it("moves at once by rprop-, and is remembered", () => {
    expect(follow("rprop-", [1, -1, 1])).toEqual([
      [-0.5, 0.5, 1],
      [-0.25, 0.25, -1],
      [-0.375, 0.125, 1],
    ]);
  });

  it("is not compared with by the others", () => {
    for (const variant of ["irprop-", "irprop+", "rprop+"] as const)
      expect(follow(variant, [1, -1, 1]).map(([, stepSize, prev]) => [stepSize, prev])).toEqual([
        [0.5, 1],
        [0.25, 0],
        [0.25, 1],
      ]);
  });
});
