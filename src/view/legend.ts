import { withThousands } from "../format-number.js";
import * as style from "./style.js";
import { type Look, line, type PlotPoint, svgElement, svgText } from "./svg.js";

const ROW = 20;
const SAMPLE = 28;

/** What is drawn from a middle, and what it is called. */
interface Entry {
  name: string;
  sample(middle: PlotPoint): string;
}

/** The names of two curves, and of the best epoch, in as many rows as they need. */
export function legendOf(best: number | null, top: number, width: number) {
  const entries: Entry[] = [
    { name: "training", sample: (middle) => dash(middle, style.TRAINING) },
    { name: "validation", sample: (middle) => dash(middle, style.VALIDATION) },
  ];
  if (best !== null) entries.push({ name: withThousands(`best: epoch ${best}`), sample: bestMark });
  let [x, y] = [style.MARGIN, top];
  const parts = entries.map(({ name, sample }) => {
    const length = SAMPLE + 6 + name.length * style.LETTER;
    if (x > style.MARGIN && x + length > width - style.MARGIN) [x, y] = [style.MARGIN, y + ROW];
    const drawn = sample([x + SAMPLE / 2, y]) + svgText([x + SAMPLE + 6, y + 4], name, style.LABEL);
    x += length + 14;
    return drawn;
  });
  return { parts, height: y + ROW - top };
}

/** Where the best validation loss is. */
export function ring([cx, cy]: PlotPoint): string {
  const { class: name, stroke } = style.VALIDATION;
  const look = { class: `paper ${name}`, fill: style.PAPER.fill, stroke, "stroke-width": 2 };
  return svgElement("circle", { ...look, cx, cy, r: 4.5 });
}

function bestMark([x, y]: PlotPoint): string {
  return line([x, y - 8], [x, y + 8], style.BEST) + ring([x, y]);
}

function dash([x, y]: PlotPoint, look: Look): string {
  return line([x - SAMPLE / 2, y], [x + SAMPLE / 2, y], { ...look, ...style.CURVE });
}
