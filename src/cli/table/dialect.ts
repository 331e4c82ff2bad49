/** What a file seems to be that is not read as it was meant: its lines are tried in other ways, and what works is told. */
import { createReadStream } from "node:fs";
import { parseNumber } from "../../data/csv/number.js";
import { type CsvOptions, readCsv, type Table } from "../../data/index.js";
import { optionText } from "../shell/command-line.js";
import { isFormatError } from "../shell/failure.js";

/** What is tried: lines, of so many bytes or a little more. */
const LINES = 50;
const BYTES = 2 ** 16;
const LF = 10;

/**
 * What would help, behind a message about a file; "" where nothing is known.
 *
 * @param line that was refused, or 1
 */
export async function dialectHint(path: string, csv: CsvOptions, line: number): Promise<string> {
  const head = await linesOf(path, 1);
  if (head.length < 2) return "";
  const refused = line === 1 ? head : await linesOf(path, line);
  const hint =
    backslashes(refused, csv) ?? blanks(head, csv) ?? linesAbove(head, csv) ?? missingName(head, csv);
  return hint === null ? "" : `: ${hint}`;
}

/** Lines that are not blank, from one on; none where they are no text in UTF-8, or the file cannot be read. */
async function linesOf(path: string, first: number): Promise<string[]> {
  const pieces: Uint8Array[] = [];
  try {
    let [line, bytes] = [1, 0];
    for await (const chunk of createReadStream(path)) {
      let at = 0;
      for (; line < first; line++) {
        at = chunk.indexOf(LF, at) + 1;
        if (at === 0) break;
      }
      if (line < first) continue;
      pieces.push(chunk.subarray(at));
      bytes += chunk.length - at;
      if (bytes >= BYTES) break;
    }
    const all = Buffer.concat(pieces);
    const end = bytes < BYTES ? all.length : all.lastIndexOf(LF);
    const text = new TextDecoder("utf-8", { fatal: true }).decode(all.subarray(0, Math.max(end, 0)));
    return text
      .split(/\r?\n/)
      .filter((each) => each.trim() !== "")
      .slice(0, LINES);
  } catch {
    return [];
  }
}

/** null where they are no table. */
function tableOf(lines: readonly string[], csv: CsvOptions): Table | null {
  try {
    return readCsv(lines.join("\n"), { ...csv, missing: "keep" });
  } catch (error) {
    if (isFormatError(error)) return null;
    throw error;
  }
}

const widthOf = (lines: readonly string[], csv: CsvOptions) => tableOf(lines, csv)?.names.length ?? 0;

function backslashes(lines: readonly string[], csv: CsvOptions): string | null {
  const rows = { ...csv, header: false };
  const doubled = lines.map((line) => line.replaceAll('\\"', '""'));
  if (widthOf(lines, rows) > 0 || widthOf(doubled, rows) === 0) return null;
  return 'write "" for each \\" within its cells';
}

/** For cells that are one, and several where blanks separate them. */
function blanks(lines: readonly string[], csv: CsvOptions): string | null {
  if (widthOf(lines, csv) > 1) return null;
  const isCut = (some: readonly string[], options: CsvOptions) =>
    widthOf(some, options) > 1 || missingName(some, options) !== null;
  const collapsed = lines.map((line) => line.trim().replaceAll(/[ \t]+/g, " "));
  const isSingle = collapsed.every((line, i) => line === lines[i] || line.includes('"'));
  const atBlanks = { ...csv, delimiter: " " };
  if (isSingle)
    return csv.delimiter !== " " && isCut(lines, atBlanks)
      ? `its cells seem to be separated by blanks (${optionText("delimiter", " ")})`
      : null;
  return isCut(collapsed, atBlanks)
    ? "its cells seem to be separated by several blanks: write a tab for them"
    : null;
}

/** For lines of one cell, such as a title, above what has names and numbers. */
function linesAbove(lines: readonly string[], csv: CsvOptions): string | null {
  if (csv.header === false || widthOf(lines, csv) > 1) return null;
  const count = lines.findIndex((line) => widthOf([line], { ...csv, header: false }) > 1);
  const table = count < 1 ? null : tableOf(lines.slice(count), csv);
  const hasNames = table?.names.every((name) => parseNumber(name) === null);
  const hasNumbers = [...(table?.columns.values() ?? [])].some((column) => column instanceof Float64Array);
  return hasNames && hasNumbers ? "remove what stands above the names" : null;
}

/** For names that are one fewer than the cells below them. */
function missingName([names, ...rows]: readonly string[], csv: CsvOptions): string | null {
  if (csv.header === false || names === undefined || widthOf([names, ...rows], csv) > 0) return null;
  const table = tableOf(rows, { ...csv, header: false });
  const width = widthOf([names], { ...csv, header: false });
  if (table === null || table.names.length < 2 || width !== table.names.length - 1) return null;
  const last = Array.from(table.labels(table.names.at(-1) as string));
  const isBehind = last.every((cell) => cell === "" || Number.isNaN(cell));
  return `a name is missing: add it ${isBehind ? "behind" : "in front of"} the others`;
}
