/** Texts among numbers. */
import { expect } from "vitest";
import { type CommandHint, hasMean, LINE, LOUD, mean, range, table, withOptions } from "./hint.js";
import { comma, WEIGHTS } from "./marks.js";

/** Cells that are not numbers, among numbers from 0 to 23, in a quoted cell each. */
export function strays(...texts: string[]): { file: string; mean: number } {
  const cell = (i: number) =>
    i >= 3 && i < 3 + texts.length ? `"${texts[i - 3]!.replaceAll('"', '""')}"` : String(i);
  const known = range(24).filter((i) => i < 3 || i >= 3 + texts.length);
  return { file: table("a,b,y", 24, (i) => `${cell(i)},${i},${i}`), mean: mean(known) };
}

export const TEXTS: readonly CommandHint[] = [
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
