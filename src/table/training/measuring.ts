/** Scores of a model on rows that it was trained on, or stopped by. */
import type { Module } from "../../index.js";
import { outputsOf } from "../outputs.js";
import type { Measured } from "../progress.js";
import type { Division } from "../rows/division.js";
import type { EncodedRows } from "../rows/encoder.js";
import type { Part, TrainingSet } from "../rows/training-set.js";
import { allRows, rowsAt, type WholeRows } from "../rows/whole-rows.js";
import type { Schema } from "../schema.js";
import type { Scorer } from "../scores/scorer.js";
import { type Scores, scorerOf } from "../scores/scores.js";
import type { Member } from "./members.js";

/** Measures what is made of the rows of a table on these rows. */
export class Measuring {
  readonly #set: TrainingSet;
  readonly #schema: Schema;
  readonly #division: Division | null;

  /** @param division of the first network; null where rows are not divided again */
  constructor(set: TrainingSet, schema: Schema, division: Division | null) {
    this.#set = set;
    this.#schema = schema;
    this.#division = division;
  }

  /** The first network, on either part of its rows. */
  async ofFirst(module: Module, part: Part): Promise<Measured> {
    const set = this.#set;
    if (set.whole !== null) return this.#on(module, rowsAt(set.whole, (this.#division as Division)[part]));
    const rows = set.kept[part];
    return rows === null ? this.#onReadAgain(module, part) : this.#on(module, rows);
  }

  /**
   * The members as one module on all rows, or each of them on its validation rows.
   *
   * @throws RangeError for "validation" where there are no validation rows
   */
  async ofModel(module: Module, members: readonly Member[], part: Part): Promise<Measured> {
    const { whole, source } = this.#set;
    if (part === "validation" && source.validation === 0)
      throw new RangeError(`"part": there are no validation rows, only those of "training"`);
    if (whole === null || members.length === 1) return this.ofFirst(module, part);
    return part === "validation" ? this.#onValidation(whole, members) : this.#on(module, whole);
  }

  #on(module: Module, { rows, x, y }: EncodedRows): Measured {
    const { target, baseline } = this.#schema;
    const scorer = scorerOf(target);
    scorer.add(y, outputsOf(module, target, x, rows), baseline);
    return measuredBy(scorer);
  }

  /** Rows that are not kept are read again. */
  async #onReadAgain(module: Module, part: Part): Promise<Measured> {
    const { target, baseline } = this.#schema;
    const scorer = scorerOf(target);
    for await (const chunk of this.#set.source.read("measuring")) {
      const { rows, x, y } = chunk[part];
      if (rows > 0) scorer.add(y, outputsOf(module, target, x, rows), baseline);
    }
    return measuredBy(scorer);
  }

  /**
   * The rows that stopped training, by the mean of those networks that were not trained on them. Their scores look better than the
   * model is, as the best epoch was chosen by them.
   */
  #onValidation(whole: WholeRows, members: readonly Member[]): Measured {
    const { target, baseline } = this.#schema;
    const scorer = scorerOf(target);
    const width = whole.classes ?? 1;
    const sums = new Float64Array(whole.rows * width);
    const counts = new Uint32Array(whole.rows);
    for (const { module, division } of members) {
      const { validation } = division as Division;
      const outputs = outputsOf(module, target, rowsAt(whole, validation).x, validation.length);
      validation.forEach((row, i) => {
        counts[row]!++;
        for (let c = 0; c < width; c++) sums[row * width + c]! += outputs[i * width + c] as number;
      });
    }
    const predicted = allRows(whole).filter((row) => (counts[row] as number) > 0);
    const means = new Float32Array(predicted.length * width);
    predicted.forEach((row, i) => {
      for (let c = 0; c < width; c++)
        means[i * width + c] = (sums[row * width + c] as number) / (counts[row] as number);
    });
    scorer.add(rowsAt(whole, predicted).y, means, baseline);
    return measuredBy(scorer);
  }
}

function measuredBy(scorer: Scorer<Scores>): Measured {
  return { scores: scorer.result(), pairs: scorer.pairs };
}
