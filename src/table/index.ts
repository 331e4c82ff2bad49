/** rprop/table: from a table to a model that predicts one of its columns, and back. */

export { csvLine } from "../csv-line.js";
export type { DateForm } from "./dates/forms.js";
export type { DatePart } from "./dates/parts.js";
export type { DateInput } from "./dates/survey.js";
export { decode } from "./decode.js";
export { type ColumnDescription, describeTable, type TableDescription } from "./describe-table.js";
export type { Coefficient, Coefficients } from "./explain/coefficients.js";
export type { ExplainOptions, ExplainTableOptions } from "./explain/explain-options.js";
export type { Explanation, TableExplanation } from "./explain/explanation.js";
export type { Dependence, DependencePoint } from "./explain/partial-dependence.js";
export type { Importance } from "./explain/permutation-importance.js";
export type { ExplainedScore } from "./explain/score.js";
export type { WorstRow } from "./explain/worst-rows.js";
export type { Description, History, Scored } from "./file/description.js";
export { type ModelFile, readModel } from "./file/model-file.js";
export type { PredictionChunk, Predictions } from "./predictions.js";
export type { Begun, Described, Measured, NetworkProgress } from "./progress.js";
export type {
  DescribeTableOptions,
  PredictRowsOptions,
  PredictTableOptions,
  ReadTableOptions,
} from "./reading-options.js";
export type { Part } from "./rows/training-set.js";
export type { Reading } from "./rows/whole-rows.js";
export type { CategoryTarget, Input, NumberTarget, Schema, TableFormat, Target, Task } from "./schema.js";
export type { ClassScores, PerClassScores } from "./scores/class-scores.js";
export type { Evaluation } from "./scores/evaluation.js";
export type { Interval } from "./scores/intervals.js";
export type { NumberScores } from "./scores/number-scores.js";
export type { Pair } from "./scores/scorer.js";
export type { Scores } from "./scores/scores.js";
export type { OnProgress, Phase, ReadingProgress } from "./source/table-reader.js";
export type { TableSource } from "./source/table-source.js";
export { TableError, type TableErrorKind } from "./table-error.js";
export { TableModel } from "./table-model.js";
export { explanationSections } from "./text/explanation-sections.js";
export { hiddenUnits } from "./text/hidden-units.js";
export { isBetter, type ScoreLine, scoredText, scoreLines, scoreWarnings } from "./text/score-lines.js";
export type { ExplanationSection } from "./text/section.js";
export type { TrainTableOptions } from "./train-options.js";
export { trainTable } from "./train-table.js";
export type { ActivationWord, LossWord } from "./training/network.js";
export type { TrainedTable } from "./training/trained-table.js";
export type { Course } from "./training/training-run.js";
export type { OptionText } from "./wording.js";
