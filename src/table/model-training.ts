import { isExhausted } from "../errors.js";
import type { Module } from "../index.js";
import { type ExplainOptions, explainSettings } from "./explain/explain-options.js";
import { explainRows } from "./explain/explain-rows.js";
import type { Explanation } from "./explain/explanation.js";
import { RowSample } from "./explain/row-sample.js";
import type { History, Scored } from "./file/description.js";
import {
  allRows,
  crossValidate,
  type FoldPlan,
  foldPlanOf,
  scoreOfValidation,
} from "./fit/cross-validation.js";
import {
  divisionFor,
  hasNeverBeenFinite,
  type Member,
  type MemberPlan,
  memberBefore,
  together,
  trainMember,
  trainMembers,
} from "./fit/members.js";
import type { LossWord } from "./fit/network.js";
import { outputsOf } from "./fit/predictor.js";
import type { Pair } from "./fit/scorer.js";
import { type Scores, scorerOf } from "./fit/scores.js";
import type { Course } from "./fit/training-run.js";
import type { Measured } from "./progress.js";
import { type Division, seedsOf } from "./rows/division.js";
import type { EncodedRows } from "./rows/encoder.js";
import type { Part, TrainingSet } from "./rows/training-set.js";
import { baselineOf, rowsAt, type TrainingRows, trainingRows } from "./rows/whole-rows.js";
import { type Columns, inputWidth, outputWidth, type Schema } from "./schema.js";
import { TableError } from "./table-error.js";
import { TableModel } from "./table-model.js";
import { shownOptions, type TrainSettings } from "./train-options.js";
import { tooLarge } from "./wording.js";

/** What training comes back with. */
export interface TrainedTable {
  /** The mean of the networks, each after its best epoch. */
  readonly model: TableModel;
  /** What the model reads of a table, and what it predicts: the model's. */
  readonly schema: Schema;
  /** Of rows that the networks did not know, unless history.scored says otherwise. */
  readonly scores: Scores;
  /** How the model came to be: the model's. */
  readonly history: History;
  /** What was found and decided about the table, in sentences. */
  readonly notes: readonly string[];
  /** Actual numbers and those predicted, of the rows that the scores are of. */
  readonly pairs: readonly Pair[];
  /** The losses of all epochs of the first network, and how its training ended. */
  readonly fit: Course;
  /**
   * Measures the model on rows that it was trained on, or its networks on those that each of them was not trained on.
   *
   * @param part which rows are predicted
   * @returns a promise of the scores
   * @throws (rejects with) RangeError for "validation" where there are no validation rows
   */
  measure(part: Part): Promise<Measured>;
  /**
   * Finds out what the model has seen in the columns, on all of its rows: as TableModel.explain, but without the worst rows. Rows that
   * are not in memory are read again.
   *
   * @param options `repeats`, `rows`, `seed`, `columns`: see {@link ExplainOptions}. Default: 5 shuffles of each column on at most
   * 10,000 rows
   * @returns a promise of what was found
   * @throws (rejects with) TypeError or RangeError for options that are unknown or out of range; the signal's reason
   */
  explain(options?: ExplainOptions): Promise<Explanation>;
}

/** From rows in memory, or a way to read them, to a model with its scores. */
export class ModelTraining {
  readonly #columns: Columns;
  readonly #set: TrainingSet;
  readonly #wanted: number;
  readonly #networks: number;
  readonly #plan: MemberPlan;
  readonly #schema: Schema;
  readonly #folds: FoldPlan;
  /** Of each network. */
  readonly #seeds: readonly number[];
  /** Of the first network; null where rows are not divided again. */
  readonly #division: Division | null;
  #trained = 0;

  /** @param wanted validation rows, of which there may be fewer where there is no memory for more */
  constructor(
    columns: Columns,
    set: TrainingSet,
    wanted: number,
    networks: number,
    loss: LossWord,
    settings: TrainSettings,
  ) {
    this.#columns = columns;
    this.#set = set;
    this.#wanted = wanted;
    this.#networks = networks;
    this.#plan = { target: columns.target, loss, hasMoments: set.reading === "moments", settings };
    this.#seeds = networks === 1 ? [settings.seed] : seedsOf(settings.seed, networks);
    this.#division = this.#firstDivision();
    this.#schema = { ...columns, baseline: this.#baseline() };
    this.#folds = foldPlanOf(set.whole === null ? 0 : settings.folds, set.whole?.rows ?? 0);
  }

  async run(notes: readonly string[]): Promise<TrainedTable> {
    const { settings, target, loss } = this.#plan;
    const members = await this.#members();
    const [{ course: fit }] = members as [Member];
    const module = together(members, target);
    const schema = this.#schema;
    const history: Omit<History, "scores"> = {
      command: settings.command ?? null,
      file: settings.name ?? null,
      rows: this.#rowCounts,
      options: shownOptions(
        settings,
        target.kind === "number" ? "regress" : "classify",
        loss,
        members.length,
        this.#folds.folds,
      ),
      notes,
      epochs: {
        completed: fit.completed,
        best: fit.bestEpoch,
        stopped: fit.stopReason === "stopped" ? "interruption" : fit.stopReason,
      },
    };
    await settings.onTrained(new TableModel(module, schema, { ...history, scores: null }), fit);
    const measure = (part: Part) => this.#measure(module, members, part);
    const { scored, scores, pairs } = await this.#scored(measure);
    const whole: History = { ...history, scored, scores };
    return {
      model: new TableModel(module, schema, whole),
      schema,
      scores,
      history: whole,
      notes,
      pairs,
      fit,
      measure,
      explain: (options = {}) => this.#explain(module, options),
    };
  }

  async #explain(module: Module, options: ExplainOptions): Promise<Explanation> {
    const settings = explainSettings(options);
    const { whole, source } = this.#set;
    const sample = new RowSample(source.width, settings.rows, settings.seed);
    if (whole !== null) sample.add(whole);
    else
      for await (const { training, validation } of source.read("measuring"))
        for (const part of [training, validation]) sample.add(part);
    return explainRows(module, this.#schema, sample, settings);
  }

  get #rowCounts(): Readonly<Record<Part, number>> {
    const { training, validation } = this.#set.source;
    return { training, validation };
  }

  /** The first network, of whose course the caller is told, and the others. */
  async #members(): Promise<Member[]> {
    const { settings } = this.#plan;
    const { whole, reading } = this.#set;
    const [seed, ...rest] = this.#seeds as [number, ...number[]];
    const division = this.#division;
    const rows = this.#firstRows();
    const module = this.#begun(rows, seed);
    const measure = (part: Part) => this.#measuredOn(module, part);
    const widths = [inputWidth(this.#columns.inputs), ...settings.hidden, outputWidth(this.#columns.target)];
    await settings.onBegin({
      schema: this.#schema,
      widths,
      networks: this.#networks,
      rows: this.#rowCounts,
      wanted: this.#wanted,
      reading,
      measure,
    });
    const course = await trainMember(module, this.#plan, rows, settings.onEpoch);
    if (hasNeverBeenFinite(course))
      throw new TableError(
        `the loss is ${course.loss} from the beginning: ${tooLarge(settings.optionText)}`,
        "diverged",
      );
    await this.#tell();
    const first = { module, course, division };
    if (whole === null || course.stopReason === "stopped") return [first];
    return [first, ...(await trainMembers(this.#plan, whole, allRows(whole), rest, () => this.#tell()))];
  }

  #firstDivision(): Division | null {
    const { whole, source } = this.#set;
    if (whole === null) return null;
    if (this.#networks === 1) return source.division();
    return divisionFor(this.#plan, whole, allRows(whole), this.#seeds[0] as number);
  }

  /** A copy, which lasts no longer than the training of the first network. */
  #firstRows(): TrainingRows {
    const set = this.#set;
    if (set.whole === null) return set.rows;
    return trainingRows(set.whole, this.#division as Division, this.#plan.hasMoments);
  }

  /** Of one network, that of its training rows; of several, that of all rows. */
  #baseline(): number {
    const set = this.#set;
    if (set.whole === null) return set.rows.baseline;
    const { y, classes } = set.whole;
    if (this.#networks > 1) return baselineOf(y, classes);
    const { training } = this.#division as Division;
    return baselineOf(
      Float32Array.from(training, (row) => y[row] as number),
      classes,
    );
  }

  /** @throws TableError for a network that is too large */
  #begun(rows: TrainingRows, seed: number): Module {
    try {
      return memberBefore(this.#plan, rows, seed);
    } catch (error) {
      if (!isExhausted(error)) throw error;
      const { hidden, optionText } = this.#plan.settings;
      const widths = [rows.x.columns, ...hidden, outputWidth(this.#columns.target)].join(" → ");
      throw new TableError(
        `there is no memory for a network of ${widths}: ${optionText("hidden")} takes fewer units`,
        "memory",
        { cause: error },
      );
    }
  }

  async #tell(): Promise<void> {
    const { scored, repeats } = this.#folds;
    const total = this.#networks * (1 + scored * repeats);
    await this.#plan.settings.onNetwork({ trained: ++this.#trained, total, ofModel: this.#networks });
  }

  /** Scores of the rows that say most about other rows. */
  async #scored(measure: (part: Part) => Promise<Measured>): Promise<Measured & { scored: Scored }> {
    const { settings } = this.#plan;
    const { whole } = this.#set;
    const none = { folds: 0, repeats: 0 };
    if (whole !== null && this.#folds.folds > 0 && !settings.stop()) {
      const { folds, repeats } = this.#folds;
      const measured = await crossValidate(
        this.#plan,
        whole,
        this.#folds,
        this.#networks,
        settings.seed,
        () => this.#tell(),
      );
      if (measured !== null) return { ...measured, scored: { by: "folds", folds, repeats } };
    }
    const by = this.#rowCounts.validation > 0 ? "validation" : "training";
    return { ...(await measure(by)), scored: { by, ...none } };
  }

  async #measure(module: Module, members: readonly Member[], part: Part): Promise<Measured> {
    const { whole } = this.#set;
    if (part === "validation" && this.#rowCounts.validation === 0)
      throw new RangeError(`"part": there are no validation rows, only those of "training"`);
    if (whole === null || members.length === 1) return this.#measuredOn(module, part);
    if (part === "validation") return scoreOfValidation(this.#plan, whole, members, this.#schema.baseline);
    return this.#measured(module, whole);
  }

  /** On either part of the rows of the first network. */
  async #measuredOn(module: Module, part: Part): Promise<Measured> {
    const set = this.#set;
    if (set.whole !== null)
      return this.#measured(module, rowsAt(set.whole, (this.#division as Division)[part]));
    const rows = set.kept[part];
    return rows === null ? this.#measuredAnew(module, part) : this.#measured(module, rows);
  }

  #measured(module: Module, rows: EncodedRows): Measured {
    const { target, baseline } = this.#schema;
    const scorer = scorerOf(target);
    scorer.add(rows.y, outputsOf(module, target, rows.x, rows.rows), baseline);
    return { scores: scorer.result(), pairs: scorer.pairs };
  }

  /** Rows that are not kept are read again. */
  async #measuredAnew(module: Module, part: Part): Promise<Measured> {
    const { target, baseline } = this.#schema;
    const scorer = scorerOf(target);
    for await (const chunk of this.#set.source.read("measuring")) {
      const { rows, x, y } = chunk[part];
      if (rows > 0) scorer.add(y, outputsOf(module, target, x, rows), baseline);
    }
    return { scores: scorer.result(), pairs: scorer.pairs };
  }
}
