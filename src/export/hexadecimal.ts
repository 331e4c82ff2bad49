/** A float32 as C writes it exactly: 0x1.8p+1f is 3. */
export function hexadecimal(value: number): string {
  if (Number.isNaN(value)) return "NAN";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  if (Math.abs(value) === Infinity) return `${sign}INFINITY`;
  if (value === 0) return `${sign}0.0f`;
  const [bits = 0] = new Uint32Array(Float32Array.of(value).buffer);
  const exponent = (bits >> 23) & 255;
  const fraction = ((bits & 0x7fffff) * 2).toString(16).padStart(6, "0").replace(/0+$/, "");
  const digits = `${exponent === 0 ? 0 : 1}${fraction === "" ? "" : `.${fraction}`}`;
  const power = Math.max(exponent, 1) - 127; // subnormal numbers have the exponent of the smallest normal one
  return `${sign}0x${digits}p${power < 0 ? "" : "+"}${power}f`;
}
