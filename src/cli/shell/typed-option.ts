import type { OptionText } from "../../table/wording.js";
import { listed, optionText } from "./command-line.js";
import { UsageError } from "./failure.js";

/** What the command calls some options of the library. */
const NAMES: Readonly<Record<string, string>> = { missingValues: "missing" };

/** Options as they are typed. */
export const typedOption: OptionText = (name, value) => {
  const key = NAMES[name] ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (value === undefined || value === true) return `--${key}`;
  return optionText(key, Array.isArray(value) ? listed(value) : String(value));
};

/** What a check of the library gives back. @throws UsageError, in which the option is named as it is typed */
export function checkedAsTyped<Result>(check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    const message = error.message.replace(/^"(\w+)"/, (_, name) => typedOption(name));
    throw new UsageError(message, { cause: error });
  }
}

/** A text that is no number stays as it is, so that the check of the option shows it. */
export function numberIn(text: string | undefined): number | string | undefined {
  return text === undefined || text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
}
