import { linearAxis } from "../ui/axis.js";
import type { Draw } from "../ui/picture.js";
import { Plane } from "../ui/plane.js";
import { color } from "../ui/theme.js";
import type { Points, View } from "./messages.js";

/** Room for numbers such as 600,000 beside the axis. */
const LEFT = 74;

/** Draws predictions over truth, both in the same units. Right ones lie on the dashed line. */
export function drawScatter(view: () => View | null): Draw {
  return (context, width, height) => {
    const points = view();
    if (points?.kind !== "number") return;
    const [low, high] = extentOf([points.held, points.training]);
    const axis = (label: string) => linearAxis(label, low, high, width < 400 ? 3 : 5);
    const plane = new Plane(context, width, height, axis("truth"), axis("prediction"), LEFT);
    plane.drawAxes();
    context.lineWidth = 1.5;
    context.strokeStyle = color("faint");
    context.setLineDash([6, 4]);
    context.beginPath();
    context.moveTo(plane.left, plane.bottom);
    context.lineTo(plane.right, plane.top);
    context.stroke();
    context.setLineDash([]);
    for (const [truth, guess] of pairs(points.training)) circle(context, plane.x(truth), plane.y(guess), 3);
    context.fillStyle = color("high");
    for (const [truth, guess] of pairs(points.held)) diamond(context, plane.x(truth), plane.y(guess), 5.5);
  };
}

/** The least and the largest of all, with a little room. */
function extentOf(points: readonly Points[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { truth, guess } of points) {
    for (const value of [...truth, ...guess]) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const room = (high - low || 1) * 0.04;
  return [low - room, high + room];
}

function* pairs({ truth, guess }: Points): Generator<[truth: number, guess: number]> {
  for (let i = 0; i < truth.length; i++) {
    if (Number.isFinite(guess[i])) yield [truth[i]!, guess[i]!];
  }
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
