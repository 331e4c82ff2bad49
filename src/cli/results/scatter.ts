import type { Pair } from "../../table/index.js";
import { linearAxis } from "../../view/axis.js";
import * as style from "../../view/style.js";
import { escaped, line, type PlotPoint, svgElement, svgText } from "../../view/svg.js";

const [WIDTH, HEIGHT, RIGHT, BOTTOM, TOP] = [640, 400, 612, 352, 16];

/** A dot for each pair: the closer to the diagonal, the better. */
export function scatter(pairs: readonly Pair[], name: string): string {
  const all = pairs.flat().filter(Number.isFinite);
  const low = all.reduce((a, b) => Math.min(a, b), Infinity);
  const high = all.reduce((a, b) => Math.max(a, b), -Infinity);
  const axis = linearAxis(`actual ${name}`, low, high, 6);
  const longest = Math.max(0, ...axis.ticks.map(({ label }) => label.length));
  const left = style.MARGIN + 26 + longest * style.DIGIT;
  const across = (at: number) => left + 6 + at * (RIGHT - left - 12);
  const up = (at: number) => BOTTOM - 6 - at * (BOTTOM - TOP - 12);
  const dots = pairs
    .filter((pair) => pair.every(Number.isFinite))
    .map(([truth, prediction]): PlotPoint => [across(axis.place(truth)), up(axis.place(prediction))])
    .map(([cx, cy]) => svgElement("circle", { cx, cy, r: 2.5 }));
  const centered = { ...style.LABEL, ...style.CENTERED };
  const parts = [
    svgElement("title", {}, escaped(`Predicted ${name} against actual ${name}`)),
    svgElement(
      "style",
      {},
      `${style.DARK}.rprop-plot .dots { fill: #0072b2; fill-opacity: 0.5 }
@media (prefers-color-scheme: dark) { .rprop-plot .dots { fill: #56b4e9 } }`,
    ),
    svgElement("rect", { ...style.PAPER, width: WIDTH, height: HEIGHT }),
    ...axis.ticks.flatMap(({ at, label }) => [
      line([left, up(at)], [RIGHT, up(at)], style.GRID),
      line([across(at), BOTTOM], [across(at), BOTTOM + 5], style.AXIS),
      svgText([left - 7, up(at) + 4], label, { ...style.LABEL, ...style.TO_THE_LEFT }),
      svgText([across(at), BOTTOM + 19], label, centered),
    ]),
    line([left, TOP], [left, BOTTOM], style.AXIS),
    line([left, BOTTOM], [RIGHT, BOTTOM], style.AXIS),
    line([across(0), up(0)], [across(1), up(1)], style.BEST),
    svgElement("g", { class: "dots" }, dots.join("\n")),
    svgText([(left + RIGHT) / 2, BOTTOM + 37], `actual ${name}`, centered),
    svgText([-(TOP + BOTTOM) / 2, style.MARGIN + 8], `predicted ${name}`, {
      ...centered,
      transform: "rotate(-90)",
    }),
  ];
  const size = { width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}` };
  const font = { "font-family": "system-ui, sans-serif", "font-size": 12, "font-weight": 400 };
  return svgElement(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", class: "rprop-plot", role: "img", ...size, ...font },
    `\n${parts.join("\n")}\n`,
  );
}
