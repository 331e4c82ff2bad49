import { csvRows, readCsv } from "../../../src/data/index.js";
import type { Hint } from "./hint.js";

const GAP = "a,b\n1,\n3,4\n";

/** Advice that rprop/data gives. */
export const DATA: readonly Hint[] = [
  {
    words: '(or the option "missing")',
    refused: () => readCsv(GAP),
    followed: () => readCsv(GAP, { missing: "mean" }).numeric("b").join() === "4,4",
  },
  {
    words: '(or the option "missing")',
    refused: () => [...csvRows(GAP)],
    followed: () => [...csvRows(GAP, { missing: "drop" })][0]?.rows === 1,
  },
  {
    words: "lines that end with LF or CRLF",
    refused: () => readCsv("a,b\r1,2\r"),
    followed: () => readCsv("a,b\r\n1,2\r\n").numeric("b")[0] === 2,
  },
  ...[["price"], ["prise"], ["Prices"]].map(
    (y): Hint => ({
      words: "(is … meant?)",
      refused: () => [...csvRows("size,Price\n1,2\n", { y })],
      followed: (message) => {
        const named = /\(is "(.+)" meant\?\)/.exec(message)?.[1] as string;
        return [...csvRows("size,Price\n1,2\n", { y: [named] })][0]?.y.data[0] === 2;
      },
    }),
  ),
];
