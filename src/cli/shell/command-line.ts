import { parseArgs } from "node:util";
import { oneLine } from "../../escapes.js";
import { suggestion, UsageError } from "./failure.js";

/** An option of a command. */
export interface Option {
  /** What stands for its value in the help; without it, the option is a switch. */
  readonly value?: string;
  readonly help: string;
}

/** What a command takes. */
export interface Signature {
  readonly name: string;
  /** In the help: what it does, in one line. */
  readonly summary: string;
  /** Names of what has to be there besides options, in order. */
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  /** What to do instead of options that others would expect. */
  readonly instead?: Readonly<Record<string, string>>;
  /** Lines under the options in the help. */
  readonly notes?: string;
}

export interface Command {
  readonly signature: Signature;
  /** @param command the line as it was typed @returns the exit code @throws Failure */
  run(operands: readonly string[], given: Given, command: string): Promise<number>;
}

/** The values of options as they were given; a switch that is there is "". */
export type Given = Readonly<Record<string, string | undefined>>;

/** @throws UsageError for options that are unknown or lack a value, and for operands too few or too many */
export function parse(signature: Signature, args: readonly string[]): { operands: string[]; given: Given } {
  const { name, operands, options, instead = {} } = signature;
  const types = Object.entries(options).map(([key, { value }]) => [
    key,
    { type: value === undefined ? ("boolean" as const) : ("string" as const) },
  ]);
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(types),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const wrong = (what: string) => new UsageError(`rprop ${name}: ${what}`);
  const given: Record<string, string | undefined> = {};
  const found: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") found.push(token.value);
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) {
      const own = Object.hasOwn(instead, token.name) ? instead[token.name] : undefined;
      const advice = own ?? suggestion(token.name, Object.keys(options), "--");
      throw wrong(`unknown option ${oneLine(token.rawName)}${advice}`);
    }
    if (option.value === undefined && token.value !== undefined)
      throw wrong(`${token.rawName} takes no value`);
    const isOption = token.inlineValue === false && /^--\w/.test(token.value);
    if (option.value !== undefined && (!token.value || isOption)) {
      const isKnown = !token.value || Object.hasOwn(options, token.value.slice(2));
      const hint = isKnown ? "" : ` (or ${optionText(token.name, token.value)})`;
      throw wrong(`${token.rawName} needs a value: ${token.rawName} ${option.value}${hint}`);
    }
    if (given[token.name] !== undefined) throw wrong(`${token.rawName} is there twice`);
    given[token.name] = token.value ?? "";
  }
  const missing = operands[found.length];
  if (missing !== undefined) throw wrong(`${missing} is missing: ${usageOf(signature)}`);
  if (found.length > operands.length)
    throw wrong(`${JSON.stringify(found[operands.length])} is one too many: ${usageOf(signature)}`);
  return { operands: found, given };
}

function usageOf({ name, operands, options }: Signature): string {
  const required = Object.entries(options).filter(([, { help }]) => help.endsWith("(required)"));
  return [
    "rprop",
    name,
    ...operands,
    ...required.map(([key, { value }]) => `--${key} ${value}`),
    "[options]",
  ].join(" ");
}

/** For people: usage, summary, options, notes. */
export function helpOf(signature: Signature): string {
  const { summary, options, notes } = signature;
  const left = Object.entries(options).map(([key, { value }]) => `--${key}${value ? ` ${value}` : ""}`);
  const width = Math.max(...left.map((text) => text.length));
  const lines = Object.values(options).map(
    ({ help }, i) => `  ${(left[i] as string).padEnd(width)}  ${help}`,
  );
  return [`usage: ${usageOf(signature)}`, "", summary, "", ...lines, ...(notes ? ["", notes] : [])].join(
    "\n",
  );
}

/** A number that an option gives, or what it is without it. @throws UsageError for anything else */
export function numberOf<D>(
  given: Given,
  name: string,
  otherwise: D,
  expected: string,
  holds: (value: number) => boolean,
): number | D {
  const text = given[name];
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (text.trim() === "" || !holds(value))
    throw new UsageError(`--${name}: expected ${expected}, got ${JSON.stringify(text)}`);
  return value;
}

/** Texts between commas, each once, none of them empty; one that has a comma stands in quotes, as in CSV. */
export function listGiven(given: Given, name: string): string[] {
  const parts = (given[name] ?? "").match(/\s*"(?:[^"]|"")*"\s*|[^,]+/g) ?? [];
  return parts
    .map((part) => part.trim())
    .map((part) => (/^".*"$/s.test(part) ? part.slice(1, -1).replaceAll('""', '"') : part))
    .filter((text, i, all) => text !== "" && all.indexOf(text) === i);
}

/** As listGiven takes it. */
export function listed(texts: readonly string[]): string {
  const isPlain = (text: string) => !/[",]/.test(text) && text.trim() === text;
  return texts.map((text) => (isPlain(text) ? text : `"${text.replaceAll('"', '""')}"`)).join(",");
}

/** An option with its value, as a shell takes it. */
export function optionText(name: string, value: string): string {
  return `--${name}${/^--/.test(value) ? "=" : " "}${quoted(value)}`;
}

/** As a shell takes it for one word. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
