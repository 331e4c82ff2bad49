import { describe, expect, it } from "vitest";
import { toOnnx } from "../../../src/export/index.js";
import {
  Ensemble,
  Linear,
  type Module,
  Normalization,
  predict,
  ReLU,
  Sequential,
  Sigmoid,
} from "../../../src/index.js";
import { activations, SPECIAL } from "../../core/activations.js";
import { expectWithin } from "../../core/numbers.js";
import { alone, ensembles, networks, rowsFor } from "../../support/exported-models.js";
import { type OnnxRuntime, onnxRuntime, RUNTIME_NAMES } from "./onnx-runtime.js";

/** What a runtime makes of rows. */
async function outputsOf(
  runtime: OnnxRuntime,
  file: Uint8Array,
  rows: readonly ArrayLike<number>[],
  columns: number,
) {
  const session = await runtime.InferenceSession.create(file);
  const data = Float32Array.from(rows.flatMap((row) => Array.from(row)));
  const x = new runtime.Tensor("float32", data, [rows.length, columns]);
  return (await session.run({ x })).y;
}

/** Zero, no number, no end, and sixteen numbers of each exponent that float32 has, of either sign; many of ordinary size. */
function everyExponent(): Float32Array {
  const positive = [0, NaN, Infinity];
  for (let exponent = -149; exponent < 128; exponent++)
    for (let i = 0; i < 16; i++) positive.push(2 ** exponent * (1 + i / 16 + (i % 3) / 1000));
  for (let i = 0; i < 20_000; i++) positive.push(i * 0.0063);
  return Float32Array.from(positive.flatMap((value) => [value, -value]));
}

/** The unit in the last place of a float32, 2⁻¹⁴⁹ of a subnormal one. */
function unitOf(value: number): number {
  return 2 ** (Math.max(-126, Math.floor(Math.log2(Math.abs(value)))) - 23);
}

/**
 * Five units in the last place, none where there is one rounding at most. What is −0 at −∞ multiplies what it is given, down
 * to −104, by what is subnormal where y is nearly 0, and whose last place may differ.
 */
function boundOf(model: Module, x: number, y: number): number {
  const words = model.describe();
  if (words.includes("ReLU")) return 0;
  const { special } = activations.find(({ name }) =>
    new RegExp(`\\b${name}\\b`).test(words),
  ) as (typeof activations)[number];
  const isGated = Object.is(special[0][SPECIAL.indexOf(-Infinity)], -0);
  return 5 * unitOf(y) + (isGated ? Math.min(Math.max(-x, 0), 104) * 2 ** -149 : 0);
}

describe.each(RUNTIME_NAMES)("toOnnx, in %s,", (name) => {
  const runtime = onnxRuntime(name); // it may have to be installed

  const finite = [...networks, ...ensembles].filter(({ strange }) => !strange);

  it.each([...alone, ...finite])("gives predict's numbers within rounding: $name", async ({ model }) => {
    // What is made of NaN, and where float32 ends, is the runtime's affair.
    const rows = rowsFor(model).filter((row) => row.every((value) => Math.abs(value) < 1e5));
    const { shape, data } = predict(model, rows);
    const y = await outputsOf(await runtime, toOnnx(model), rows, model.width as number);
    expect(y.dims).toEqual(shape);
    // Sums in another order differ by so much of their terms.
    const largest = (i: number) =>
      Math.max(...(rows[Math.floor(i / (shape[1] as number))] as Float32Array).map(Math.abs));
    const bounds = data.map((value, i) => 1e-5 * (1 + Math.abs(value)) + 1e-6 * largest(i));
    expectWithin(y.data, data, bounds, "y");
  });

  const identity = () => {
    const linear = new Linear(1, 1, { bias: false });
    linear.weight.data[0] = 1;
    return linear;
  };
  const probability = { name: "Sigmoid behind a Linear", model: new Sequential(identity(), new Sigmoid()) };

  it.each([...alone, probability])(
    "agrees with predict to the last places at every exponent: $name",
    async ({ model }) => {
      const x = everyExponent();
      const rows = Array.from(x, (value) => [value]);
      const { data } = predict(model, rows);
      const y = (await outputsOf(await runtime, toOnnx(model), rows, 1)).data;
      data.forEach((wanted, i) => {
        const [from, got] = [x[i] as number, y[i] as number];
        const close = Number.isFinite(wanted)
          ? Math.abs(got - wanted) <= boundOf(model, from, wanted)
          : Object.is(got, wanted);
        if (!close) expect.fail(`of ${from}: expected ${wanted}, got ${got}`);
      });
    },
  );

  it("agrees with the probabilities of an Ensemble to the last places at every exponent, from 2⁻¹²⁶ on", async () => {
    const logits = () => new Normalization([-1, 1].map((value) => [value, value])); // every number as it is
    const model = new Ensemble([logits(), logits()], { average: "probabilities" });
    const x = everyExponent();
    const rows = Array.from(x, (value) => [value, 0]);
    const { data } = predict(model, rows);
    const y = (await outputsOf(await runtime, toOnnx(model), rows, 2)).data;
    data.forEach((wanted, i) => {
      const got = y[i] as number;
      // onnxruntime-web's operator Softmax gives 0 for less.
      const close = Number.isNaN(wanted)
        ? Number.isNaN(got)
        : Math.abs(got - wanted) <= 5 * unitOf(wanted) + 2 ** -126;
      if (!close) expect.fail(`of ${x[i >> 1]}: expected ${wanted}, got ${got}`);
    });
  });

  it("takes no rows, one row and many", async () => {
    const file = toOnnx(new Linear(2, 3));
    for (const count of [0, 1, 1000]) {
      const rows = Array.from({ length: count }, () => [1, 2]);
      expect((await outputsOf(await runtime, file, rows, 2)).dims).toEqual([count, 3]);
    }
  });

  it("takes any number of columns where the model does", async () => {
    const file = toOnnx(new Sequential(new ReLU(), new ReLU()));
    const y = await outputsOf(await runtime, file, [[-1, 2, -3]], 3);
    expect(Array.from(y.data)).toEqual([0, 2, 0]);
    const mean = toOnnx(new Ensemble([new ReLU(), new Sequential(new ReLU(), new ReLU())]));
    expect(Array.from((await outputsOf(await runtime, mean, [[-1, 2, -3]], 3)).data)).toEqual([0, 2, 0]);
  });
});

describe("toOnnx", () => {
  it("names the weights of an Ensemble by their members", () => {
    const member = () => new Sequential(new Linear(2, 4), new ReLU(), new Linear(4, 1));
    const file = Buffer.from(toOnnx(new Ensemble([member(), member()])));
    for (const name of ["0.0.weight", "0.2.bias", "1.0.weight", "1.2.bias"])
      expect(file.includes(name)).toBe(true);
  });

  it("refuses probabilities of any number of columns, of which one is no probability of classes", () => {
    const model = new Ensemble([new ReLU(), new ReLU()], { average: "probabilities" });
    expect(() => toOnnx(model)).toThrow(
      new RangeError(
        '"model": expected a layer that fixes the number of columns, got mean of the probabilities of 2 models: ReLU',
      ),
    );
  });

  it("holds weights by PyTorch's names, to the bit", () => {
    const { model } = networks.find(({ strange }) => strange) as (typeof networks)[number];
    const file = Buffer.from(toOnnx(new Sequential(new ReLU(), new Sequential(model))));
    for (const [name, { data }] of Object.entries(model.stateDict())) {
      expect(file.includes(`1.0.${name}`)).toBe(true);
      expect(file.includes(Buffer.from(data.slice().buffer))).toBe(true);
    }
  });
});
