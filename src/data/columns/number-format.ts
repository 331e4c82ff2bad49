import type { Point } from "../csv/number.js";

/** How the numbers of a column are written. */
export interface NumberFormat {
  /** What separates fractions. */
  readonly decimal: Point;
  /** What separates groups of three digits; " " is any kind of space; "" where nothing does. */
  readonly thousands: "" | "," | "." | " " | "'";
  /** What stands in front of numbers or behind them, such as "$", "€", "EUR" or "%"; "" where nothing does. */
  readonly unit: string;
}
