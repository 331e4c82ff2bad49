/** The outer splits, which are the same for everybody. */
import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { Generator } from "rprop";
import type { BenchTable } from "./tables.js";

/** Tables of more rows are sampled. */
const MAX_ROWS = 3000;
/** Classes of fewer rows are dropped: no test could find them. */
const MIN_CLASS_ROWS = 8;

/** A table as text cells, its rows in random order. */
export interface Cells {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly target: number;
}

export interface Split {
  readonly train: Cells;
  readonly test: Cells;
}

/** Rows that have the target, without the columns that are ignored. */
export function cellsOf(folder: string, table: BenchTable, seed: number, classify: boolean): Cells {
  const text = readFileSync(`${folder}/${table.package}/${table.name}.csv`, "utf8");
  const [head = [], ...lines] = Papa.parse<string[]>(text.trim()).data;
  const kept = head.flatMap((name, i) => (table.ignore.includes(name) ? [] : [i]));
  const names = kept.map((i) => head[i] as string);
  const target = names.indexOf(table.target);
  if (target < 0) throw new Error(`${table.package}/${table.name} has no column ${table.target}`);
  const rows = lines.map((line) => kept.map((i) => line[i] as string)).filter((row) => row[target] !== "");
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row[target] as string, (counts.get(row[target] as string) ?? 0) + 1);
  const usual = classify
    ? rows.filter((row) => (counts.get(row[target] as string) as number) >= MIN_CLASS_ROWS)
    : rows;
  return { names, rows: shuffled(usual, seed).slice(0, MAX_ROWS), target };
}

/** Each row is tested once. */
export function splitsOf(cells: Cells, parts: number): Split[] {
  return Array.from({ length: parts }, (_, part) => ({
    train: { ...cells, rows: cells.rows.filter((_, i) => i % parts !== part) },
    test: { ...cells, rows: cells.rows.filter((_, i) => i % parts === part) },
  }));
}

/** So many rows to train on, and all others to test. */
export function sampleOf(cells: Cells, count: number, seed: number): Split {
  const rows = shuffled(cells.rows, seed);
  return { train: { ...cells, rows: rows.slice(0, count) }, test: { ...cells, rows: rows.slice(count) } };
}

export function csvOf({ names, rows }: Cells): string {
  return Papa.unparse({ fields: [...names], data: rows.map((row) => [...row]) }, { newline: "\n" });
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const keys = new Generator(seed).rand(items.length).data;
  return items
    .map((item, i) => ({ item, key: keys[i] as number }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
