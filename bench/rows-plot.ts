/** The cost of a row against the number of rows, both on scales of logarithms, as an SVG for light and dark pages. */

import * as style from "../src/view/style.js";
import { line, type PlotPoint, path, svgElement, svgText } from "../src/view/svg.js";

export interface Curve {
  name: string;
  /** Rows, and nanoseconds for each. */
  points: readonly PlotPoint[];
}

const [WIDTH, HEIGHT] = [640, 400];
const [LEFT, RIGHT, TOP, BOTTOM] = [70, 500, 50, 350];
const LOOKS = [
  style.TRAINING,
  style.VALIDATION,
  { class: "axis", stroke: "#888888", "stroke-dasharray": "2 3" },
];

export function rowsPlot(title: string, curves: readonly Curve[]): string {
  const across = scale(
    curves.flatMap(({ points }) => points.map(([x]) => x)),
    LEFT,
    RIGHT,
  );
  const up = scale(
    curves.flatMap(({ points }) => points.map(([, y]) => y)),
    BOTTOM,
    TOP,
  );
  const parts = [
    svgElement("title", {}, title),
    svgElement("style", {}, style.DARK),
    svgElement("rect", { ...style.PAPER, width: WIDTH, height: HEIGHT }),
    svgText([LEFT, 27], title, style.TITLE),
    ...up.powers.flatMap((power) => [
      line([LEFT, up.at(power)], [RIGHT, up.at(power)], style.GRID),
      svgText([LEFT - 7, up.at(power) + 4], label(power), { ...style.LABEL, ...style.TO_THE_LEFT }),
    ]),
    ...across.powers.map((power) =>
      svgText([across.at(power), BOTTOM + 19], label(power), { ...style.LABEL, ...style.CENTERED }),
    ),
    line([LEFT, BOTTOM], [RIGHT, BOTTOM], style.AXIS),
    svgText([(LEFT + RIGHT) / 2, BOTTOM + 40], "rows", { ...style.LABEL, ...style.CENTERED }),
    svgText([-(TOP + BOTTOM) / 2, 20], "nanoseconds a row and epoch", {
      ...style.LABEL,
      ...style.CENTERED,
      transform: "rotate(-90)",
    }),
    ...curves.flatMap(({ name, points }, i) => {
      const drawn = points.map(([x, y]): PlotPoint => [across.at(x), up.at(y)]);
      const [, last] = drawn.at(-1)!;
      return [
        path(drawn, { ...LOOKS[i]!, ...style.CURVE }),
        svgText([RIGHT + 8, last + 4], name, style.LABEL),
      ];
    }),
  ];
  const size = { width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}` };
  const root = { xmlns: "http://www.w3.org/2000/svg", class: "rprop-plot", role: "img", ...size };
  return svgElement(
    "svg",
    { ...root, "font-family": "system-ui, sans-serif", "font-size": 12 },
    parts.join("\n"),
  );
}

/** From whole powers of ten around the values to pixels. */
function scale(values: readonly number[], from: number, to: number) {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.ceil(Math.log10(Math.max(...values)));
  return {
    at: (value: number) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
    powers: Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)),
  };
}

const label = (value: number) => (value >= 1 ? value.toLocaleString("en") : String(value));
