/** Marks within numbers. */
import { expect } from "vitest";
import { type CommandHint, hasMean, LINE, LOUD, mean, optionsIn, range, table, withOptions } from "./hint.js";

export const WEIGHTS = range(24).map((i) => 3 * i + (i % 4) / 4);
export const comma = (value: number) => String(value).replace(".", ",");
/** 963 and 1,885. */
const SIZES = range(24).map((i) => 700 + 61 * i);
const grouped = (value: number) => value.toLocaleString("en-US");
const withoutCommas = (text: string) => text.replaceAll(/(?<=\d),(?=\d{3})/g, "");

export const MARKS: readonly CommandHint[] = [
  ...[";", "\t", "|"].map(
    (delimiter): CommandHint => ({
      words: "… reads numbers with …",
      name: `decimal commas between ${JSON.stringify(delimiter)}`,
      refused: {
        files: {
          "data.csv": table(["a", "y"].join(delimiter), 24, (i) => [comma(WEIGHTS[i]!), i].join(delimiter)),
        },
        line: LINE,
      },
      followed: withOptions(LINE),
      right: hasMean("a", mean(WEIGHTS)),
    }),
  ),
  {
    words: "… reads numbers with …",
    name: "decimal commas of three digits, below one",
    refused: { files: { "data.csv": table("a;b;y", 24, (i) => `0,${125 + i};${i};${i}`) }, line: LOUD },
    followed: withOptions(LINE),
    right: hasMean("a", 0.1365),
  },
  {
    words: "… reads numbers with …",
    name: "decimal commas in one column, and perhaps thousands in another, of which both readings are told",
    refused: {
      files: { "data.csv": table("a;b;y", 24, (i) => `${comma(WEIGHTS[i]!)};${grouped(2000 + 3 * i)};${i}`) },
      line: LOUD,
    },
    never: /--decimal , reads numbers with commas\)/,
    followed: (message) => {
      expect(message).toContain('(--decimal , reads numbers with commas, and 2,000 of "b" as 2)');
      return withOptions(LINE)(message.split("\n").find((each) => each.includes('"a"')) as string);
    },
    right: hasMean("a", mean(WEIGHTS)),
  },
  {
    words: "… reads numbers with …",
    name: "decimal points where the option says commas",
    refused: {
      files: { "data.csv": table("a;y", 24, (i) => `${WEIGHTS[i]};${i}`) },
      line: `${LINE} --decimal ,`,
    },
    followed: (message) => [{ line: `${LINE} ${optionsIn(message).join(" ")}` }],
    right: hasMean("a", mean(WEIGHTS)),
  },
  ...(
    [
      [";", (i: number) => `${grouped(SIZES[i]!)};${i}`],
      ["\t", (i: number) => `${grouped(SIZES[i]!)}\t${i}`],
      [",", (i: number) => `"${grouped(SIZES[i]!)}",${i}`],
    ] as const
  ).map(
    ([delimiter, row]): CommandHint => ({
      words: "its … seem to separate thousands: write its numbers without them",
      name: `thousands between ${JSON.stringify(delimiter)}`,
      refused: { files: { "data.csv": table(`a${delimiter}y`, 24, row) }, line: LINE },
      never: /--decimal/,
      followed: () => [
        { files: { "data.csv": withoutCommas(table(`a${delimiter}y`, 24, row)) }, line: LINE },
      ],
      right: hasMean("a", mean(SIZES)),
    }),
  ),
  {
    words: "its … seem to separate thousands: write its numbers without them",
    name: "thousands and points",
    refused: {
      files: { "data.csv": table("a;b;y", 24, (i) => `${grouped(1e6 + i)};${grouped(5000 + i)}.5;${i}`) },
      line: LINE,
    },
    never: /--decimal/,
    followed: () => [
      { files: { "data.csv": table("a;b;y", 24, (i) => `${1e6 + i};${5000.5 + i};${i}`) }, line: LINE },
    ],
    right: hasMean("b", 5012),
  },
  {
    words: "its … seem to separate thousands: write its numbers without them",
    name: "points between thousands where the option says commas",
    refused: {
      files: {
        "data.csv": table(
          "a;b;y",
          24,
          (i) => `${comma(WEIGHTS[i]!)};${grouped(SIZES[i]!).replace(",", ".")};${i}`,
        ),
      },
      line: `${LOUD} --decimal ,`,
    },
    never: /--decimal/,
    followed: () => [
      {
        files: { "data.csv": table("a;b;y", 24, (i) => `${comma(WEIGHTS[i]!)};${SIZES[i]};${i}`) },
        line: `${LINE} --decimal ,`,
      },
    ],
    right: hasMean("b", mean(SIZES)),
  },
  {
    words: "its … separate thousands or fractions: …",
    refused: { files: { "data.csv": table("a;y", 24, (i) => `${grouped(2000 + 3 * i)};${i}`) }, line: LINE },
    followed: (message) => {
      expect(message).toContain('--decimal , reads them as fractions, and 2,000 of "a" as 2)');
      return [{ files: { "data.csv": table("a;y", 24, (i) => `${2000 + 3 * i};${i}`) }, line: LINE }];
    },
    right: hasMean("a", 2034.5),
  },
  {
    words: "… reads them as fractions…",
    refused: { files: { "data.csv": table("a;y", 24, (i) => `${grouped(2000 + 3 * i)};${i}`) }, line: LINE },
    followed: withOptions(LINE),
    right: hasMean("a", 2.0345),
  },
  ...(
    [
      ["between commas", "a,b,y", (i: number) => `"${comma(WEIGHTS[i]!)}",${i},${i}`],
      ["beside points", "a;b;y", (i: number) => `${comma(WEIGHTS[i]!)};${i / 2};${i}`],
      ["beside points that are whole", "a;b;y", (i: number) => `${comma(WEIGHTS[i]!)};${i}.0;${i}`],
      ["beside thousands", "a;b;y", (i: number) => `1.${String(i + 100)},5;${i};${i}`],
    ] as const
  ).map(
    ([name, head, row]): CommandHint => ({
      words: "write its numbers with … for fractions, and nothing between thousands",
      name: `decimal commas ${name}`,
      refused: { files: { "data.csv": table(head, 24, row) }, line: LOUD },
      never: /--decimal/,
      followed: () => {
        const rewritten = (cell: string) =>
          cell
            .replace(/\.(?=\d{3},)/, "")
            .replace(",", ".")
            .replaceAll('"', "");
        const cells = (i: number) =>
          row(i)
            .match(/"[^"]*"|[^";]+/g)!
            .map(rewritten);
        const rows = table(head, 24, (i) =>
          head.includes(";")
            ? cells(i).join(";")
            : row(i).replaceAll(/"(\d+),?(\d*)"/g, (_, a, b) => (b ? `${a}.${b}` : a)),
        );
        return [{ files: { "data.csv": rows }, line: LINE }];
      },
      right: hasMean("a", name === "beside thousands" ? 1112 : mean(WEIGHTS)),
    }),
  ),
];
