/** The Gregorian calendar by arithmetic, for any year: a Date would bring the time zone of the machine. */

/** A day and a time of it, as a text says it: its offset from UTC does not count. */
export interface Moment {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  /** Of the month, from 1. */
  readonly day: number;
  /** From 0 to below 24, with minutes and seconds as a fraction; 0 where no time is known. */
  readonly hour: number;
}

/** Days of a year before each month, without 29 February. */
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365] as const;

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysIn(year: number, month: number): number {
  const days = (DAYS_BEFORE[month] as number) - (DAYS_BEFORE[month - 1] as number);
  return month === 2 && isLeap(year) ? days + 1 : days;
}

/**
 * A moment of these parts; hour 24 is the beginning of the next day.
 *
 * @returns null for a day that does not exist, such as 30 February
 */
export function momentOf(year: number, month: number, day: number, hour = 0): Moment | null {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return null;
  if (hour < 24) return { year, month, day, hour };
  if (hour > 24) return null;
  if (day < daysIn(year, month)) return { year, month, day: day + 1, hour: 0 };
  return month < 12
    ? { year, month: month + 1, day: 1, hour: 0 }
    : { year: year + 1, month: 1, day: 1, hour: 0 };
}

/** From 0, 1 January. */
function dayOfYear({ year, month, day }: Moment): number {
  return (DAYS_BEFORE[month - 1] as number) + day - 1 + Number(month > 2 && isLeap(year));
}

/** The share of the year that is over, from 0 to below 1. */
export function shareOfYear(moment: Moment): number {
  return (dayOfYear(moment) + moment.hour / 24) / (isLeap(moment.year) ? 366 : 365);
}

/** From 0, Monday. */
export function weekdayOf(moment: Moment): number {
  const before = moment.year - 1;
  // 1 January of the year 1 was a Monday.
  const days = 365 * before + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  return (((days + dayOfYear(moment)) % 7) + 7) % 7;
}
