import type { Method } from "../race/methods.js";
import type { Frame } from "../race/run.js";
import { drawLabel, drawMark, drawSteps, drawTrail, type Place } from "../race/trail.js";
import { linearChartAxis } from "../ui/axis.js";
import { number } from "../ui/number.js";
import { Plane } from "../ui/plane.js";
import { color } from "../ui/theme.js";
import type { Curve, CurvePair } from "./pair.js";

/** The picture's ends: ±REACH. */
const REACH = 5.5;

/** The axes of a curve's picture, on which drags are read too. */
export function curvePlane(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { factor }: Curve,
): Plane {
  return new Plane(
    context,
    width,
    height,
    linearChartAxis("x", -REACH, REACH),
    linearChartAxis("", 0, factor * REACH * REACH),
  );
}

/** Draws a curve, every method's point on it at this step, and its way there. */
export function drawCurve(
  context: CanvasRenderingContext2D,
  plane: Plane,
  curve: Curve,
  pairs: readonly CurvePair[],
  side: "flat" | "steep",
  step: number,
): void {
  plane.drawAxes();
  plane.clipped(() => {
    context.strokeStyle = color("text");
    context.lineWidth = 1.5;
    context.beginPath();
    for (let pixel = plane.left; pixel <= plane.right; pixel += 2) {
      context.lineTo(pixel, plane.y(curve.value([plane.at(pixel, 0)[0]])));
    }
    context.stroke();
  });
  const place = ({ x: [x = 0], value }: Frame): Place => [plane.x(x), plane.y(value)];
  for (const { method, [side]: frames } of pairs) {
    const way = frames.slice(0, step + 1).map(place);
    plane.clipped(() => {
      drawTrail(context, method, way);
      drawSteps(context, method, way);
    });
    const x = frames[step]?.x[0] as number;
    if (Math.abs(x) <= REACH) drawMark(context, method, way[step] as Place);
    else drawLabel(context, lost(method, x), [(plane.left + plane.right) / 2, plane.top + 20], 0, true);
  }
}

/** Says where a method is that has left the picture, with an arrow to the side where it is. */
function lost({ label }: Method, x: number): string {
  if (!Number.isFinite(x)) return `${label} has diverged`;
  return `${x < 0 ? "← " : ""}${label}: x = ${number(x, 3)}${x > 0 ? " →" : ""}`;
}
