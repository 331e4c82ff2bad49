/** What the page and its worker, which reads files, trains and predicts, say to each other. */
import type { StopReason } from "rprop";
import type {
  DescribeTableOptions,
  NetworkProgress,
  Pair,
  ReadingProgress,
  Scored,
  ScoreLine,
  Scores,
  TableDescription,
  TrainTableOptions,
} from "rprop/table";

/** A file of the person's, or an example. */
export type DataFile = File | { name: string; text: string };

/** How a table is read. */
export type ReadingChoices = Required<Pick<DescribeTableOptions, "csv" | "categories" | "keepRowNumbers">>;

/** What is trained, and how. */
export type TrainingChoices = Pick<TrainTableOptions, "target" | "task" | "networks"> &
  Required<
    Pick<
      TrainTableOptions,
      | "ignore"
      | "log"
      | "hidden"
      | "activation"
      | "variant"
      | "epochs"
      | "patience"
      | "validation"
      | "folds"
      | "seed"
    >
  >;

/** From the page. Describing and training take the place of what is under way. */
export type DataRequest =
  | { request: "describe"; file: DataFile; reading: ReadingChoices }
  /** On the file that was described last. */
  | { request: "train"; training: TrainingChoices }
  /** The best model so far comes back. */
  | { request: "stop" }
  | { request: "load"; file: File }
  | { request: "predict"; file: DataFile };

/** From the worker. */
export type DataEvent =
  | { event: "reading"; request: DataRequest["request"]; phase: ReadingProgress["phase"]; share: number }
  | { event: "described"; description: TableDescription }
  /** What was found or decided about the table, in a sentence. */
  | { event: "noted"; note: string }
  | {
      event: "begun";
      widths: readonly number[];
      networks: number;
      rows: { training: number; validation: number };
    }
  | { event: "network"; progress: NetworkProgress }
  | { event: "progress"; progress: DataProgress }
  | { event: "trained"; result: DataResult; model: ModelSummary }
  | { event: "loaded"; model: ModelSummary }
  | { event: "predicted"; prediction: PredictedFile }
  /** A request that came to nothing, and why. */
  | { event: "refused"; request: DataRequest["request"]; message: string };

/** How far training has come. */
export interface DataProgress {
  completed: number;
  /** Of the epochs since the last progress. */
  losses: Float64Array;
  /** As many, or none without validation rows. */
  validationLosses: Float64Array;
  epochsPerSecond: number;
  /** Now and then. */
  comparison: Comparison | null;
}

/** What training came to. */
export interface DataResult {
  completed: number;
  bestEpoch: number;
  stopReason: StopReason;
  milliseconds: number;
  /** Of rows that the model did not know, if there are any. */
  scores: ScoreColumn;
  /** Of the rows of training. */
  training: ScoreColumn;
  /** What has to be known before the scores are believed. */
  warnings: readonly string[];
  comparison: Comparison;
}

/** Scores of some rows. */
export interface ScoreColumn {
  /** Which rows they are of. */
  title: string;
  lines: readonly ScoreLine[];
}

/** How rows that a model was not trained on were chosen. */
export type UnseenBy = Exclude<Scored["by"], "training">;

/** Predictions beside actual values. */
export type Comparison =
  | {
      kind: "number";
      /** Of rows that the model was not trained on, and how they were chosen. */
      unseen: readonly Pair[];
      by: UnseenBy;
      training: readonly Pair[];
    }
  | {
      kind: "category";
      /** Which rows the matrix is of. */
      by: UnseenBy | "training";
      categories: readonly string[];
      confusion: readonly (readonly number[])[];
    };

/** What the page says about the model that can be downloaded and used. */
export interface ModelSummary {
  words: string;
  /** Its file. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** A table with a model's predictions. */
export interface PredictedFile {
  /** CSV: the file's own columns, and the predictions behind them. */
  csv: Blob;
  rows: number;
  /** The first predictions. */
  first: string[];
  /** What was done about cells that are missing or unknown, in sentences. */
  notes: readonly string[];
  /** On these rows, where the file has the target too. */
  scores: Scores | null;
}
