import type { Block, Core, Totals } from "../../src/core/contract/core.js";
import { filled, type Workload } from "./workload.js";

/** The products of a linear layer, packing of the weights included. */
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
  ): Workload => ({
    kernel,
    shape,
    work: 2 * rows * inputs * outputs,
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
      "linearGradParameters",
      (core, { x, y, total, biasTotal }) =>
        core.linearGradParameters(y, x, total, biasTotal, rows, inputs, outputs),
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
  ];
}
