import { Verbatim } from "../errors.js";
import { malformed } from "../format-error.js";

/**
 * JSON.parse for text from elsewhere.
 *
 * @throws FormatError for what is no JSON, and for what JSON.parse takes silently: a name twice in one object, of which the
 * last would count, and the name __proto__
 */
export function parseStrictly(where: string, text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed(where, "JSON", new Verbatim((error as Error).message), error);
  }
  checkNames(where, text);
  return value;
}

/** An object that came from JSON, not null and no array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** text is known to be JSON: so a string with a colon behind it is a name of the innermost object. */
function checkNames(where: string, text: string): void {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "{") open.push(new Set());
    else if (character === "}") open.pop();
    if (character !== '"') continue;
    const start = at;
    at = endOfString(text, at);
    if (!isName(text, at)) continue;
    const name: string = JSON.parse(text.slice(start, at + 1));
    const names = open.at(-1) as Set<string>;
    if (name === "__proto__")
      throw malformed(where, "names of its own", new Verbatim('the name "__proto__"'));
    if (names.has(name))
      throw malformed(where, "each name once", new Verbatim(`${JSON.stringify(name)} twice`));
    names.add(name);
  }
}

/** Where the quote stands that closes the string which begins at a place. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at;
  }
}

const COLON = /\s*:/y;

function isName(text: string, end: number): boolean {
  COLON.lastIndex = end + 1;
  return COLON.test(text);
}
