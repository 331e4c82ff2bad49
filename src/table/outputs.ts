/** What a model gives for rows, and what that says in the target's own words. */
import { Ensemble, type Module, predict, softmax } from "../index.js";
import { exponentials, isLog } from "./rows/log-target.js";
import { type CategoryTarget, outputWidth, type Target } from "./schema.js";

/** The model is asked about so many rows at a time, which bounds what it copies. */
const ROWS = 8192;

/** Numbers for rows, or their logarithms where the model gives these, or rows × classes: probabilities. */
export function outputsOf(module: Module, target: Target, x: Float32Array, rows: number): Float32Array {
  const width = outputWidth(target);
  const outputs = new Float32Array(rows * width);
  const columns = x.length / rows;
  for (let row = 0; row < rows; row += ROWS) {
    const end = Math.min(rows, row + ROWS);
    const slice = { shape: [end - row, columns], data: x.subarray(row * columns, end * columns) };
    const predicted = predict(module, slice);
    outputs.set((givesLogits(module, target) ? softmax(predicted) : predicted).data, row * width);
  }
  return outputs;
}

/** Whether the outputs are logits of classes: an Ensemble gives probabilities. */
function givesLogits(module: Module, target: Target): boolean {
  return target.kind === "category" && !(module instanceof Ensemble && module.average === "probabilities");
}

/** Numbers in the units of the table, where the model may give their logarithms; anything else as it is. */
export function inUnits(target: Target, outputs: Float32Array): Float32Array {
  return isLog(target) ? exponentials(outputs) : outputs;
}

/** A number for each row, or the most probable class as the table writes it. */
export function valuesOf(target: Target, outputs: Float32Array): (number | string)[] {
  if (target.kind === "number") return Array.from(inUnits(target, outputs));
  const words = classWords(target);
  return Array.from(
    { length: outputs.length / words.length },
    (_, row) => words[predictedClass(target, outputs, row * words.length)] as number | string,
  );
}

/** The classes as the table writes them. */
export function classWords({ categories, labels }: CategoryTarget): readonly (number | string)[] {
  return labels === "number" ? categories.map(Number) : categories;
}

/** The class that is predicted: the most probable one, of equal ones the first, or as the threshold says. @param from where its row begins */
export function predictedClass(
  { categories, threshold }: Pick<CategoryTarget, "categories" | "threshold">,
  probabilities: Float32Array,
  from: number,
): number {
  if (threshold !== undefined) return Number((probabilities[from + 1] as number) >= threshold);
  let best = 0;
  for (let c = 1; c < categories.length; c++)
    if ((probabilities[from + c] as number) > (probabilities[from + best] as number)) best = c;
  return best;
}

/** The outputs of each row. */
export function outputRows(target: Target, outputs: Float32Array): number[][] {
  const width = outputWidth(target);
  return Array.from({ length: outputs.length / width }, (_, row) =>
    Array.from(outputs.subarray(row * width, (row + 1) * width)),
  );
}
