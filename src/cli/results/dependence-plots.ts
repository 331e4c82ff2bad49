import { oneLine } from "../../escapes.js";
import type { Dependence, Target } from "../../table/index.js";
import { shortened } from "../../table/schema.js";
import { outputName, outputsShown, valueText } from "../../table/text/dependence-section.js";
import { linearAxis } from "../../view/axis.js";
import * as style from "../../view/style.js";
import { escaped, line, type PlotPoint, path, svgElement, svgText } from "../../view/svg.js";
import { rootOf } from "./importance-chart.js";

const [WIDTH, HEIGHT, RIGHT, TOP, BOTTOM] = [310, 220, 296, 34, 166];
/** More categories have no room side by side. */
const MAX_VALUES = 12;

/** Of Okabe and Ito (Color Universal Design, 2008), for light and for dark pages. */
const COLOURS: readonly (readonly [light: string, dark: string])[] = [
  ["#0072b2", "#56b4e9"],
  ["#d55e00", "#e69f00"],
  ["#009e73", "#2bc79b"],
  ["#b0558a", "#cc79a7"],
  ["#8a6d00", "#f0e442"],
  ["#555555", "#bbbbbb"],
];

/** Lines of outputs, in the report's style. */
export const DEPENDENCE_CSS = `.dependence { display: flex; flex-wrap: wrap; gap: .5rem }
.legend span { margin-right: 1rem; white-space: nowrap } .legend span::before { content: "● " }
${COLOURS.map(([light, dark], o) => `.legend .output${o} { color: light-dark(${light}, ${dark}) }\n.rprop-plot .output${o} { stroke: light-dark(${light}, ${dark}) }`).join("\n")}
`;

/** A plot for each column, all on one scale, so that the steeper is the more important; nothing where there are none. */
export function dependencePlots(dependences: readonly Dependence[], target: Target): string {
  const outputs = outputsShown(target);
  const means = dependences.flatMap(({ points }) =>
    points.flatMap(({ predictions }) => outputs.map((output) => predictions[output] as number)),
  );
  const finite = means.filter(Number.isFinite);
  if (finite.length === 0) return "";
  const scale = linearAxis("", Math.min(...finite), Math.max(...finite), 4);
  const names = outputs.map(
    (output, o) => `<span class="output${o}">${escaped(shortened(outputName(target, output), 40))}</span>`,
  );
  const legend = outputs.length > 1 ? `<p class="legend">${names.join("")}</p>\n` : "";
  const plots = dependences.map((dependence) => plotOf(dependence, outputs, scale));
  return `${legend}<div class="dependence">\n${plots.join("\n")}\n</div>`;
}

function plotOf(
  { column, kind, points: all }: Dependence,
  outputs: readonly number[],
  scale: ReturnType<typeof linearAxis>,
): string {
  const points = kind === "number" ? all : all.slice(0, MAX_VALUES);
  const values = points.map(({ value }, i) => (typeof value === "number" ? value : i));
  const axis = linearAxis("", Math.min(...values), Math.max(...values), 3);
  const longest = Math.max(0, ...scale.ticks.map(({ label }) => label.length));
  const left = style.MARGIN + longest * style.DIGIT;
  const inset = kind === "number" ? 6 : 24;
  const across = (at: number) => left + inset + at * (RIGHT - left - 2 * inset);
  const up = (at: number) => BOTTOM - 6 - at * (BOTTOM - TOP - 12);
  const ticks =
    kind === "number"
      ? axis.ticks
      : points.map(({ value }, i) => ({ at: axis.place(i), label: valueText(value) }));
  // Labels that have no room side by side take turns in two lines.
  const room = Math.floor((RIGHT - left) / ticks.length / style.LETTER) - 1;
  const areCrowded = ticks.some(({ label }) => label.length > room);
  const most = Math.max(3, areCrowded ? 2 * room : room);
  const curves = outputs.flatMap((output, o) => {
    const places = points
      .map(
        ({ predictions }, i): PlotPoint => [
          across(axis.place(values[i] as number)),
          up(scale.place(predictions[output] as number)),
        ],
      )
      .filter((place) => place.every(Number.isFinite));
    const look = { class: `output${o}`, stroke: COLOURS[o]?.[0] as string };
    return kind === "number" && places.length > 1
      ? [path(places, { ...look, ...style.CURVE })]
      : places.map((place) => path([place, place], { ...look, ...style.DOT, "stroke-width": 9 }));
  });
  const parts = [
    svgElement("title", {}, escaped(`Partial dependence on ${oneLine(column)}`)),
    svgElement("style", {}, style.DARK),
    svgElement("rect", { ...style.PAPER, width: WIDTH, height: HEIGHT }),
    svgText([left, 20], shortened(column, 34), { ...style.TITLE, "font-size": 13 }),
    ...scale.ticks.flatMap(({ at, label }) => [
      line([left, up(at)], [RIGHT, up(at)], style.GRID),
      svgText([left - 6, up(at) + 4], label, { ...style.LABEL, ...style.TO_THE_LEFT }),
    ]),
    ...ticks.map(({ at, label }, i) =>
      svgText([across(at), BOTTOM + 18 + (areCrowded ? 16 * (i % 2) : 0)], shortened(label, most), {
        ...style.LABEL,
        ...style.CENTERED,
      }),
    ),
    line([left, TOP], [left, BOTTOM], style.AXIS),
    line([left, BOTTOM], [RIGHT, BOTTOM], style.AXIS),
    ...curves,
  ];
  return svgElement("svg", rootOf(WIDTH, HEIGHT), `\n${parts.join("\n")}\n`);
}
