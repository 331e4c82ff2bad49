import { withThousands } from "../../format-number.js";
import type { Dependence, DependencePoint } from "../explain/partial-dependence.js";
import { type Schema, shortened } from "../schema.js";
import { percentText, withError } from "./rounded.js";
import type { ExplanationSection } from "./section.js";

type Target = Schema["target"];

/** More categories, and more classes, make lines that nobody reads. */
const [MOST_CATEGORIES, MOST_CLASSES] = [12, 6];

/** A line for each output of a column of numbers, and for each value of a column of others. */
export function dependenceSection(dependences: readonly Dependence[], target: Target): ExplanationSection {
  const outputs = outputsShown(target);
  const head =
    outputs.length > 1
      ? ["column", "class", "value", "", "prediction"]
      : ["column", "value", "", "prediction"];
  const what =
    target.kind === "number"
      ? `The mean prediction of ${JSON.stringify(target.name)}`
      : `The mean probability of ${outputs.length > 1 ? "a class" : JSON.stringify(outputName(target, outputs[0] as number))}`;
  return {
    title: "partial dependence",
    table: [
      head,
      ...dependences.flatMap((dependence) =>
        linesOf(dependence, target, outputs).map((cells, i) => [
          i === 0 ? shortened(dependence.column, 40) : "",
          ...cells,
        ]),
      ),
    ],
    remarks: [`${what} where all rows have the same value in the column, and the others stay as they are.`],
  };
}

/** Outputs that are worth a line: of two classes, the second says all. */
export function outputsShown(target: Target): readonly number[] {
  if (target.kind === "number") return [0];
  const { length } = target.categories;
  return length === 2 ? [1] : Array.from({ length: Math.min(length, MOST_CLASSES) }, (_, c) => c);
}

/** What an output is: the target, or a class. */
export function outputName(target: Target, output: number): string {
  return target.kind === "number" ? target.name : (target.categories[output] as string);
}

/** A value of a column in words. */
export function valueText(value: DependencePoint["value"]): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? withThousands(String(value)) : shortened(value, 30);
}

function linesOf(dependence: Dependence, target: Target, outputs: readonly number[]): string[][] {
  const classOf = (output: number) => shortened(outputName(target, output), 20);
  if (dependence.kind === "number")
    return outputs.map((output) => [
      ...(outputs.length > 1 ? [classOf(output)] : []),
      ...lineOf(dependence, target, output),
    ]);
  const lines =
    outputs.length > 1
      ? dependence.points.map(({ value, predictions }) => [
          "",
          valueText(value),
          "",
          outputs
            .map((output) => `${classOf(output)} ${percentText(predictions[output] as number)}`)
            .join(", "),
        ])
      : linesOfValues(dependence, target, outputs[0] as number);
  const more = lines.length - MOST_CATEGORIES;
  if (more <= 0) return lines;
  const last = (lines[0] as string[]).map((_, i, { length }) => (i === length - 3 ? `… ${more} more` : ""));
  return [...lines.slice(0, MOST_CATEGORIES), last];
}

/** Cells of the ends of a column of numbers, what lies between as a sparkline, and the predictions at the ends. */
function lineOf({ points }: Dependence, target: Target, output: number): string[] {
  const { means, shown, blocks } = picture(points, target, output);
  const ends = (texts: readonly string[]) => [...new Set([texts[0], texts.at(-1)])].join(" … ");
  return [ends(points.map(({ value }) => valueText(value))), blocks.join(""), ends(means.map(shown))];
}

/** Cells of each value: its name, a block as high as the prediction, and that. */
function linesOfValues({ points }: Dependence, target: Target, output: number): string[][] {
  const { means, shown, blocks } = picture(points, target, output);
  return points.map(({ value }, i) => [valueText(value), blocks[i] as string, shown(means[i] as number)]);
}

const BLOCKS = "▁▂▃▄▅▆▇█";

function picture(points: readonly DependencePoint[], target: Target, output: number) {
  const means = points.map(({ predictions }) => predictions[output] as number);
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const blocks = means.map((mean) => {
    const share = high > low ? (mean - low) / (high - low) : 0;
    return BLOCKS[Math.min(BLOCKS.length - 1, Math.floor(share * BLOCKS.length))] ?? " ";
  });
  const shown = (value: number) =>
    target.kind === "number" ? withError(value, (high - low) / 20, false) : percentText(value);
  return { means, shown, blocks };
}
