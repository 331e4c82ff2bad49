import type { Method, MethodName } from "../race/methods.js";
import type { Frame } from "../race/run.js";
import { drawLabel, drawMark, drawSteps, drawTrail, type Place } from "../race/trail.js";
import { linearChartAxis } from "../ui/axis.js";
import { number } from "../ui/number.js";
import { Plane } from "../ui/plane.js";
import { color } from "../ui/theme.js";
import type { ContourLines } from "./contour-lines.js";
import type { Landscape } from "./landscape.js";

export interface Path {
  readonly method: Method;
  readonly frames: readonly Frame[];
}

/** The axes of a landscape's picture, on which presses are read too. */
export function valleyPlane(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { across, up }: Landscape,
): Plane {
  return new Plane(context, width, height, linearChartAxis("x", ...across), linearChartAxis("y", ...up));
}

/** Draws the landscape, every method's way to this step, and the next step of the method whose box is to be seen. */
export function drawValley(
  context: CanvasRenderingContext2D,
  plane: Plane,
  landscape: Landscape,
  lines: ContourLines,
  paths: readonly Path[],
  step: number,
  boxed: MethodName | "",
): void {
  const place = ({ x: [x, y] }: Frame): Place => [plane.x(x as number), plane.y(y as number)];
  plane.clipped(() => {
    lines.draw(context, plane, landscape);
    drawMinimum(context, [plane.x(landscape.minimum[0]), plane.y(landscape.minimum[1])]);
    for (const { method, frames } of paths) {
      const way = frames.slice(0, step + 1).map(place);
      drawTrail(context, method, way);
      drawSteps(context, method, way);
    }
    for (const { method, frames } of paths) {
      if (method.name === boxed) drawBox(context, plane, method, frames, step);
    }
  });
  plane.drawAxes(false);
  const [
    {
      frames: [start],
    } = { frames: [] },
  ] = paths;
  if (start) drawLabel(context, "start", place(start), -16);
  let lost = 0;
  for (const { method, frames } of paths) {
    const frame = frames[step] as Frame;
    const [x, y] = place(frame);
    if (plane.has(x, y)) drawMark(context, method, [x, y]);
    else
      drawLabel(
        context,
        outside(method, frame),
        [(plane.left + plane.right) / 2, plane.top + 16],
        20 * lost++,
        true,
      );
  }
}

function outside({ label }: Method, { x: [x = 0, y = 0], value }: Frame): string {
  if (!Number.isFinite(value)) return `${label} has diverged`;
  return `${label} has left the picture: x = ${number(x, 2)}, y = ${number(y, 2)}`;
}

function drawMinimum(context: CanvasRenderingContext2D, [x, y]: Place): void {
  context.strokeStyle = color("text");
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x - 9, y);
  context.lineTo(x + 9, y);
  context.moveTo(x, y - 9);
  context.lineTo(x, y + 9);
  context.stroke();
}

/** The step sizes to both sides along each coordinate, and arrows where the signs send the next step. */
function drawBox(
  context: CanvasRenderingContext2D,
  plane: Plane,
  { color: name }: Method,
  frames: readonly Frame[],
  step: number,
): void {
  const { x: [x = 0, y = 0], sizes: [across = 0, up = 0], value } = frames[step] as Frame; // biome-ignore format: one point
  if (!Number.isFinite(value)) return;
  const [left, right] = [plane.x(x - across), plane.x(x + across)];
  const [top, bottom] = [plane.y(y + up), plane.y(y - up)];
  context.save();
  context.fillStyle = color(name);
  context.strokeStyle = color(name);
  context.globalAlpha = 0.15;
  context.fillRect(left, top, right - left, bottom - top);
  context.globalAlpha = 1;
  context.lineWidth = 1.25;
  context.strokeRect(left, top, right - left, bottom - top);
  const next = frames[step + 1];
  if (next) {
    const [nextX, nextY] = next.x as [number, number];
    drawArrow(context, [plane.x(x), plane.y(y)], [plane.x(nextX), plane.y(y)]);
    drawArrow(context, [plane.x(x), plane.y(y)], [plane.x(x), plane.y(nextY)]);
  }
  context.restore();
}

/** Across or up, where it is long enough to be seen. */
function drawArrow(context: CanvasRenderingContext2D, [fromX, fromY]: Place, [toX, toY]: Place): void {
  if (Math.hypot(toX - fromX, toY - fromY) < 8) return;
  context.save();
  context.translate(toX, toY);
  context.rotate(Math.atan2(toY - fromY, toX - fromX));
  context.lineWidth = 2.5;
  context.beginPath();
  context.moveTo(-Math.hypot(toX - fromX, toY - fromY), 0);
  context.lineTo(0, 0);
  context.moveTo(-7, -5);
  context.lineTo(0, 0);
  context.lineTo(-7, 5);
  context.stroke();
  context.restore();
}
