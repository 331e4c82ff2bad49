/** A number in text that changes: 0.01235, 12.35, 1,235, 1.2 × 10⁻⁷. */
export function number(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return power(Number(value.toExponential(2)));
  if (size >= 1000) return Math.round(value).toLocaleString("en");
  return size === 0 ? "0" : value.toPrecision(4);
}

/** A round number beside an axis: 0.01, 5 × 10⁻⁷, 10⁻⁸. */
export function power(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e5)) return String(Number(value.toPrecision(12)));
  const [factor, exponent = ""] = value.toExponential().split("e");
  const raised = exponent
    .replace("+", "")
    .replace(/./g, (c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)] as string);
  return `${factor === "1" ? "" : `${factor} × `}10${raised}`;
}

/** Round numbers for a logarithmic axis, at most 8 of them: as many digits to a power of ten, or as few powers, as that allows. */
export function ratioTicks(low: number, high: number): number[] {
  const [bottom, top] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const ticks = (digits: number[], every: number) => {
    const powers = Array.from({ length: top - bottom + 1 }, (_, i) => bottom + i);
    return powers
      .filter((exponent) => exponent % every === 0)
      .flatMap((exponent) => digits.map((digit) => Number(`${digit}e${exponent}`)))
      .filter((tick) => tick >= low && tick <= high);
  };
  for (const digits of [
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 5],
  ]) {
    const found = ticks(digits, 1);
    if (found.length <= MOST_TICKS) return found;
  }
  return ticks([1], Math.ceil((top - bottom + 1) / MOST_TICKS));
}

const MOST_TICKS = 8;
