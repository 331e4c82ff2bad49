import { type ChartAxis, shareOf, valueAt } from "./axis.js";
import { number } from "./number.js";
import { color, FONT } from "./theme.js";

const MARGIN = { left: 54, right: 16, top: 14, bottom: 40 };

/** Ticks are round: all their digits are written. */
const DIGITS = 12;

/** A rectangle between two axes on a canvas, and where values are in it. */
export class Plane {
  readonly #context: CanvasRenderingContext2D;
  readonly #across: ChartAxis;
  readonly #up: ChartAxis;
  readonly left: number;
  readonly top = MARGIN.top;
  readonly right: number;
  readonly bottom: number;

  /** @param left the room for the axis beside it; planes below each other have the same */
  constructor(
    context: CanvasRenderingContext2D,
    width: number,
    height: number,
    across: ChartAxis,
    up: ChartAxis,
    left = MARGIN.left,
  ) {
    this.left = left;
    this.#context = context;
    this.#across = across;
    this.#up = up;
    this.right = width - MARGIN.right;
    this.bottom = height - MARGIN.bottom;
  }

  x(value: number): number {
    return this.left + shareOf(this.#across, value) * (this.right - this.left);
  }

  y(value: number): number {
    return this.bottom - shareOf(this.#up, value) * (this.bottom - this.top);
  }

  /** The values at a place, on linear axes. */
  at(x: number, y: number): [number, number] {
    return [
      valueAt(this.#across, (x - this.left) / (this.right - this.left)),
      valueAt(this.#up, (this.bottom - y) / (this.bottom - this.top)),
    ];
  }

  /** Whether a place in pixels is in the rectangle. */
  has(x: number, y: number): boolean {
    return x >= this.left && x <= this.right && y >= this.top && y <= this.bottom;
  }

  /** Nothing that is drawn leaves the rectangle, but for so many pixels. */
  clipped(draw: () => void, pixels = 0): void {
    this.#context.save();
    this.#context.beginPath();
    this.#context.rect(
      this.left - pixels,
      this.top - pixels,
      this.right - this.left + 2 * pixels,
      this.bottom - this.top + 2 * pixels,
    );
    this.#context.clip();
    draw();
    this.#context.restore();
  }

  /** @param lines whether they go through the rectangle, or are strokes beside a frame */
  drawAxes(lines = true): void {
    const context = this.#context;
    context.save();
    context.font = FONT;
    context.lineWidth = 1;
    context.strokeStyle = color("line");
    context.fillStyle = color("faint");
    if (!lines) context.strokeRect(this.left, this.top, this.right - this.left, this.bottom - this.top);
    context.textAlign = "center";
    context.textBaseline = "top";
    for (const tick of this.#across.ticks) {
      this.#line(this.x(tick), lines ? this.top : this.bottom + 4, this.x(tick), this.bottom);
      context.fillText(number(tick, DIGITS), this.x(tick), this.bottom + 5);
    }
    context.fillText(this.#across.label, (this.left + this.right) / 2, this.bottom + 21);
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const tick of this.#up.ticks) {
      this.#line(lines ? this.right : this.left - 4, this.y(tick), this.left, this.y(tick));
      context.fillText(number(tick, DIGITS), this.left - 6, this.y(tick));
    }
    context.translate(10, (this.top + this.bottom) / 2);
    context.rotate(-Math.PI / 2);
    context.textAlign = "center";
    context.fillText(this.#up.label, 0, 0);
    context.restore();
  }

  #line(x1: number, y1: number, x2: number, y2: number): void {
    this.#context.beginPath();
    this.#context.moveTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
    this.#context.lineTo(Math.round(x2) + 0.5, Math.round(y2) + 0.5);
    this.#context.stroke();
  }
}
