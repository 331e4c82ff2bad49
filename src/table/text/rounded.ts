/** Numbers with the digits that their error allows. */
import { formatNumber, withThousands } from "../../format-number.js";

/** Digits after the point, such that the error has two digits that count. */
function decimalsFor(error: number): number {
  return Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(error))));
}

/** A number in four digits; a large one in all those in front of its point, as far as float64 has them, rather than as 7.28e7. */
export function numberText(value: number): string {
  const isLarge = Math.abs(value) >= 1e7 && Math.abs(value) < 1e15;
  return withThousands(isLarge ? String(Math.round(value)) : formatNumber(value));
}

/**
 * A number and its standard error, such as 290 ± 11; with four digits where no error is known.
 *
 * @param isShown whether the error is written behind the number
 */
export function withError(value: number, error: number | null, isShown = true): string {
  if (error === null || !(error > 0) || !Number.isFinite(value) || Math.abs(value) >= 1e15)
    return numberText(value);
  if (error >= 100) {
    const unit = 10 ** (Math.floor(Math.log10(error)) - 1);
    const rounded = (each: number) => withThousands(String(Math.round(each / unit) * unit));
    return isShown ? `${rounded(value)} ± ${rounded(error)}` : rounded(value);
  }
  const decimals = decimalsFor(error);
  if (decimals > 8)
    return isShown ? `${value.toPrecision(3)} ± ${error.toPrecision(2)}` : value.toPrecision(3);
  const text = withThousands(withoutMinusZero(value.toFixed(decimals)));
  return isShown ? `${text} ± ${error.toFixed(decimals)}` : text;
}

/** A count of rows; a mean of counts with one digit behind the point. */
export function countText(count: number): string {
  return withThousands(Number.isInteger(count) ? String(count) : count.toFixed(1));
}

export function percentText(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}

/** A share and its standard error in percent, such as 97.1 ± 1.4 %. */
export function percentWithError(share: number, error: number | null, isShown = true): string {
  if (error === null || !(error > 0)) return percentText(share);
  const decimals = Math.min(2, decimalsFor(100 * error));
  const text = (100 * share).toFixed(decimals);
  return isShown ? `${text} ± ${(100 * error).toFixed(decimals)} %` : `${text} %`;
}

function withoutMinusZero(text: string): string {
  return /^-[0.]*$/.test(text) ? text.slice(1) : text;
}
