import { isExhausted, Verbatim } from "../errors.js";
import { FormatError, malformed } from "../format-error.js";
import type { Module } from "../nn/module.js";
import type { ModelPlan } from "./architecture.js";
import { make } from "./make.js";

/**
 * A model with its numbers. Those are read before it is made, so that a model too large for its file is refused first.
 *
 * @throws FormatError as numbersOf, and for numbers that the model cannot have
 */
export function loaded(
  { architecture, numbers }: ModelPlan,
  numbersOf: (name: string, shape: readonly number[]) => Float32Array,
): Module {
  const state = Object.fromEntries(
    numbers.map(([name, shape]) => [name, { shape, data: numbersOf(name, shape) }]),
  );
  const model = make(architecture);
  return refusing(
    "model",
    () => {
      model.loadStateDict(state);
      return model;
    },
    model,
  );
}

/** What act gives; where it refuses what a file says, the file is malformed. Where it fails, what was made is disposed of. */
export function refusing<T>(where: string, act: () => T, ...made: { dispose(): void }[]): T {
  try {
    return act();
  } catch (error) {
    for (const owner of made) owner.dispose();
    if (error instanceof FormatError || !(error instanceof Error) || isExhausted(error)) throw error;
    throw malformed(where, "what can be loaded", new Verbatim(`what cannot: ${error.message}`), error);
  }
}
