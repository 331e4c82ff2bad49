import { expect, test } from "vitest";
import { type CsvRowsOptions, csvRows } from "../../src/data/index.js";

const linesOf = (chunks: string | string[], options: CsvRowsOptions = {}) =>
  [...csvRows(chunks, options)].flatMap(({ lines }) => Array.from(lines));

const TEXT = "a,b\n1,2\n\n3,\n4,5\n \n6,7\n";

test("rows know the lines in which they begin, behind blank ones and those that are dropped", () => {
  expect(linesOf(TEXT, { missing: "keep" })).toEqual([2, 4, 5, 7]);
  expect(linesOf(TEXT, { missing: "drop" })).toEqual([2, 5, 7]);
  expect(linesOf(TEXT.replaceAll("\n", "\r\n"), { missing: "keep" })).toEqual([2, 4, 5, 7]);
});

test("with cells in quotes that have ends of lines, lines above the names, and comments", () => {
  const quoted = '# by hand\na title\na,b,c\n1,2,"x\ny"\n# no row\n3,4,z\n';
  const options: CsvRowsOptions = { x: ["a", "b"], skip: 2, comment: "#" };
  expect(linesOf(quoted, options)).toEqual([4, 7]);
  expect(linesOf(quoted.replace('"x\ny"', "x"), options)).toEqual([4, 6]);
});

test("wherever the text is cut", () => {
  for (let at = 0; at < TEXT.length; at++)
    expect(linesOf([TEXT.slice(0, at), TEXT.slice(at)], { missing: "keep" })).toEqual([2, 4, 5, 7]);
});

test("in every block of a large file", () => {
  const rows = Array.from({ length: 400_000 }, (_, i) => (i % 1000 === 0 ? `\n${i},1\n` : `${i},1\n`));
  const lines = linesOf(`a,b\n${rows.join("")}`);
  expect(lines).toHaveLength(400_000);
  expect(lines.at(-1)).toBe(400_401);
});
