import type { DescribedColumn } from "../../data/index.js";
import { TableError } from "../table-error.js";

/** @param otherwise what else helps @throws TableError for numbers that float32 does not have */
export function checkFits(column: DescribedColumn, otherwise: string): void {
  if (column.kind !== "number") return;
  const extreme = -column.min > column.max ? column.min : column.max;
  if (Math.abs(Math.fround(extreme)) < Infinity || Number.isNaN(extreme)) return;
  throw new TableError(
    `${JSON.stringify(column.name)} has numbers too large for float32, such as ${extreme}: give them in larger units${otherwise}`,
  );
}

/** What is lost where float32 cannot tell numbers apart that lie far from 0 and near each other, or null. */
export function lostDigits(column: DescribedColumn): string | null {
  if (column.kind !== "number" || column.min === column.max) return null;
  const { min, max, std } = column;
  const rounding = Math.max(-min, max) * 2 ** -24;
  if (!(rounding > std / 100)) return null;
  return `float32 cannot tell its numbers apart, from ${min} to ${max}: subtract a number near their middle first`;
}
