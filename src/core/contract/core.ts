/**
 * The one interface between policy (shapes, options, order of calls) and arithmetic. Two cores implement it, with the
 * same names and the same bits: src/core/js in JavaScript, and src/core/wasm, which calls assembly/. The formulas and
 * orders of sums written here are the contract of both; tests/core/reference.ts is the same in the plainest loops.
 *
 * Arithmetic: float32 unless said otherwise; every operation rounds once; no fused multiply-add. NaN results are NaN
 * in both cores, with unspecified payload.
 * Rows are summed in blocks of BLOCK_ROWS, counted from the first row of the call: within a block one float32
 * accumulator from +0, rows ascending; the results of the blocks are added in order to a float64 total. So the error
 * of a sum does not grow with the number of rows.
 *
 * Counts are elements. Callers have checked shapes; kernels check nothing, allocate nothing and keep nothing. A block
 * may be longer than its shape: the rest is left alone.
 */
export { BLOCK_ROWS, ON_FLIP_BACK, ON_FLIP_MOVE, ON_FLIP_STAY } from "../../../assembly/constants.js";

/**
 * Numbers of a core, zeros when allocated. A placed block is in core memory, where kernels work; an unplaced one is in
 * JavaScript memory until it is placed. A block belongs to whoever allocated it, who frees it. A block that has become
 * unreachable is freed too, when the garbage collector notices, which it never does during a synchronous loop: do not rely
 * on it.
 */
export interface Block<View extends Float32Array | Float64Array = Float32Array> {
  /** Elements. */
  readonly length: number;
  /** The numbers, for the library's own use at once: growth of the memory may detach a view that is kept. */
  readonly view: View;
  /**
   * The same view, for callers outside the library: the block is placed, and once it is freed, its memory is not used
   * again while a view could show it. Placing blocks that exist already does not detach it.
   *
   * @throws RangeError as place
   */
  expose(): View;
  /**
   * Moves an unplaced block, with its numbers, into core memory. Kernels place the blocks they are given; callers do it
   * first, so that exhausted memory is refused before any kernel has changed anything.
   *
   * @throws RangeError when memory is exhausted
   */
  place(): void;
  /** A part of the block, from element offset on. */
  window(offset: number, length: number): Window<View>;
}

/** A part of a block, which it must not outlive. It is never freed. */
export interface Window<View extends Float32Array | Float64Array = Float32Array> extends Block<View> {
  /** From now on it starts at this element of the block. */
  moveTo(offset: number): void;
}

/** Sums over rows, in float64. */
export type Totals = Block<Float64Array>;

/** How a step moves parameters. Numbers are rounded to float32 by the caller. */
export interface RpropRule {
  readonly etaMinus: number;
  readonly etaPlus: number;
  readonly minStep: number;
  readonly maxStep: number;
  readonly maximize: boolean;
  /** What a parameter does whose gradient has changed its sign: ON_FLIP_STAY, _MOVE or _BACK. */
  readonly onFlip: number;
  readonly weightDecay: number;
  /** Where parameters may be; −∞ and ∞ for everywhere. */
  readonly lower: number;
  readonly upper: number;
}

/**
 * A wasm module: as text (wasm/text.ts), or compiled, in the library for environments that run imported modules only. The
 * type of a compiled one is object: WebAssembly.Module is declared only by TypeScript's lib "dom" and by Node's types.
 */
export type Binary = string | object;

/** The exports of a module on a core's memory. */
export type Instantiate = (binary: Binary) => object;

/**
 * A family of kernels beside Core's own: a program whose modules do not need it does not carry it. wasm is null in the
 * library without a binary; it gets the address of the core's scratch, too.
 */
export interface KernelFamily<Kernels> {
  readonly js: Kernels;
  readonly wasm: ((instantiate: Instantiate, scratch: number) => Kernels) | null;
}

export interface Core {
  readonly name: "wasm" | "js";

  /**
   * @param placed false for an unplaced block. Many are never placed: fit and predict work on copies, and the garbage
   * collector sees how large a model in JavaScript memory is
   * @throws RangeError when memory is exhausted; everything allocated before stays usable.
   */
  allocate(length: number, placed?: boolean): Block;
  /** @throws RangeError as allocate. */
  allocateTotals(length: number, placed?: boolean): Totals;
  /**
   * A block for the weights of a linear layer of this size as its products read them: packForward or packBackward
   * write it, in a layout of the core's own.
   *
   * @throws RangeError as allocate
   */
  allocatePanels(inFeatures: number, outFeatures: number, placed?: boolean): Block;
  /** Grows the memory, if it can, for all unplaced blocks: placing them detaches no view then. */
  reserve(): void;
  /** Kernels that not every program carries, for this core; made at first use. */
  family<Kernels>(family: KernelFamily<Kernels>): Kernels;
  /** Ends the life of a block: its view throws from now on. */
  free(block: Block | Totals): void;

  /** Packs weight, outFeatures × inFeatures, and bias, outFeatures or null for zeros, for linearForward. */
  packForward(
    weight: Block,
    bias: Block | null,
    panels: Block,
    inFeatures: number,
    outFeatures: number,
  ): void;

  /**
   * y[r, o] = bias[o] + Σₖ x[r, k] · weight[o, k], k ascending from the bias.
   * x rows × inFeatures, y rows × outFeatures; weight and bias are what packForward put into panels.
   */
  linearForward(
    x: Block,
    panels: Block,
    y: Block,
    rows: number,
    inFeatures: number,
    outFeatures: number,
  ): void;

  /**
   * weightTotal[o, k] += Σᵣ dy[r, o] · x[r, k] and biasTotal[o] += Σᵣ dy[r, o], rows in blocks; no bias where biasTotal is
   * null.
   */
  linearGradParameters(
    dy: Block,
    x: Block,
    weightTotal: Totals,
    biasTotal: Totals | null,
    rows: number,
    inFeatures: number,
    outFeatures: number,
  ): void;

  /** Packs weight, outFeatures × inFeatures, for linearGradInput. */
  packBackward(weight: Block, panels: Block, inFeatures: number, outFeatures: number): void;

  /** dx[r, k] = Σₒ dy[r, o] · weight[o, k], o ascending from +0; weight is what packBackward put into panels. */
  linearGradInput(
    dy: Block,
    panels: Block,
    dx: Block,
    rows: number,
    inFeatures: number,
    outFeatures: number,
  ): void;

  /**
   * With d = prediction − target: derivative = d (derivative may be prediction), and returns Σ d² in float64: within a
   * block of rows term i (row-major) goes to lane i mod 8; a block is ((0+1)+(2+3))+((4+5)+(6+7)); blocks are added in
   * order. The factor 2 and 1/N are part of the scale that accumulate applies.
   */
  squaredError(prediction: Block, target: Block, derivative: Block, rows: number, outputs: number): number;

  /** grad = f32((fresh ? +0 : grad) + f32(total · scale)), the product in float64; total becomes +0. */
  accumulate(grad: Block, total: Totals, scale: number, fresh: boolean): void;

  /** How many entries are NaN or infinite. */
  countNonFinite(values: Block): number;

  /**
   * One step of Rprop over every element, in place (Riedmiller & Braun 1993; Igel & Hüsken 2003, section 2):
   *   g = maximize ? −grad : grad;  where weightDecay ≠ 0, g = g + weightDecay · data
   *   bound = g > 0 ? lower : upper, the one ahead of data; an infinite one is none
   *   held: g is above or below 0, and data stands on the bound or beyond it
   *   s = sign(g) · sign(prev), of the signs, so that nothing underflows; NaN has no sign; 0 where held
   *   Δ′ = clamp(Δ · (s > 0 ? η⁺ : s < 0 ? η⁻ : 1), minStep, maxStep)
   *   moved = data − sign(g) · Δ′, or data itself where g is ±0 or NaN, or held
   *   s < 0, ON_FLIP_STAY: moved = data, and prev′ = +0
   *   s < 0, ON_FLIP_BACK: moved = data − sign(g) · Δ, which takes the last move back, and prev′ = +0
   *   otherwise, ON_FLIP_MOVE and held included: prev′ = g
   *   a move that ends beyond the bound: moved = bound, and Δ′ = max(|bound − data|, minStep), the way really gone
   * What is outside goes no further, and comes back by ordinary steps: the bound behind it does not count.
   */
  rprop(data: Block, grad: Block, prev: Block, stepSize: Block, rule: RpropRule): void;
}
