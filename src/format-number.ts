/** Numbers as text: for people, and so that they read back as the same float32. */

/** A number for people, in a width of eight characters or so: 1234567, 12.35, 0.001235, 1.24e-10, NaN. */
export function formatNumber(value: number, count = 4): string {
  const size = Math.abs(value);
  if (size === 0 || !Number.isFinite(size)) return String(value);
  if (size < 1e-3 || size >= 1e7) return value.toExponential(2).replace("e+", "e");
  return size < 10 ** (count - 1) ? value.toPrecision(count) : value.toFixed(0);
}

/** A text whose numbers of four digits and more before the point are set as 1,234. */
export function withThousands(text: string): string {
  return text.replace(/(?<![\w.])\d{4,}/g, (number) => number.replace(/\B(?=(\d{3})+$)/g, ","));
}

/** The shortest decimal, as JavaScript writes numbers, that rounds to this float32. */
export function shortest(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return "-0";
  for (let digits = 1; ; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === value) return String(decimal).replace(/^(-?)0\./, "$1."); // 9 digits always suffice
  }
}

/** A prediction of a model: a float32 in the fewest digits that are read as it, a category as it is written. */
export function predictionText(value: number | string): string {
  return String(typeof value === "number" && Math.fround(value) === value ? Number(shortest(value)) : value);
}
