import { otherThan } from "../cells/number.js";
import type { NumberFormat } from "../cells/number-format.js";
import type { FirstText, NumbersDescription } from "./described-column.js";
import type { FileDecimal } from "./marks.js";
import type { OtherCells } from "./other-cells.js";

/** What a column is taken for while its file is read. */
export type Kind =
  /** doubt: one of its numbers where none tells whether they have thousands; "" where some do */
  | {
      readonly kind: "number";
      readonly format: NumberFormat | null;
      readonly tries: number;
      readonly doubt: string;
    }
  | { readonly kind: "text"; readonly first: FirstText; readonly either: string };

export const UNKNOWN: Kind = { kind: "number", format: null, tries: 0, doubt: "" };

/** Formats that are tried before a column is text. */
const TRIES = 3;

export interface KindOptions extends FileDecimal {
  /** Whether one cell that is no plain number makes a column text. */
  readonly strict: boolean;
}

/**
 * What a column is that was read as numbers: the same kind where it is right, or what it is to be read as.
 *
 * @param isWhole whether all of the file was read, or its beginning alone: then only what is plain is decided
 */
export function kindOf(
  known: Extract<Kind, { kind: "number" }>,
  numbers: NumbersDescription,
  others: OtherCells,
  isWhole: boolean,
  options: KindOptions,
): Kind {
  if (others.count === 0) return known;
  const text = (either = ""): Kind => ({ kind: "text", first: others.first as FirstText, either });
  if (options.strict) return text();
  const finding = others.finding(numbers, known.format, options);
  const fits =
    finding !== null &&
    "format" in finding &&
    isMost(others.written + numbers.count, others.count + numbers.count);
  if (fits && known.tries < TRIES && !isSame(finding.format, known.format))
    return { kind: "number", ...finding, tries: known.tries + 1 };
  if (!isWhole) return finding === null && numbers.count <= others.count ? text() : known;
  const hasUnit = known.format !== null && known.format.unit !== "";
  if (others.areStrays(numbers.count, hasUnit)) return known;
  return text(finding !== null && "either" in finding ? finding.either : "");
}

/** What separates fractions in columns whose marks of thousands are certain, where they agree: the others have the same. */
export function settledDecimal(kinds: readonly Kind[]): NumberFormat["decimal"] | null {
  const formats = kinds.flatMap((kind) =>
    kind.kind === "number" && kind.format !== null ? [kind.format] : [],
  );
  const certain = formats.filter(({ thousands }) => thousands === "," || thousands === ".");
  const [first, ...others] = new Set(certain.map(({ decimal }) => decimal));
  return others.length === 0 ? (first ?? null) : null;
}

/** A column whose numbers nothing told, now that others tell what separates fractions. */
export function settledKind(kind: Kind, decimal: NumberFormat["decimal"]): Kind {
  if (kind.kind !== "number" || kind.doubt === "" || kind.format?.decimal === decimal) return kind;
  const { unit } = kind.format as NumberFormat;
  const format = { decimal, thousands: otherThan(decimal), unit };
  return { kind: "number", format, tries: kind.tries + 1, doubt: "" };
}

function isMost(some: number, all: number): boolean {
  return some >= all * 0.95 || all - some === 1;
}

function isSame(a: NumberFormat, b: NumberFormat | null): boolean {
  return b !== null && a.decimal === b.decimal && a.thousands === b.thousands && a.unit === b.unit;
}
