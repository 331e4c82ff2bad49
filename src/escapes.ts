/**
 * Characters that a terminal obeys instead of showing them: control characters, those that set the direction of writing, and
 * ends of lines and paragraphs.
 */
const OBEYED = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A text with escapes of JSON in the place of such characters, LF and tabs aside. What is JSON keeps its meaning. */
export function harmless(text: string): string {
  return text.replace(OBEYED, (character) => (/[\n\t]/.test(character) ? character : escapeOf(character)));
}

/** The same for a name, a path or a class, in one line: LF and tabs become escapes, too. */
export function oneLine(text: string): string {
  return text.replace(OBEYED, escapeOf);
}

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escapeOf(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
