/** How messages and notes name an option of trainTable, so that command and page can name their own. */
export type OptionText = (name: string, value?: unknown) => string;

/** As a program writes it: `task: "regress"`. */
export const optionInProgram: OptionText = (name, value) =>
  value === undefined ? `option "${name}"` : `${name}: ${JSON.stringify(value)}`;

/** So many names, quoted, and how many more there are. */
export function listOfNames(names: readonly string[], shown: number): string {
  const quoted = names.slice(0, shown).map((name) => JSON.stringify(name));
  const more = names.length - quoted.length;
  return quoted.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** What is said where a loss is not finite. */
export function tooLarge(optionText: OptionText): string {
  return `numbers are too large for float32: give them in larger units, such as millions, or leave a column out (${optionText("ignore")})`;
}
