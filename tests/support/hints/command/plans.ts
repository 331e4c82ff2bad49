/** What is learnt, and from what. */
import { expect } from "vitest";
import { type CommandHint, LINE, LOUD, table, withOptions } from "./hint.js";

const FEW = table("a,b,y", 400, (i) => `${i},t${i % 150},${i}`);
const CODES = table("a,y", 60, (i) => `${i},${i % 3}`);

const UNTOLD = table("day,y", 60, (i) => `${1 + (i % 12)}/${1 + (i % 11)}/20${20 + (i % 3)},${i}`);
const WITH_ZERO = table("a,y", 60, (i) => `${i % 7},${i}`);

export const PLANS: readonly CommandHint[] = [
  {
    words: "; where that is wrong, write dates as 2024-03-01",
    refused: { files: { "data.csv": UNTOLD }, line: LOUD },
    followed: () => [
      {
        line: LOUD,
        files: {
          "data.csv": UNTOLD.replace(
            /(\d+)\/(\d+)\/(\d+)/g,
            (_, day, month, year) => `${year}-${month}-${day}`,
          ),
        },
      },
    ],
    right: (_, info) => expect(info?.inputs[0]).toMatchObject({ kind: "date", form: "ymd" }),
  },
  {
    words: "columns other than the target, of which … makes classes",
    refused: { files: { "data.csv": CODES }, line: `${LINE} --categorical y` },
    followed: () => [{ line: `${LINE} --task classify` }],
    right: (_, info) => expect(info?.target.kind).toBe("category"),
  },
  {
    words:
      "has no logarithm everywhere: … is not above 0; leave out …, or add a constant to the column that makes all of it positive",
    refused: { files: { "data.csv": WITH_ZERO }, line: `${LINE} --log` },
    followed: () => [
      { line: LINE },
      {
        line: `${LINE} --log`,
        files: { "data.csv": WITH_ZERO.replace(/,(\d+)$/gm, (_, y) => `,${Number(y) + 1}`) },
      },
    ],
    right: (_, info) => expect(info?.target.kind).toBe("number"),
  },
  {
    words: "… (… takes it as an input)",
    refused: {
      files: { "data.csv": FEW.replace(/,t\d+/g, ",t") },
      line: LOUD.replace(" --keep-row-numbers", ""),
    },
    followed: () => [{ line: LINE }],
    right: (_, info) => expect(info?.inputs.map(({ name }) => name)).toEqual(["a"]),
  },
  {
    words: "; … takes them",
    refused: { files: { "data.csv": FEW }, line: LOUD },
    followed: withOptions(LINE),
    right: (_, info) =>
      expect(info?.inputs.map((input) => input.categories?.length)).toEqual([undefined, 150]),
  },
  {
    words: "; … takes its texts as classes",
    refused: {
      files: { "data.csv": table("a,y", 60, (i) => `${i},${i % 20}${i % 4 === 3 ? "x" : ""}`) },
      line: LINE,
    },
    followed: withOptions(LINE),
    right: (_, info) => expect(info?.target.categories.length).toBe(20),
  },
  {
    words: "; … takes them as classes",
    refused: { files: { "data.csv": table("a,y", 30, (i) => `${i},t${i}`) }, line: LINE },
    followed: withOptions(LINE),
    right: (_, info) => expect(info?.target.categories.length).toBe(30),
  },
  {
    words: "; … takes it as a quantity",
    refused: { files: { "data.csv": CODES }, line: LOUD },
    followed: withOptions(LINE),
    right: (_, info) => expect(info?.target.kind).toBe("number"),
  },
  {
    words: "is learnt as a number (…)",
    refused: {
      files: { "data.csv": table("a,y", 60, (i) => `${i},${i}`) },
      line: `${LINE} --loss crossentropy`,
    },
    followed: (message) =>
      message
        .trim()
        .split("there is ")[1]!
        .split(", ")
        .map((loss) => ({ line: `${LINE} --loss ${loss}` })),
  },
  {
    words: "has classes (…)",
    refused: { files: { "data.csv": CODES }, line: `${LINE} --loss mse` },
    followed: (message) => [{ line: `${LINE} --loss ${message.trim().split("there is ")[1]}` }],
  },
  {
    words: "has classes that are one number in float32: give them other names",
    refused: {
      files: { "data.csv": table("a,y", 60, (i) => `${i},${i % 2 ? 0 : "1e-50"}`) },
      line: `${LINE} --task classify`,
    },
    followed: () => [
      {
        files: { "data.csv": table("a,y", 60, (i) => `${i},${i % 2 ? "none" : "some"}`) },
        line: `${LINE} --task classify`,
      },
    ],
  },
  {
    words: "has numbers too small for float32: give them in smaller units",
    refused: { files: { "data.csv": table("a,y", 60, (i) => `${i},${i}e-30`) }, line: LINE },
    followed: () => [{ files: { "data.csv": table("a,y", 60, (i) => `${i},${i}`) }, line: LINE }],
  },
  {
    words: "give them in larger units…",
    refused: { files: { "data.csv": table("a,b,y", 60, (i) => `${i},${i},${i}e38`) }, line: LINE },
    followed: () => [{ files: { "data.csv": table("a,b,y", 60, (i) => `${i},${i},${i}e8`) }, line: LINE }],
  },
  {
    words: ", or leave the column out (…)",
    refused: { files: { "data.csv": table("a,b,y", 60, (i) => `${i},${i}e38,${i}`) }, line: LINE },
    followed: (message) => {
      const [, name] = /"(.+?)" has numbers too large/.exec(message) as unknown as string[];
      return [{ line: `${LINE} --ignore ${name}` }];
    },
    right: (_, info) => expect(info?.inputs.map(({ name }) => name)).toEqual(["a"]),
  },
  {
    words: "give them in larger units, such as millions, or leave a column out (…)",
    refused: { files: { "data.csv": table("a,y", 60, (i) => `${i},${i}e35`) }, line: LINE },
    followed: () => [{ files: { "data.csv": table("a,y", 60, (i) => `${i},${i}`) }, line: LINE }],
  },
  {
    words: "subtract a number near their middle first",
    refused: { files: { "data.csv": table("a,y", 60, (i) => `${i},${1_700_000_000 + i}`) }, line: LINE },
    followed: (message) => {
      const [, least, largest] = /from (\d+) to (\d+)/.exec(message)!.map(Number) as [number, number, number];
      const midst = Math.round((least + largest) / 2);
      return [
        { files: { "data.csv": table("a,y", 60, (i) => `${i},${1_700_000_000 + i - midst}`) }, line: LINE },
      ];
    },
  },
];
