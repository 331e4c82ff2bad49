/** How dates are written, and what they say. */
import { type Moment, momentOf } from "./calendar.js";

/** How the dates of a column are written, in the order in which they are preferred. */
export const DATE_FORMS = ["ymd", "dmy", "mdy", "ym", "named", "quarter"] as const;

/** How the dates of a column are written. */
export type DateForm = (typeof DATE_FORMS)[number];

/** Forms in words. */
export const FORM_WORDS = {
  ymd: "year-month-day",
  dmy: "day/month/year",
  mdy: "month/day/year",
  ym: "year-month",
  named: "with names of months",
  quarter: "year and quarter",
} as const satisfies Record<DateForm, string>;

const MONTHS = [
  ...["jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?"],
  ...["sep(?:t(?:ember)?)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?"],
];
const MONTH = `(?<month>${MONTHS.join("|")})\\.?`;
const MONTH_STARTS = MONTHS.map((name) => name.slice(0, 3));
const DAY = "(?<day>\\d{1,2})(?:st|nd|rd|th)?";
const YEAR = "(?<year>\\d{4}|\\d{2})";
/** Behind a day: 12:30, 12:30:05.5, 1:30 pm, each with an offset, which is passed over. */
const TIME =
  "(?:(?:T|,? +)(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}(?:[.,]\\d+)?))?" +
  "(?: ?(?<half>[ap])\\.?m\\.?)?(?: ?(?:Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?))?)?";

/** Each form has texts of its own; a day, month and year in numbers have a mark between them, twice the same. */
const PATTERNS: Readonly<Record<DateForm, readonly RegExp[]>> = /* @__PURE__ */ (() => {
  const pattern = (form: string) => new RegExp(`^${form}$`, "i");
  return {
    ymd: [pattern(`(?<year>\\d{4})([-/.])(?<month>\\d{1,2})\\2(?<day>\\d{1,2})${TIME}`)],
    dmy: [pattern(`(?<day>\\d{1,2})([-/.])(?<month>\\d{1,2})\\2${YEAR}${TIME}`)],
    mdy: [pattern(`(?<month>\\d{1,2})([-/.])(?<day>\\d{1,2})\\2${YEAR}${TIME}`)],
    ym: [pattern("(?<year>\\d{4})[-/](?<month>\\d{1,2})")],
    named: [
      pattern(`${DAY}[. -]*${MONTH}[ ,'-]*${YEAR}${TIME}`), // 1 March 2024, 1-Mar-24
      // Mar 2024, Mar-24, Mar '24; Mar 24 may be a day without a year, and MAR24 a code.
      pattern(`${MONTH}[ ,'-]*(?<year>\\d{4})`),
      pattern(`${MONTH}[ ,]*['-](?<year>\\d{2})`),
      pattern(`${MONTH} ${DAY},? (?<year>\\d{4})${TIME}`), // March 1, 2024
      pattern(`(?<year>\\d{4})[ -]${MONTH}(?:[ -]${DAY}${TIME})?`), // 2024 Mar, 2024-Mar-01
    ],
    quarter: [
      pattern("(?<year>\\d{4})[ -]?Q(?<quarter>[1-4])"),
      pattern("Q(?<quarter>[1-4])[ /-]?(?<year>\\d{4})"),
    ],
  };
})();

/** No date is longer, and a long text takes no time to judge. */
const LONGEST = 40;

/**
 * What a text says in a column of a form. A date such as 2024-03-01 is read in any of them, as it can be nothing else: programs
 * write it.
 *
 * @returns null for what is no such date, or a day that does not exist
 */
export function parseDate(text: string, form: DateForm): Moment | null {
  if (text.length > LONGEST) return null;
  return parsedBy(PATTERNS[form], text) ?? (form === "ymd" ? null : parsedBy(PATTERNS.ymd, text));
}

function parsedBy(patterns: readonly RegExp[], text: string): Moment | null {
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups;
    if (groups !== undefined) return momentIn(groups);
  }
  return null;
}

function momentIn({
  year = "",
  month,
  day = "1",
  quarter,
  ...time
}: Readonly<Record<string, string>>): Moment | null {
  const hour = hourOf(time);
  if (hour === null) return null;
  const number = quarter !== undefined ? 3 * Number(quarter) - 2 : monthOf(month as string);
  return momentOf(fullYear(year), number, Number(day), hour);
}

function monthOf(text: string): number {
  const index = MONTH_STARTS.indexOf(text.slice(0, 3).toLowerCase());
  return index < 0 ? Number(text) : index + 1;
}

/** Two digits are years from 1970 to 2069. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

/** 0 without a time; null for one that does not exist. */
function hourOf({
  hour,
  minute,
  second = "0",
  half,
}: Readonly<Record<string, string | undefined>>): number | null {
  if (hour === undefined) return 0;
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second.replace(",", "."))];
  if (minutes >= 60 || seconds >= 61) return null; // a minute with a leap second has 61
  if (half !== undefined && !(hours >= 1 && hours <= 12)) return null;
  const of24 = half === undefined ? hours : (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  const fraction = minutes / 60 + Math.min(seconds, 59.999) / 3600;
  return of24 > 24 || (of24 === 24 && fraction > 0) ? null : of24 + fraction;
}
