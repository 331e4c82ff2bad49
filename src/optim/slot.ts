import type { Block, Core } from "../core/core.js";
import { own, release } from "../core/ownership.js";
import { wrongType, wrongValue } from "../errors.js";
import { Parameter } from "../parameter.js";
import type { PlainParameter, RpropParameter } from "./options.js";

/** One parameter of an optimizer, with the blocks that the step works on. */
export interface Slot {
  /** What messages call the parameter, such as params[0]. */
  readonly name: string;
  readonly data: Block;
  readonly grad: Block;
  readonly prev: Block;
  readonly stepSize: Block;
  /** Steps taken. */
  steps: number;
  /** @throws TypeError, RangeError or Error where the parameter cannot be used (any more) */
  check(): void;
  /** Whether a gradient has ever arrived; to be asked before a step. */
  hasGradient(): boolean;
  /** Brings data and grad up to date before a step. */
  load(): void;
  /** Takes data back after a step. */
  store(): void;
  zeroGrad(): void;
  dispose(): void;
}

/** The slot of a parameter, its blocks owned by owner and its step sizes at lr. */
export function slotOf(owner: object, core: Core, param: RpropParameter, name: string, lr: number): Slot {
  const slot =
    param instanceof Parameter
      ? new ModuleSlot(owner, core, param, name)
      : new PlainSlot(owner, core, param, name);
  slot.stepSize.view.fill(lr);
  return slot;
}

/** @throws TypeError or RangeError for what no optimizer can train */
export function checkParameter(param: unknown, name: string): void {
  if (param instanceof Parameter) {
    if (param.disposed) throw new Error(`${name} was disposed`);
    return;
  }
  const { data, grad, shape } = (param ?? {}) as { data?: unknown; grad?: unknown; shape?: unknown };
  if (shape !== undefined && grad !== undefined) {
    throw wrongType(name, "a parameter of this library (rprop and rprop/js do not share parameters)", param);
  }
  if (!(data instanceof Float32Array) || !(grad instanceof Float32Array)) {
    throw wrongType(name, "a Parameter, or { data, grad } of two Float32Arrays", param);
  }
  if (data.length === 0) throw wrongValue(`${name}.data`, "at least one value", data.length);
  checkLengths(name, data.length, { data, grad });
}

/** A Parameter is in core memory: the step works on it in place. */
class ModuleSlot implements Slot {
  readonly data: Block;
  readonly grad: Block;
  readonly prev: Block;
  readonly stepSize: Block;
  steps = 0;

  constructor(
    owner: object,
    readonly core: Core,
    readonly param: Parameter,
    readonly name: string,
  ) {
    this.data = param.block;
    this.grad = param.gradBlock;
    this.prev = own(owner, core, core.allocate(param.size));
    this.stepSize = own(owner, core, core.allocate(param.size));
  }

  check(): void {
    if (this.param.disposed) throw new Error(`${this.name} was disposed`);
  }

  hasGradient(): boolean {
    // A gradient written by hand shows by an entry that is not ±0.
    this.param.reached ||= this.grad.view.some((value) => value !== 0);
    return this.param.reached;
  }

  load(): void {}

  store(): void {}

  zeroGrad(): void {
    this.grad.view.fill(0);
  }

  dispose(): void {
    release(this.core, this.prev);
    release(this.core, this.stepSize);
  }
}

/** Arrays of the user's own are copied into core memory and back: half the time of stepping them where they are. */
class PlainSlot implements Slot {
  readonly data: Block;
  readonly grad: Block;
  readonly prev: Block;
  readonly stepSize: Block;
  steps = 0;

  constructor(
    owner: object,
    readonly core: Core,
    readonly param: PlainParameter,
    readonly name: string,
  ) {
    const { length } = param.data;
    this.data = own(owner, core, core.allocate(length));
    this.grad = own(owner, core, core.allocate(length));
    this.prev = own(owner, core, core.allocate(length));
    this.stepSize = own(owner, core, core.allocate(length));
  }

  check(): void {
    checkLengths(this.name, this.data.length, this.param);
  }

  hasGradient(): boolean {
    return true;
  }

  load(): void {
    this.data.view.set(this.param.data);
    this.grad.view.set(this.param.grad);
  }

  store(): void {
    this.param.data.set(this.data.view);
  }

  zeroGrad(): void {
    this.param.grad.fill(0);
  }

  dispose(): void {
    for (const block of [this.data, this.grad, this.prev, this.stepSize]) release(this.core, block);
  }
}

function checkLengths(name: string, length: number, { data, grad }: PlainParameter): void {
  if (data.length !== length) throw wrongValue(`${name}.data`, `${length} values`, data.length);
  if (grad.length !== length) throw wrongValue(`${name}.grad`, `${length} values, as data has`, grad.length);
}
