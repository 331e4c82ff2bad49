/** Options with which a table would be read as it was meant. Each was tried on the file before anybody is told. */
import { MISSING_VALUES } from "../../data/csv/csv-options.js";
import { type Point, parseNumber } from "../../data/csv/number.js";
import type { CsvOptions, CsvRowsOptions, DescribedTexts } from "../../data/index.js";
import {
  isAlmostNumber,
  isGrouped,
  isMeantAsNumbers,
  otherThan,
  roleOf,
} from "../../table/plan/almost-numbers.js";
import type { Advice as AdviceOnTable, FileColumn, FileDescription } from "../../table/plan/plan.js";
import type { CsvFormat } from "../../table/schema.js";
import { listed, optionText } from "../shell/command-line.js";
import { Failure } from "../shell/failure.js";
import type { CsvFile } from "./csv-file.js";

/** Of a column with more different texts that are no numbers, the texts are not missing cells. */
const MOST_STRAYS = 10;
/** Fewer rows have no sums below them. */
const SUMMED = 4;
/** What a terminal does not show, or is too long to be typed. */
const UNTYPABLE = /[\p{C}\p{Zl}\p{Zp}]|.{101}/u;

export class Advice implements AdviceOnTable {
  readonly #hints: ReadonlyMap<string, string>;

  private constructor(
    hints: ReadonlyMap<string, string>,
    /** What is said behind a name that a file of one column does not have. */
    readonly one = "",
  ) {
    this.#hints = hints;
  }

  /** @param format what the file is read with; survey: what was found so */
  static async on(file: CsvFile, survey: FileDescription, format: CsvFormat): Promise<Advice> {
    const meant = survey.columns.filter(isTextOfNumbers);
    if (survey.columns.length === 1) return new Advice(new Map(), await file.hint());
    if (meant.length === 0) return new Advice(new Map());
    const units = lineOfUnits(meant);
    if (units !== null) {
      const hint = ` (line ${units} seems to have units: remove it)`;
      return new Advice(new Map(meant.map(({ name }) => [name, hint])));
    }
    const mark = otherThan(format.decimal);
    const [hints, read] = await decimalHints(file, survey, mark, meant);
    const decimal = read === survey ? format.decimal : mark;
    const found = await straysIn(file, read, { decimal, missing: format.missing });
    const takes = `${optionText("missing", listed(found.missing))} takes such cells as missing`;
    const lastLine = survey.rows < SUMMED ? 0 : survey.rows + 1;
    for (const { name, line } of meant.filter((column) => found.columns.includes(column.name))) {
      const isSum = line === lastLine ? `remove the last line if it sums up the others, or ` : "";
      hints.set(name, [...(hints.get(name) ?? []), isSum + takes]);
    }
    return new Advice(new Map([...hints].map(([name, all]) => [name, ` (${all.join(", ")})`])));
  }

  /** The first cell that is no number, and what would help. */
  noNumberIn({ name, text, line }: DescribedTexts): string {
    return `${JSON.stringify(text)} in line ${line} is no number${this.hintFor(name)}`;
  }

  /** Empty where nothing would. */
  hintFor(name: string): string {
    return this.#hints.get(name) ?? "";
  }
}

function isTextOfNumbers(column: FileColumn): column is DescribedTexts {
  return column.kind === "text" && isMeantAsNumbers(column);
}

/** The line below the names where it is what keeps several columns from being numbers, or null. */
function lineOfUnits(columns: readonly DescribedTexts[]): number | null {
  const isUnit = ({ line, values, examples, text }: DescribedTexts) =>
    line === 2 &&
    values?.get(text) === 1 &&
    examples.every((each) => (each === text) !== isAlmostNumber(each));
  const units = new Set(columns.map(({ text }) => text));
  return units.size > 1 && columns.every(isUnit) ? 2 : null;
}

/** By column, what to do about its marks, and the file as it is read then: as before where no option helps. */
async function decimalHints(
  file: CsvFile,
  survey: FileDescription,
  mark: Point,
  meant: readonly DescribedTexts[],
): Promise<[Map<string, string[]>, FileDescription]> {
  const roles = new Map(meant.map(({ name, examples }) => [name, roleOf(mark, examples)]));
  const named = (...wanted: ReturnType<typeof roleOf>[]) =>
    meant.filter(({ name }) => wanted.includes(roles.get(name) ?? null)).map(({ name }) => name);
  const fractions = named("fractions");
  const either = named("either");
  const tried =
    fractions.length + either.length === 0
      ? null
      : await readOtherwise(file, survey, { decimal: mark }, [...fractions, ...either]);
  const [marks, points] = mark === "," ? ["commas", "points"] : ["points", "commas"];
  const option = optionText("decimal", mark);
  const doubtful = meant.flatMap(({ name, examples }) => {
    const text = examples.find((each) => isGrouped(mark, each) && parseNumber(each, mark) !== null);
    return text === undefined ? [] : [`${text} of ${JSON.stringify(name)} as ${parseNumber(text, mark)}`];
  });
  const also = doubtful.length === 0 ? "" : `, and ${doubtful.join(", ")}`;
  const rewritten = `write its numbers with ${points} for fractions, and nothing between thousands`;
  const hints = {
    fractions: tried === null ? rewritten : `${option} reads numbers with ${marks}${also}`,
    thousands: `its ${marks} seem to separate thousands: write its numbers without them`,
    either:
      `its ${marks} separate thousands or fractions: ` +
      (tried === null
        ? rewritten
        : `write its numbers without them, or ${option} reads them as fractions${also}`),
  };
  const pairs = [...roles].flatMap(([name, role]): [string, string[]][] =>
    role === null ? [] : [[name, [hints[role]]]],
  );
  return [new Map(pairs), tried !== null && fractions.length > 0 ? tried : survey];
}

/** The file read with other options, where these columns are then numbers, or nearly, and no others are lost; else null. */
async function readOtherwise(
  file: CsvFile,
  survey: FileDescription,
  options: CsvOptions,
  wanted: readonly string[],
): Promise<FileDescription | null> {
  const tried = await surveyed(file, options);
  if (tried === null || tried.columns.length !== survey.columns.length) return null;
  const isRight = survey.columns.every((before, i) => {
    const column = tried.columns[i] as FileColumn;
    const isSame = before.name === column.name && (before.kind === "text" || column.kind === "number");
    const isNumbers =
      column.kind === "number" || !column.examples.some((text) => isMarkedText(text, options));
    return isSame && (isNumbers || !wanted.includes(column.name));
  });
  return isRight ? tried : null;
}

/** Whether a text is a number but for its marks. */
function isMarkedText(text: string, { decimal = "." }: CsvOptions): boolean {
  return isAlmostNumber(text) && roleOf(otherThan(decimal), [text]) !== null;
}

/** null where the file is no table with these options. */
async function surveyed(file: CsvFile, options: CsvOptions): Promise<FileDescription | null> {
  try {
    return await file.survey(1000, options);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** The columns that are numbers but for some texts, and all of these texts behind those that are taken as missing already. */
async function straysIn(file: CsvFile, survey: FileDescription, format: CsvFormat) {
  const strays = new Map<string, Set<string>>();
  const isMissing = new Set([...MISSING_VALUES, ...format.missing]);
  const add = (name: string, text: string) => {
    if (isMissing.has(text) || parseNumber(text, format.decimal) !== null) return;
    const texts = strays.get(name)?.add(text);
    if (texts === undefined || texts.size > MOST_STRAYS || isAlmostNumber(text) || UNTYPABLE.test(text))
      strays.delete(name);
  };
  const long: string[] = [];
  for (const { name, values } of survey.columns.filter(isTextOfNumbers)) {
    strays.set(name, new Set());
    for (const text of values?.keys() ?? []) add(name, text);
    if (values === null) long.push(name);
  }
  if (long.length > 0) {
    // All cells are wanted as texts; to be read at all, a column has to be of numbers, or of classes.
    const options: CsvRowsOptions = {
      strings: long,
      x: long.slice(0, 1),
      classes: { [long[0] as string]: [] },
    };
    for await (const { strings } of file.rows(
      { ...options, missing: "keep", unknown: "missing" },
      "looking at",
    )) {
      for (const cells of strings) for (const [i, text] of cells.entries()) add(long[i] as string, text);
      if (!long.some((name) => strays.has(name))) break;
    }
  }
  const all = [...strays.values()].flatMap((texts) => [...texts]);
  return { columns: [...strays.keys()], missing: [...new Set([...format.missing, ...all])] };
}
