import { type ContourMultiPolygon, contours } from "d3-contour";
import type { Plane } from "../ui/plane.js";
import { color } from "../ui/theme.js";
import type { Landscape } from "./landscape.js";

const [COLUMNS, ROWS] = [180, 108];

/** Between the heights of two lines. */
const FACTOR = 4;

const LINES = 6;

/** The lines of equal height of a landscape, computed once for each. */
export class ContourLines {
  #landscape: Landscape | null = null;
  #areas: ContourMultiPolygon[] = [];

  draw(context: CanvasRenderingContext2D, plane: Plane, landscape: Landscape): void {
    if (landscape !== this.#landscape) {
      this.#landscape = landscape;
      this.#areas = areasOf(landscape);
    }
    context.save();
    context.lineWidth = 1;
    context.strokeStyle = color("line");
    for (const { coordinates } of this.#areas) {
      const path = new Path2D();
      for (const ring of coordinates.flat()) {
        (ring as [number, number][]).forEach(([column, row], i) => {
          const [x, y] = [plane.x(xOf(landscape, column - 0.5)), plane.y(yOf(landscape, row - 0.5))];
          if (i === 0) path.moveTo(x, y);
          else path.lineTo(x, y);
        });
        path.closePath();
      }
      context.globalAlpha = 0.025;
      context.fillStyle = color("text");
      context.fill(path, "evenodd");
      context.globalAlpha = 1;
      context.stroke(path);
    }
    context.restore();
  }
}

/** Where the landscape is higher than each of the levels, in columns and rows of a grid, cells' centres at halves. */
function areasOf(landscape: Landscape): ContourMultiPolygon[] {
  // Roots: what grows as a square grows evenly then, and lines between grid points are where they should be.
  const roots: number[] = [];
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      roots.push(Math.sqrt(landscape.value([xOf(landscape, column), yOf(landscape, row)])));
    }
  }
  const highest = Math.floor(Math.log(Math.max(...roots) ** 2) / Math.log(FACTOR));
  const levels = Array.from({ length: LINES }, (_, i) => FACTOR ** (highest - LINES + 1 + i));
  return contours().size([COLUMNS, ROWS]).thresholds(levels.map(Math.sqrt))(roots);
}

function xOf({ across: [from, to] }: Landscape, column: number): number {
  return from + ((to - from) * column) / (COLUMNS - 1);
}

function yOf({ up: [from, to] }: Landscape, row: number): number {
  return from + ((to - from) * row) / (ROWS - 1);
}
