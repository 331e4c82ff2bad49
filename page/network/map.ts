import { contours } from "d3-contour";
import { count, number, percent } from "../ui/number.js";
import { Picture } from "../ui/picture.js";
import { Summary } from "../ui/summary.js";
import { color, FONT, onThemeChange } from "../ui/theme.js";
import { MAP_GRID, REACH, type Snapshot } from "./messages.js";
import type { Points } from "./points.js";

const COLORS = 256;
const isoline = contours().size([MAP_GRID, MAP_GRID]);

/** Points, and behind them the class that the network gives each place: the more certain, the stronger its colour. */
export class DecisionMap {
  readonly #picture: Picture;
  readonly #summary: Summary;
  readonly #cells = new OffscreenCanvas(MAP_GRID, MAP_GRID);
  #colors: Uint8ClampedArray | null = null;
  #points: Points = { at: new Float32Array(), classes: new Float32Array() };
  #isValidation: readonly boolean[] = [];
  #logits: Float32Array | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.#summary = new Summary(canvas);
    this.#picture = new Picture(canvas, 1, (context, side) => this.#draw(context, side));
    onThemeChange(() => {
      this.#colors = null;
    });
  }

  /** @param isValidation which of them are for validation */
  showPoints(points: Points, isValidation: readonly boolean[]): void {
    this.#points = points;
    this.#isValidation = isValidation;
    this.#picture.redraw();
  }

  /** @param logits of the cells, rows from the top; null where there are none */
  showDecisions(logits: Float32Array | null): void {
    this.#logits = logits;
    this.#picture.redraw();
  }

  /** Says in words what is seen; without a snapshot, of points alone. */
  describe(points: number, snapshot: Snapshot | null): void {
    this.#summary.say(() => {
      const map = `Map of ${count(points, "point")} of two classes`;
      if (snapshot === null) return map;
      const { accuracy, completed } = snapshot;
      return (
        `${map}, and of the class that the network gives each place: ${percent(accuracy)} of the training points ` +
        `are on the right side after ${count(completed, "epoch")}`
      );
    });
  }

  #draw(context: CanvasRenderingContext2D, side: number): void {
    if (this.#logits !== null) this.#drawDecisions(context, side, this.#logits);
    drawAxes(context, side);
    const { at, classes } = this.#points;
    const radius = Math.max(3, side / 110);
    classes.forEach((kind, i) => {
      const x = ((at[2 * i] as number) / REACH + 1) * (side / 2);
      const y = (1 - (at[2 * i + 1] as number) / REACH) * (side / 2);
      context.beginPath();
      if (kind === 0) context.arc(x, y, radius, 0, 2 * Math.PI);
      else context.rect(x - 0.9 * radius, y - 0.9 * radius, 1.8 * radius, 1.8 * radius);
      const tone = color(kind === 0 ? "low" : "high");
      context.fillStyle = this.#isValidation[i] ? color("page") : tone;
      context.strokeStyle = this.#isValidation[i] ? tone : color("page");
      context.lineWidth = this.#isValidation[i] ? 2 : 1;
      context.fill();
      context.stroke();
    });
  }

  #drawDecisions(context: CanvasRenderingContext2D, side: number, logits: Float32Array): void {
    this.#colors ??= scale();
    const image = new ImageData(MAP_GRID, MAP_GRID);
    logits.forEach((logit, i) => {
      const probability = 1 / (1 + Math.exp(-logit));
      const index = 4 * Math.round(probability * (COLORS - 1)) || 0;
      for (let part = 0; part < 4; part++) image.data[4 * i + part] = this.#colors?.[index + part] as number;
    });
    this.#cells.getContext("2d")?.putImageData(image, 0, 0);
    context.save();
    context.globalAlpha = 0.4;
    context.drawImage(this.#cells, 0, 0, side, side);
    context.restore();

    context.beginPath();
    for (const polygon of isoline.contour([...logits], 0).coordinates) {
      for (const ring of polygon) traceWithin(context, ring as [number, number][], side / MAP_GRID);
    }
    context.strokeStyle = color("text");
    context.lineWidth = 1.5;
    context.stroke();
  }
}

/** The line around an area, but where it runs along the edge of the map. */
function traceWithin(context: CanvasRenderingContext2D, ring: [number, number][], cell: number): void {
  const isEdge = (at: number) => at <= 0 || at >= MAP_GRID;
  let wasOnEdge = false;
  for (const [i, [x, y]] of ring.entries()) {
    const onEdge = isEdge(x) || isEdge(y);
    if (i === 0 || (onEdge && wasOnEdge)) context.moveTo(x * cell, y * cell);
    else context.lineTo(x * cell, y * cell);
    wasOnEdge = onEdge;
  }
}

/** From class A through the page's colour to class B. */
function scale(): Uint8ClampedArray {
  const context = new OffscreenCanvas(COLORS, 1).getContext("2d") as OffscreenCanvasRenderingContext2D;
  const gradient = context.createLinearGradient(0, 0, COLORS, 0);
  ["low", "page", "high"].forEach((name, i) => {
    gradient.addColorStop(i / 2, color(name));
  });
  context.fillStyle = gradient;
  context.fillRect(0, 0, COLORS, 1);
  return context.getImageData(0, 0, COLORS, 1).data;
}

function drawAxes(context: CanvasRenderingContext2D, side: number): void {
  context.fillStyle = color("text");
  context.strokeStyle = color("faint");
  context.font = FONT;
  context.lineWidth = 1;
  context.strokeRect(0.5, 0.5, side - 1, side - 1);
  context.beginPath();
  for (const value of [-1, 0, 1]) {
    const along = Math.round((value / REACH + 1) * (side / 2)) + 0.5;
    const label = number(value);
    context.moveTo(along, side);
    context.lineTo(along, side - 5);
    context.moveTo(0, side - along);
    context.lineTo(5, side - along);
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    context.fillText(label, along, side - 8);
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillText(label, 8, side - along);
  }
  context.stroke();
}
