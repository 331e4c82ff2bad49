import { describe, expect, it } from "vitest";
import { toC, toJavaScript, toOnnx } from "../../../src/export/index.js";
import {
  ACTIVATIONS,
  Ensemble,
  Linear,
  type Module,
  Moments,
  MSELoss,
  ReLU,
  Sequential,
  Tanh,
} from "../../../src/index.js";

const model = new Sequential(new Linear(2, 3), new Tanh(), new Linear(3, 1));

describe.each([
  ["toJavaScript", toJavaScript],
  ["toC", toC],
  ["toOnnx", toOnnx],
])("%s", (_, exported) => {
  it.each<[string, Module]>([
    ["a model", model],
    ["an Ensemble", new Ensemble([model, new Linear(2, 1)], { average: "probabilities" })],
  ])("makes the same of %s, its JSON, and its JSON as text and back", (_, module) => {
    const expected = exported(module);
    expect(exported(module.toJSON())).toEqual(expected);
    expect(exported(JSON.parse(JSON.stringify(module)))).toEqual(expected);
  });

  it.each([
    [undefined, "undefined"],
    [null, "null"],
    ["Linear", '"Linear"'],
    [[model], "an array of 1"],
    [() => model, "a function"],
    [new Date(0), "a Date"],
    [{}, "an object"],
    [{ model }, "an object"],
    [model.stateDict(), "an object"],
    [new Moments(1, 1), "a Moments"],
    [new MSELoss(), "an MSELoss"],
  ])("refuses what is no model: %s", (value, got) => {
    const expected = `"model": expected a model of rprop, or what its toJSON() gives, got ${got}`;
    expect(() => exported(value as never)).toThrow(new TypeError(expected));
  });

  it.each([
    [
      { type: "Conv2d" },
      `model.type: expected Linear, Sequential, Ensemble, Normalization, ${Object.keys(ACTIVATIONS).join(", ")}, got "Conv2d"`,
    ],
    [model.architecture(), "model.0.weight: expected an array of 6 numbers, got undefined"],
    [
      { type: "Sequential", modules: [{ ...new Linear(1, 1).toJSON(), bias: ["a"] }] },
      'model.0.bias[0]: expected a number, got "a"',
    ],
    [
      { type: "Ensemble", average: "output", modules: [new Linear(1, 1).architecture()] },
      "model.0.weight: expected an array of 1 number, got undefined",
    ],
    [
      { type: "Sequential", modules: [new Ensemble([new Linear(1, 1)]).toJSON()] },
      'model.0: expected a module that is no ensemble, got "Ensemble"',
    ],
  ])("refuses JSON of no model: %j", (value, message) => {
    expect(() => exported(value as never)).toThrow(new TypeError(message));
  });
});

describe.each([
  ["toJavaScript", toJavaScript],
  ["toC", toC],
])("%s", (_, toCode) => {
  it.each(["", "1st", "my model", "a-b", "_x", "größe", "x;", "while", "class", "float", "await"])(
    "refuses the name %j",
    (name) => {
      const expected = "a name that functions can have in JavaScript and in C";
      expect(() => toCode(model, { name })).toThrow(
        new RangeError(`"name": expected ${expected}, got ${JSON.stringify(name)}`),
      );
    },
  );

  it("refuses a name that is no text, and options that do not exist", () => {
    expect(() => toCode(model, { name: 1 as never })).toThrow(TypeError);
    expect(() => toCode(model, { nam: "f" } as never)).toThrow(/did you mean "name"/);
  });
});

describe("a name that the code needs itself", () => {
  const needed = '"name": expected a name that the code does not need itself, got';

  it("is refused, where it is needed", () => {
    expect(() => toJavaScript(model, { name: "tanh" })).toThrow(new RangeError(`${needed} "tanh"`));
    expect(() => toJavaScript(model, { name: "Float32Array" })).toThrow(RangeError);
    expect(toJavaScript(new ReLU(), { name: "tanh" })).toContain("function tanh(x)");
    const ensemble = new Ensemble([new Linear(1, 2), new Linear(1, 2)], { average: "probabilities" });
    for (const name of ["softmax", "sum", "exp"]) {
      expect(() => toJavaScript(ensemble, { name })).toThrow(new RangeError(`${needed} "${name}"`));
      expect(() => toC(ensemble, { name })).toThrow(new RangeError(`${needed} "${name}"`));
    }
  });
});
