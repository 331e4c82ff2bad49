/** What code in any language needs. */
import { wrongType, wrongValue } from "../errors.js";
import { checkOptions } from "../options.js";

/** The options of {@link toC} and {@link toJavaScript}. */
export interface CodeOptions {
  /** What the function is called: letters, digits and _, a letter first, in JavaScript and in C no word with a meaning. Default "predict". */
  name?: string;
}

/** Functions of a library by name, in an order in which none needs a later one. */
export type Functions = Readonly<Record<string, string>>;

/** Those functions that code needs, and those that they need, in order. */
export function neededBy(code: string, library: Functions): string[] {
  const needed: string[] = [];
  let callers = code;
  for (const [name, text] of Object.entries(library).reverse()) {
    if (!has(callers, name)) continue;
    needed.unshift(text);
    callers += text;
  }
  return needed;
}

function has(code: string, word: string): boolean {
  return new RegExp(`\\b${word}\\b`).test(code);
}

/** Of JavaScript's modules and of C. */
const KEYWORDS = new Set(
  `arguments auto await break case catch char class const continue debugger default delete do double else enum eval export
  extends extern false finally float for function goto if implements import in inline instanceof int interface let long
  main new null package private protected public register restrict return short signed sizeof static struct super switch
  this throw true try typedef typeof union unsigned var void volatile while with yield Infinity NaN undefined NAN
  INFINITY`.split(/\s+/),
);

/** Names of <stdint.h> and <string.h>, of which the code includes some. */
const OF_HEADERS = /^(u?int(_least|_fast|max|ptr)?\d*_t|size_t|(mem|str)[a-z]+)$/;

/** @param code in which the name is to be free */
export function nameFrom(options: CodeOptions, code: string): string {
  checkOptions("options", options, ["name"]);
  const { name = "predict" } = options;
  if (typeof name !== "string") throw wrongType("name", "a name for the function", name);
  if (!/^[a-z]\w*$/i.test(name) || KEYWORDS.has(name) || OF_HEADERS.test(name))
    throw wrongValue("name", "a name that functions can have in JavaScript and in C", name);
  if (has(code, name)) throw wrongValue("name", "a name that the code does not need itself", name);
  return name;
}

/** Numbers between brackets, on one line or on several of about 110 characters. */
export function list(open: string, numbers: readonly string[], close: string): string {
  const lines: string[] = [];
  for (const number of numbers) {
    const line = lines.pop();
    if (line !== undefined && line.length + number.length < 106) lines.push(`${line}, ${number}`);
    else lines.push(...(line === undefined ? [] : [line]), number);
  }
  return lines.length === 1 ? open + lines[0] + close : `${open}\n  ${lines.join(",\n  ")}\n${close}`;
}
