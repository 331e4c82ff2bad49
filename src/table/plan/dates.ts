import type { DescribedTexts } from "../../data/index.js";

const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?";
const DATE = new RegExp(
  [
    "\\d{4}-\\d{1,2}(?:-\\d{1,2})?(?:[T ]\\d{1,2}:\\d{2}.*)?", // 2024-03, 2024-03-01, 2024-03-01T12:30:00Z
    "\\d{4}/\\d{1,2}(?:/\\d{1,2})?",
    "\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}(?: \\d{1,2}:\\d{2}.*)?", // 01.03.2024, 3/1/24
    `(?:\\d{1,2}[. -]*)?${MONTH}[ ,'-]*\\d{2,4}`, // Mar 2024, 1. March 2024
    `${MONTH} \\d{1,2},? \\d{4}`, // March 1, 2024
    `\\d{4}[ -]${MONTH}`,
    "\\d{4}[ -]?Q[1-4]|Q[1-4][ -/]?\\d{4}",
  ]
    .map((form) => `^(?:${form})$`)
    .join("|"),
  "i",
);
/** No date is longer, and a long text takes no time to judge. */
const LONGEST = 40;

/** Whether most of the distinct values of a text column are dates. */
export function holdsDates({ examples }: DescribedTexts): boolean {
  return 2 * examples.filter((text) => text.length <= LONGEST && DATE.test(text)).length > examples.length;
}
