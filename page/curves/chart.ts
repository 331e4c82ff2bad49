import type { Method } from "../race/methods.js";
import type { Frame } from "../race/run.js";
import { drawLabel, drawMark, drawTrail, type Place } from "../race/trail.js";
import { linearChartAxis, logarithmicAxis } from "../ui/axis.js";
import { Plane } from "../ui/plane.js";
import { color } from "../ui/theme.js";
import type { CurvePair } from "./pair.js";

/** What a chart shows over the steps. */
export type Quantity = "distance" | "size";

const [LOWEST, HIGHEST] = [1e-7, 1e3];

const LABEL = { distance: "|x|", size: "step size" };

/** Draws |x| or the step sizes over the steps until this one, on a logarithmic axis; strokes across are flips. */
export function drawChart(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  pairs: readonly CurvePair[],
  side: "flat" | "steep",
  quantity: Quantity,
  step: number,
): void {
  const steps = (pairs[0]?.[side].length ?? 1) - 1;
  const plane = new Plane(
    context,
    width,
    height,
    linearChartAxis("step", 0, Math.max(steps, 1)),
    logarithmicAxis(LABEL[quantity], LOWEST, HIGHEST),
  );
  plane.drawAxes();
  for (const { method, [side]: frames } of pairs) {
    const shown = frames.slice(0, step + 1);
    const places = shown.map((frame, t): Place => [plane.x(t), plane.y(clipped(quantity, frame))]);
    plane.clipped(() => {
      drawTrail(context, method, places);
      drawFlips(context, method, places, shown);
    }, 2);
    const known = places.filter(([, y]) => !Number.isNaN(y));
    const last = known.at(-1) as Place;
    if (known.length === places.length) drawMark(context, method, last);
    else drawLabel(context, "diverged", [last[0] + 40, last[1]], 12, true);
  }
}

function drawFlips(
  context: CanvasRenderingContext2D,
  { color: name }: Method,
  places: readonly Place[],
  frames: readonly Frame[],
): void {
  context.strokeStyle = color(name);
  context.lineWidth = 1.25;
  context.beginPath();
  places.forEach(([x, y], t) => {
    if (!frames[t]?.flipped[0] || Number.isNaN(y)) return;
    context.moveTo(x, y - 3.5);
    context.lineTo(x, y + 3.5);
  });
  context.stroke();
}

/** Kept on the chart: 0 has no logarithm, and what diverges goes along the edge. */
function clipped(quantity: Quantity, { x: [x = 0], sizes: [size = 0] }: Frame): number {
  return Math.min(Math.max(quantity === "distance" ? Math.abs(x) : size, LOWEST), HIGHEST);
}
