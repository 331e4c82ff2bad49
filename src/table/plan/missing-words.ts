import { isInfinite, isMissingNumber } from "../../data/cells/special-cells.js";
import type { DescribedTexts } from "../../data/index.js";
import { listOfNames, type OptionText } from "../wording.js";

/** What is said of cells that are missing in a column of numbers, and a category in one of text, where they may mean nothing. */
export function missingWordNotes({ name, values }: DescribedTexts, optionText: OptionText): string[] {
  const words = [...(values?.keys() ?? [])].filter(
    (text) => text !== "none" && isMissingNumber(text) && !isInfinite(text),
  );
  if (words.length === 0) return [];
  const taken = words.length === 1 ? "is taken as a category" : "are taken as categories";
  return [
    `${JSON.stringify(name)}: ${listOfNames(words, 3)} ${taken}; ${optionText("missingValues", words)} counts such cells as missing`,
  ];
}
