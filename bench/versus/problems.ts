/** What the peers train on: data and first weights, the same for all of them. Epochs are timed on the cases of ../cases.ts. */
import { readFileSync } from "node:fs";
import { Generator } from "../../src/random/generator.js";
import type { Case } from "../../workloads/cases.js";
import { parseFlowers } from "../papers/networks.js";

/** Where every peer's losses are compared before anything is timed. */
export const CHECKS: Case[] = [
  { name: "linear check", rows: 60, widths: [5, 3] },
  { name: "mlp check", rows: 60, widths: [5, 8, 3] },
];

/** Training until the mean squared error is `target`; the data may depend on the generator. */
export interface Goal extends Case {
  title: string;
  target: number;
  data(generator: Generator): [x: ArrayLike<number>, y: ArrayLike<number>];
}

export const GOALS: Goal[] = [
  {
    name: "iris",
    title:
      "Fisher's irises (1936): 150 rows, standardised columns, one output for each species, which is 1 or 0",
    rows: 150,
    widths: [4, 8, 3],
    target: 0.01,
    data: flowers,
  },
  {
    name: "friedman",
    title:
      "Friedman's regression (1991): 10 sin(π x₁ x₂) + 20 (x₃ − ½)² + 10 x₄ + 5 x₅ of ten uniform columns, scaled",
    rows: 1000,
    widths: [10, 16, 1],
    target: 0.001,
    data: friedman,
  },
];

function flowers(): [Float32Array, Float32Array] {
  const iris = parseFlowers(readFileSync(new URL("../../examples/data/iris.csv", import.meta.url), "utf8"));
  const columns = [0, 1, 2, 3].map((column) => {
    const values = iris.rows.map((row) => row[column]!);
    const mean = values.reduce((sum, value) => sum + value) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return { mean, deviation: Math.sqrt(variance) };
  });
  const x = iris.rows.flatMap((row) =>
    columns.map(({ mean, deviation }, column) => (row[column]! - mean) / deviation),
  );
  const y = iris.targets.flatMap((target) => [0, 1, 2].map((species) => Number(species === target)));
  return [Float32Array.from(x), Float32Array.from(y)];
}

/** Outputs from about −0.9 to 0.9, so that a network with tanh at its end can reach them too. */
function friedman(generator: Generator): [Float32Array, Float32Array] {
  const uniform = generator.rand(1000, 10);
  const y = uniform.toRows().map(([a = 0, b = 0, c = 0, d = 0, e = 0]) => {
    return (10 * Math.sin(Math.PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e - 14.5) / 17;
  });
  return [uniform.data.map((value) => (value - 0.5) * Math.sqrt(12)), Float32Array.from(y)];
}

/** Of the file that peers read: x, y, then for each layer its weight [out, in] and bias, float32, row-major. */
export function bytesOf({ rows, widths, data }: Case & Partial<Goal>, seed: number): Uint8Array {
  const generator = new Generator(seed);
  const [inputs, outputs] = [widths[0]!, widths.at(-1)!];
  const random = () => [generator.randn(rows, inputs).data, generator.randn(rows, outputs).data] as const;
  const parts: ArrayLike<number>[] = [...(data === undefined ? random() : data(generator))];
  for (let i = 1; i < widths.length; i++) {
    const bound = 1 / Math.sqrt(widths[i - 1]!);
    for (const shape of [[widths[i]!, widths[i - 1]!], [widths[i]!]]) {
      parts.push(generator.rand(shape).data.map((value) => bound * (2 * value - 1)));
    }
  }
  const values = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  return new Uint8Array(values.buffer);
}
