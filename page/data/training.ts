import { type Begun, type Scored, scoreLines, scoreWarnings, type TableModel, trainTable } from "rprop/table";
import { comparisonOf } from "./comparison.js";
import { fieldText } from "./field-text.js";
import { readingTeller, sourceOf } from "./file-source.js";
import type {
  Comparison,
  DataEvent,
  DataFile,
  DataResult,
  ReadingChoices,
  TrainingChoices,
} from "./messages.js";

const PROGRESS_MS = 50;
/** From one comparison to the next, at least; and so many times as long as one takes. */
const COMPARISON_MS = 300;
const SPARING = 12;

/** How a training can be ended. */
export interface TrainingControls {
  /** With nothing: the promise rejects with its reason. */
  signal: AbortSignal;
  /** With the best model so far, where it returns true. */
  stop: () => boolean;
}

/** Trains on a file, and tells the page about it. */
export async function trainOnFile(
  file: DataFile,
  reading: ReadingChoices,
  training: TrainingChoices,
  emit: (event: DataEvent) => void,
  controls: TrainingControls,
): Promise<{ model: TableModel; result: DataResult }> {
  const course = new CourseTeller(emit);
  const { schema, model, history, fit, scores, pairs, measure } = await trainTable(sourceOf(file), {
    ...reading,
    ...training,
    ...controls,
    name: file.name,
    optionText: fieldText,
    onProgress: readingTeller(file, "train", emit),
    onNote: (note) => emit({ event: "noted", note }),
    onBegin(begun) {
      const { widths, networks, rows } = begun;
      emit({ event: "begun", widths, networks, rows });
      course.begin(begun);
    },
    onEpoch: ({ loss, validationLoss }) => course.add(loss, validationLoss),
    onNetwork: (progress) => {
      if (progress.trained === 1) course.tell(null);
      emit({ event: "network", progress });
    },
  });
  const { completed, bestEpoch, stopReason, milliseconds } = fit;
  const ofTraining = await measure("training");
  const by = history.scored?.by ?? "training";
  const result: DataResult = {
    completed,
    bestEpoch,
    stopReason,
    milliseconds,
    scores: { title: titleOf(scores.rows, history.scored), lines: scoreLines(scores, schema) },
    training: {
      title: titleOf(ofTraining.scores.rows),
      lines: scoreLines(ofTraining.scores, schema),
    },
    warnings: scoreWarnings(scores, schema, history.scored),
    comparison:
      by === "training"
        ? comparisonOf(schema, null, ofTraining)
        : comparisonOf(schema, { scores, pairs }, by === "folds" ? null : ofTraining, by),
  };
  return { model, result };
}

const TITLES = { folds: "Cross-validation", validation: "Validation", training: "Training" };

function titleOf(rows: number, scored: Scored | null = null): string {
  return `${TITLES[scored?.by ?? "training"]} (${rows.toLocaleString("en")} rows)`;
}

/** Collects losses, and tells the page about them now and then. */
class CourseTeller {
  readonly #emit: (event: DataEvent) => void;
  #begun: Begun | null = null;
  #beganAt = 0;
  #toldAt = 0;
  #comparedAt = 0;
  #completed = 0;
  #losses: number[] = [];
  #validationLosses: number[] = [];

  constructor(emit: (event: DataEvent) => void) {
    this.#emit = emit;
  }

  begin(begun: Begun): void {
    this.#begun = begun;
    this.#beganAt = this.#toldAt = this.#comparedAt = performance.now();
  }

  add(loss: number, validationLoss: number | undefined): void | Promise<void> {
    this.#completed++;
    this.#losses.push(loss);
    if (validationLoss !== undefined) this.#validationLosses.push(validationLoss);
    const now = performance.now();
    if (now >= this.#comparedAt) return this.#compare();
    if (now - this.#toldAt >= PROGRESS_MS) this.tell(null);
  }

  async #compare(): Promise<void> {
    const { measure, rows, reading, schema } = this.#begun!;
    const begin = performance.now();
    const validation = rows.validation > 0 ? await measure("validation") : null;
    // Training rows that are not kept would be read again.
    const training = reading === "every epoch" && validation !== null ? null : await measure("training");
    this.tell(comparisonOf(schema, validation, training));
    const end = performance.now();
    this.#comparedAt = Math.max(begin + COMPARISON_MS, end + SPARING * (end - begin));
  }

  tell(comparison: Comparison | null): void {
    const now = performance.now();
    this.#toldAt = now;
    const progress = {
      completed: this.#completed,
      losses: Float64Array.from(this.#losses.splice(0)),
      validationLosses: Float64Array.from(this.#validationLosses.splice(0)),
      epochsPerSecond: (1000 * this.#completed) / (now - this.#beganAt),
      comparison,
    };
    this.#emit({ event: "progress", progress });
  }
}
