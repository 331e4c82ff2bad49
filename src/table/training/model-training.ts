import type { Module } from "../../index.js";
import { type ExplainOptions, explainSettings } from "../explain/explain-options.js";
import { explainRows } from "../explain/explain-rows.js";
import type { Explanation } from "../explain/explanation.js";
import { RowSample } from "../explain/row-sample.js";
import type { History, Scored } from "../file/description.js";
import type { Measured } from "../progress.js";
import { type Division, seedsOf } from "../rows/division.js";
import type { Part, TrainingSet } from "../rows/training-set.js";
import { allRows, baselineOf, type TrainingRows, trainingRows } from "../rows/whole-rows.js";
import { type Columns, inputWidth, outputWidth, type Schema } from "../schema.js";
import { TableError } from "../table-error.js";
import { TableModel } from "../table-model.js";
import { shownOptions, type TrainSettings } from "../train-options.js";
import { tooLarge } from "../wording.js";
import {
  type CrossValidated,
  crossValidate,
  type FoldPlan,
  foldPlanOf,
  NO_FOLDS,
} from "./cross-validation.js";
import { Measuring } from "./measuring.js";
import {
  divisionFor,
  hasNeverBeenFinite,
  type Member,
  type MemberPlan,
  memberBefore,
  together,
  trainMember,
  trainMembers,
} from "./members.js";
import type { LossWord } from "./network.js";
import type { TrainedTable } from "./trained-table.js";

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
  readonly #measuring: Measuring;
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
    this.#plan = { target: columns.target, loss, reading: set.reading, settings };
    this.#seeds = networks === 1 ? [settings.seed] : seedsOf(settings.seed, networks);
    this.#division = this.#firstDivision();
    this.#schema = { ...columns, baseline: this.#baseline() };
    this.#measuring = new Measuring(set, this.#schema, this.#division);
    const { whole } = set;
    this.#folds = whole === null ? NO_FOLDS : foldPlanOf(settings.folds, whole.rows, whole.strata);
  }

  async run(notes: readonly string[]): Promise<TrainedTable> {
    const { settings, target, loss } = this.#plan;
    const members = await this.#members();
    const [{ course: fit }] = members as [Member];
    const module = together(members, target);
    const schema = this.#schema;
    const history: Omit<History, "scored" | "scores"> = {
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
    await settings.onTrained(new TableModel(module, schema, { ...history, scored: null, scores: null }), fit);
    const measure = (part: Part) => this.#measuring.ofModel(module, members, part);
    const { scored, scores, pairs, conformal } = await this.#scored(measure);
    const whole: History = { ...history, scored, scores };
    const complete: Schema = conformal === null ? schema : { ...schema, conformal };
    return {
      model: new TableModel(module, complete, whole),
      schema: complete,
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
    const division = this.#division;
    if (division === null)
      return { training: this.#set.source.training, validation: this.#set.source.validation };
    return { training: division.training.length, validation: division.validation.length };
  }

  /** The first network, of whose course the caller is told, and the others. */
  async #members(): Promise<Member[]> {
    const { settings } = this.#plan;
    const { whole, reading } = this.#set;
    const [seed, ...rest] = this.#seeds as [number, ...number[]];
    const division = this.#division;
    const rows = this.#firstRows();
    const module = memberBefore(this.#plan, rows, seed);
    const measure = (part: Part) => this.#measuring.ofFirst(module, part);
    const widths = [inputWidth(this.#columns.inputs), ...settings.hidden, outputWidth(this.#columns.target)];
    await settings.onBegin({
      schema: this.#schema,
      widths,
      networks: this.#networks,
      rows: this.#rowCounts,
      // Of groups there are about as many as were wanted, whatever the memory.
      wanted: this.#set.whole === null ? this.#wanted : this.#rowCounts.validation,
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
    const { whole } = this.#set;
    if (whole === null) return null;
    const draw = this.#networks === 1 ? "row by row" : "stratified";
    return divisionFor(draw, this.#plan, whole, allRows(whole), this.#seeds[0] as number);
  }

  /** A copy, which lasts no longer than the training of the first network. */
  #firstRows(): TrainingRows {
    const set = this.#set;
    if (set.whole === null) return set.rows;
    return trainingRows(set.whole, this.#division as Division, this.#plan.reading);
  }

  /** Of one network, that of its training rows; of several, that of all rows. */
  #baseline(): number {
    const set = this.#set;
    if (set.whole === null) return set.rows.baseline;
    const { y } = set.whole;
    if (this.#networks > 1) return baselineOf(y, set.whole);
    const { training } = this.#division as Division;
    return baselineOf(
      Float32Array.from(training, (row) => y[row] as number),
      set.whole,
    );
  }

  async #tell(): Promise<void> {
    const { scored, repeats } = this.#folds;
    const total = this.#networks * (1 + scored * repeats);
    await this.#plan.settings.onNetwork({ trained: ++this.#trained, total, ofModel: this.#networks });
  }

  /** Scores of the rows that say most about other rows. */
  async #scored(measure: (part: Part) => Promise<Measured>): Promise<CrossValidated & { scored: Scored }> {
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
    return { ...(await measure(by)), conformal: null, scored: { by, ...none } };
  }
}
