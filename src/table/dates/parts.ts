/** What a model is told of a date: numbers for each part of it. */
import { cos64, sin64 } from "../../random/elementary.js";
import { type Moment, shareOfYear, weekdayOf } from "./calendar.js";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** Two numbers that are near each other where two points of a cycle are. @param share of the cycle, from 0 to below 1 */
function onCircle(share: number): [sin: number, cos: number] {
  const angle = 2 * Math.PI * share;
  return [sin64(angle), cos64(angle)];
}

/** Each part of a date: the numbers that it becomes, and what they are called behind the name of the column. */
const PARTS = {
  year: {
    names: [".year"],
    numbers: (moment: Moment) => [moment.year + shareOfYear(moment)],
  },
  season: {
    names: [".season sin", ".season cos"],
    numbers: (moment: Moment) => onCircle(shareOfYear(moment)),
  },
  weekday: {
    names: WEEKDAYS.map((day) => `.weekday = ${day}`),
    numbers: (moment: Moment) => {
      const weekday = weekdayOf(moment);
      return WEEKDAYS.map((_, day) => Number(day === weekday));
    },
  },
  hour: {
    names: [".hour sin", ".hour cos"],
    numbers: ({ hour }: Moment) => onCircle(hour / 24),
  },
} as const;

/** A part of a date that a model can be told. */
export type DatePart = keyof typeof PARTS;

/** All of them, in the order of their columns of x. */
export const DATE_PARTS = Object.keys(PARTS) as readonly DatePart[];

/** What the columns of x are that some parts become, behind the name of the column. */
export function partNames(parts: readonly DatePart[]): string[] {
  return parts.flatMap((part) => PARTS[part].names);
}

/** The numbers that some parts of a moment become. */
export function partNumbers(parts: readonly DatePart[], moment: Moment): number[] {
  return parts.flatMap((part) => PARTS[part].numbers(moment));
}
