import { Verbatim, wrongType } from "../errors.js";
import { isMoments, type Moments } from "../moments/moments.js";
import type { Module } from "../nn/module.js";
import type { Values } from "../values.js";
import type { FitOptions, Settings } from "./options.js";
import { splitRows } from "./split.js";
import type { Rows } from "./trainers/dataset.js";
import { momentsTrainer } from "./trainers/moments-trainer.js";
import { RowsTrainer } from "./trainers/rows-trainer.js";
import { isReadOnce, SOURCE, type Source, StreamTrainer } from "./trainers/stream-trainer.js";
import type { Trainer } from "./trainers/trainer.js";

/** What fit, fitSync and epochs take after the model. */
export type FitParameters =
  | [x: Values, y: Values, options?: FitOptions | undefined]
  | [source: Source | Moments, options?: FitOptions | undefined];

/** What to train on, and the options as they were given. */
export interface FitArguments {
  readonly data: Rows | Source | Moments;
  readonly options: FitOptions | undefined;
}

/** @throws TypeError for an iterator in the place of a source, and for options that are not where they belong */
export function parseArguments([first, second, third]: FitParameters): FitArguments {
  if (typeof first !== "function" && !isMoments(first)) {
    if (isReadOnce(first)) throw wrongType("source", SOURCE, first);
    return { data: { x: first, y: second as Values }, options: third };
  }
  if (third !== undefined) {
    const expected = "options right after the source or the Moments, which bring the targets";
    throw wrongType("options", expected, new Verbatim("a third argument"));
  }
  return { data: first, options: second as FitOptions | undefined };
}

/** @throws what the trainers throw; TypeError for a validation set that they do not take */
export function trainerFor(model: Module, data: FitArguments["data"], settings: Settings): Trainer {
  const { loss, optimizer, validation, seed } = settings;
  const isFunction = typeof data === "function";
  if (!isFunction && !isMoments(data)) {
    if (typeof validation === "number") {
      return new RowsTrainer(model, ...splitRows(model, data, loss, validation, seed), loss, optimizer);
    }
    if (isMoments(validation)) {
      throw wrongType("validation", "{ x, y } or a number between 0 and 1", validation);
    }
    return new RowsTrainer(model, data, validation, loss, optimizer);
  }
  if (typeof validation === "number") {
    throw wrongType("validation", "{ x, y }, as the rows are not at hand", validation);
  }
  if (!isFunction) return momentsTrainer(model, data, loss, optimizer, validation);
  if (isMoments(validation)) throw wrongType("validation", "{ x, y }", validation);
  return new StreamTrainer(model, data, validation, loss, optimizer);
}
