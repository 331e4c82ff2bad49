import type { ExplainedScore, Importance } from "../../table/index.js";
import { shortened } from "../../table/schema.js";
import { withError } from "../../table/text/rounded.js";
import * as style from "../../view/style.js";
import { escaped, line, svgElement, svgText } from "../../view/svg.js";

const [WIDTH, ROW, TOP] = [640, 26, 12];
/** Room for the numbers behind the bars. */
const NUMBERS = 110;
/** Of more columns, the most important ones are enough. */
const MAX_BARS = 20;

/** A bar for each column, as long as its importance; the line across its end is the spread. */
export function importanceChart(importances: readonly Importance[], { name }: ExplainedScore): string {
  const shown = importances.slice(0, MAX_BARS);
  const names = shown.map(({ column }) => shortened(column, 28));
  const left = style.MARGIN + 8 + Math.max(...names.map(({ length }) => length)) * style.LETTER;
  const right = WIDTH - style.MARGIN - NUMBERS;
  const ends = shown.map(({ importance, spread }) => importance + spread).filter(Number.isFinite);
  const longest = Math.max(0, ...ends) || 1;
  const across = (value: number) => left + (Math.max(0, value) / longest) * (right - left);
  const height = 2 * TOP + ROW * shown.length;
  const bars = shown.flatMap(({ importance, spread, isChance }, i) => {
    const [top, middle] = [TOP + i * ROW + 4, TOP + (i + 0.5) * ROW];
    const look = isChance ? style.LABEL : INK;
    const label = svgText([left - 8, middle + 4], names[i] as string, { ...look, ...style.TO_THE_LEFT });
    if (!Number.isFinite(importance)) return [label];
    const [end, low, high] = [importance, importance - spread, importance + spread].map(across) as [
      number,
      number,
      number,
    ];
    return [
      label,
      svgElement("rect", { class: "bar", x: left, y: top, width: end - left, height: ROW - 8 }),
      line([low, middle], [high, middle], { class: "ink-line", stroke: "#222222" }),
      svgText(
        [high + 8, middle + 4],
        isChance ? "not told from chance" : withError(importance, spread),
        look,
      ),
    ];
  });
  const parts = [
    svgElement("title", {}, escaped(`${name} rises by so much where a column is shuffled`)),
    svgElement("style", {}, `${style.DARK}${COLOURS}`),
    svgElement("rect", { ...style.PAPER, width: WIDTH, height }),
    ...bars,
    line([left, TOP], [left, height - TOP], style.AXIS),
  ];
  return svgElement("svg", rootOf(WIDTH, height), `\n${parts.join("\n")}\n`);
}

const INK = { class: "ink", fill: "#222222" };

const COLOURS = `.rprop-plot .bar { fill: #0072b2; fill-opacity: 0.6 }
@media (prefers-color-scheme: dark) { .rprop-plot .bar { fill: #56b4e9 } .rprop-plot .ink-line { stroke: #e6e8eb } }
`;

/** Attributes of a picture of the report. */
export function rootOf(width: number, height: number) {
  return {
    xmlns: "http://www.w3.org/2000/svg",
    class: "rprop-plot",
    role: "img",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    "font-family": "system-ui, sans-serif",
    "font-size": 12,
    "font-weight": 400,
  };
}
