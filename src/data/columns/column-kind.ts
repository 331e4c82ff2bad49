import { otherThan } from "../cells/number.js";
import type { NumberFormat } from "../cells/number-format.js";
import type { FirstText } from "./described-column.js";
import type { FileDecimal } from "./marks.js";
import type { NumberSummary } from "./number-summary.js";
import type { OtherCells } from "./other-cells.js";

/** What a column is taken for while its file is read. */
export type Kind = NumberKind | { readonly kind: "text"; readonly first: FirstText; readonly either: string };

export interface NumberKind {
  readonly kind: "number";
  /** null for the file's. */
  readonly format: NumberFormat | null;
  /** Formats that were tried. */
  readonly tries: number;
  /** One of its numbers where none tells whether they have thousands; "" where some do. */
  readonly doubt: string;
}

/** What every column is taken for at first. */
export const PLAIN_NUMBERS: NumberKind = { kind: "number", format: null, tries: 0, doubt: "" };

/** Formats that are tried before a column is text. */
const MAX_TRIES = 3;

export interface KindOptions extends FileDecimal {
  /**
   * What a column of numbers may have besides plain ones: nothing; numbers in one format, which all cells have to be in then; or in
   * most cells, with a few that are none and count as missing.
   */
  readonly tolerates: "nothing" | "format" | "strays";
}

/**
 * What a column is that was read as numbers: the same kind where it is right, or what it is to be read as.
 *
 * @param isWhole whether all of the file was read, or its beginning alone: then only what is plain is decided
 */
export function kindOf(
  known: NumberKind,
  numbers: NumberSummary,
  others: OtherCells,
  isWhole: boolean,
  options: KindOptions,
): Kind {
  if (others.count === 0) return known;
  const text = (either = ""): Kind => ({ kind: "text", first: others.first as FirstText, either });
  const { tolerates } = options;
  if (tolerates === "nothing") return text();
  // A minus in front of a later number would speak against those behind.
  if (!isWhole && others.behind > 0 && known.format?.minusBehind !== true) return known;
  const readable = others.readable(numbers, known.format);
  const finding = others.finding(numbers, known.format, options);
  const fits =
    finding !== null &&
    "format" in finding &&
    (tolerates === "format"
      ? readable === others.count
      : isMost(readable + numbers.count, others.count + numbers.count));
  if (fits && known.tries < MAX_TRIES && !isSame(finding.format, known.format))
    return { kind: "number", ...finding, tries: known.tries + 1 };
  if (tolerates === "format") return text();
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
  const format = { ...(kind.format as NumberFormat), decimal, thousands: otherThan(decimal) };
  return { kind: "number", format, tries: kind.tries + 1, doubt: "" };
}

function isMost(some: number, all: number): boolean {
  return some >= all * 0.95 || all - some === 1;
}

function isSame(a: NumberFormat, b: NumberFormat | null): boolean {
  return (["decimal", "thousands", "unit", "minusBehind"] as const).every((part) => a[part] === b?.[part]);
}
