/** How cells are separated, and what is above them. */
import { expect } from "vitest";
import { type CommandHint, hasMean, LINE, optionsIn, table, withOptions } from "./hint.js";

const PAIRS = table("x y", 24, (i) => `${i}.5 ${i}`);
const R = table('"a" "y"', 24, (i) => `"row ${i}" ${i / 2} ${i}`);
const BACKSLASHES = table('"t","a","y"', 24, (i) => `"${i % 2 ? 'say \\"hi\\"' : "plain"}",${i},${i}`);
const ALIGNED = table("", 24, (i) => `  ${String(i / 2).padStart(5)}  ${String(-i).padEnd(4)}`).slice(1);

export const DIALECTS: readonly CommandHint[] = [
  {
    words: "its cells seem to be separated by blanks (…)",
    refused: { files: { "data.csv": PAIRS }, line: LINE },
    followed: withOptions(LINE),
    right: hasMean("x", 12),
  },
  {
    words: "its cells seem to be separated by blanks (…)",
    name: "a table by blanks whose names are numbers of columns",
    refused: { files: { "data.csv": PAIRS.slice(4) }, line: LINE.replace("y", "2 --no-header") },
    followed: withOptions(LINE.replace("y", "2 --no-header")),
    right: hasMean("1", 12),
  },
  {
    words: "its cells seem to be separated by blanks (…)",
    name: "a table by blanks, to be predicted",
    refused: {
      files: { "data.csv": PAIRS.replaceAll(" ", ","), "new.csv": PAIRS },
      line: `${LINE} > /dev/null; rprop predict model.safetensors new.csv`,
    },
    followed: withOptions("rprop predict model.safetensors new.csv"),
  },
  {
    words: "a name is missing: add it … the others",
    name: "a table of R",
    refused: { files: { "data.csv": R }, line: `${LINE} --delimiter ' '` },
    followed: () => [
      { files: { "data.csv": R.replace('"a"', '"name" "a"') }, line: `${LINE} --delimiter ' '` },
    ],
    right: hasMean("a", 5.75),
  },
  {
    words: "its cells seem to be separated by blanks (…)",
    name: "a table of R, of which a name is missing, too",
    refused: { files: { "data.csv": R }, line: LINE },
    followed: (message) => [
      {
        files: { "data.csv": R.replace('"a"', '"name" "a"') },
        line: `${LINE} ${optionsIn(message).join(" ")}`,
      },
    ],
    right: hasMean("a", 5.75),
  },
  {
    words: "a name is missing: add it … the others",
    name: "rows that end with a delimiter",
    refused: { files: { "data.csv": table("a,y", 24, (i) => `${i},${i},`) }, line: LINE },
    followed: (message) => {
      expect(message).toContain("behind the others");
      return [{ files: { "data.csv": table("a,y,", 24, (i) => `${i},${i},`) }, line: LINE }];
    },
    right: hasMean("a", 11.5),
  },
  ...["", " --delimiter ' '"].map(
    (option): CommandHint => ({
      words: "its cells seem to be separated by several blanks: write a tab for them",
      refused: { files: { "data.csv": ALIGNED }, line: `${LINE.replace("y", "2 --no-header")}${option}` },
      never: /--delimiter/,
      followed: () => [
        {
          files: { "data.csv": ALIGNED.replaceAll(/^ +| +$/gm, "").replaceAll(/ +/g, "\t") },
          line: LINE.replace("y", "2 --no-header"),
        },
      ],
      right: hasMean("1", 5.75),
    }),
  ),
  ...[
    BACKSLASHES,
    table('"t","a","y"', 24, (i) => `"${i === 20 ? '5\\" disk' : "plain"}",${i},${i}`),
    table('"t","a","y"', 2000, (i) => `"${i === 1999 ? '\\"' : "plain"}",${i % 24},${i}`),
    table('"a","y","t"', 24, (i) => `${i},${i},"${i === 23 ? 'x\\"' : "plain"}"`),
  ].map(
    (file): CommandHint => ({
      words: 'write "" for each \\" within its cells',
      refused: { files: { "data.csv": file }, line: LINE },
      followed: () => [{ files: { "data.csv": file.replaceAll('\\"', '""') }, line: LINE }],
    }),
  ),
  ...["# made by hand\n", "A title\n\n", "A title\nof two lines\n"].map(
    (above): CommandHint => ({
      words: "remove what stands above the names",
      refused: {
        files: { "data.csv": above + table("a,b,y", 24, (i) => `${i},x${i % 2},${i}`) },
        line: LINE,
      },
      followed: () => [
        { files: { "data.csv": table("a,b,y", 24, (i) => `${i},x${i % 2},${i}`) }, line: LINE },
      ],
      right: hasMean("a", 11.5),
    }),
  ),
  {
    words: "(is … meant?)",
    name: "a column that is called otherwise than in the model",
    refused: {
      files: { "data.csv": table("price,y", 24, (i) => `${i},${i}`), "new.csv": "Price,y\n1,2\n" },
      line: `${LINE} > /dev/null; rprop predict model.safetensors new.csv`,
    },
    followed: (message) => {
      const [, wanted, there] = /column "(.+?)".*\(is "(.+)" meant\?\)/.exec(message) as unknown as string[];
      const files = { "new.csv": "Price,y\n1,2\n".replace(there!, wanted!) };
      return [{ files, line: "rprop predict model.safetensors new.csv" }];
    },
  },
];
