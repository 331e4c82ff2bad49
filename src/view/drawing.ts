import { formatNumber, withThousands } from "../format-number.js";
import { type Axis, epochAxis, lossAxis } from "./axis.js";
import { stretchesOf } from "./curve.js";
import { legendOf, ring } from "./legend.js";
import * as style from "./style.js";
import { escaped, type Look, line, type PlotPoint, path, svgElement, svgText } from "./svg.js";

/** What is drawn. */
export interface Drawing {
  width: number;
  height: number;
  title: string;
  training: readonly number[];
  validation: readonly number[] | null;
  /** The epoch to be marked. */
  best: number | null;
}

/** The part of a picture between the axes. */
interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
  epochs: Axis;
  losses: Axis;
}

/** How far curves stay away from the axes. */
const INSET = 8;

export function draw(picture: Drawing): string {
  const { width, height, title, best } = picture;
  const training = picture.training.map(drawable);
  const validation = picture.validation?.map(drawable) ?? [];
  const legend = picture.validation === null ? { parts: [], height: 0 } : legendOf(best, 49, width);
  const last = Math.max(training.length - 1, validation.length - 1, best ?? 0);
  const area = areaOf([...training, ...validation].filter(Number.isFinite), last, {
    top: 42 + legend.height,
    bottom: height - 48,
    end: width - 28,
  });
  const parts = [
    svgElement("title", {}, escaped(title)),
    svgElement("desc", {}, escaped(describe(picture, area.losses))),
    svgElement("style", {}, style.DARK),
    svgElement("rect", { ...style.PAPER, width, height }),
    svgText([style.MARGIN, 27], shortened(title, width), style.TITLE),
    ...legend.parts,
    ...frame(area),
    ...curve(area, training, style.TRAINING),
    ...curve(area, validation, style.VALIDATION),
    ...(best === null ? [] : mark(area, best, validation[best])),
  ];
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  const font = { "font-family": "system-ui, sans-serif", "font-size": 12, "font-weight": 400 };
  const root = { xmlns: "http://www.w3.org/2000/svg", class: "rprop-plot", role: "img", ...size, ...font };
  return svgElement("svg", root, `\n${parts.join("\n")}\n`);
}

/** Lays out the axes: the longest label of a loss decides where the left one is. */
function areaOf(
  losses: readonly number[],
  last: number,
  edges: { top: number; bottom: number; end: number },
): Area {
  const { top, bottom, end: right } = edges;
  const axis = lossAxis(losses, Math.max(3, Math.floor((bottom - top) / 45)));
  const longest = Math.max(0, ...axis.ticks.map(({ label }) => label.length));
  const left = style.MARGIN + 26 + longest * style.DIGIT;
  const epochs = epochAxis(last, Math.max(2, Math.floor((right - left) / 80)));
  return { left, right, top, bottom, epochs, losses: axis };
}

const across = ({ left, right }: Area, at: number) => left + INSET + at * (right - left - 2 * INSET);
const up = ({ top, bottom }: Area, at: number) => bottom - INSET - at * (bottom - top - 2 * INSET);

/** The axes, with their ticks and names. */
function frame(area: Area): string[] {
  const { left, right, top, bottom, epochs, losses } = area;
  const centered = { ...style.LABEL, ...style.CENTERED };
  const toTheLeft = { ...style.LABEL, ...style.TO_THE_LEFT };
  return [
    ...losses.ticks.flatMap(({ at, label }) => [
      line([left, up(area, at)], [right, up(area, at)], style.GRID),
      svgText([left - 7, up(area, at) + 4], label, toTheLeft),
    ]),
    ...epochs.ticks.flatMap(({ at, label }) => [
      line([across(area, at), bottom], [across(area, at), bottom + 5], style.AXIS),
      svgText([across(area, at), bottom + 19], label, centered),
    ]),
    line([left, top], [left, bottom], style.AXIS),
    line([left, bottom], [right, bottom], style.AXIS),
    svgText([(left + right) / 2, bottom + 37], epochs.name, centered),
    svgText([-(top + bottom) / 2, style.MARGIN + 8], losses.name, { ...centered, transform: "rotate(-90)" }),
  ];
}

function curve(area: Area, losses: readonly number[], look: Look): string[] {
  return stretchesOf(losses).map((stretch) => {
    const points = stretch.map(({ epoch, loss }) => pointOf(area, epoch, loss));
    const [first] = points;
    return points.length === 1 && first
      ? path([first, first], { ...look, ...style.DOT })
      : path(points, { ...look, ...style.CURVE });
  });
}

/** A line at the best epoch, and a ring where the validation loss is: a run that ended with its best has none there. */
function mark(area: Area, best: number, loss = NaN): string[] {
  const x = across(area, area.epochs.place(best));
  const through = line([x, area.top], [x, area.bottom], style.BEST);
  return Number.isFinite(loss) ? [through, ring(pointOf(area, best, loss))] : [through];
}

function pointOf(area: Area, epoch: number, loss: number): PlotPoint {
  return [across(area, area.epochs.place(epoch)), up(area, area.losses.place(loss))];
}

/** Larger and smaller losses would overflow and underflow where they are placed. */
function drawable(loss: number): number {
  const size = Math.abs(loss);
  if (size < 1e-300) return 0;
  return size > 1e300 ? NaN : loss;
}

/** For those who hear the picture. */
function describe({ training, validation, best }: Drawing, { name }: Axis): string {
  const said = (what: string, losses: readonly number[]) => {
    if (losses.length === 0) return `${what}: no epochs.`;
    const [first, last] = [losses[0], losses.at(-1)] as [number, number];
    return `${what}: from ${formatNumber(first)} at epoch 0 to ${formatNumber(last)} at epoch ${withThousands(String(losses.length - 1))}.`;
  };
  const parts = [said("Training loss", training)];
  if (validation !== null) parts.push(said("Validation loss", validation));
  if (best !== null) parts.push(withThousands(`Best epoch: ${best}.`));
  return [...parts, `Vertical axis: ${name}.`].join(" ");
}

function shortened(title: string, width: number): string {
  const room = Math.floor((width - 2 * style.MARGIN) / style.TITLE_LETTER);
  const characters = Array.from(title);
  return characters.length <= room ? title : `${characters.slice(0, room - 1).join("")}…`;
}
