import { expect } from "vitest";

/** Files to be written (null: removed), and a line of a shell. */
export interface Setup {
  readonly files?: Readonly<Record<string, string | null>>;
  readonly line: string;
}

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `rprop info --json` says of the model, or null. */
export type Info = {
  inputs: { name: string; kind: string; mean: number; classes: string[] }[];
  target: { name: string; kind: string; classes: string[] };
  baseline: number;
  rows: { training: number; held: number };
  architecture: unknown;
  options: Record<string, unknown>;
} | null;

/** Advice of the command, and what comes of following it. */
export interface CommandHint {
  /** As in the sources; … is what is computed. */
  readonly words: string;
  readonly name?: string;
  readonly refused: Setup;
  /** What must not be advised. */
  readonly never?: RegExp;
  /** Every way in which the message may be followed; files are those of refused, but for these. */
  readonly followed: (message: string) => readonly Setup[];
  readonly right?: (result: Result, info: Info) => void;
}

/** The options that a message names with a value, as a shell takes them. */
export function optionsIn(message: string): string[] {
  const found = message.match(/--[a-z-]+(?:=| )(?:'[^']*'|\\.|[^\s'"()\\;])+/g) ?? [];
  return [...new Set(found)];
}

const LINE = "rprop train data.csv --target y --epochs 2 --validation 0 --quiet";
/** What is left out is said then. */
const LOUD = LINE.replace(" --quiet", "");

/** A table of so many rows. */
function table(head: string, rows: number, row: (i: number) => string): string {
  return `${head}\n${Array.from({ length: rows }, (_, i) => `${row(i)}\n`).join("")}`;
}

function withOptions(line: string) {
  return (message: string): Setup[] => [{ line: `${line} ${optionsIn(message).join(" ")}` }];
}

/** Whether a column is one of numbers, with this mean. */
function hasMean(name: string, mean: number) {
  return (_: Result, info: Info) => {
    const input = info?.inputs.find((each) => each.name === name);
    expect(input?.kind).toBe("number");
    expect(input?.mean).toBeCloseTo(mean, 5);
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value / values.length, 0);
const range = (rows: number) => Array.from({ length: rows }, (_, i) => i);

// Marks within numbers.

const WEIGHTS = range(24).map((i) => 3 * i + (i % 4) / 4);
const comma = (value: number) => String(value).replace(".", ",");
/** 963 and 1,885. */
const SIZES = range(24).map((i) => 700 + 61 * i);
const grouped = (value: number) => value.toLocaleString("en-US");
const withoutCommas = (text: string) => text.replaceAll(/(?<=\d),(?=\d{3})/g, "");

const MARKS: readonly CommandHint[] = [
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

// Texts among numbers.

/** Cells that are not numbers, among numbers from 0 to 23, in a quoted cell each. */
function strays(...texts: string[]): { file: string; mean: number } {
  const cell = (i: number) =>
    i >= 3 && i < 3 + texts.length ? `"${texts[i - 3]!.replaceAll('"', '""')}"` : String(i);
  const known = range(24).filter((i) => i < 3 || i >= 3 + texts.length);
  return { file: table("a,b,y", 24, (i) => `${cell(i)},${i},${i}`), mean: mean(known) };
}

const TEXTS: readonly CommandHint[] = [
  ...[
    ["inf", "-inf"],
    ["Infinity", "-Infinity", "Inf"],
    ["n/a, see note"],
    ["--none"],
    ["--none, or", "-"],
    ['say "so"', "it's"],
    ["\\N"],
    ["<NA>", "$x", "*", "!", "`id`", "a  b"],
    ["#DIV/0!", "."],
    ['"'],
    ["\u00a0"],
  ].map((texts): CommandHint => {
    const { file, mean } = strays(...texts);
    return {
      words: "… takes such cells as missing",
      name: `missing cells that say ${texts.map((text) => JSON.stringify(text)).join(", ")}`,
      refused: { files: { "data.csv": file }, line: LOUD },
      followed: withOptions(LINE),
      right: hasMean("a", mean),
    };
  }),
  {
    words: "… takes such cells as missing",
    name: "missing cells of several columns, behind those that are known",
    refused: {
      files: {
        "data.csv": table("a,b,y", 24, (i) =>
          [i === 3 ? "x" : i, i === 4 ? "y,z" : i === 5 ? "-" : i, i].join(),
        ).replace("y,z", '"y,z"'),
      },
      line: `${LOUD} --missing -`,
    },
    followed: withOptions(LINE),
    right: (result, info) => {
      hasMean("a", mean(range(24).filter((i) => i !== 3)))(result, info);
      hasMean("b", mean(range(24).filter((i) => i !== 4 && i !== 5)))(result, info);
    },
  },
  {
    words: "… takes such cells as missing",
    name: "missing cells far behind each other in a column of many numbers",
    refused: {
      files: {
        "data.csv": table(
          "a,y",
          3000,
          (i) => `${i === 1200 ? "inf" : i === 2800 ? "-inf" : i + 0.5},${i % 9}`,
        ),
      },
      line: LOUD,
    },
    followed: withOptions(LINE),
    right: hasMean("a", mean(range(3000).filter((i) => i !== 1200 && i !== 2800)) + 0.5),
  },
  {
    words: "… takes such cells as missing",
    name: "missing cells beside decimal commas",
    refused: {
      files: {
        "data.csv": table(
          "a;b;y",
          24,
          (i) => `${i === 4 ? "Inf" : comma(WEIGHTS[i]!)};${i === 5 ? "none" : i};${i}`,
        ),
      },
      line: LOUD,
    },
    followed: withOptions(LINE),
    right: hasMean("a", mean(WEIGHTS.filter((_, i) => i !== 4))),
  },
  {
    words: "… takes such cells as missing",
    name: "missing cells beside decimal commas that are known",
    refused: {
      files: { "data.csv": table("a;y", 24, (i) => `${i === 4 ? "Inf" : comma(WEIGHTS[i]!)};${i}`) },
      line: `${LOUD} --decimal ,`,
    },
    never: /--decimal/,
    followed: withOptions(`${LINE} --decimal ,`),
    right: hasMean("a", mean(WEIGHTS.filter((_, i) => i !== 4))),
  },
  ...(["predict", "evaluate"] as const).map((command): CommandHint => {
    const trained =
      "rprop train data.csv --target y --epochs 2 --validation 0 --quiet --missing none > /dev/null";
    const line = `rprop ${command} model.safetensors new.csv`;
    return {
      words: "… takes such cells as missing",
      name: `${command}: missing cells that the model does not know, besides those that it knows`,
      refused: {
        files: {
          "data.csv": table("a,y", 24, (i) => `${i === 2 ? "none" : i},${i}`),
          "new.csv": "a,y\n1,2\n\\N,3\nnone,4\nn.a.,5\n7,7\n8,8\n9,9\n10,10\n",
        },
        line: `${trained} && ${line}`,
      },
      followed: (message) => {
        expect(message).toContain('line 3, column "a": expected a number, got "\\\\N" (--missing ');
        return withOptions(line)(message);
      },
      right: ({ stdout, stderr }) => {
        expect(stderr).toContain("cells missing, taken as the mean: a 3");
        if (command === "predict") expect(stdout.trim().split("\n").length).toBe(9);
      },
    };
  }),
  {
    words: "… reads numbers with …",
    name: "predict: decimal commas, for a model of points",
    refused: {
      files: { "data.csv": table("a;y", 24, (i) => `${i / 2};${i}`), "new.csv": "a;b\n1,5;1\n2,25;2\n" },
      line: "rprop train data.csv --target y --epochs 2 --quiet > /dev/null; rprop predict model.safetensors new.csv",
    },
    followed: withOptions("rprop predict model.safetensors new.csv"),
  },
  {
    words: "remove the last line if it sums up the others, or ",
    refused: {
      files: { "data.csv": `${table("a,b,y", 24, (i) => `${i},${i % 5},${i}`)}Total,46,276\n` },
      line: LOUD,
    },
    followed: () => [{ files: { "data.csv": table("a,b,y", 24, (i) => `${i},${i % 5},${i}`) }, line: LINE }],
    right: (result, info) => {
      hasMean("a", 11.5)(result, info);
      expect(info?.rows.training).toBe(24);
    },
  },
  {
    words: " (line … seems to have units: remove it)",
    refused: {
      files: { "data.csv": table("a,b,c,y", 25, (i) => (i ? `${i},${i / 2},u${i % 2},${i}` : "m,kg,-,EUR")) },
      line: LINE,
    },
    never: /--missing/,
    followed: (message) => {
      const line = Number(/line (\d+) seems/.exec(message)?.[1]);
      const lines = table("a,b,c,y", 25, (i) => (i ? `${i},${i / 2},u${i % 2},${i}` : "m,kg,-,EUR")).split(
        "\n",
      );
      return [{ files: { "data.csv": lines.filter((_, i) => i !== line - 1).join("\n") }, line: LINE }];
    },
    right: hasMean("b", 6.25),
  },
];

// How cells are separated, and what is above them.

const PAIRS = table("x y", 24, (i) => `${i}.5 ${i}`);
const R = table('"a" "y"', 24, (i) => `"row ${i}" ${i / 2} ${i}`);
const BACKSLASHES = table('"t","a","y"', 24, (i) => `"${i % 2 ? 'say \\"hi\\"' : "plain"}",${i},${i}`);
const ALIGNED = table("", 24, (i) => `  ${String(i / 2).padStart(5)}  ${String(-i).padEnd(4)}`).slice(1);

const DIALECTS: readonly CommandHint[] = [
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

// What is learnt, and from what.

const FEW = table("a,b,y", 400, (i) => `${i},t${i % 150},${i}`);
const CODES = table("a,y", 60, (i) => `${i},${i % 3}`);

const PLANS: readonly CommandHint[] = [
  {
    words: "; --categories … takes them",
    refused: { files: { "data.csv": FEW }, line: LOUD },
    followed: withOptions(LINE),
    right: (_, info) => expect(info?.inputs.map((input) => input.classes?.length)).toEqual([undefined, 150]),
  },
  {
    words: "; --task classify takes its texts as classes",
    refused: {
      files: { "data.csv": table("a,y", 60, (i) => `${i},${i % 20}${i === 3 ? "%" : ""}`) },
      line: LINE,
    },
    followed: withOptions(LINE),
    right: (_, info) => expect(info?.target.classes.length).toBe(21),
  },
  {
    words: "; --task classify takes them as classes",
    refused: { files: { "data.csv": table("a,y", 30, (i) => `${i},t${i}`) }, line: LINE },
    followed: withOptions(LINE),
    right: (_, info) => expect(info?.target.classes.length).toBe(30),
  },
  {
    words: "; --task regress takes it as a quantity",
    refused: { files: { "data.csv": CODES }, line: LOUD },
    followed: withOptions(LINE),
    right: (_, info) => expect(info?.target.kind).toBe("number"),
  },
  {
    words: "(--task regress)",
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
    words: "has classes (--task classify)",
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
    words: ", or leave the column out (--ignore)",
    refused: { files: { "data.csv": table("a,b,y", 60, (i) => `${i},${i}e38,${i}`) }, line: LINE },
    followed: (message) => {
      const [, name] = /"(.+?)" has numbers too large/.exec(message) as unknown as string[];
      return [{ line: `${LINE} --ignore ${name}` }];
    },
    right: (_, info) => expect(info?.inputs.map(({ name }) => name)).toEqual(["a"]),
  },
  {
    words: "give them in larger units, such as millions, or leave a column out (--ignore)",
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

// The line itself.

const PLAIN = table("alpha,beta,y", 60, (i) => `${i},${i % 7},${i}`);
const NAMED = { "data.csv": PLAIN };

/** The word that is suggested, in the place of the one that was typed. */
function corrected(line: string) {
  return (message: string): Setup[] => {
    const near = /did you mean "?(.+?)"?\?/.exec(message)?.[1] as string;
    const typed = (/unknown (?:option|command) (\S+)/.exec(message) ??
      /(?:got|column) "(.+?)"/.exec(message))?.[1];
    return [{ line: line.replace(typed as string, near) }];
  };
}

const MISSPELT = [
  "rprop trian data.csv --target y",
  "rprop fit data.csv --target y --epochs 2",
  "rprop train data.csv --taget y --epochs 2",
  "rprop train data.csv --target Y --epochs 2",
  "rprop train data.csv --target y --epochs 2 --ignore alhpa",
  "rprop train data.csv --target y --epochs 2 --activation Tanh",
  "rprop train data.csv --target y --epochs 2 --variant irporp-",
  "rprop train data.csv --target y --epochs 2 --task regression",
  "rprop train data.csv --target y --epochs 2 --task classification",
];

const WORDS: readonly CommandHint[] = [
  ...MISSPELT.map(
    (line): CommandHint => ({
      words: " (did you mean …?)",
      name: line,
      refused: { files: NAMED, line },
      followed: corrected(line),
    }),
  ),
  ...[
    ["mae", "l1"],
    ["rmse", "mse"],
    ["SmoothL1", "huber"],
    ["L1", "l1"],
  ].map(
    ([typed, loss]): CommandHint => ({
      words: " (did you mean …?)",
      name: `--loss ${typed} is ${loss}`,
      refused: { files: NAMED, line: `${LINE} --loss ${typed}` },
      followed: corrected(`${LINE} --loss ${typed}`),
      right: (_, info) => expect(info?.options.loss).toBe(loss),
    }),
  ),
  ...["restarts 3", "test data.csv", "lr 0.1", "batch-size 3", "folds 3"].map(
    (option): CommandHint => ({
      words: "unknown option …",
      name: `--${option} is no option, and none is like it`,
      refused: { files: NAMED, line: `${LINE} --${option}` },
      never: /did you mean/,
      followed: () => [{ line: LINE }],
    }),
  ),
  {
    words: "; rprop --help names all",
    refused: { files: {}, line: "rprop tune" },
    followed: () => [{ line: "rprop --help" }],
    right: ({ stdout }) => expect(stdout).toMatch(/^ {2}train/m),
  },
  {
    words: "rprop <command> --help tells more; rprop --version which one this is",
    refused: { files: {}, line: "rprop" },
    followed: () => [{ line: "rprop train --help" }, { line: "rprop --version" }],
  },
  {
    words: "… needs a value: … …",
    refused: { files: { "data.csv": strays("--none").file }, line: `${LINE} --missing --none` },
    followed: (message) => {
      const [, option] = /\(or (.+)\)/.exec(message) as unknown as string[];
      return [{ line: `${LINE} ${option}` }];
    },
    right: hasMean("a", strays("--none").mean),
  },
  {
    words: " (or …)",
    refused: { files: { "data.csv": strays("--n o").file }, line: `${LINE} --missing '--n o'` },
    followed: (message) => {
      const [, option] = /\(or (.+)\)/.exec(message) as unknown as string[];
      return [{ line: `${LINE} ${option}` }];
    },
    right: hasMean("a", strays("--n o").mean),
  },
  {
    words: "… is missing: …",
    refused: { files: NAMED, line: "rprop train" },
    followed: (message) => {
      const [, usage] = /: (rprop .+) \[options\]/.exec(message) as unknown as string[];
      return [{ line: `${usage!.replace("COLUMN", "y")} --epochs 2` }];
    },
  },
  {
    words: "--target is missing: which column is to be learnt?",
    refused: { files: NAMED, line: "rprop train data.csv" },
    followed: () => [{ line: "rprop train data.csv --target y --epochs 2" }],
  },
  {
    words: "there are no hidden layers (--hidden none)",
    refused: { files: NAMED, line: `${LINE} --hidden none --activation relu` },
    followed: () => [{ line: `${LINE} --activation relu` }, { line: `${LINE} --hidden none` }],
  },
  {
    words: "expected units such as 16 or 32,16, or none",
    refused: { files: NAMED, line: `${LINE} --hidden 8x8` },
    followed: () => ["16", "32,16", "none"].map((units) => ({ line: `${LINE} --hidden ${units}` })),
  },
  {
    words: "--hidden takes fewer units",
    refused: { files: NAMED, line: `${LINE} --hidden 100000,100000` },
    followed: () => [{ line: `${LINE} --hidden 10,10` }],
  },
  ...["onnx", "js", "c"].map(
    (ending): CommandHint => ({
      words: "leave it away, then rprop export model.safetensors …",
      name: `a model that is called .${ending}`,
      refused: { files: { ...NAMED, [`m.${ending}`]: null }, line: `${LINE} --out m.${ending}` },
      followed: (message) => [{ line: `${LINE} > /dev/null && ${message.trim().split("then ")[1]}` }],
      right: ({ stdout }) => expect(stdout).toContain(`m.${ending}\n`),
    }),
  ),
  {
    words: "… writes a page",
    refused: { files: { ...NAMED, "my page.html": null }, line: `${LINE} --out 'my page.html'` },
    followed: (message) => [{ line: `${LINE} ${optionsIn(message.split(": ").at(-1) as string).join(" ")}` }],
    right: ({ stdout }) => expect(stdout).toContain("report: my page.html"),
  },
  {
    words: "remove it, or name another file",
    refused: {
      files: { ...NAMED, "mine.safetensors": "mine", "other.safetensors": null },
      line: `${LINE} --out mine.safetensors`,
    },
    followed: () => [
      { files: { "mine.safetensors": null }, line: `${LINE} --out mine.safetensors` },
      { line: `${LINE} --out other.safetensors` },
    ],
  },
  {
    words: "rows are read more than once, which takes a file",
    refused: { files: NAMED, line: `cat data.csv | ${LINE.replace("data.csv", "-")}` },
    followed: () => [{ line: LINE }],
  },
  ...(["predict", "evaluate"] as const).map(
    (command): CommandHint => ({
      words: "rprop …: … is the model, and comes first: …",
      name: `${command}: the table and the model in each other's place`,
      refused: {
        files: { "it's data.csv": PLAIN, "data.csv": PLAIN },
        line: `${LINE} > /dev/null; rprop ${command} "it's data.csv" model.safetensors`,
      },
      followed: (message) => [{ line: message.trim().split("first: ")[1] as string }],
    }),
  ),
  {
    words: "--onnx FILE, --js FILE or --c FILE is missing",
    refused: { files: NAMED, line: `${LINE} > /dev/null; rprop export model.safetensors` },
    followed: (message) =>
      optionsIn(message).map((option, i) => ({ line: `rprop export model.safetensors ${option}${i}` })),
  },
  {
    words: "functions are written by --js and --c alone",
    refused: {
      files: NAMED,
      line: `${LINE} > /dev/null; rprop export model.safetensors --onnx f.onnx --name f`,
    },
    followed: () =>
      ["js", "c"].map((kind) => ({ line: `rprop export model.safetensors --${kind} f.${kind} --name f` })),
  },
];

export const COMMAND: readonly CommandHint[] = [...MARKS, ...TEXTS, ...DIALECTS, ...PLANS, ...WORDS];
