/** How results are written. */
import { median } from "./measure.js";

/** Median and, in percent of it, the distance between the smallest and the largest. */
export function spread(values: readonly number[]): { middle: number; percent: number } {
  const middle = median(values);
  return { middle, percent: Math.round((100 * (Math.max(...values) - Math.min(...values))) / middle) };
}

export const digits = (value: number): string =>
  Number(value.toPrecision(3)).toLocaleString("en", { maximumFractionDigits: 3 });

/** A Markdown table; the first `texts` columns hold words, the others numbers. */
export const table = (head: string[], rows: string[][], texts = 2): string =>
  [head, head.map((_, i) => (i < texts ? "---" : "---:")), ...rows]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
