/** How messages and notes name an option of trainTable, so that command and page can name their own. */
import { CSV_OPTION_NAMES } from "../data/csv-options.js";

/** Writes an option, and a value for it where there is one, as whoever reads a message would type it. */
export type OptionText = (name: string, value?: unknown) => string;

const isCsvOption = (name: string) => (CSV_OPTION_NAMES as readonly string[]).includes(name);

/** As a program writes it: `task: "regress"`, and `csv: { skip: 1 }`. */
export const optionInProgram: OptionText = (name, value) => {
  if (value === undefined) return `option "${name}"`;
  // What is missing anyway has to be in the list, too.
  const given = JSON.stringify(value);
  const text = `${name}: ${name === "missingValues" ? given.replace("[", "[…, ").replaceAll('","', '", "') : given}`;
  return isCsvOption(name) ? `csv: { ${text} }` : text;
};

/** A sentence of the reader of CSV, which names options as in { skip: 1 }, with those of whoever reads the table. */
export function withOptions(sentence: string, optionText: OptionText): string {
  return sentence.replace(/\{ (\w+): ("(?:[^"\\]|\\.)*"|[\w.]+) \}/g, (whole, name: string, value: string) =>
    isCsvOption(name) ? optionText(name, JSON.parse(value)) : whole,
  );
}

/** A sentence that names a line of CSV, for a table of another form, which has rows instead. */
export function inRows(sentence: string): string {
  return sentence.replace(/(?<=") in line (?=\d)/g, " in row ");
}

/** So many names, quoted, and how many more there are. */
export function listOfNames(names: readonly string[], shown: number): string {
  const quoted = names.slice(0, shown).map((name) => JSON.stringify(name));
  const more = names.length - quoted.length;
  return quoted.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** What a share has to be, with the one that is meant where percent are given, as 20 or "20%". */
export function expectedShare(given: unknown): string {
  const text = String(given);
  const share = Number(/^(\d+(?:\.\d+)?)%?$/.exec(text)?.[1]) / 100;
  const isPercent = (text.endsWith("%") || share > 0.01) && share > 0 && share < 1;
  return `a share from 0 to below 1${isPercent ? `, such as ${share}` : ""}`;
}

/** What is said where a loss is not finite. */
export function tooLarge(optionText: OptionText): string {
  return `numbers are too large for float32: give them in larger units, such as millions, or leave a column out (${optionText("ignore")})`;
}
