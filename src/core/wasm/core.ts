import { PANEL_ROW_BYTES, PANELS } from "../../../assembly/constants.js";
import type { Block, Core, Instantiate, KernelFamily, RpropRule, Totals } from "../contract/core.js";
import { BLOCK_ROWS, ON_FLIP_STAY } from "../contract/core.js";
import type { WasmBlock } from "./block.js";
import { warnOfFallback } from "./fallback.js";
import type { CoreMemory } from "./memory.js";

type Floats = WasmBlock<Float32Array>;
type Doubles = WasmBlock<Float64Array>;

/** The exports of assembly/index.ts, as the compiler declares them. */
export type Exports = Awaited<ReturnType<typeof import("../../../build/kernels.js").instantiate>>;

/** Calls the kernels of assembly/ with the addresses of blocks. */
export class WasmCore implements Core {
  readonly name = "wasm";
  readonly #kernels: Exports;
  readonly #memory: CoreMemory;
  readonly #scratch: Doubles;

  readonly #instantiate: Instantiate;
  readonly #families = new Map<object, unknown>();

  constructor(kernels: Exports, memory: CoreMemory, instantiate: Instantiate) {
    this.#kernels = kernels;
    this.#memory = memory;
    this.#instantiate = instantiate;
    // One panel of a block of rows is what gradients of weights take, whatever the layer's size.
    this.#scratch = memory.allocate(Float64Array, (PANELS + panelsBytes(BLOCK_ROWS, 8)) / 8);
  }

  allocate(length: number, placed?: boolean): Block {
    return this.#memory.allocate(Float32Array, length, placed);
  }

  allocateTotals(length: number, placed?: boolean): Totals {
    return this.#memory.allocate(Float64Array, length, placed);
  }

  allocatePanels(inFeatures: number, outFeatures: number, placed?: boolean): Block {
    const bytes = Math.max(panelsBytes(inFeatures, outFeatures), panelsBytes(outFeatures, inFeatures));
    return this.allocate(bytes / 4, placed);
  }

  reserve(): void {
    this.#memory.reserve();
  }

  /** Where its module does not start, a family's kernels are those in JavaScript, which compute on any core's blocks. */
  family<Kernels>(family: KernelFamily<Kernels>): Kernels {
    let made = this.#families.get(family);
    if (made === undefined) {
      try {
        made = family.wasm?.(this.#instantiate, this.#scratch.address);
      } catch (error) {
        warnOfFallback(error);
        made = family.js;
      }
      this.#families.set(family, made);
    }
    return made as Kernels;
  }

  free(block: Block | Totals): void {
    this.#memory.free(block as Floats);
  }

  packForward(weight: Floats, bias: Floats | null, panels: Floats, inFeatures: number, outFeatures: number) {
    const at = bias === null ? 0 : bias.address;
    this.#kernels.packForward(weight.address, at, panels.address, inFeatures, outFeatures);
  }

  linearForward(x: Floats, panels: Floats, y: Floats, rows: number, inFeatures: number, outFeatures: number) {
    const scratch = this.#scratch.address;
    this.#kernels.linearForward(x.address, panels.address, y.address, rows, inFeatures, outFeatures, scratch);
  }

  linearGradParameters(
    dy: Floats,
    x: Floats,
    weightTotal: Doubles,
    biasTotal: Doubles | null,
    rows: number,
    inFeatures: number,
    outFeatures: number,
  ) {
    this.#kernels.linearGradParameters(
      dy.address,
      x.address,
      weightTotal.address,
      biasTotal === null ? 0 : biasTotal.address,
      rows,
      inFeatures,
      outFeatures,
      this.#scratch.address,
    );
  }

  packBackward(weight: Floats, panels: Floats, inFeatures: number, outFeatures: number) {
    this.#kernels.packBackward(weight.address, panels.address, inFeatures, outFeatures);
  }

  linearGradInput(
    dy: Floats,
    panels: Floats,
    dx: Floats,
    rows: number,
    inFeatures: number,
    outFeatures: number,
  ) {
    const scratch = this.#scratch.address;
    this.#kernels.linearGradInput(
      dy.address,
      panels.address,
      dx.address,
      rows,
      inFeatures,
      outFeatures,
      scratch,
    );
  }

  squaredError(prediction: Floats, target: Floats, derivative: Floats, rows: number, outputs: number) {
    const [p, t, d] = [prediction.address, target.address, derivative.address];
    return this.#kernels.squaredError(p, t, d, rows, outputs, this.#scratch.address);
  }

  accumulate(grad: Floats, total: Doubles, scale: number, fresh: boolean) {
    this.#kernels.accumulate(grad.address, total.address, grad.length, scale, fresh);
  }

  countNonFinite(values: Floats) {
    return this.#kernels.countNonFinite(values.address, values.length);
  }

  rprop(data: Floats, grad: Floats, prev: Floats, stepSize: Floats, rule: RpropRule) {
    const { etaMinus, etaPlus, minStep, maxStep, maximize, onFlip, weightDecay, lower, upper } = rule;
    const kernels = this.#kernels;
    const { address: w, length } = data;
    const [g, p, d] = [grad.address, prev.address, stepSize.address];
    const plain = weightDecay === 0 && lower === -Infinity && upper === Infinity;
    if (plain && onFlip === ON_FLIP_STAY) {
      kernels.rpropStay(w, g, p, d, length, etaMinus, etaPlus, minStep, maxStep, maximize);
    } else if (plain) {
      kernels.rpropMove(w, g, p, d, length, etaMinus, etaPlus, minStep, maxStep, maximize, onFlip);
    } else {
      kernels.rprop(
        w,
        g,
        p,
        d,
        length,
        etaMinus,
        etaPlus,
        minStep,
        maxStep,
        maximize,
        onFlip,
        weightDecay,
        lower,
        upper,
      );
    }
  }
}

/** Of a depth × columns matrix: for every 8 columns, a row of starts and the rows. */
function panelsBytes(depth: number, columns: number): number {
  return Math.ceil(columns / 8) * (depth + 1) * PANEL_ROW_BYTES;
}
