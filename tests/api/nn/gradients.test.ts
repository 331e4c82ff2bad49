import { describe, expect, it } from "vitest";
import { Generator, Linear, MSELoss, type Parameter, type Tensor } from "../../../src/index.js";

/**
 * Of the largest gradient. The gradients are float32 sums over up to 256 rows; the differences are float64,
 * and exact but for rounding where the loss is a square. Measured 4.5e-7, at 300 rows.
 */
const TOLERANCE = 1e-6;

/** The forward pass once more, in float64 and plain loops. */
function reference(layers: Linear[], values: number[][], x: number[], rows: number): number[] {
  let read = x;
  let at = 0;
  for (const { inFeatures, outFeatures, bias } of layers) {
    const weight = values[at++] as number[];
    const offsets = bias === null ? Array(outFeatures).fill(0) : (values[at++] as number[]);
    const y: number[] = [];
    for (let r = 0; r < rows; r++) {
      for (let o = 0; o < outFeatures; o++) {
        let sum = offsets[o] as number;
        for (let k = 0; k < inFeatures; k++) {
          sum += (read[r * inFeatures + k] as number) * (weight[o * inFeatures + k] as number);
        }
        y.push(sum);
      }
    }
    read = y;
  }
  return read;
}

function squaredError(p: number[], y: number[], reduction: "mean" | "sum"): number {
  const sum = p.reduce((total, value, i) => total + (value - (y[i] as number)) ** 2, 0);
  return reduction === "mean" ? sum / p.length : sum;
}

/** Central differences of a loss of the predictions, with respect to every parameter of the layers. */
function differences(layers: Linear[], x: Tensor, loss: (prediction: number[]) => number): number[][] {
  const values = parametersOf(layers).map((p) => p.toArray());
  const input = x.toArray();
  const h = 2 ** -12;
  const at = (list: number[], i: number, value: number) => {
    const before = list[i] as number;
    list[i] = value;
    const result = loss(reference(layers, values, input, x.shape[0] as number));
    list[i] = before;
    return result;
  };
  return values.map((list) =>
    list.map((value, i) => (at(list, i, value + h) - at(list, i, value - h)) / (2 * h)),
  );
}

function parametersOf(layers: Linear[]): Parameter[] {
  return layers.flatMap((layer) => layer.parameters());
}

/** Every gradient is near the sum of the given differences. */
function expectGradients(layers: Linear[], ...wanted: number[][][]): void {
  const sums = (wanted[0] as number[][]).map((list, p) =>
    list.map((_, i) => wanted.reduce((sum, each) => sum + (each[p]?.[i] as number), 0)),
  );
  const largest = Math.max(...sums.flat().map(Math.abs));
  expect(largest).toBeGreaterThan(0.01);
  parametersOf(layers).forEach(({ grad }, p) => {
    const list = sums[p] as number[];
    expect(grad.size).toBe(list.length);
    grad.toArray().forEach((value, i) => {
      const away = Math.abs(value - (list[i] as number)) / largest;
      expect(away, `parameter ${p}, entry ${i}`).toBeLessThan(TOLERANCE);
    });
  });
}

const shapes: [rows: number, features: number[]][] = [
  [1, [1, 1]],
  [7, [3, 2]],
  [10, [5, 9]],
  [300, [6, 5]],
  [7, [3, 4, 2]],
  [13, [8, 1, 3]],
  [300, [4, 6, 5, 3]],
];

function make(rows: number, features: number[], bias: boolean) {
  const generator = new Generator(rows);
  const layers = features
    .slice(1)
    .map((out, i) => new Linear(features[i] as number, out, { bias, generator }));
  const data = () => ({
    x: generator.randn(rows, features[0] as number),
    y: generator.randn(rows, features.at(-1) as number),
  });
  const forward = (x: Tensor) => {
    let output = (layers[0] as Linear).forward(x);
    for (const layer of layers.slice(1)) output = layer.forward(output);
    return output;
  };
  return { layers, data, forward };
}

describe.each(shapes)("of %d rows through layers of %j features", (rows, features) => {
  describe.each([true, false])("bias: %s", (bias) => {
    it.each(["mean", "sum"] as const)(
      "the gradients of the %s of squared errors are its derivatives",
      (reduction) => {
        const { layers, data, forward } = make(rows, features, bias);
        const { x, y } = data();
        new MSELoss({ reduction }).forward(forward(x), y).backward();
        expectGradients(
          layers,
          differences(layers, x, (p) => squaredError(p, y.toArray(), reduction)),
        );
      },
    );

    it("a factor given to backward multiplies them", () => {
      const { layers, data, forward } = make(rows, features, bias);
      const { x, y } = data();
      new MSELoss().forward(forward(x), y).backward(-2.5);
      expectGradients(
        layers,
        differences(layers, x, (p) => -2.5 * squaredError(p, y.toArray(), "mean")),
      );
    });

    it("a gradient given to the output's backward stands for a loss of one's own", () => {
      const { layers, data, forward } = make(rows, features, bias);
      const { x, y } = data();
      // Σ log cosh(p − y), whose derivative is tanh(p − y).
      const output = forward(x);
      output.backward(output.toArray().map((p, i) => Math.tanh(p - (y.data[i] as number))));
      const loss = (p: number[]) =>
        p.reduce((sum, value, i) => sum + Math.log(Math.cosh(value - (y.data[i] as number))), 0);
      expectGradients(layers, differences(layers, x, loss));
    });

    it("two backwards add up", () => {
      const { layers, data, forward } = make(rows, features, bias);
      const criterion = new MSELoss();
      const wanted = [data(), data()].map(({ x, y }) => {
        criterion.forward(forward(x), y).backward();
        return differences(layers, x, (p) => squaredError(p, y.toArray(), "mean"));
      });
      expectGradients(layers, ...wanted);
    });
  });
});
