const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * A number for people: so many significant digits at most, powers of ten where it is very small or large: 0.01235, −12.35, 1,235,
 * 1.235·10⁻⁷.
 */
export function number(value: number, significant = 4): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  const [mantissa, exponent] = size
    .toExponential(significant - 1)
    .split("e")
    .map(Number) as [number, number];
  const rounded = Number(`${mantissa}e${exponent}`);
  if (rounded === 0 || (rounded >= 1e-3 && rounded < 1e6)) {
    return sign + rounded.toLocaleString("en", { maximumSignificantDigits: significant });
  }
  return `${sign}${mantissa === 1 ? "" : `${mantissa}·`}${powerOfTen(exponent)}`;
}

function powerOfTen(exponent: number): string {
  const raised = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]);
  return `10${exponent < 0 ? "⁻" : ""}${raised.join("")}`;
}

/** The sign of a slope as a character: + − 0, or ? where there is none. */
export function signOf(value: number): string {
  return value > 0 ? "+" : value < 0 ? "−" : value === 0 ? "0" : "?";
}

/** 1 epoch, 1,234 epochs. */
export function count(number: number, thing: string): string {
  return `${number.toLocaleString("en")} ${thing}${number === 1 ? "" : "s"}`;
}

/** A share as 97.5 %. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A text that somebody wrote, cut short where it is long. */
export function brief(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
