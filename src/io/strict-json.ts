import { Phrase } from "../errors.js";
import { malformed } from "./format-error.js";

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
    throw malformed(where, "JSON", new Phrase((error as Error).message), error);
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
  const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g;
  for (const [found, colon] of text.matchAll(token)) {
    if (found === "{") open.push(new Set());
    else if (found === "}") open.pop();
    else if (colon !== undefined) {
      const name: string = JSON.parse(found.slice(0, -colon.length));
      const names = open.at(-1) as Set<string>;
      if (name === "__proto__")
        throw malformed(where, "names of its own", new Phrase('the name "__proto__"'));
      if (names.has(name))
        throw malformed(where, "each name once", new Phrase(`${JSON.stringify(name)} twice`));
      names.add(name);
    }
  }
}
