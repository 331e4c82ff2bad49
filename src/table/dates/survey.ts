/** What a column of dates holds: how they are written, and which parts of them vary. */
import { type Moment, shareOfYear, weekdayOf } from "./calendar.js";
import { DATE_FORMS, type DateForm, parseDate } from "./forms.js";
import { DATE_PARTS, type DatePart, partNames, partNumbers } from "./parts.js";

/** A column of dates that a model reads. */
export interface DateInput {
  /** The name of the column. */
  readonly name: string;
  /** Says that its cells are dates. */
  readonly kind: "date";
  /** How they are written. */
  readonly form: DateForm;
  /** What the model is told of each date. */
  readonly parts: readonly DatePart[];
  /** For each column of x that the parts become, what stands for a missing date: the mean, and 0 for weekdays. */
  readonly means: readonly number[];
}

/** Fewer years than this are no cycle of seasons: what happens in them is told by the year with its fraction. */
const SEASON_YEARS = 0.8;

/** The dates of a column as one form reads them. */
class Dates {
  count = 0;
  readonly #sums = new Float64Array(partNames(DATE_PARTS).length);
  readonly #months = new Set<number>();
  readonly #days = new Set<number>();
  readonly #weekdays = new Set<number>();
  readonly #hours = new Set<number>();
  #squares = 0;
  /** The first of the years with their fractions, from which the others differ little. */
  #first = NaN;
  #min = Infinity;
  #max = -Infinity;

  add(moment: Moment, times: number): void {
    if (this.count === 0) this.#first = moment.year;
    this.count += times;
    partNumbers(DATE_PARTS, moment).forEach((value, i) => {
      this.#sums[i]! += times * value;
    });
    const year = moment.year + shareOfYear(moment);
    this.#squares += times * (year - this.#first) ** 2;
    this.#min = Math.min(this.#min, year);
    this.#max = Math.max(this.#max, year);
    this.#months.add(moment.month);
    this.#days.add(moment.day);
    this.#weekdays.add(weekdayOf(moment));
    if (this.#hours.size < 2) this.#hours.add(moment.hour);
  }

  /** Months and days that occur: one of them is a day of the month wherever it is always the same. */
  get varied(): { months: number; days: number } {
    return { months: this.#months.size, days: this.#days.size };
  }

  /** Those that vary, as far as they do and say something. */
  get parts(): DatePart[] {
    const mean = (this.#sums[0] as number) / this.count - this.#first;
    const std = Math.sqrt(Math.max(0, this.#squares / this.count - mean ** 2));
    const varies: Record<DatePart, boolean> = {
      // Years of float32 are some two hours apart.
      year: this.#min < this.#max && this.#max * 2 ** -24 <= std / 100,
      season: this.#months.size > 1 && this.#max - this.#min >= SEASON_YEARS,
      // The weekday of the first of a month says nothing of a month.
      weekday: this.#weekdays.size > 1 && this.#days.size > 1,
      hour: this.#hours.size > 1,
    };
    return DATE_PARTS.filter((part) => varies[part]);
  }

  meansOf(parts: readonly DatePart[]): number[] {
    let at = 0;
    return DATE_PARTS.flatMap((part) => {
      const names = partNames([part]);
      const sums = this.#sums.subarray(at, at + names.length);
      at += names.length;
      if (!parts.includes(part)) return [];
      return Array.from(sums, (sum) => (part === "weekday" ? 0 : sum / this.count));
    });
  }
}

/** Gathers the cells of a column that may be one of dates. */
export class DateSurvey {
  readonly #forms = new Map(DATE_FORMS.map((form) => [form, new Dates()] as const));
  #cells = 0;
  /** A date with marks, by which the order of its numbers is guessed where nothing decides it. */
  #example = "";

  /** @param text of a cell that is not missing; times: how many cells have it */
  add(text: string, times = 1): void {
    this.#cells += times;
    for (const [form, dates] of this.#forms) {
      const moment = parseDate(text, form);
      if (moment === null) continue;
      dates.add(moment, times);
      if (this.#example === "") this.#example = text;
    }
  }

  /** The column as an input without a name; null where too few cells are dates of one form. */
  result(): DateColumn | null {
    const count = (form: DateForm) => (this.#forms.get(form) as Dates).count;
    const [most] = [...DATE_FORMS].sort((a, b) => count(b) - count(a)) as [DateForm];
    const others = this.#cells - count(most);
    if (count(most) === 0 || (others > 1 && others > 0.05 * this.#cells)) return null;
    const isOpen = most === "dmy" && count("mdy") === count("dmy");
    const form = isOpen ? this.#guess() : most;
    const dates = this.#forms.get(form) as Dates;
    const { parts } = dates;
    return { form, parts, means: dates.meansOf(parts), isGuessed: isOpen, example: this.#example };
  }

  /**
   * The order of days and months where no number is above 12. What is always the same is the day, as in figures for months; else
   * slashes are taken as in the United States, and other marks as elsewhere.
   */
  #guess(): DateForm {
    const { months, days } = (this.#forms.get("dmy") as Dates).varied;
    if (days === 1 && months > 1) return "dmy";
    if (months === 1 && days > 1) return "mdy";
    return this.#example.includes("/") ? "mdy" : "dmy";
  }
}

/** What is found of a column of dates. */
export interface DateColumn extends Omit<DateInput, "name" | "kind"> {
  /** Whether nothing in the column decides which number is the day, and which the month. */
  readonly isGuessed: boolean;
  /** One of its dates. */
  readonly example: string;
}
