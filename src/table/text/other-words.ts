import type { Task } from "../schema.js";
import type { LossWord } from "../training/network.js";

/** What tasks and losses are called elsewhere. */
export const TASK_WORDS: Readonly<Record<string, Task>> = {
  regression: "regress",
  classification: "classify",
};
export const OTHER_LOSS_WORDS: Readonly<Record<string, LossWord>> = {
  mae: "l1",
  absolute: "l1",
  l1loss: "l1",
  squared: "mse",
  rmse: "mse",
  mseloss: "mse",
  smoothl1: "huber",
  smoothl1loss: "huber",
  huberloss: "huber",
  ce: "crossentropy",
  bce: "crossentropy",
  logloss: "crossentropy",
  nll: "crossentropy",
  crossentropyloss: "crossentropy",
};
