import { CrossEntropyLoss, fit, Generator, MSELoss, Rprop } from "rprop";
import { number } from "../ui/number.js";
import { type Encoded, encode } from "./encoding.js";
import type { Points, Progress, Scores, Trained, View } from "./messages.js";
import { guesses, newModel, shaped, type TableModel } from "./model.js";
import { type Plan, patienceOf } from "./plan.js";
import { chosenRows, parted, type Rows } from "./rows.js";
import { accuracyOf, commonest, confusionOf, errorsOf, meanOf } from "./scores.js";
import type { Table } from "./table.js";

const PROGRESS_MS = 50;
/** From one view to the next, at least; and so many times as long as one takes. */
const VIEW_MS = 300;
const SPARING = 12;
const MOST_POINTS = 400;

/** One training of a model on the rows of a table. */
export class Training {
  readonly model: TableModel;
  readonly encoded: Encoded;
  readonly training: Rows;
  /** None without validation. */
  readonly held: Rows;
  readonly #plan: Plan;

  /** @throws BadFile where nothing can be learnt in this way */
  constructor(table: Table, plan: Plan) {
    this.#plan = plan;
    this.encoded = encode(table, plan);
    [this.training, this.held] = parted(this.encoded, plan.validation, plan.seed);
    const hidden = Array<number>(plan.hiddenLayers).fill(plan.width);
    this.model = newModel(this.encoded.encoding, hidden, this.training, new Generator(plan.seed));
  }

  /**
   * Trains until it is over, or keepOn says no: the best model comes back. Or until the signal aborts, and with it the promise.
   */
  async run(
    tell: (progress: Progress) => void,
    keepOn: () => boolean,
    signal: AbortSignal,
  ): Promise<Trained> {
    const { module, encoding } = this.model;
    const { variant, epochs } = this.#plan;
    const valuesOf = ({ width, x, y }: Rows) => ({ x: shaped(x, width), y });
    const begin = performance.now();
    const course = { losses: [] as number[], validationLosses: [] as number[], completed: 0 };
    let toldAt = begin;
    let viewAt = begin;
    const tellAll = () => {
      const now = performance.now();
      toldAt = now;
      const view = now >= viewAt ? this.#view() : null;
      const end = performance.now();
      if (view !== null) viewAt = Math.max(now + VIEW_MS, end + SPARING * (end - now));
      const { completed } = course;
      tell({
        completed,
        losses: Float64Array.from(course.losses.splice(0)),
        validationLosses: Float64Array.from(course.validationLosses.splice(0)),
        epochsPerSecond: (1000 * completed) / (now - begin),
        view,
      });
    };
    const { x, y } = valuesOf(this.training);
    const { completed, bestEpoch, stopReason, milliseconds } = await fit(module, x, y, {
      loss: encoding.target.kind === "number" ? new MSELoss() : new CrossEntropyLoss(),
      optimizer: new Rprop(module.parameters(), { variant }),
      epochs,
      ...(this.held.y.length > 0 && { validation: valuesOf(this.held) }),
      patience: patienceOf(epochs),
      keepBest: true,
      signal,
      onEpoch: ({ epoch, loss, validationLoss }) => {
        course.completed = epoch + 1;
        course.losses.push(loss);
        if (validationLoss !== undefined) course.validationLosses.push(validationLoss);
        if (performance.now() - toldAt >= PROGRESS_MS) tellAll();
        return keepOn();
      },
    });
    tellAll();
    return { completed, bestEpoch, stopReason, milliseconds, scores: this.#scores(), view: this.#view() };
  }

  /** The rows by which the model is judged. */
  get #judged(): Rows {
    return this.held.y.length > 0 ? this.held : this.training;
  }

  #view(): View {
    const { target } = this.model.encoding;
    if (target.kind === "number") {
      return { kind: "number", held: this.#points(this.held), training: this.#points(this.training) };
    }
    const { x, y } = this.#judged;
    const confusion = confusionOf(guesses(this.model, x), y, target.values.length);
    return { kind: "classes", classes: target.values, confusion };
  }

  #points(rows: Rows): Points {
    const every = Math.ceil(rows.y.length / MOST_POINTS);
    const shown = Array.from(rows.y.keys()).filter((row) => row % every === 0);
    const { x, y } = chosenRows(rows, shown);
    return { truth: y, guess: Float32Array.from(guesses(this.model, x)) };
  }

  #scores(): Scores {
    const { target } = this.model.encoding;
    const judged = this.#judged;
    const rows = judged.y.length;
    if (target.kind === "number") {
      const mean = meanOf(this.training.y);
      const errors = ({ x, y }: Rows) => errorsOf(guesses(this.model, x), y);
      return {
        kind: "number",
        rows,
        guess: number(mean, 6),
        held: errors(judged),
        baseline: errorsOf(
          judged.y.map(() => mean),
          judged.y,
        ),
        training: errors(this.training),
      };
    }
    const classes = target.values.length;
    const common = commonest(this.training.y, classes);
    const accuracy = ({ x, y }: Rows) => accuracyOf(confusionOf(guesses(this.model, x), y, classes));
    return {
      kind: "classes",
      rows,
      guess: target.values[common]!,
      held: accuracy(judged),
      baseline: accuracyOf(
        confusionOf(
          judged.y.map(() => common),
          judged.y,
          classes,
        ),
      ),
      training: accuracy(this.training),
    };
  }
}
