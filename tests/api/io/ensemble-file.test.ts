import { describe, expect, test } from "vitest";
import {
  decode,
  decodeTensors,
  Ensemble,
  encode,
  FormatError,
  fingerprint,
  fitSync,
  LeakyReLU,
  Linear,
  type ModelJSON,
  manualSeed,
  modelFromJSON,
  Normalization,
  predict,
  Rprop,
  randn,
  Sequential,
  Tanh,
} from "../../../src/index.js";
import { parts, raw } from "./raw.js";

function ensemble(average: "output" | "probabilities" = "probabilities"): Ensemble {
  manualSeed(3);
  return new Ensemble(
    [
      new Sequential(new Normalization(randn(9, 3)), new Linear(3, 4), new Tanh(), new Linear(4, 2)),
      new Sequential(new Linear(3, 2, { bias: false }), new LeakyReLU({ negativeSlope: 0.3 })),
      new Linear(3, 2),
    ],
    { average },
  );
}

const throughFile = (model: Ensemble) =>
  decode(encode({ model, metadata: { made: "here" } })).model as Ensemble;
const throughJSON = (model: Ensemble) => modelFromJSON(JSON.parse(JSON.stringify(model))) as Ensemble;

describe.each([
  ["a file", throughFile],
  ["JSON", throughJSON],
])("an Ensemble comes back from %s", (_, through) => {
  test.each(["output", "probabilities"] as const)(
    "with every member, every bit and its mean of %s",
    (average) => {
      const model = ensemble(average);
      const back = through(model);
      expect(back).toBeInstanceOf(Ensemble);
      expect(back.average).toBe(average);
      expect(back.modules.map((member) => member.constructor)).toEqual([Sequential, Sequential, Linear]);
      expect(fingerprint(back)).toBe(fingerprint(model));
      const x = randn(300, 3);
      expect(predict(back, x).toArray()).toEqual(predict(model, x).toArray());
    },
  );

  test("with numbers that are none", () => {
    const model = new Ensemble([new Linear(2, 1), new Linear(2, 1)]);
    model.parameters()[2]?.data.set([NaN, -0]);
    model.parameters()[3]?.data.set([-Infinity]);
    const back = through(model);
    expect(back.parameters().map((parameter) => parameter.toArray())).toEqual(
      model.parameters().map((parameter) => parameter.toArray()),
    );
  });
});

test("a file of an Ensemble has the names of its members' numbers, and its average", () => {
  const bytes = encode({ model: ensemble() });
  expect(Object.keys(decodeTensors(bytes)).sort()).toEqual([
    "0.0.deviation",
    "0.0.mean",
    "0.1.bias",
    "0.1.weight",
    "0.3.bias",
    "0.3.weight",
    "1.0.weight",
    "2.bias",
    "2.weight",
  ]);
  const metadata = parts(bytes).header.__metadata__ as { rprop: string };
  expect(JSON.parse(metadata.rprop).model).toMatchObject({ type: "Ensemble", average: "probabilities" });
});

test("members of an Ensemble go on from its file, with one optimizer of all", () => {
  const [x, y] = [randn(20, 3), randn(20, 2)];
  const train = (model: Ensemble, optimizers: readonly Rprop[]) =>
    model.modules.forEach((member, i) => {
      fitSync(member, x, y, { optimizer: optimizers[i] as Rprop, epochs: 5 });
    });
  const model = ensemble("output");
  const optimizers = model.modules.map((member) => new Rprop(member.parameters()));
  train(model, optimizers);
  const back = throughFile(model);
  const others = model.modules.map((member, i) => {
    const file = encode({ model: member, optimizer: optimizers[i] as Rprop });
    return decode(file);
  });
  expect(fingerprint(new Ensemble(others.map((saved) => saved.model)))).toBe(fingerprint(back));
});

test("the fingerprint of an Ensemble is recorded", () => {
  const model = new Ensemble([new Linear(2, 1), new Sequential(new Linear(2, 1), new Tanh())], {
    average: "probabilities",
  });
  model.parameters().forEach((parameter, i) => {
    parameter.data.set(Array.from({ length: parameter.size }, (_, k) => i + k / 4));
  });
  // By an implementation in Python, as in tests/api/train/fingerprint.test.ts.
  expect(fingerprint(model)).toBe("53d2f848029b4acb");
  const { modules } = model;
  const [one, other] = modules as [Linear, Sequential];
  const prints = [model, new Ensemble(modules), new Ensemble([other, one]), new Sequential(one), one].map(
    fingerprint,
  );
  expect(new Set(prints).size).toBe(5);
});

describe("is refused, by the place in the model:", () => {
  const json = ensemble().toJSON() as ModelJSON & { modules: ModelJSON[] };
  const architecture = ensemble().architecture();
  const linear = { type: "Linear", inFeatures: 3, outFeatures: 2, bias: true };
  const changed = (changes: object) => ({ ...architecture, ...changes });
  const nested = changed({});

  test.each<[string, object, string]>([
    [
      "an ensemble within a sequential",
      { type: "Sequential", modules: [linear, nested] },
      'model.1: expected a module that is no ensemble, got "Ensemble"',
    ],
    [
      "an ensemble within an ensemble",
      changed({ modules: [linear, nested] }),
      'model.1: expected a module that is no ensemble, got "Ensemble"',
    ],
    [
      "an ensemble within a sequential within an ensemble",
      changed({ modules: [{ type: "Sequential", modules: [nested] }] }),
      'model.0.0: expected a module that is no ensemble, got "Ensemble"',
    ],
    [
      "a member of other features",
      changed({ modules: [linear, { ...linear, inFeatures: 4 }] }),
      "model.1: expected a module with 3 features and 2 outputs, as the first has, got 4 features and 2 outputs",
    ],
    [
      "a member of other outputs",
      changed({ modules: [linear, { type: "Sequential", modules: [{ ...linear, outFeatures: 1 }] }] }),
      "model.1: expected a module with 3 features and 2 outputs, as the first has, got 3 features and 1 output",
    ],
    [
      "a member of any number of features",
      changed({ modules: [linear, { type: "Tanh" }] }),
      "model.1: expected a module with 3 features and 2 outputs, as the first has, got any number of features",
    ],
    [
      "an unknown average",
      changed({ average: "median" }),
      'model.average: expected output, probabilities, got "median"',
    ],
    [
      "no average",
      changed({ average: undefined }),
      "model.average: expected output, probabilities, got undefined",
    ],
    [
      "no modules",
      changed({ modules: [] }),
      "model.modules: expected an array of modules, got an array of 0",
    ],
    [
      "modules that are none",
      changed({ modules: {} }),
      "model.modules: expected an array of modules, got an object",
    ],
    ["a member that is none", changed({ modules: [linear, null] }), "model.1: expected a module, got null"],
    [
      "more layers than any network has",
      changed({
        modules: Array(11).fill({
          type: "Sequential",
          modules: [linear, ...Array(99).fill({ type: "Tanh" })],
        }),
      }),
      "model: expected at most 1000 layers, got 1100",
    ],
  ])("%s", (_, model, message) => {
    const { header, data } = parts(encode({ model: ensemble() }));
    const description = JSON.stringify({ version: 1, model });
    const file = raw({ ...header, __metadata__: { rprop: description } }, data);
    for (const read of [() => decode(file), () => modelFromJSON(model as ModelJSON)]) {
      expect(read).toThrow(FormatError);
      expect(read).toThrow(message);
    }
  });

  test("a field too many", () => {
    const weights = { version: 1, model: { ...architecture, weights: [1, 2, 3] } };
    const { header, data } = parts(encode({ model: ensemble() }));
    const file = raw({ ...header, __metadata__: { rprop: JSON.stringify(weights) } }, data);
    expect(() => decode(file)).toThrow('model: expected the fields type, average, modules, got "weights"');
    expect(() => modelFromJSON({ ...json, weights: 1 })).toThrow(FormatError);
  });

  test("numbers that a member does not have", () => {
    const [first, ...rest] = json.modules;
    const without = {
      ...json,
      modules: [first, { type: "Linear", inFeatures: 3, outFeatures: 2, bias: true }, ...rest],
    };
    expect(() => modelFromJSON(without as ModelJSON)).toThrow(
      "model.1.weight: expected an array of 6 numbers",
    );
  });
});
