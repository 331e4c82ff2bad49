/** The names of a file's columns. */
import { trimmed } from "../cells/number.js";
import type { Cells } from "../records/records.js";

interface Names {
  readonly names: readonly string[];
  /** What is unusual about them, in sentences. */
  readonly notes: readonly string[];
}

/** The names that cells say. A column without one gets one that no other has, and so does one whose name another has. */
export function namesIn(cells: Cells): Names {
  const written = cells.map(trimmed);
  const notes: string[] = [];
  const taken = new Set(written);
  const counts = new Map<string, number>();
  const names = written.map((name, i) => {
    if (name === "") return unusedName(`${i + 1}`, taken);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : "";
  });
  const seen = new Map<string, number>();
  const unique = names.map((name, i) => {
    if (name !== "") return name;
    const twin = written[i] as string;
    let number = seen.get(twin) ?? 1;
    let own: string;
    do own = `${twin} (${++number})`;
    while (taken.has(own));
    seen.set(twin, number);
    taken.add(own);
    notes.push(
      `More than one column has the name ${JSON.stringify(twin)}: column ${i + 1} is called ${JSON.stringify(own)}.`,
    );
    return own;
  });
  return { names: unique, notes };
}

function unusedName(number: string, taken: Set<string>): string {
  let own = number;
  while (taken.has(own)) own = `column ${own}`;
  taken.add(own);
  return own;
}

/** What is said where names are fewer than columns. @param cells those of the line with names */
export function shortNote(cells: Cells, names: readonly string[]): string[] {
  if (names.length === cells.length) return [];
  const isFirst = trimmed(cells[0] as string) !== names[0];
  const place = isFirst ? "first" : "last";
  return [`The ${place} column has no name: it is called ${JSON.stringify(names.at(isFirst ? 0 : -1))}.`];
}
