import type { Block, Core, Totals } from "../../src/core/core.js";
import { filled, type Workload } from "./workload.js";

/** The products of a linear layer, packing of the weights included, and the sums of its bias. */
export function linear(rows: number, inputs: number, outputs: number): Workload[] {
  const shape = `${rows} × ${inputs} → ${outputs}`;
  const blocks = (core: Core) => ({
    x: filled(core, rows * inputs, 1),
    weight: filled(core, outputs * inputs, 2),
    bias: filled(core, outputs, 3),
    y: filled(core, rows * outputs, 4),
    panels: core.allocatePanels(inputs, outputs),
    dx: core.allocate(rows * inputs),
    total: core.allocateTotals(outputs * inputs),
    biasTotal: core.allocateTotals(outputs),
  });
  const workload = (
    kernel: string,
    body: (core: Core, b: ReturnType<typeof blocks>) => void,
    result: keyof ReturnType<typeof blocks>,
    work = 2 * rows * inputs * outputs,
  ): Workload => ({
    kernel,
    shape,
    work,
    unit: "GFLOP/s",
    on(core) {
      const b = blocks(core);
      return { run: () => body(core, b), result: () => (b[result] as Block | Totals).view };
    },
  });
  return [
    workload(
      "linearForward",
      (core, { x, weight, bias, panels, y }) => {
        core.packForward(weight, bias, panels, inputs, outputs);
        core.linearForward(x, panels, y, rows, inputs, outputs);
      },
      "y",
    ),
    workload(
      "linearGradWeight",
      (core, { x, y, total }) => core.linearGradWeight(y, x, total, rows, inputs, outputs),
      "total",
    ),
    workload(
      "linearGradInput",
      (core, { y, weight, panels, dx }) => {
        core.packBackward(weight, panels, inputs, outputs);
        core.linearGradInput(y, panels, dx, rows, inputs, outputs);
      },
      "dx",
    ),
    workload(
      "linearGradBias",
      (core, { y, biasTotal }) => core.linearGradBias(y, biasTotal, rows, outputs),
      "biasTotal",
      rows * outputs,
    ),
  ];
}
