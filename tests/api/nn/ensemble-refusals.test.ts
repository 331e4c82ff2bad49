import { describe, expect, test } from "vitest";
import {
  Ensemble,
  epochs,
  fit,
  fitSync,
  gradcheck,
  Linear,
  type Module,
  MSELoss,
  predict,
  ReLU,
  Sequential,
  Tanh,
} from "../../../src/index.js";

const shared = new Tanh();
const gone = new Linear(2, 1);
gone.dispose();

describe("an Ensemble refuses", () => {
  test.each<[string, () => unknown, ErrorConstructor, string]>([
    ["no members", () => new Ensemble([]), RangeError, '"modules": expected at least one model, got none'],
    [
      "a model in the place of the array",
      () => new Ensemble(new Tanh() as never),
      TypeError,
      '"modules": expected an array of models, such as [a, b], got a Tanh',
    ],
    [
      "nothing",
      () => new Ensemble(undefined as never),
      TypeError,
      '"modules": expected an array of models, such as [a, b], got undefined',
    ],
    [
      "what is no module",
      () => new Ensemble([new Tanh(), {} as Module]),
      TypeError,
      '"modules[1]": expected a module of this library, such as new Sequential(a, b), got an object',
    ],
    [
      "a hole in the array",
      // biome-ignore lint/suspicious/noSparseArray: what is tested
      () => new Ensemble([new Tanh(), , new ReLU()] as Module[]),
      TypeError,
      '"modules[1]": expected a module of this library, such as new Sequential(a, b), got undefined',
    ],
    [
      "a Proxy of a module",
      () => new Ensemble([new Tanh(), new Proxy(new Tanh(), {})]),
      TypeError,
      '"modules[1]": expected a module itself (Vue: markRaw, shallowRef), got a Proxy',
    ],
    [
      "an Ensemble",
      () => new Ensemble([new Linear(2, 1), new Ensemble([new Linear(2, 1)])]),
      RangeError,
      '"modules[1]": expected a model that is no ensemble itself, got an Ensemble',
    ],
    ["a model that was disposed of", () => new Ensemble([gone]), Error, "this Linear(2, 1) was disposed"],
    [
      "one model twice",
      () => new Ensemble([shared, shared]),
      RangeError,
      '"modules": expected each model once, got this Tanh twice',
    ],
    [
      "one layer in two models",
      () => new Ensemble([new Sequential(new ReLU(), shared), shared]),
      RangeError,
      '"modules": expected each model once, got this Tanh twice',
    ],
    [
      "other features",
      () => new Ensemble([new Linear(2, 1), new Linear(2, 1), new Linear(3, 1)]),
      RangeError,
      '"modules[2]": expected as many features and outputs as the first model has, got Linear(3, 1) beside Linear(2, 1)',
    ],
    [
      "other outputs",
      () => new Ensemble([new Linear(2, 1), new Linear(2, 2)]),
      RangeError,
      '"modules[1]": expected as many features and outputs as the first model has, got Linear(2, 2) beside Linear(2, 1)',
    ],
    [
      "any number of columns beside a fixed one",
      () => new Ensemble([new Tanh(), new Linear(1, 1)]),
      RangeError,
      '"modules[1]": expected as many features and outputs as the first model has, got Linear(1, 1) beside Tanh',
    ],
    [
      "an unknown option",
      () => new Ensemble([new Tanh()], { averages: "output" } as never),
      TypeError,
      'did you mean "average"?',
    ],
    [
      "an unknown average",
      () => new Ensemble([new Tanh()], { average: "median" as never }),
      RangeError,
      '"average": expected "output" or "probabilities", got "median"',
    ],
    [
      "an average that is no text",
      () => new Ensemble([new Tanh()], { average: true as never }),
      TypeError,
      '"average": expected "output" or "probabilities", got true',
    ],
    [
      "models one by one, as Sequential takes them",
      () => new Ensemble(new Tanh() as never, new ReLU() as never),
      TypeError,
      '"modules": expected an array of models',
    ],
  ])("%s", (_, make, type, message) => {
    expect(make).toThrow(type);
    expect(make).toThrow(message);
  });
});

describe("an Ensemble is trained member by member:", () => {
  const own =
    '"model": expected a model with layers of its own (train each member of an Ensemble by itself; it is part of no ' +
    "other model), got an Ensemble";
  const model = new Ensemble([new Linear(1, 1), new Linear(1, 1)]);
  test.each<[string, () => unknown]>([
    ["fitSync", () => fitSync(model, [1], [1], { epochs: 1 })],
    ["epochs", () => [...epochs(model, [1], [1], { epochs: 1 })]],
    ["Sequential", () => new Sequential(model, new Tanh())],
    ["a Sequential within a Sequential", () => new Sequential(new Sequential(new Tanh(), model))],
  ])("%s", (_, use) => {
    const before = predict(model, [1]).item();
    expect(use).toThrow(own);
    expect(use).toThrow(TypeError);
    expect(predict(model, [1]).item()).toBe(before);
  });

  test("gradcheck", () => {
    expect(() => gradcheck(model, [1], [1], new MSELoss())).toThrow("an Ensemble has no way back");
  });

  test("fit", async () => {
    await expect((async () => fit(model, [1], [1], { epochs: 1 }))()).rejects.toThrow(new TypeError(own));
  });
});

describe("dispose", () => {
  test("of an Ensemble disposes of its members", () => {
    const members = [new Linear(1, 1), new Sequential(new Tanh(), new Linear(1, 1))];
    const model = new Ensemble(members);
    const y = model.forward([1]);
    model.dispose();
    model.dispose();
    for (const member of [model, ...members]) expect(() => predict(member, [1])).toThrow("was disposed");
    expect(() => model.forward([1])).toThrow("was disposed");
    expect(() => y.toArray()).toThrow("was disposed");
    expect(() => model.toJSON()).toThrow("was disposed");
    expect(() => model.stateDict()).toThrow("was disposed");
  });

  test("of a member is told of before any has run", () => {
    const [one, other] = [new Linear(1, 1), new Linear(1, 1)];
    const model = new Ensemble([one, other]);
    const y = one.forward([1]);
    other.dispose();
    expect(() => model.forward([1])).toThrow("this Linear(1, 1) was disposed");
    expect(y.toArray()).toHaveLength(1);
  });
});
