/** What a program writes to a terminal: control sequences, or text. */
const ESCAPE = "\x1b";
const PARTS = new RegExp(`${ESCAPE}\\[(?:1A|K)|\r|\n|[^${ESCAPE}\r\n]+`, "g");

/** What a terminal shows at the end, of the few things that the command asks of it: \r, one line up, and the rest of a line cleared. */
export function shown(written: string): string {
  const lines: string[] = [""];
  let [row, column] = [0, 0];
  for (const [part] of written.matchAll(PARTS)) {
    if (part === "\n") row++;
    else if (part === "\r") column = 0;
    else if (part === "\x1b[1A") row--;
    else if (part === "\x1b[K") lines[row] = lines[row]!.slice(0, column);
    else {
      const line = (lines[row] ?? "").padEnd(column);
      lines[row] = line.slice(0, column) + part + line.slice(column + part.length);
      column += part.length;
    }
    lines[row] ??= "";
  }
  return lines.join("\n");
}
