/**
 * Units of hidden layers as a person writes them.
 *
 * @param text units between commas, such as "32,16", or "none"
 * @returns what `hidden` of trainTable takes; null for any other text
 * @throws TypeError for what is no text
 * @example
 * import { hiddenUnits } from "rprop/table";
 * console.log(hiddenUnits("32,16"), hiddenUnits("none"), hiddenUnits("8x8")); // [ 32, 16 ] [] null
 */
export function hiddenUnits(text: string): number[] | null {
  if (text.trim() === "none") return [];
  const units = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  return units.every((count) => Number.isSafeInteger(count) && count > 0) ? units : null;
}
