/** The shortest decimal, as JavaScript writes numbers, that rounds to this float32. */
export function shortest(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return "-0";
  for (let digits = 1; ; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === value) return String(decimal).replace(/^(-?)0\./, "$1."); // 9 digits always suffice
  }
}
