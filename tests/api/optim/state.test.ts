import { describe, expect, test } from "vitest";
import {
  Linear,
  MSELoss,
  Rprop,
  type RpropOptions,
  type RpropStateDict,
  type RpropVariant,
  randn,
} from "../../../src/index.js";
import { plain } from "./parameters.js";

const x = randn(20, 3);
const y = randn(20, 2);

/** A model, arrays and their optimizer, trained by this many epochs from where it is. */
function trainer(options: RpropOptions) {
  const linear = new Linear(3, 2);
  const arrays = plain([1, -2], [0, 0]);
  const optimizer = new Rprop([{ params: linear.parameters() }, { params: [arrays], lr: 0.5 }], options);
  const criterion = new MSELoss();
  const train = (epochs: number) => {
    for (let epoch = 0; epoch < epochs; epoch++) {
      optimizer.zeroGrad();
      const loss = criterion.forward(linear.forward(x), y);
      loss.backward();
      arrays.data.forEach((value, i) => {
        arrays.grad[i] = value ** 3;
      });
      optimizer.step(loss);
    }
    return [...linear.parameters().map((p) => p.toArray()), [...arrays.data]];
  };
  return { linear, arrays, optimizer, train };
}

describe.each<RpropVariant>(["irprop-", "irprop+", "rprop-", "rprop+"])("%s", (variant) => {
  test.each<RpropOptions>([
    {},
    { bounds: [-2, 1], maximize: true }, // which the weights come to
  ])("10 steps, save, load into fresh objects, 10 more are 20 steps, bit for bit: %j", (options) => {
    const whole = trainer({ variant, ...options });
    const half = trainer({ variant, ...options });
    half.linear.loadStateDict(whole.linear.stateDict());
    const expected = whole.train(20);
    half.train(10);
    const saved = JSON.parse(JSON.stringify([half.linear.stateDict(), half.optimizer.stateDict()]));
    const fresh = trainer({});
    fresh.linear.loadStateDict(saved[0]);
    fresh.arrays.data.set(half.arrays.data);
    fresh.optimizer.loadStateDict(saved[1]);
    expect(fresh.train(10)).toEqual(expected);
  });
});

describe("stateDict", () => {
  test("has PyTorch's names and layout, and is a copy", () => {
    const { linear, optimizer, train } = trainer({ weightDecay: 0.25 });
    expect(optimizer.stateDict().state).toEqual({});
    train(2);
    const { state, param_groups } = optimizer.stateDict();
    expect(Object.keys(state)).toEqual(["0", "1", "2"]);
    expect(state[0]).toMatchObject({ step: 2, prev: { shape: [2, 3] }, step_size: { shape: [2, 3] } });
    expect(param_groups.map(({ params }) => params)).toEqual([[0, 1], [2]]);
    expect(param_groups[1]).toMatchObject({
      lr: 0.5,
      etas: [0.5, 1.2],
      step_sizes: [1e-6, 50],
      weight_decay: 0.25,
    });
    expect(Object.keys(linear.stateDict())).toEqual(["weight", "bias"]);
    const weight = linear.weight.toArray();
    linear.stateDict().weight!.data.fill(7);
    expect(linear.weight.toArray()).toEqual(weight);
  });

  test("has what is done about gradients that are not finite", () => {
    const [strict, other] = [trainer({ nonFinite: "throw" }), trainer({})];
    other.optimizer.loadStateDict(strict.optimizer.stateDict());
    other.arrays.grad[0] = NaN;
    expect(() => other.optimizer.step()).toThrow("expected finite gradients");
  });

  test("of PyTorch is taken with what it has", () => {
    const { optimizer, linear } = trainer({ variant: "rprop+" });
    const values = {
      step: [3],
      prev: [
        [1, 1, 1],
        [0, 0, 0],
      ],
      step_size: new Array(6).fill(0.125),
    };
    const group = { lr: 0.1, etas: [0.4, 1.3], step_sizes: [0, 1], foreach: null } as const;
    optimizer.loadStateDict({
      state: { 0: values },
      param_groups: [
        { ...group, params: [0, 1] },
        { ...group, params: [2] },
      ],
    } as unknown as RpropStateDict);
    expect(optimizer.state(linear.weight)).toEqual({
      step: 3,
      prev: Float32Array.of(1, 1, 1, 0, 0, 0),
      stepSize: new Float32Array(6).fill(0.125),
    });
    expect(optimizer.state(linear.bias!).stepSize).toEqual(new Float32Array(2).fill(0.1));
    expect(optimizer.paramGroups[0]!.etas).toEqual([0.4, 1.3]);
    expect(optimizer.paramGroups[0]!.variant).toBe("rprop+");
  });
});

describe("a state that does not fit is refused, and changes nothing", () => {
  const { linear, optimizer, train } = trainer({});
  train(3);
  const good = optimizer.stateDict();
  const group = good.param_groups[0]!;
  const own = good.state[0]!;
  test.each<[string, unknown, string]>([
    ["no state", null, `"state": expected what stateDict() gives, got null`],
    [
      "another number of groups",
      { ...good, param_groups: [group] },
      `"state.param_groups": expected 2 groups, got 1`,
    ],
    [
      "another number of parameters",
      { ...good, param_groups: [{ ...group, params: [0] }, good.param_groups[1]] },
      `"state.param_groups[0].params": expected 2 parameters, got 1`,
    ],
    [
      "an option out of range",
      { ...good, param_groups: [group, { ...good.param_groups[1], etas: [2, 3] }] },
      `"state.param_groups[1].etas": expected 0 < η⁻ < 1 < η⁺, got [2, 3]`,
    ],
    [
      "another size",
      { ...good, state: { ...good.state, 1: { ...own, prev: [1] } } },
      `"state.state[1].prev": expected 2 values, got 1`,
    ],
    [
      "words",
      { ...good, state: { ...good.state, 2: { ...own, step_size: ["a", "b"] } } },
      `"state.state[2].prev": expected 2 values, got 6`,
    ],
    [
      "step sizes that are none",
      { ...good, state: { ...good.state, 0: { ...own, step_size: new Array(6).fill(NaN) } } },
      `"state.state[0].step_size": expected finite numbers of at least 0, got NaN`,
    ],
    [
      "a number twice",
      { ...good, param_groups: [{ ...group, params: [0, 0] }, good.param_groups[1]] },
      `"state.param_groups[0].params": expected whole numbers, each of them once, got 0`,
    ],
    [
      "a state of nobody",
      { ...good, state: { 7: own } },
      `"state.state": expected the numbers of parameters, got "7"`,
    ],
    [
      "null for a state",
      { ...good, state: { 0: null } },
      `"state.state[0]": expected { step, prev, step_size }, got null`,
    ],
    [
      "half a step",
      { ...good, state: { 0: { ...own, step: 1.5 } } },
      `"state.state[0].step": expected a whole number of at least 0, got 1.5`,
    ],
  ])("%s", (_, state, message) => {
    const before = JSON.stringify(optimizer.stateDict());
    expect(() => optimizer.loadStateDict(state as RpropStateDict)).toThrow(message);
    expect(JSON.stringify(optimizer.stateDict())).toBe(before);
  });

  test.each<[string, unknown, string]>([
    [
      "nothing",
      undefined,
      `"state": expected values by parameter name, such as stateDict() gives, got undefined`,
    ],
    ["a missing name", { weight: linear.weight }, `"state": expected the names weight, bias, got no "bias"`],
    [
      "a name too many",
      { ...linear.stateDict(), scale: [1] },
      `"state": expected the names weight, bias, got "scale"`,
    ],
    [
      "another shape",
      { weight: linear.weight, bias: [[1, 2]] },
      `"state.bias": expected shape [2], got shape [1, 2]`,
    ],
  ])("of a module: %s", (_, state, message) => {
    const before = linear.weight.toArray();
    expect(() => linear.loadStateDict(state as Record<string, number[]>)).toThrow(message);
    expect(linear.weight.toArray()).toEqual(before);
  });
});
