import { describe, expect, test } from "vitest";
import {
  Ensemble,
  encode,
  evaluate,
  fitSync,
  Linear,
  type Module,
  MSELoss,
  predict,
  Rprop,
  Sequential,
  Tanh,
} from "../../../src/index.js";

const message = /^"\S+": expected a module itself \(Vue: markRaw, shallowRef\), got a Proxy$/;

describe.each<[string, () => Module]>([
  ["Linear", () => new Linear(1, 1)],
  ["Tanh", () => new Tanh()],
  ["Sequential", () => new Sequential(new Linear(1, 1), new Tanh())],
  ["Ensemble", () => new Ensemble([new Linear(1, 1), new Linear(1, 1)])],
])("a Proxy of a %s is told of, with what Vue has for it,", (_, make) => {
  test.each<[string, (model: Module) => unknown]>([
    ["forward", (model) => model.forward([1])],
    ["predict", (model) => predict(model, [1])],
    ["evaluate", (model) => evaluate(model, [1], [1], new MSELoss())],
    ["fitSync", (model) => fitSync(model, [1], [1], { epochs: 1 })],
    ["encode", (model) => encode({ model })],
    ["Sequential", (model) => new Sequential(model)],
    ["Ensemble", (model) => new Ensemble([model])],
  ])("by %s", (_, use) => {
    const model = make();
    expect(() => use(new Proxy(model, {}))).toThrow(message);
    expect(() => use(new Proxy(model, {}))).toThrow(TypeError);
    expect(() => predict(model, [1])).not.toThrow();
  });
});

test("Vue is asked to make no Proxy of models, losses and optimizers", () => {
  const model = new Sequential(new Linear(1, 1));
  for (const made of [model, ...model.modules, new MSELoss(), new Rprop(model.parameters())])
    expect(made).toHaveProperty("__v_skip", true); // what markRaw writes
});
