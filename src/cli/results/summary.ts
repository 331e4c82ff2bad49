import type { ClassScores, Scored, Scores } from "../../table/index.js";
import { type Schema, shortened } from "../../table/schema.js";
import { countText } from "../../table/text/rounded.js";
import { classTable, scoreLines, scoreWarnings } from "../../table/text/score-lines.js";

/** What scores are of: a title such as a model's name, and how their rows were chosen. */
export interface Scoring {
  readonly title: string;
  readonly scored?: Scored | null;
}

/** The scores for a terminal. */
export function scoresText(
  { title, scored }: Scoring,
  scores: Scores,
  schema: Schema,
  width: number,
): string {
  const lines = scoreLines(scores, schema);
  const [names, values] = [0, 1].map((i) => Math.max(...lines.map((line) => (line[i] as string).length)));
  const parts = lines.map(([name, value, meaning]) => {
    const line = `  ${name.padEnd(names as number)}  ${value.padEnd(values as number)}`;
    return line.length + meaning.length + 3 <= width ? `${line}   ${meaning}`.trimEnd() : line.trimEnd();
  });
  const { target } = schema;
  if (scores.kind === "category" && target.kind === "category")
    parts.push(
      ...classesText(scores, target.categories, width),
      "",
      ...confusionText(scores.confusion, target.categories, width),
    );
  const warnings = scoreWarnings(scores, schema, scored);
  const said = warnings.map((each) => wrapped(each, width));
  return [wrapped(title, width), ...parts, ...(said.length > 0 ? ["", ...said] : [])].join("\n");
}

/** Text in lines of so many characters; a longer word has a line to itself. */
export function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.pop();
    if (line === undefined) lines.push(word);
    else if (line.length + 1 + word.length <= width) lines.push(`${line} ${word}`);
    else lines.push(line, word);
  }
  return lines.join("\n");
}

/** Precision, recall and F1 of each class, where there is room. */
function classesText(scores: ClassScores, classes: readonly string[], width: number): string[] {
  if (classes.length > MAX_CLASSES) return [];
  const table = classTable(
    scores,
    classes.map((name) => shortened(name, 20)),
  );
  const widths = (table[0] ?? []).map((_, i) => Math.max(...table.map((row) => (row[i] as string).length)));
  const lines = table.map(
    ([name = "", ...cells]) =>
      `  ${name.padEnd(widths[0] as number)}${cells.map((cell, i) => `  ${cell.padStart(widths[i + 1] as number)}`).join("")}`,
  );
  return lines.length === 0 || (lines[0] as string).length > width ? [] : ["", ...lines];
}

/** More classes than this are no table that anybody reads. */
const MAX_CLASSES = 15;
const MAX_MISTAKES = 10;

/** A table of actual and predicted classes; where there is no room for it, the most frequent mistakes. */
function confusionText(
  confusion: ClassScores["confusion"],
  classes: readonly string[],
  width: number,
): string[] {
  const names = classes.map((name) => shortened(name, 20));
  const first = Math.max("actual".length, ...names.map((name) => name.length));
  const cells = confusion.map((counts) => counts.map(countText));
  const widths = names.map((name, p) =>
    Math.max(name.length, ...cells.map((row) => (row[p] as string).length)),
  );
  const whole = 2 + first + widths.reduce((sum, each) => sum + each + 2, 0);
  if (classes.length > MAX_CLASSES || whole > width)
    return mistakes(confusion, names).map((line) => `  ${line}`);
  const line = (head: string, row: readonly string[]) =>
    `  ${head.padEnd(first)}${row.map((cell, p) => `  ${cell.padStart(widths[p] as number)}`).join("")}`;
  return [
    `  ${"actual".padEnd(first)}  predicted`,
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
    .slice(0, MAX_MISTAKES)
    .map(({ count, t, p }) => `${names[t]} predicted as ${names[p]}: ${countText(count)}`);
  if (all.length === 0) return ["no mistakes"];
  return ["most frequent mistakes", ...shown];
}
