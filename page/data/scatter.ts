import { power } from "../ui/numbers.js";
import type { Draw } from "../ui/picture.js";
import { color } from "../ui/theme.js";
import type { Points, View } from "./messages.js";
import { ticks } from "./ticks.js";

const FONT = "12px system-ui, sans-serif";
const [LEFT, RIGHT, TOP, BOTTOM] = [68, 12, 12, 44];

/** Draws predictions over truth, both in the same units. Right ones lie on the dashed line. */
export function drawScatter(view: () => View | null): Draw {
  return (context, width, height) => {
    const points = view();
    if (points?.kind !== "number") return;
    const [low, high] = extentOf([points.held, points.training]);
    const share = (value: number) => (value - low) / (high - low);
    const x = (value: number) => LEFT + share(value) * (width - LEFT - RIGHT);
    const y = (value: number) => height - BOTTOM - share(value) * (height - TOP - BOTTOM);
    context.font = FONT;
    context.lineWidth = 1;
    drawAxes(context, x, y, [low, high], width, height);
    context.lineWidth = 1.5;
    context.strokeStyle = color("faint");
    for (const [truth, guess] of pairs(points.training)) circle(context, x(truth), y(guess), 3);
    context.fillStyle = color("high");
    for (const [truth, guess] of pairs(points.held)) diamond(context, x(truth), y(guess), 5.5);
  };
}

function drawAxes(
  context: CanvasRenderingContext2D,
  x: (value: number) => number,
  y: (value: number) => number,
  [low, high]: [number, number],
  width: number,
  height: number,
): void {
  const line = (...ends: [x0: number, y0: number, x1: number, y1: number]) => {
    context.beginPath();
    context.moveTo(ends[0], ends[1]);
    context.lineTo(ends[2], ends[3]);
    context.stroke();
  };
  const marks = ticks(low, high, width < 400 ? 3 : 5);
  for (const mark of marks) {
    context.strokeStyle = color("line");
    line(x(mark), TOP, x(mark), height - BOTTOM);
    line(LEFT, y(mark), width - RIGHT, y(mark));
    context.fillStyle = color("faint");
    context.textAlign = "center";
    context.fillText(labelOf(mark), x(mark), height - BOTTOM + 16);
    context.textAlign = "right";
    context.fillText(labelOf(mark), LEFT - 6, y(mark) + 4);
  }
  context.textAlign = "center";
  context.fillText("truth", (LEFT + width - RIGHT) / 2, height - 6);
  context.save();
  context.translate(12, (TOP + height - BOTTOM) / 2);
  context.rotate(-Math.PI / 2);
  context.fillText("prediction", 0, 0);
  context.restore();
  context.strokeStyle = color("faint");
  context.setLineDash([6, 4]);
  line(x(low), y(low), x(high), y(high));
  context.setLineDash([]);
}

function labelOf(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? power(value) : value.toLocaleString("en");
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
