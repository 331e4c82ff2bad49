/** rprop/table: from a table to a model that predicts one of its columns, and back. */

export { csvLine } from "../csv-line.js";
export { decode } from "./decode.js";
export { type ColumnDescription, describeTable, type TableDescription } from "./describe-table.js";
export type { Description, History, Scored } from "./file/description.js";
export { type ModelFile, readModel } from "./file/model-file.js";
export type { CategoryScores, ClassScores } from "./fit/class-scores.js";
export type { Evaluation } from "./fit/evaluation.js";
export type { ActivationWord, LossWord } from "./fit/network.js";
export type { NumberScores } from "./fit/number-scores.js";
export type { Pair } from "./fit/scorer.js";
export type { Scores } from "./fit/scores.js";
export type { Course } from "./fit/training-run.js";
export type { TrainedTable } from "./model-training.js";
export type { Task } from "./plan/plan-options.js";
export type { PredictionChunk, Predictions } from "./predictions.js";
export type { Begun, Described, Measured, NetworkProgress } from "./progress.js";
export type {
  DescribeTableOptions,
  PredictRowsOptions,
  PredictTableOptions,
  ReadTableOptions,
} from "./reading-options.js";
export type { Part, Reading } from "./rows/training-set.js";
export type { CategoryTarget, Input, Schema, TableFormat, Target } from "./schema.js";
export type { OnProgress, Phase, ReadingProgress } from "./source/table-reader.js";
export type { TableSource } from "./source/table-source.js";
export { TableError, type TableErrorKind } from "./table-error.js";
export { TableModel } from "./table-model.js";
export { hiddenUnits } from "./text/hidden-units.js";
export { isBetter, type ScoreLine, scoredText, scoreLines, scoreWarnings } from "./text/score-lines.js";
export type { TrainTableOptions } from "./train-options.js";
export { trainTable } from "./train-table.js";
export type { OptionText } from "./wording.js";
