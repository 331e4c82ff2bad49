import { powerOfTen } from "./number.js";
import { color } from "./theme.js";

/** One direction of a picture. */
export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** What is even on paper: the identity, or Math.log10. */
  readonly scale: (value: number) => number;
  readonly ticks: readonly number[];
  readonly text: (tick: number) => string;
}

export function linearAxis(label: string, from: number, to: number, text: (tick: number) => string): Axis {
  return { label, from, to, scale: (value) => value, ticks: linearTicks(from, to), text };
}

/** @param every how many decades lie between two ticks */
export function logarithmicAxis(label: string, from: number, to: number, every: number): Axis {
  const [low, high] = [Math.log10(from), Math.log10(to)].map(Math.round) as [number, number];
  const ticks: number[] = [];
  for (let exponent = low; exponent <= high; exponent++)
    if (exponent % every === 0) ticks.push(10 ** exponent);
  return {
    label,
    from,
    to,
    scale: Math.log10,
    ticks,
    text: (tick) => powerOfTen(Math.round(Math.log10(tick))),
  };
}

/** Multiples of 1, 2 or 5 · 10ⁿ between the ends: eight at most, or one more. */
export function linearTicks(from: number, to: number): number[] {
  const rough = (to - from) / 8;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * ([1, 2, 5].find((times) => times * unit >= rough) ?? 10);
  const ticks: number[] = [];
  for (let i = Math.ceil(from / step); i * step <= to * (1 + 1e-9); i++) ticks.push(i * step);
  return ticks;
}

const MARGIN = { left: 54, right: 16, top: 14, bottom: 40 };

/** A rectangle between two axes on a canvas, and where values are in it. */
export class Plane {
  readonly #context: CanvasRenderingContext2D;
  readonly #across: Axis;
  readonly #up: Axis;
  readonly left = MARGIN.left;
  readonly top = MARGIN.top;
  readonly right: number;
  readonly bottom: number;

  constructor(context: CanvasRenderingContext2D, width: number, height: number, across: Axis, up: Axis) {
    this.#context = context;
    this.#across = across;
    this.#up = up;
    this.right = width - MARGIN.right;
    this.bottom = height - MARGIN.bottom;
  }

  x(value: number): number {
    return this.left + part(this.#across, value) * (this.right - this.left);
  }

  y(value: number): number {
    return this.bottom - part(this.#up, value) * (this.bottom - this.top);
  }

  /** The values at a place, on linear axes. */
  at(x: number, y: number): [number, number] {
    const between = ({ from, to }: Axis, share: number) => from + (to - from) * share;
    return [
      between(this.#across, (x - this.left) / (this.right - this.left)),
      between(this.#up, (this.bottom - y) / (this.bottom - this.top)),
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
    context.font = "12px system-ui, sans-serif";
    context.lineWidth = 1;
    context.strokeStyle = color("line");
    context.fillStyle = color("faint");
    if (!lines) context.strokeRect(this.left, this.top, this.right - this.left, this.bottom - this.top);
    context.textAlign = "center";
    context.textBaseline = "top";
    for (const tick of this.#across.ticks) {
      this.#line(this.x(tick), lines ? this.top : this.bottom + 4, this.x(tick), this.bottom);
      context.fillText(this.#across.text(tick), this.x(tick), this.bottom + 5);
    }
    context.fillText(this.#across.label, (this.left + this.right) / 2, this.bottom + 21);
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const tick of this.#up.ticks) {
      this.#line(lines ? this.right : this.left - 4, this.y(tick), this.left, this.y(tick));
      context.fillText(this.#up.text(tick), this.left - 6, this.y(tick));
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

/** 0 at an axis's beginning, 1 at its end. */
function part({ scale, from, to }: Axis, value: number): number {
  return (scale(value) - scale(from)) / (scale(to) - scale(from));
}
