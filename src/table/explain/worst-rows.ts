import { predictionText } from "../../format-number.js";
import { classWords, predictedClass } from "../outputs.js";
import { outputWidth, type Target } from "../schema.js";

/** A row whose prediction is far from the truth. */
export interface WorstRow {
  /** Its number in the table, from 1: of a file of JSON, that of the record. */
  readonly row: number;
  /** The line of the file in which it begins, from 1; null where the table is no file of CSV. */
  readonly line: number | null;
  /** The target as the table has it. */
  readonly actual: number | string;
  /** The target as the model predicts it. */
  readonly predicted: number | string;
  /** Of numbers, the prediction less the actual number; of classes, 1 less the probability of the actual class. */
  readonly error: number;
}

/** Where rows that are encoded stand in the table. */
export interface Places {
  readonly rows: ArrayLike<number>;
  readonly lines: ArrayLike<number> | null;
}

/** Keeps the rows with the largest errors of all that come; of equal ones those that came first. */
export class WorstRows {
  readonly #target: Target;
  readonly #most: number;
  #kept: WorstRow[] = [];

  constructor(target: Target, most: number) {
    this.#target = target;
    this.#most = most;
  }

  /** @param outputs numbers, or rows × classes: probabilities */
  add(y: Float32Array, outputs: Float32Array, { rows, lines }: Places): void {
    for (let i = 0; i < y.length; i++) {
      const error = this.#errorOf(y[i] as number, outputs, i);
      const last = this.#kept[this.#most - 1];
      if (last !== undefined && !(sizeOf(error) > sizeOf(last.error))) continue;
      this.#insert({
        row: rows[i] as number,
        line: lines === null ? null : (lines[i] as number),
        ...this.#said(y[i] as number, outputs, i),
        error,
      });
    }
  }

  get all(): readonly WorstRow[] {
    return this.#kept;
  }

  #insert(row: WorstRow): void {
    const at = this.#kept.findIndex(({ error }) => sizeOf(row.error) > sizeOf(error));
    this.#kept.splice(at < 0 ? this.#kept.length : at, 0, row);
    this.#kept.length = Math.min(this.#kept.length, this.#most);
  }

  #errorOf(truth: number, outputs: Float32Array, i: number): number {
    if (this.#target.kind === "number") return (outputs[i] as number) - truth;
    return 1 - (outputs[i * outputWidth(this.#target) + truth] as number);
  }

  #said(truth: number, outputs: Float32Array, i: number): Pick<WorstRow, "actual" | "predicted"> {
    const target = this.#target;
    if (target.kind === "number") return { actual: decimal(truth), predicted: decimal(outputs[i] as number) };
    const words = classWords(target);
    return {
      actual: words[truth] as number | string,
      predicted: words[predictedClass(target, outputs, i * words.length)] as number | string,
    };
  }
}

/** What overflows is the worst of all. */
function sizeOf(error: number): number {
  return Number.isNaN(error) ? Infinity : Math.abs(error);
}

/** The number with the fewest digits of those that this float32 stands for. */
function decimal(value: number): number {
  return Number(predictionText(value));
}
