import type { Module } from "../../index.js";
import type { EncodedRows } from "../rows/encoder.js";
import type { Schema, Target } from "../schema.js";
import { type ColumnOfTable, columnsOfX } from "./columns-of-x.js";
import { Draws } from "./draws.js";
import { type MemberOutputs, memberOutputs } from "./member-outputs.js";
import { baselineScoreOf, type ExplainedScore, scoreOf } from "./score.js";

/** How much a model relies on one column of the table. */
export interface Importance {
  /** The name of the column. */
  readonly column: string;
  /** How much the score rises where the column's values are shuffled among the rows, in the mean over the repeats. */
  readonly importance: number;
  /** The standard deviation that it has by chance, from shuffle to shuffle and from network to network. */
  readonly spread: number;
  /** The importance as a share of what the model gains over the baseline; null where it gains nothing. Shares do not sum to 1. */
  readonly share: number | null;
  /** Whether it cannot be told from 0: the importance is not larger than its spread, or than what float32 rounds. */
  readonly isChance: boolean;
}

/** Scores of float32 predictions differ by less than this, beside the baseline's, without any reason. */
const ROUNDING = 1e-6;

/**
 * Permutation importance (Breiman 2001, Random Forests, section 10; Fisher, Rudin & Dominici 2019, section 3): the rise of the score
 * where the values of a column are shuffled among the rows and all else stays. The columns of x that a category column has are
 * shuffled together.
 *
 * The importance is that of the model, an ensemble's mean included. The spread is √(a² + b²), where a is the standard deviation of
 * the rises over the repeats, and b that of the networks' own importances, each the mean over the repeats: another run
 * would have drawn other shuffles and other networks. Deviation: neither is divided by a root of its number, so the spread is that
 * of one shuffle and one network, and a column that is said to make a difference does so in most of them.
 *
 * @param pause awaited after every column
 */
export async function permutationImportance(
  module: Module,
  schema: Schema,
  rows: EncodedRows,
  repeats: number,
  seed: number,
  pause: () => Promise<void>,
): Promise<{ score: ExplainedScore; importances: Importance[] }> {
  const { target, inputs } = schema;
  const value = scoresOf(target, rows.y, memberOutputs(module, target, rows.x, rows.rows));
  const baseline = baselineScoreOf(schema, rows.y);
  const score = {
    name: target.kind === "number" ? "RMSE" : "log loss",
    value: value.model,
    baseline,
  } as const;
  const gain = baseline - value.model;
  const draws = new Draws(seed);
  const x = rows.x.slice();
  const importances: Importance[] = [];
  for (const column of columnsOfX(inputs)) {
    const rises: number[] = [];
    const ofMembers = value.members.map(() => 0);
    for (let repeat = 0; repeat < repeats; repeat++) {
      shuffle(rows, x, inputsWidth(rows), column, draws.shuffled(rows.rows));
      const shuffled = scoresOf(target, rows.y, memberOutputs(module, target, x, rows.rows));
      rises.push(shuffled.model - value.model);
      shuffled.members.forEach((each, i) => {
        ofMembers[i]! += (each - (value.members[i] as number)) / repeats;
      });
    }
    restore(rows, x, column);
    const importance = meanOf(rises);
    const spread = Math.hypot(stdOf(rises), stdOf(ofMembers));
    importances.push({
      column: column.input.name,
      importance,
      spread,
      share: gain > 0 ? importance / gain : null,
      isChance: !(importance > Math.max(spread, ROUNDING * baseline)),
    });
    await pause();
  }
  return { score, importances: importances.sort((a, b) => b.importance - a.importance) };
}

function scoresOf(target: Target, y: Float32Array, { model, members }: MemberOutputs) {
  return {
    model: scoreOf(target, y, model),
    members: members.length > 1 ? members.map((outputs) => scoreOf(target, y, outputs)) : [],
  };
}

function inputsWidth({ x, rows }: EncodedRows): number {
  return x.length / rows;
}

/** Gives each row of x the column's values of another row. */
function shuffle(
  rows: EncodedRows,
  x: Float32Array,
  width: number,
  column: ColumnOfTable,
  order: Uint32Array,
): void {
  for (let row = 0; row < order.length; row++) {
    const [to, from] = [row * width + column.from, (order[row] as number) * width + column.from];
    for (let c = 0; c < column.width; c++) x[to + c] = rows.x[from + c] as number;
  }
}

function restore(rows: EncodedRows, x: Float32Array, column: ColumnOfTable): void {
  shuffle(
    rows,
    x,
    inputsWidth(rows),
    column,
    Uint32Array.from({ length: rows.rows }, (_, row) => row),
  );
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The standard deviation of which these are a sample; 0 for fewer than two. */
function stdOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
