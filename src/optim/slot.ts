import type { Block, Core } from "../core/contract/core.js";
import { disposed, pluralize, wrongValue } from "../errors.js";
import { Parameter } from "../parameter.js";
import { checkArrays, type PlainParameter, type RpropParameter } from "./parameters.js";

/** One parameter of an optimizer, with the blocks that the step works on. */
export abstract class Slot {
  readonly prev: Block;
  readonly stepSize: Block;
  /** Steps taken. */
  steps = 0;

  readonly #owned: readonly Block[];

  /**
   * @param name what messages call the parameter, such as params[0]
   * @param blocks of the slot's own: prev, stepSize, and further ones
   */
  protected constructor(
    private readonly core: Core,
    readonly name: string,
    readonly data: Block,
    readonly grad: Block,
    blocks: readonly Block[],
  ) {
    this.#owned = blocks;
    [this.prev, this.stepSize] = this.#owned as [Block, Block];
  }

  /** Takes over a saved state; lr stands for step sizes that have not begun. */
  restore(steps: number, prev: Float32Array | null, stepSize: Float32Array | number): void {
    this.steps = steps;
    if (prev === null) this.prev.view.fill(0);
    else this.prev.view.set(prev);
    if (typeof stepSize === "number") this.stepSize.view.fill(stepSize);
    else this.stepSize.view.set(stepSize);
    if (steps > 0) this.restored();
  }

  /** A parameter that was stepped has had a gradient. */
  protected abstract restored(): void;
  /** @throws TypeError, RangeError or Error where the parameter cannot be used (any more) */
  abstract check(): void;
  /** Whether a gradient has ever arrived; asked after load. */
  abstract hasGradient(): boolean;
  /** Brings data and grad up to date before a step. */
  abstract load(): void;
  /** After a step: takes data back, or notes the change. */
  abstract stepped(): void;
  abstract zeroGrad(): void;

  /** Whether the numbers are in the user's own arrays. */
  abstract readonly isPlain: boolean;

  /** Places the blocks that the step works on in core memory. @throws RangeError when memory is exhausted */
  place(): void {
    for (const block of [this.data, this.grad, this.prev, this.stepSize]) block.place();
  }

  dispose(): void {
    for (const block of this.#owned) this.core.free(block);
  }
}

/** The slot of a parameter, its step sizes at lr. No core memory grows: its blocks are unplaced. */
export function slotOf(core: Core, param: RpropParameter, name: string, lr: number): Slot {
  const allocate = (count: number, length: number) =>
    Array.from({ length: count }, () => core.allocate(length, false));
  const slot =
    param instanceof Parameter
      ? new ParameterSlot(core, param, name, allocate(2, param.size))
      : new PlainSlot(core, param, name, allocate(4, param.data.length));
  slot.stepSize.view.fill(lr);
  return slot;
}

/** A Parameter has blocks of its own: the step works on them in place. */
class ParameterSlot extends Slot {
  override readonly isPlain = false;

  constructor(
    core: Core,
    readonly param: Parameter,
    name: string,
    blocks: readonly Block[],
  ) {
    super(core, name, param.block, param.gradBlock, blocks);
  }

  override check(): void {
    if (this.param.disposed) throw disposed(this.name);
  }

  override hasGradient(): boolean {
    // A gradient written by hand shows by an entry that is not ±0.
    this.param.hasGradient ||= this.grad.view.some((value) => value !== 0);
    return this.param.hasGradient;
  }

  protected override restored(): void {
    this.param.hasGradient = true;
  }

  override load(): void {}

  override stepped(): void {
    this.param.version++;
  }

  override zeroGrad(): void {
    this.grad.view.fill(0);
  }
}

/** The user's own arrays are copied into core memory and back, so that one kernel holds the rule. */
class PlainSlot extends Slot {
  override readonly isPlain = true;

  constructor(
    core: Core,
    readonly param: PlainParameter,
    name: string,
    blocks: readonly Block[],
  ) {
    const [, , data, grad] = blocks as [Block, Block, Block, Block];
    super(core, name, data, grad, blocks);
  }

  override check(): void {
    checkArrays(this.name, this.param);
    const { length } = this.param.data;
    if (length !== this.data.length)
      throw wrongValue(`${this.name}.data`, pluralize(this.data.length, "value"), length);
  }

  override hasGradient(): boolean {
    return true;
  }

  protected override restored(): void {}

  override load(): void {
    this.data.view.set(this.param.data);
    this.grad.view.set(this.param.grad);
  }

  override stepped(): void {
    this.param.data.set(this.data.view);
  }

  override zeroGrad(): void {
    this.param.grad.fill(0);
  }
}
