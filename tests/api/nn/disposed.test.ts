import { describe, expect, test } from "vitest";
import {
  encode,
  fingerprint,
  fitSync,
  Linear,
  predict,
  Rprop,
  Sequential,
  Tanh,
} from "../../../src/index.js";

describe("a model that was disposed of is named", () => {
  const linear = new Linear(2, 1);
  const model = new Sequential(linear, new Tanh());
  const state = model.stateDict();
  const optimizer = new Rprop(model.parameters());
  linear.dispose();
  const uses: Record<string, () => unknown> = {
    forward: () => model.forward([1, 2]),
    predict: () => predict(model, [1, 2]),
    fitSync: () => fitSync(model, [1, 2], [1]),
    fingerprint: () => fingerprint(model),
    stateDict: () => model.stateDict(),
    loadStateDict: () => model.loadStateDict(state),
    toJSON: () => model.toJSON(),
    encode: () => encode({ model }),
    "new Sequential": () => new Sequential(linear),
    "new Sequential of a Sequential": () => new Sequential(model),
  };
  test.each(Object.keys(uses))("by %s", (name) => {
    expect(uses[name]).toThrow("this Linear(2, 1) was disposed");
  });

  test("and so is an optimizer, by fitSync", () => {
    const other = new Linear(1, 1);
    const own = new Rprop(other.parameters());
    own.dispose();
    expect(() => fitSync(other, [1], [1], { optimizer: own })).toThrow("this Rprop was disposed");
    expect(() => optimizer.step()).toThrow("params[0] was disposed");
  });
});

test("a model in the place of its state dictionary is refused as one", () => {
  expect(() => new Linear(2, 1).loadStateDict(new Linear(2, 1) as never)).toThrow(
    /"state": expected values by parameter name, such as stateDict\(\) gives, got a/,
  );
});

test("a number that float32 does not hold is said to be beyond it", () => {
  const far = [
    [1, 2],
    [3, 1e300],
  ];
  expect(() => fitSync(new Linear(2, 1), far, [1, 2])).toThrow(
    `"x": row 1, column 1 is Infinity, beyond what float32 holds`,
  );
});
