import type { Block, Core } from "../../src/core/contract/core.js";

/** Packs and multiplies: Core.linearForward from weights as they are. */
export function linearForward(
  core: Core,
  x: Block,
  weight: Block,
  bias: Block | null,
  y: Block,
  rows: number,
  ins: number,
  outs: number,
): void {
  const panels = core.allocatePanels(ins, outs);
  core.packForward(weight, bias, panels, ins, outs);
  core.linearForward(x, panels, y, rows, ins, outs);
  core.free(panels);
}

/** Packs and multiplies: Core.linearGradInput from weights as they are. */
export function linearGradInput(
  core: Core,
  dy: Block,
  weight: Block,
  dx: Block,
  rows: number,
  ins: number,
  outs: number,
): void {
  const panels = core.allocatePanels(ins, outs);
  core.packBackward(weight, panels, ins, outs);
  core.linearGradInput(dy, panels, dx, rows, ins, outs);
  core.free(panels);
}
