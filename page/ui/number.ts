const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** 10 to a whole power, as people write it. */
export function powerOfTen(exponent: number): string {
  const raised = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]);
  return `10${exponent < 0 ? "⁻" : ""}${raised.join("")}`;
}

/** A number for people: so many significant digits at most, powers of ten where it is very small or large. */
export function digits(value: number, significant = 4): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  if (size === 0 || (size >= 1e-3 && size < 1e5)) {
    return sign + String(Number(size.toPrecision(significant)));
  }
  const [mantissa, exponent] = size.toExponential(significant - 1).split("e") as [string, string];
  const factor = Number(mantissa) === 1 ? "" : `${Number(mantissa)}·`;
  return `${sign}${factor}${powerOfTen(Number(exponent))}`;
}

/** The sign of a slope as a character: + − 0, or ? where there is none. */
export function signOf(value: number): string {
  return value > 0 ? "+" : value < 0 ? "−" : value === 0 ? "0" : "?";
}
