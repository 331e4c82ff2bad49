import { describe, expect, test } from "vitest";
import { parameter, Rprop, type RpropOptions, type RpropVariant } from "../../../src/index.js";
import { plain, sloped } from "./parameters.js";

/** The weights and step sizes of one parameter from 0, stepped through these gradients and losses. */
function trajectory(options: RpropOptions, gradients: number[], losses: number[] = gradients.map(() => 0)) {
  const own = parameter([0]);
  const optimizer = new Rprop([own], { lr: 0.1, ...options });
  return gradients.map((gradient, i) => {
    own.grad.data[0] = gradient;
    optimizer.step(losses[i]!);
    return { weight: own.item(), stepSize: optimizer.state(own).stepSize[0]! };
  });
}

/** Igel & Hüsken 2003, section 2: a sign that stays, flips once, and stays. */
const GRADIENTS = [1, 1, 1, -1, 1, 1];
const FELL = [6, 5, 4, 3, 2, 1];
const ROSE = [6, 5, 4, 5, 4, 3];

describe("the trajectory of its paper is that of", () => {
  test.each<[string, RpropVariant, number[], number[]]>([
    ["irprop-", "irprop-", FELL, [-0.1, -0.22, -0.364, -0.364, -0.436, -0.5224]],
    ["irprop- when the loss rose", "irprop-", ROSE, [-0.1, -0.22, -0.364, -0.364, -0.436, -0.5224]],
    ["irprop+ when the loss fell", "irprop+", FELL, [-0.1, -0.22, -0.364, -0.364, -0.436, -0.5224]],
    ["irprop+ when the loss rose", "irprop+", ROSE, [-0.1, -0.22, -0.364, -0.22, -0.292, -0.3784]],
    ["rprop+", "rprop+", FELL, [-0.1, -0.22, -0.364, -0.22, -0.292, -0.3784]],
    ["rprop-", "rprop-", FELL, [-0.1, -0.22, -0.364, -0.292, -0.328, -0.3712]],
  ])("%s", (_, variant, losses, weights) => {
    trajectory({ variant }, GRADIENTS, losses).forEach(({ weight }, i) => {
      expect(weight).toBeCloseTo(weights[i]!, 6);
    });
  });
});

describe("mistakes of other implementations", () => {
  test("a flip while the loss fell does not repeat the move before it (Shark)", () => {
    const [, , third, fourth] = trajectory({ variant: "irprop+" }, GRADIENTS, FELL);
    expect(fourth!.weight).toBe(third!.weight);
  });

  test("a move is taken back with its sign (Accord)", () => {
    const up = trajectory({ variant: "rprop+" }, [-1, -1, 1]);
    expect(up[2]!.weight).toBeCloseTo(0.1, 6);
    const down = trajectory({ variant: "rprop+" }, [1, 1, -1]);
    expect(down[2]!.weight).toBeCloseTo(-0.1, 6);
  });

  test("the first step size is that given, for every variant (Encog)", () => {
    for (const variant of ["irprop-", "irprop+", "rprop-", "rprop+"] as const) {
      expect(trajectory({ variant, lr: 0.25 }, [1])[0]).toEqual({ weight: -0.25, stepSize: 0.25 });
    }
  });

  test("weight decay is part of the gradient whose sign is taken (as SNNS and MindSpore)", () => {
    const own = sloped([8], [-1]);
    const optimizer = new Rprop([own], { weightDecay: 0.25, lr: 0.5 });
    optimizer.step(); // −1 + 0.25 · 8 = 1
    expect(own.item()).toBe(7.5);
  });
});

describe("irprop+", () => {
  test("says so when it is not given the loss, and changes nothing", () => {
    const own = sloped([1], [1]);
    const optimizer = new Rprop([own], { variant: "irprop+" });
    expect(() => optimizer.step()).toThrow("irprop+ needs the loss of every step");
    expect([own.item(), optimizer.state(own).step]).toEqual([1, 0]);
    expect(optimizer.step(() => 3)).toBe(3);
  });

  test("takes nothing back for a loss that is equal or NaN", () => {
    for (const losses of [
      [1, 1],
      [1, NaN],
      [NaN, 1],
    ]) {
      const [first, second] = trajectory({ variant: "irprop+" }, [1, -1], losses);
      expect(second!.weight).toBe(first!.weight);
    }
  });
});

test("irprop+ climbs as it descends: a move is taken back where the loss got worse", () => {
  for (const losses of [FELL, ROSE]) {
    const down = trajectory({ variant: "irprop+" }, GRADIENTS, losses);
    const negated = [GRADIENTS, losses].map((values) => values.map((value) => -value));
    const up = trajectory({ variant: "irprop+", maximize: true }, negated[0]!, negated[1]!);
    expect(up).toEqual(down);
  }
});

describe("bounds", () => {
  test("are never left; a move out of them ends on the bound, and the step size is the way gone", () => {
    const own = sloped([1], [1]);
    const optimizer = new Rprop([own], { bounds: [0.375, 1], lr: 0.5, etas: [0.5, 1.5] });
    const states = [1, 1, 1, -1, -1, -1].map((gradient) => {
      own.grad.data[0] = gradient;
      optimizer.step();
      return [own.item(), optimizer.state(own).stepSize[0]];
    });
    expect(states).toEqual([
      [0.5, 0.5],
      [0.375, 0.125],
      [0.375, 0.125], // held
      [0.375, 0.0625], // the flip
      [0.4375, 0.0625],
      [0.53125, 0.09375],
    ]);
  });

  test("that parameters are outside of are refused, however they come", () => {
    const own = sloped([5], [1]);
    const optimizer = new Rprop([own]);
    const outside = "expected values within the bounds [0, 1], got 5";
    expect(() => Object.assign(optimizer.paramGroups[0]!, { bounds: [0, 1] })).toThrow(outside);
    const state = optimizer.stateDict();
    state.param_groups[0]!.bounds = [0, 1];
    expect(() => optimizer.loadStateDict(state)).toThrow(outside);
    const arrays = plain([0.5], [1]);
    const bounded = new Rprop([arrays]);
    arrays.data[0] = 5; // since the optimizer has last seen them
    expect(() => bounded.loadStateDict(state)).toThrow(outside);
    own.data[0] = 0.5;
    optimizer.paramGroups[0]!.bounds = [0, 1];
    own.data[0] = 5;
    expect(() => optimizer.step()).toThrow(outside);
    expect(() => new Rprop([own], { bounds: [Infinity, Infinity] })).toThrow(
      `"bounds": expected lower ≤ upper`,
    );
  });

  test("have to hold from the beginning", () => {
    expect(() => new Rprop([parameter([1, 3])], { bounds: [-1, 2] })).toThrow(
      `"params[0]": expected values within the bounds [-1, 2], got 3`,
    );
    expect(() => new Rprop([plain([NaN], [0])], { bounds: [1, 0] })).toThrow(
      `"bounds": expected lower ≤ upper, got [1, 0]`,
    );
    expect(() => new Rprop([parameter([1])], { weightDecay: -1 })).toThrow(
      `"weightDecay": expected a finite number`,
    );
    expect(() => new Rprop([parameter([1])], { variant: "rprop" as RpropVariant })).toThrow(
      `"variant": expected "irprop-" or "irprop+" or "rprop-" or "rprop+", got "rprop"`,
    );
  });
});
