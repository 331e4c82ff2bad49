import type { Block, Core } from "../core/core.js";
import { own, release } from "../core/ownership.js";
import { disposed, wrongType, wrongValue } from "../errors.js";
import { Parameter } from "../parameter.js";
import type { PlainParameter, RpropParameter } from "./options.js";

/** One parameter of an optimizer, with the blocks that the step works on. */
export abstract class Slot {
  readonly prev: Block;
  readonly stepSize: Block;
  /** Steps taken. */
  steps = 0;

  /** @param name what messages call the parameter, such as params[0] */
  protected constructor(
    owner: object,
    protected readonly core: Core,
    readonly name: string,
    readonly data: Block,
    readonly grad: Block,
    lr: number,
  ) {
    this.prev = own(owner, core, core.allocate(data.length));
    this.stepSize = own(owner, core, core.allocate(data.length));
    this.stepSize.view.fill(lr);
  }

  /** @throws TypeError, RangeError or Error where the parameter cannot be used (any more) */
  abstract check(): void;
  /** Whether a gradient has ever arrived; asked after load. */
  abstract hasGradient(): boolean;
  /** Brings data and grad up to date before a step. */
  abstract load(): void;
  /** After a step: takes data back, or notes the change. */
  abstract stepped(): void;
  abstract zeroGrad(): void;

  dispose(): void {
    release(this.core, this.prev);
    release(this.core, this.stepSize);
  }
}

/** The slot of a parameter, its blocks owned by owner and its step sizes at lr. */
export function slotOf(owner: object, core: Core, param: RpropParameter, name: string, lr: number): Slot {
  return param instanceof Parameter
    ? new ParameterSlot(owner, core, param, name, lr)
    : new PlainSlot(owner, core, param, name, lr);
}

/** @throws TypeError or RangeError for what no optimizer can train */
export function checkParameter(param: unknown, name: string): void {
  if (param instanceof Parameter) {
    if (param.disposed) throw disposed(name);
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
  if (grad.length !== data.length) throw wrongGradLength(name, data.length, grad.length);
}

/** A Parameter is in core memory: the step works on it in place. */
class ParameterSlot extends Slot {
  constructor(
    owner: object,
    core: Core,
    readonly param: Parameter,
    name: string,
    lr: number,
  ) {
    super(owner, core, name, param.block, param.gradBlock, lr);
  }

  override check(): void {
    if (this.param.disposed) throw disposed(this.name);
  }

  override hasGradient(): boolean {
    // A gradient written by hand shows by an entry that is not ±0.
    this.param.reached ||= this.grad.view.some((value) => value !== 0);
    return this.param.reached;
  }

  override load(): void {}

  override stepped(): void {
    this.param.steps++;
  }

  override zeroGrad(): void {
    this.grad.view.fill(0);
  }
}

/** Arrays of the user's own are copied into core memory and back: less work than a step in JavaScript, and one rule. */
class PlainSlot extends Slot {
  constructor(
    owner: object,
    core: Core,
    readonly param: PlainParameter,
    name: string,
    lr: number,
  ) {
    const { length } = param.data;
    const data = own(owner, core, core.allocate(length));
    super(owner, core, name, data, own(owner, core, core.allocate(length)), lr);
  }

  override check(): void {
    checkLengths(this.name, this.data.length, this.param);
  }

  override hasGradient(): boolean {
    return true;
  }

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

  override dispose(): void {
    super.dispose();
    release(this.core, this.data);
    release(this.core, this.grad);
  }
}

function checkLengths(name: string, length: number, { data, grad }: PlainParameter): void {
  if (data.length !== length) throw wrongValue(`${name}.data`, `${length} values`, data.length);
  if (grad.length !== length) throw wrongGradLength(name, length, grad.length);
}

function wrongGradLength(name: string, length: number, got: number): RangeError {
  return wrongValue(`${name}.grad`, `${length} values, as data has`, got);
}
