import type { Pair } from "rprop/table";
import { linearChartAxis } from "../ui/axis.js";
import type { Draw } from "../ui/picture.js";
import { Plane } from "../ui/plane.js";
import { color } from "../ui/theme.js";
import type { Comparison } from "./messages.js";

/** Room for numbers such as 600,000 beside the axis. */
const LEFT = 74;

/** Draws predictions over actual values, in the same units. Where they are equal, a point lies on the dashed line. */
export function drawScatter(comparison: () => Comparison | null): Draw {
  return (context, width, height) => {
    const points = comparison();
    if (points?.kind !== "number") return;
    const [low, high] = extentOf([points.unseen, points.training]);
    const axis = (label: string) => linearChartAxis(label, low, high, width < 400 ? 3 : 5);
    const plane = new Plane(context, width, height, axis("actual"), axis("predicted"), LEFT);
    plane.drawAxes();
    context.lineWidth = 1.5;
    context.strokeStyle = color("faint");
    context.setLineDash([6, 4]);
    context.beginPath();
    context.moveTo(plane.left, plane.bottom);
    context.lineTo(plane.right, plane.top);
    context.stroke();
    context.setLineDash([]);
    for (const [actual, predicted] of points.training)
      if (Number.isFinite(predicted)) circle(context, plane.x(actual), plane.y(predicted), 3);
    context.fillStyle = color("high");
    for (const [actual, predicted] of points.unseen)
      if (Number.isFinite(predicted)) diamond(context, plane.x(actual), plane.y(predicted), 5.5);
  };
}

/** The minimum and the maximum of all, with a little room. */
function extentOf(parts: readonly (readonly Pair[])[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of parts.flat(2)) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const room = (high - low || 1) * 0.04;
  return [low - room, high + room];
}

function circle(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
}

function diamond(context: CanvasRenderingContext2D, x: number, y: number, reach: number): void {
  context.beginPath();
  context.moveTo(x, y - reach);
  context.lineTo(x + reach, y);
  context.lineTo(x, y + reach);
  context.lineTo(x - reach, y);
  context.fill();
}
