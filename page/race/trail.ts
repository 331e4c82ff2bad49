import { color } from "../ui/theme.js";
import type { Method } from "./methods.js";

/** A place on a canvas. */
export type Place = readonly [x: number, y: number];

/** Canvases lose dashes, and then whole lines, to places much further away than this, in pixels. */
const FAR = 5e3;

/** Draws the way through these places, in the method's manner; it ends where a place is no number. */
export function drawTrail(context: CanvasRenderingContext2D, method: Method, places: readonly Place[]): void {
  const end = places.findIndex((place) => place.some(Number.isNaN));
  const known = end < 0 ? places : places.slice(0, end);
  context.save();
  context.strokeStyle = color(method.color);
  context.lineWidth = method.width;
  context.lineJoin = "round";
  context.setLineDash([...method.dash]);
  context.beginPath();
  for (const [x, y] of known) context.lineTo(near(x), near(y));
  context.stroke();
  context.restore();
}

/** Draws a dot for every step at these places. */
export function drawSteps(context: CanvasRenderingContext2D, method: Method, places: readonly Place[]): void {
  const size = method.width + 1.5;
  context.fillStyle = color(method.color);
  for (const [x, y] of places) context.fillRect(x - size / 2, y - size / 2, size, size);
}

/** Draws the method's mark at a place. */
export function drawMark(context: CanvasRenderingContext2D, method: Method, [x, y]: Place): void {
  const path = new Path2D(method.mark);
  context.save();
  context.translate(near(x), near(y));
  context.lineWidth = 2;
  context.strokeStyle = color(method.color);
  context.fillStyle = color(method.color);
  if (method.filled) context.fill(path);
  context.stroke(path);
  context.restore();
}

/** Writes above, below or at a place, legible on anything. */
export function drawLabel(
  context: CanvasRenderingContext2D,
  words: string,
  [x, y]: Place,
  down: number,
  isBad = false,
): void {
  context.save();
  context.font = "600 13px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeStyle = color("page");
  context.strokeText(words, x, y + down);
  context.fillStyle = color(isBad ? "bad" : "text");
  context.fillText(words, x, y + down);
  context.restore();
}

function near(pixels: number): number {
  return Math.min(Math.max(pixels, -FAR), FAR);
}
