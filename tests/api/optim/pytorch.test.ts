import { describe, expect, test } from "vitest";
import { Linear, MSELoss, manualSeed, Rprop, type RpropGroupOptions, randn } from "../../../src/index.js";
import { plain } from "./parameters.js";

// What PyTorch's test/test_optim.py asks of Rprop, with the options that it gives (common_optimizers.py), and with
// groups as in its test_rprop. Errors are in refusals.test.ts, gradients that are missing in trajectories.test.ts.

const cases: [string, options: RpropGroupOptions, ofBias: RpropGroupOptions][] = [
  ["defaults", {}, {}],
  ["lr 2e-4", { lr: 2e-4 }, {}],
  ["etas (0.5, 1.5)", { etas: [0.5, 1.5] }, {}],
  ["step sizes (2e-6, 100)", { stepSizes: [2e-6, 100] }, {}],
  ["maximize", { maximize: true }, {}],
  ["a group with another lr", { lr: 2e-4 }, { lr: 0.01 }],
];

/** Σ (Wx + b)², and an optimizer for it. */
function problem(options: RpropGroupOptions, ofBias: RpropGroupOptions) {
  manualSeed(1);
  const x = randn(1, 5);
  const linear = new Linear(5, 10);
  const criterion = new MSELoss({ reduction: "sum" });
  const groups = [{ params: [linear.weight] }, { params: [linear.bias!], ...ofBias }];
  const optimizer = new Rprop(groups, options);
  const closure = () => {
    optimizer.zeroGrad();
    const loss = criterion.forward(linear.forward(x), new Array(10).fill(0));
    loss.backward();
    return loss;
  };
  const state = () => JSON.stringify(optimizer.stateDict());
  const weights = () => linear.parameters().map((p) => p.toArray());
  return { linear, optimizer, closure, state, weights };
}

describe.each(cases)("Rprop with %s", (_, options, ofBias) => {
  test("goes in the right direction", () => {
    const { optimizer, closure } = problem(options, ofBias);
    const initial = closure().item();
    for (let i = 0; i < 20; i++) optimizer.step(closure);
    const final = closure().item();
    if (options.maximize) expect(final).toBeGreaterThan(initial);
    else expect(final).toBeLessThan(initial);
  });

  test("changes no parameter when gradients are 0", () => {
    const arrays = plain([1, -2, 0, -0, 0.5], [0, -0, 0, 0, -0]);
    new Rprop([arrays], options).step(() => 1);
    expect([...arrays.data]).toEqual([1, -2, 0, -0, 0.5]);
  });

  test("goes on from a saved state like the optimizer that it is of, and leaves it as it was", () => {
    const first = problem(options, ofBias);
    for (let i = 0; i < 10; i++) first.optimizer.step(first.closure);
    const second = problem(options, ofBias);
    second.linear.loadStateDict(first.linear.stateDict());
    const saved = first.optimizer.stateDict();
    const before = JSON.stringify(saved);
    second.optimizer.loadStateDict(saved);
    for (let i = 0; i < 10; i++) {
      first.optimizer.step(first.closure);
      second.optimizer.step(second.closure);
      expect(second.weights()).toEqual(first.weights());
    }
    expect(second.state()).toBe(first.state());
    expect(JSON.stringify(saved)).toBe(before);
  });

  test("goes on from the state of a version that did not have maximize yet", () => {
    const [whole, loaded] = [problem(options, ofBias), problem(options, ofBias)];
    for (const { optimizer, closure } of [whole, loaded]) for (let i = 0; i < 3; i++) optimizer.step(closure);
    const state = loaded.optimizer.stateDict();
    for (const group of state.param_groups) delete (group as { maximize?: boolean }).maximize;
    loaded.optimizer.loadStateDict(state);
    for (const { optimizer, closure } of [whole, loaded]) optimizer.step(closure);
    expect(loaded.weights()).toEqual(whole.weights());
  });
});
