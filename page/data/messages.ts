/** What the page and the worker that reads, trains and predicts say to each other. */
import type { StopReason } from "rprop";
import type { Plan, Summary } from "./plan.js";
import type { Confusion, Errors } from "./scores.js";

/** A file of the person's, or an example. */
export type Source = File | { name: string; text: string };

/** From the page. Reading and training take the place of what is under way. */
export type Order =
  | { order: "read"; source: Source; header?: boolean | undefined }
  | { order: "train"; plan: Plan }
  /** The best model so far comes back. */
  | { order: "stop" }
  | { order: "load"; file: File }
  | { order: "predict"; source: Source };

/** From the worker. */
export type Report =
  | { report: "read"; summary: Summary }
  | { report: "begun"; training: number; held: number; omitted: number; omissions: string[] }
  | { report: "progress"; progress: Progress }
  | { report: "trained"; trained: Trained; model: ModelSummary }
  | { report: "loaded"; model: ModelSummary }
  | { report: "predicted"; prediction: Prediction }
  /** An order that came to nothing, and why. */
  | { report: "refused"; order: Order["order"]; message: string };

export interface Progress {
  completed: number;
  /** Of the epochs since the last progress. */
  losses: Float64Array;
  /** As many, or none without validation. */
  validationLosses: Float64Array;
  epochsPerSecond: number;
  /** At a sober pace. */
  view: View | null;
}

export interface Trained {
  completed: number;
  bestEpoch: number;
  stopReason: StopReason;
  milliseconds: number;
  scores: Scores;
  view: View;
}

/** Predictions and truth. */
export type View =
  | { kind: "number"; held: Points; training: Points }
  | { kind: "classes"; classes: string[]; confusion: Confusion };

/** A sample of the rows. */
export interface Points {
  truth: Float32Array;
  guess: Float32Array;
}

/**
 * Of the model and of a guess without one (the mean or the most frequent class of the training rows) on the rows that were held
 * out, and of the model on those it was trained on; without validation all are the latter.
 */
export type Scores = { rows: number; guess: string } & (
  | { kind: "number"; held: Errors; baseline: Errors; training: Errors }
  | { kind: "classes"; held: number; baseline: number; training: number }
);

/** What the page says of the model that can be downloaded and used. */
export interface ModelSummary {
  words: string;
  /** Its file. */
  bytes: Uint8Array<ArrayBuffer>;
}

export interface Prediction {
  /** The file's own columns, and what the model says. */
  csv: string;
  rows: number;
  omitted: number;
  omissions: string[];
  /** Of the first rows, what the model says. */
  first: string[];
}
