import type { OptionText } from "../../table/wording.js";
import { listed, optionText } from "./command-line.js";

/** What the command calls some options of the library. */
const NAMES: Readonly<Record<string, string>> = { missingValues: "missing" };

/** Options as they are typed. */
export const typedOption: OptionText = (name, value) => {
  const key = NAMES[name] ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (value === undefined || value === true) return `--${key}`;
  return optionText(key, Array.isArray(value) ? listed(value) : String(value));
};
