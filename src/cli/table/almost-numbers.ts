/** Columns of texts that were meant as numbers, and what to do about them. */
import type { SurveyedTexts } from "../../data/index.js";
import { quoted } from "../shell/command-line.js";

/** A number with what people write beside digits, a sign and a point: percent, currencies, thousands. */
const ALMOST_NUMBER = /^\W*\d[\d.,'\s]*(?:[eE][-+]?\d+)?\W*$/;
const DECIMAL_COMMA = /^[-+]?\d+,\d+$/;
/** Characters: none is longer, and the pattern tries every way to match it. */
const LONGEST = 40;

const isAlmostNumber = (text: string) => text.length <= LONGEST && ALMOST_NUMBER.test(text);

/** Whether at least half of the different texts are numbers, or nearly. */
export function isMeantAsNumbers({ examples }: SurveyedTexts): boolean {
  return 2 * examples.filter(isAlmostNumber).length >= examples.length;
}

/** The first cell that is no number, and where the others are, which option would help. */
export function noNumberIn(column: SurveyedTexts): string {
  const { text, line, examples } = column;
  const cell = `${JSON.stringify(text)} in line ${line} is no number`;
  if (!isMeantAsNumbers(column)) return cell;
  const commas = examples.filter((each) => DECIMAL_COMMA.test(each)).length;
  if (2 * commas >= examples.length) return `${cell} (--decimal , reads numbers with commas)`;
  return isAlmostNumber(text) ? cell : `${cell} (--missing ${quoted(text)} takes such cells as missing)`;
}
