import { argmax, Ensemble, type Module, predict, softmax } from "../index.js";
import { exponentials, isLog } from "./rows/log-target.js";
import { outputWidth, type Target } from "./schema.js";

/** What a model predicts for rows, in the target's own words. */
export interface Said {
  readonly values: (number | string)[];
  readonly probabilities: number[][];
}

/** The model is asked about so many rows at a time, which bounds what it copies. */
const ROWS = 8192;

/** Numbers for rows, or their logarithms where the model gives these, or rows × categories: probabilities. */
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

/** Whether the outputs are logits of categories: an Ensemble gives probabilities. */
function givesLogits(module: Module, target: Target): boolean {
  return target.kind === "category" && !(module instanceof Ensemble && module.average === "probabilities");
}

/** Asks a model about rows: a number for each, or a category and, where they are wanted, all probabilities. */
export function predictor(module: Module, target: Target, probabilities: boolean): (x: Float32Array) => Said {
  if (target.kind === "number") {
    const inUnits = isLog(target) ? exponentials : (outputs: Float32Array) => outputs;
    return (x) => ({ values: Array.from(inUnits(predict(module, x).data)), probabilities: [] });
  }
  const { categories, labels } = target;
  const words = labels === "number" ? categories.map(Number) : categories;
  const isLogits = givesLogits(module, target);
  return (x) => {
    const predicted = predict(module, x);
    return {
      values: Array.from(argmax(predicted), (index) => words[index] as number | string),
      probabilities: probabilities ? (isLogits ? softmax(predicted) : predicted).toRows() : [],
    };
  };
}
