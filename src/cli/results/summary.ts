import { pluralize } from "../../errors.js";
import { formatNumber, withThousands } from "../../format-number.js";
import type { CategoryTarget, ClassScores, NumberScores, Scores } from "../../table/index.js";
import { type Schema, shortened } from "../../table/schema.js";

/** A number for people, in a target's own units. */
function amount(value: number): string {
  return withThousands(formatNumber(value));
}

/** Without −0. */
function fixed(value: number): string {
  return (Math.round(value * 1e4) / 1e4 || 0).toFixed(4);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** What a score says: a name, a value, and what it means. */
type Line = readonly [name: string, value: string, meaning: string];
type Lines = readonly [Line, ...Line[]];

/** The scores in lines, the most important one first. */
export function scoreLines(scores: Scores, schema: Schema): Lines {
  return scores.kind === "number" ? numberLines(scores, schema) : classLines(scores, schema);
}

function numberLines({ rmse, mae, baselineRmse, r2 }: NumberScores, { target, baseline }: Schema): Lines {
  const better = 1 - rmse / baselineRmse;
  const beside = better >= 0 ? `${percent(better)} less` : "no better";
  return [
    ["typical error", amount(rmse), `of ${JSON.stringify(target.name)}, in its own units (root mean square)`],
    ["mean error", amount(mae), "without its sign"],
    ["baseline", amount(baselineRmse), `of always saying ${amount(baseline as number)}, the mean: ${beside}`],
    ...(r2 === null ? [] : [["R²", fixed(r2), "1 is perfect, 0 as good as these rows' own mean"] as const]),
  ];
}

function classLines(
  { rows, accuracy, baselineAccuracy, confusion }: ClassScores,
  { target, baseline }: Schema,
): Lines {
  const right = withThousands(`${Math.round(accuracy * rows)} of ${rows}`);
  const { categories } = target as CategoryTarget;
  const most = `"${shortened(categories[baseline ?? mostFrequent(confusion)] as string, 40)}"`;
  const where = baseline === null ? "of these rows" : "in training";
  const beside = accuracy > baselineAccuracy ? "" : ": no worse";
  return [
    ["accuracy", percent(accuracy), `${right} right`],
    ["baseline", percent(baselineAccuracy), `of always saying ${most}, most frequent ${where}${beside}`],
  ];
}

/** Where the model's file does not say which category was the most frequent one. */
function mostFrequent(confusion: ClassScores["confusion"]): number {
  const counts = confusion.map((row) => row.reduce((a, b) => a + b, 0));
  return counts.indexOf(Math.max(...counts));
}

/** The scores for a terminal. */
export function scoresText(title: string, scores: Scores, schema: Schema, width: number): string {
  const lines = scoreLines(scores, schema);
  const [names, values] = [0, 1].map((i) => Math.max(...lines.map((line) => (line[i] as string).length)));
  const parts = lines.map(([name, value, meaning]) => {
    const line = `  ${name.padEnd(names as number)}  ${value.padStart(values as number)}`;
    return line.length + meaning.length + 3 <= width ? `${line}   ${meaning}` : line;
  });
  const { target } = schema;
  if (scores.kind === "category" && target.kind === "category")
    parts.push("", ...confusionText(scores.confusion, target.categories, width));
  return [`${title}, ${withThousands(pluralize(scores.rows, "row"))}`, ...parts].join("\n");
}

/** More classes than this are no table that anybody reads. */
const MOST_CLASSES = 15;
const MOST_MISTAKES = 10;

/** A table of true and predicted classes; where there is no room for it, the most frequent mistakes. */
function confusionText(
  confusion: ClassScores["confusion"],
  classes: readonly string[],
  width: number,
): string[] {
  const names = classes.map((name) => shortened(name, 20));
  const first = Math.max("true".length, ...names.map((name) => name.length));
  const cells = confusion.map((counts) => counts.map((count) => withThousands(String(count))));
  const widths = names.map((name, p) =>
    Math.max(name.length, ...cells.map((row) => (row[p] as string).length)),
  );
  const whole = 2 + first + widths.reduce((sum, each) => sum + each + 2, 0);
  if (classes.length > MOST_CLASSES || whole > width)
    return mistakes(confusion, names).map((line) => `  ${line}`);
  const line = (head: string, row: readonly string[]) =>
    `  ${head.padEnd(first)}${row.map((cell, p) => `  ${cell.padStart(widths[p] as number)}`).join("")}`;
  return [
    `  ${"true".padEnd(first)}  predicted`,
    line("", names),
    ...cells.map((row, t) => line(names[t] as string, row)),
  ];
}

/** The most frequent ones, in words. */
export function mistakes(confusion: ClassScores["confusion"], names: readonly string[]): string[] {
  const all = confusion
    .flatMap((counts, t) => counts.map((count, p) => ({ count, t, p })))
    .filter(({ count, t, p }) => t !== p && count > 0)
    .sort((a, b) => b.count - a.count);
  const shown = all
    .slice(0, MOST_MISTAKES)
    .map(({ count, t, p }) => `${names[t]} taken for ${names[p]}: ${withThousands(String(count))}`);
  if (all.length === 0) return ["no mistakes"];
  return ["most frequent mistakes", ...shown];
}
