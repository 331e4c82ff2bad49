import type { Block, Core, Totals } from "../../src/core/contract/core.js";
import { differenceLosses, standardization } from "../../src/core/families.js";
import { filled, grouped, type Workload } from "./workload.js";

/** What memory is the limit of. */
function workload(
  kernel: string,
  count: number,
  bytes: number,
  body: (core: Core, blocks: Blocks, total: Totals) => unknown,
  result: 0 | 2,
): Workload {
  return {
    kernel,
    shape: grouped(count),
    work: bytes * count,
    unit: "GB/s",
    on(core) {
      const blocks = [1, 2, 3].map((seed) => filled(core, count, seed)) as Blocks;
      const total = core.allocateTotals(count);
      total.view.fill(0.5);
      return { run: () => body(core, blocks, total), result: () => blocks[result].view };
    },
  };
}

type Blocks = [Block, Block, Block];

export function elementwise(count: number): Workload[] {
  return [
    workload("squaredError", count, 12, (core, [p, t, d]) => core.squaredError(p, t, d, count, 1), 2),
    workload("accumulate", count, 24, (core, [grad], total) => core.accumulate(grad, total, 0.1, false), 0),
    workload("countNonFinite", count, 4, (core, [grad]) => core.countNonFinite(grad), 0),
  ];
}

/** In JavaScript they share a loop, which is slower from a second loss on (measured: a fifth of the speed). */
export function robustErrors(count: number): Workload[] {
  return [
    workload(
      "absoluteError",
      count,
      12,
      (core, [p, t, d]) => core.family(differenceLosses).absoluteError(p, t, d, count, 1),
      2,
    ),
    workload(
      "huberError",
      count,
      12,
      (core, [p, t, d]) => core.family(differenceLosses).huberError(p, t, d, count, 1, 0.5),
      2,
    ),
  ];
}

/** Of rows of columns. */
export function standardize(rows: number, columns: number): Workload[] {
  const ofRows = (
    kernel: string,
    body: (core: Core, x: Block, mean: Block, std: Block, y: Block) => void,
  ): Workload => ({
    kernel,
    shape: `${grouped(rows)} × ${columns}`,
    work: 8 * rows * columns,
    unit: "GB/s",
    on(core) {
      const [x, y] = [filled(core, rows * columns, 1), core.allocate(rows * columns)];
      const [mean, std] = [filled(core, columns, 2), filled(core, columns, 3, 0.5, 2)];
      return { run: () => body(core, x, mean, std, y), result: () => y.view };
    },
  });
  return [
    ofRows("standardize", (core, x, mean, std, y) =>
      core.family(standardization).standardize(x, mean, std, y, rows, columns, false),
    ),
    ofRows("standardizeGradInput", (core, dy, _, std, dx) =>
      core.family(standardization).standardizeGradInput(dy, std, dx, rows, columns, false),
    ),
  ];
}
