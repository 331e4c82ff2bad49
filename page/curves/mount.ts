import "./curves.css";
import { Choice } from "../race/choice.js";
import { Playback } from "../race/playback.js";
import { onDrag } from "../ui/drag.js";
import { element } from "../ui/element.js";
import { number } from "../ui/number.js";
import { Picture } from "../ui/picture.js";
import type { Plane } from "../ui/plane.js";
import { LINEAR_SCALE, LOGARITHMIC, Slider } from "../ui/slider.js";
import { drawChart, type Quantity } from "./chart.js";
import { curvePlane, drawCurve } from "./curve-picture.js";
import { type CurvePair, curves, fate, isAlike, pair } from "./pair.js";
import { CurvesTable } from "./table.js";

const STEPS = 120;

const SIDES = ["flat", "steep"] as const;

/** Every method on 0.01x² and 100x², from one start, step by step. */
export function mountCurves(): void {
  const ratio = new Slider("curves-ratio", LOGARITHMIC, (value) => number(value), change);
  const start = new Slider("curves-start", LINEAR_SCALE, (value) => number(value), change);
  const rate = new Slider("curves-rate", LOGARITHMIC, (value) => number(value, 3), change);
  const choice = new Choice("curves-methods", change);
  const quantity = element("curves-quantity", HTMLSelectElement);
  const table = new CurvesTable(element("curves-table", HTMLTableElement));
  const playback = new Playback("curves", show);
  playback.limit = STEPS;

  let pairs: CurvePair[] = [];
  const planes = new Map<string, Plane>();
  const pictures = SIDES.flatMap((side) => {
    const curve = new Picture(canvas(side, "curve"), 0.72, (context, width, height) => {
      const plane = curvePlane(context, width, height, curves(ratio.value)[side]);
      drawCurve(context, plane, curves(ratio.value)[side], pairs, side, playback.step);
      planes.set(side, plane);
    });
    const chart = new Picture(canvas(side, "chart"), 0.6, (context, width, height) =>
      drawChart(context, width, height, pairs, side, quantity.value as Quantity, playback.step),
    );
    return [curve, chart];
  });

  quantity.addEventListener("change", show);
  for (const side of SIDES) {
    onDrag(canvas(side, "curve"), (pixel) => {
      const x = planes.get(side)?.at(pixel, 0)[0] ?? start.value;
      start.value = Math.round(x * 10) / 10;
      change();
    });
    element(`curves-suit-${side}`, HTMLButtonElement).addEventListener("click", () => {
      rate.value = 1 / (2 * curves(ratio.value)[side].factor);
      change();
    });
  }
  change();

  function change(): void {
    pairs = choice.shown.map((method) => pair(method, ratio.value, start.value, rate.value, STEPS));
    show();
  }

  function show(): void {
    const { flat, steep } = curves(ratio.value);
    table.show(pairs, [flat, steep], playback.step);
    for (const picture of pictures) picture.redraw();
    playback.say(verdict(pairs, playback.step, flat.name, steep.name));
    if (!playback.running) say();
  }

  /** What people hear who do not see: not at every frame. */
  function say(): void {
    const both = curves(ratio.value);
    const step = playback.step;
    for (const side of SIDES) {
      const { name } = both[side];
      element(`curves-${side}-name`, HTMLElement).textContent = name;
      element(`curves-suit-${side}`, HTMLButtonElement).textContent = `Best for ${name}`;
      const fates = pairs.map(({ method, [side]: frames }) => `${method.label} ${fate(frames, step)}`);
      canvas(side, "curve").ariaLabel = `${name} after step ${step}. ${fates.join("; ")}.`;
      canvas(side, "chart").ariaLabel =
        `${quantity.selectedOptions[0]?.text} on ${name} until step ${step}, for every method`;
    }
  }
}

function verdict(pairs: readonly CurvePair[], step: number, flat: string, steep: string): string {
  const resilient = pairs.filter(({ method }) => method.name !== "gradient-descent");
  const descent = pairs.find(({ method }) => method.name === "gradient-descent");
  const parts = [];
  if (descent) {
    parts.push(
      `Gradient descent: on ${flat} ${fate(descent.flat, step)}; on ${steep} ${fate(descent.steep, step)}.`,
    );
  }
  if (resilient.length > 0) {
    const alike = resilient.every((each) => isAlike(each, step));
    parts.push(
      `Rprop: ${alike ? "on both curves the same steps, digit for digit" : "different steps on the curves"}.`,
    );
  }
  return `After step ${step}. ${parts.join(" ")}`;
}

function canvas(side: string, kind: string): HTMLCanvasElement {
  return element(`curves-${side}-${kind}`, HTMLCanvasElement);
}
