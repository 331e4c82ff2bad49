/** The workloads that are compared everywhere: rows through linear layers of these widths, tanh between them. */
export interface Case {
  name: string;
  rows: number;
  widths: readonly number[];
}

export const CASES: readonly Case[] = [
  { name: "seed", rows: 10, widths: [3, 2] },
  { name: "linear 1k", rows: 1000, widths: [10, 1] },
  { name: "linear 100k", rows: 100_000, widths: [32, 1] },
  { name: "linear wide", rows: 10_000, widths: [64, 64] },
  { name: "mlp small", rows: 768, widths: [8, 16, 1] },
  { name: "mlp wide", rows: 2000, widths: [784, 128, 10] },
  { name: "mlp deep", rows: 100_000, widths: [32, 64, 64, 1] },
];

export function shapeOf({ rows, widths }: Case): string {
  return `${rows.toLocaleString("en")} rows, ${widths.join(" → ")}`;
}

/** Multiplications and additions of an epoch's matrix products: forward, weights, and inputs behind the first layer. */
export function flopsOf({ rows, widths }: Case): number {
  return widths.slice(1).reduce((sum, outputs, i) => {
    return sum + (i === 0 ? 4 : 6) * rows * outputs * (widths[i] as number);
  }, 0);
}
