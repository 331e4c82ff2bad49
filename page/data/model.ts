import {
  argmax,
  type Generator,
  Linear,
  type Module,
  Normalization,
  predict,
  Sequential,
  softmax,
  Tanh,
} from "rprop";
import { type Encoding, outputsOf, widthOf } from "./encoding.js";

/** A network for rows of a file: raw numbers go in, and the target's own units or a logit for each class come out. */
export interface TableModel {
  encoding: Encoding;
  module: Module;
}

/**
 * A model that is still to be trained.
 *
 * @param hidden widths of the hidden layers, tanh behind each; none for a linear model
 * @param from rows to take the scaling from
 */
export function newModel(
  encoding: Encoding,
  hidden: readonly number[],
  from: { x: Float32Array; y: Float32Array },
  generator: Generator,
): TableModel {
  const inputs = widthOf(encoding);
  const layers: Module[] = [new Normalization(shaped(from.x, inputs))];
  const widths = [inputs, ...hidden];
  hidden.forEach((width, i) => {
    layers.push(new Linear(widths[i]!, width, { generator }), new Tanh());
  });
  layers.push(new Linear(widths.at(-1)!, outputsOf(encoding), { generator }));
  if (encoding.target.kind === "number") layers.push(new Normalization(from.y, { invert: true }));
  return { encoding, module: new Sequential(...layers) };
}

/** Flat rows of so many numbers, as values that the library takes. */
export function shaped(data: Float32Array, width: number): { shape: number[]; data: Float32Array } {
  return { shape: [data.length / width, width], data };
}

/** What the model says of each row: a number, or the place of a class. */
export function guesses({ encoding, module }: TableModel, x: Float32Array): ArrayLike<number> {
  if (x.length === 0) return [];
  const outputs = predict(module, shaped(x, widthOf(encoding)));
  return encoding.target.kind === "number" ? outputs.data : argmax(outputs);
}

/** How sure it is of each class, for each row. */
export function probabilities({ encoding, module }: TableModel, x: Float32Array): number[][] {
  if (x.length === 0) return [];
  return softmax(predict(module, shaped(x, widthOf(encoding)))).toRows();
}
