/** What is seen of a network between epochs. */
import { type Module, predict, type Rprop } from "rprop";
import { DECADES, MAP_GRID, REACH } from "./messages.js";
import type { Points } from "./points.js";

/** The logits in the cells of the map, rows from the top. */
export function mapLogits(model: Module): Float32Array {
  return predict(model, CELLS).data;
}

/** The share of the points that is on the right side. */
export function accuracyOn(model: Module, { at, classes }: Points): number {
  const logits = predict(model, at).data;
  return classes.filter((kind, i) => (logits[i] as number) > 0 === (kind === 1)).length / classes.length;
}

/** How many weights have a step size in each power of ten, from DECADES[0] up. */
export function decadesOf(model: Module, optimizer: Rprop): number[] {
  const counts = DECADES.map(() => 0);
  const last = counts.length - 1;
  for (const parameter of model.parameters()) {
    for (const stepSize of optimizer.state(parameter).stepSize) {
      const decade = Math.floor(Math.log10(stepSize) + ROUNDING) - DECADES[0];
      counts[Math.min(Math.max(decade, 0), last)]!++;
    }
  }
  return counts;
}

/** A power of ten may be a little less in float32. */
const ROUNDING = 1e-6;

/** The middles of the map's cells. */
const CELLS = Float32Array.from({ length: 2 * MAP_GRID * MAP_GRID }, (_, i) => {
  const middle = (cell: number) => ((2 * cell + 1) / MAP_GRID - 1) * REACH;
  return i % 2 === 0 ? middle((i >> 1) % MAP_GRID) : -middle(Math.floor((i >> 1) / MAP_GRID));
});
