import { beforeAll, describe, expect, it } from "vitest";
import { toOnnx } from "../../src/export/index.js";
import { Linear, predict, ReLU, Sequential } from "../../src/index.js";
import { expectWithin } from "../core/numbers.js";
import { alone, networks, rowsFor } from "./models.js";
import { type OnnxRuntime, onnxRuntime } from "./onnx-runtime.js";

let runtime: OnnxRuntime;

// It may have to be installed.
beforeAll(async () => {
  runtime = await onnxRuntime();
}, 300_000);

/** What the runtime makes of rows. */
async function outputsOf(file: Uint8Array, rows: readonly ArrayLike<number>[], columns: number) {
  const session = await runtime.InferenceSession.create(file);
  const data = Float32Array.from(rows.flatMap((row) => Array.from(row)));
  const x = new runtime.Tensor("float32", data, [rows.length, columns]);
  return (await session.run({ x })).y;
}

describe("toOnnx", () => {
  const finite = networks.filter(({ strange }) => !strange);

  it.each([...alone, ...finite])("gives predict's numbers within rounding: $name", async ({ model }) => {
    // What is made of NaN, and where float32 ends, is the runtime's affair.
    const rows = rowsFor(model).filter((row) => row.every((value) => Math.abs(value) < 1e5));
    const { shape, data } = predict(model, rows);
    const y = await outputsOf(toOnnx(model), rows, model.width as number);
    expect(y.dims).toEqual(shape);
    const bounds = data.map((value) => 1e-5 * (1 + Math.abs(value)));
    expectWithin(y.data, data, bounds, "y");
  });

  it("takes no rows, one row and many", async () => {
    const file = toOnnx(new Linear(2, 3));
    for (const count of [0, 1, 1000]) {
      const rows = Array.from({ length: count }, () => [1, 2]);
      expect((await outputsOf(file, rows, 2)).dims).toEqual([count, 3]);
    }
  });

  it("takes any number of columns where the model does", async () => {
    const file = toOnnx(new Sequential(new ReLU(), new ReLU()));
    const y = await outputsOf(file, [[-1, 2, -3]], 3);
    expect(Array.from(y.data)).toEqual([0, 2, 0]);
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
