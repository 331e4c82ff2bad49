import { argmax, type Module, predict, softmax } from "../../index.js";
import { outputWidth, type Target } from "../schema.js";

/** What a model says of rows, in the target's own words. */
export interface Said {
  readonly values: (number | string)[];
  readonly probabilities: number[][];
}

/** Asks a model about rows: a number for each, or a category and, where they are wanted, all probabilities. */
export function predictor(module: Module, target: Target, probabilities: boolean): (x: Float32Array) => Said {
  if (target.kind === "number") {
    return (x) => ({ values: Array.from(predict(module, x).data), probabilities: [] });
  }
  const { categories, labels } = target;
  const words = labels === "number" ? categories.map(Number) : categories;
  const width = outputWidth(target);
  return (x) => {
    const logits = predict(module, x);
    return {
      values: Array.from(argmax(logits), (index) => words[index] as number | string),
      probabilities: probabilities && width > 0 ? softmax(logits).toRows() : [],
    };
  };
}
