import type { Core } from "../core/contract/core.js";
import { activeCore } from "../core/select.js";
import { disposed, nonFiniteGradient, Verbatim, wrongType, wrongValue } from "../errors.js";
import { Opaque } from "../opaque.js";
import { checkOptions } from "../options.js";
import type { Tensor } from "../tensor.js";
import { ParamGroup } from "./group.js";
import {
  type CheckedOptions,
  checkedOptions,
  completed,
  GROUP_OPTIONS,
  type RpropGroup,
  type RpropOptions,
} from "./options.js";
import {
  checkParameter,
  checkWithin,
  dataOf,
  parameterList,
  type RpropParameter,
  shareNumbers,
} from "./parameters.js";
import { type Slot, slotOf } from "./slot.js";
import { checkedState, type RpropState, type RpropStateDict, stateOf } from "./state.js";

type LossValue = number | Tensor;

/**
 * Resilient backpropagation. For every weight w with gradient g and a step size Δ of its own:
 *
 *     Δ = clamp(Δ · (η⁺ while the sign of g stays, η⁻ when it flips), smallest, largest)
 *     w = w − sign(g) · Δ     and where the sign has flipped, what the variant says
 *
 * The default variant, iRprop⁻ (Igel & Hüsken 2003, section 2), is that of torch.optim.Rprop: after a flip, g counts as 0
 * for this step and the next comparison. Only the sign of the gradient is used, never its size. Full batches: the sign
 * of a mini-batch's gradient is noise.
 *
 * Deviation from PyTorch: signs are compared, where PyTorch multiplies gradients, which underflows to 0 for gradients
 * below 1e-23; step() throws where no parameter has ever had a gradient, where PyTorch does nothing; and stepSizes that
 * are out of order are refused, where PyTorch lets every step be the largest.
 *
 * @example
 * import { Linear, MSELoss, Rprop } from "rprop";
 * const linear = new Linear(1, 1);
 * const criterion = new MSELoss();
 * const optimizer = new Rprop(linear.parameters(), { lr: 0.01 });
 * for (let epoch = 0; epoch < 100; epoch++) {
 *   optimizer.zeroGrad();
 *   criterion.forward(linear.forward([1, 2, 3]), [2, 4, 6]).backward();
 *   optimizer.step();
 * }
 * console.log(linear.forward([4]).item().toFixed(2)); // 8.00
 */
export class Rprop extends Opaque {
  readonly #core: Core = activeCore();
  readonly #defaults: CheckedOptions;
  /** @internal */
  nonFinite: "skip" | "throw";
  readonly #groups: ParamGroup[] = [];
  readonly #slots = new Map<RpropParameter, Slot>();
  /** The loss at the last step. @internal */
  loss: number | undefined;
  #disposed = false;

  /**
   * Makes an optimizer of these parameters.
   *
   * @param params what to train: parameters of modules, of parameter(), or { data, grad } of Float32Arrays; or groups
   * `{ params, ...options }` of them
   * @param options of the rule, for all groups that have none of their own: see {@link RpropOptions}.
   * Default: PyTorch's
   * @throws TypeError or RangeError for options that are unknown or out of range, for no parameters, for a parameter
   * given twice, and for what is no parameter of this library
   */
  constructor(params: Iterable<RpropParameter> | Iterable<RpropGroup>, options: RpropOptions = {}) {
    super();
    const { nonFinite, ...defaults } = checkedOptions(options);
    this.#defaults = defaults;
    this.nonFinite = nonFinite;
    const list = parameterList<RpropParameter | RpropGroup>("params", "parameters or of groups", params);
    const isGroup = (value: RpropParameter | RpropGroup) =>
      typeof value === "object" && value !== null && "params" in value;
    const groups = list.filter(isGroup);
    if (groups.length > 0 && groups.length < list.length) {
      throw wrongValue("params", "parameters or groups", new Verbatim("both"));
    }
    if (groups.length === 0) this.#add({ params: list as RpropParameter[] }, "");
    else for (const group of list) this.addParamGroup(group as RpropGroup);
  }

  /** The groups, whose options can be read and changed; lr, the first step size, only before the first step. */
  get paramGroups(): readonly ParamGroup[] {
    return [...this.#groups];
  }

  /**
   * Adds parameters with options of their own.
   *
   * @param group `{ params, ...options }`; options that are left out are the optimizer's
   * @throws TypeError or RangeError as the constructor, Error after dispose(); nothing is added then
   */
  addParamGroup(group: RpropGroup): void {
    this.#checkNotDisposed();
    this.#add(group, `group ${this.#groups.length}.`);
  }

  /** prefix: of names in messages, such as "group 0.". */
  #add(group: RpropGroup, prefix: string): void {
    checkOptions(`${prefix}options`, group, ["params", ...GROUP_OPTIONS]);
    const { params: given, ...own } = group;
    const options = completed(own, this.#defaults, prefix);
    const params = parameterList(`${prefix}params`, "parameters", given);
    const name = (i: number) => `${prefix}params[${i}]`;
    const taken = [...this.#slots.keys()];
    params.forEach((param, i) => {
      checkParameter(param, name(i));
      checkWithin(dataOf(param) as Float32Array, options.bounds, name(i));
      if (taken.some((other) => shareNumbers(param, other))) {
        throw wrongValue(name(i), "each parameter once", new Verbatim("one that is there already"));
      }
      taken.push(param);
    });
    const slots: Slot[] = [];
    try {
      params.forEach((param, i) => {
        slots.push(slotOf(this.#core, param, name(i), options.lr));
      });
      // The user's own arrays may be views of core memory: its growth, which detaches them, comes now and not at a step.
      const all = [...this.#slots.values(), ...slots];
      if (all.some(({ isPlain }) => isPlain)) {
        for (const slot of all) slot.place();
        this.#core.reserve();
      }
      for (const slot of slots) slot.check();
    } catch (error) {
      for (const slot of slots) slot.dispose(); // memory is exhausted, or its growth has detached an array
      throw error;
    }
    params.forEach((param, i) => {
      this.#slots.set(param, slots[i] as Slot);
    });
    this.#groups.push(new ParamGroup(params, slots, options, prefix));
  }

  /**
   * Moves every parameter that has ever had a gradient one step.
   *
   * @param loss the loss at this point, or a closure that computes it and its gradients; only irprop+ needs it
   * @returns the loss as a number, where it was given
   * @throws TypeError for a loss that is neither; Error when irprop+ is not given it, when no parameter has ever had a
   * gradient, or one was disposed; RangeError for a parameter that was moved out of its bounds, or a gradient that is
   * not finite under `nonFinite: "throw"`. No parameter is changed then.
   */
  step(loss?: LossValue | (() => LossValue)): number | undefined {
    this.#checkNotDisposed();
    const value = lossValue(typeof loss === "function" ? loss() : loss);
    this.#checkNotDisposed(); // the closure may have done anything
    if (value === undefined && this.#groups.some(({ variant }) => variant === "irprop+")) {
      throw new Error(
        "irprop+ needs the loss of every step: give it to step(loss), or a closure that computes it",
      );
    }
    this.#checkSlots();
    const last = this.loss ?? Number.NaN;
    this.loss = value;
    for (const group of this.#groups) {
      // What is climbed has got worse where it fell.
      const worse = value !== undefined && (group.maximize ? value < last : value > last);
      const rule = group.rule(worse);
      for (const slot of group.slots) {
        if (!slot.hasGradient()) continue;
        this.#core.rprop(slot.data, slot.grad, slot.prev, slot.stepSize, rule);
        slot.stepped();
        slot.steps++;
      }
    }
    return value;
  }

  /** Everything that can refuse a step, before anything is changed. */
  #checkSlots(): void {
    let any = false;
    for (const slot of this.#slots.values()) slot.check();
    for (const slot of this.#slots.values()) {
      slot.place();
      slot.load();
      if (slot.hasGradient()) any = true;
    }
    if (!any)
      throw new Error(
        "no parameter has a gradient: run backward() on a loss, or write to grad, before step()",
      );
    for (const group of this.#groups) group.checkBounds(group.bounds);
    if (this.nonFinite === "skip") return;
    for (const slot of this.#slots.values()) {
      const count = this.#core.countNonFinite(slot.grad);
      if (count > 0) throw nonFiniteGradient(slot.name, count, slot.grad.length);
    }
  }

  /** Sets every gradient to 0. @throws Error when a parameter or the optimizer was disposed */
  zeroGrad(): void {
    this.checkAlive();
    for (const slot of this.#slots.values()) slot.zeroGrad();
  }

  /**
   * Copies the state of one of the optimizer's parameters.
   *
   * @param param as it was given to the optimizer
   * @returns the number of its steps, its last gradient and its step sizes
   * @throws TypeError or RangeError for a parameter that is not among them; Error after dispose()
   */
  state(param: RpropParameter): RpropState {
    this.#checkNotDisposed();
    if (typeof param !== "object" || param === null)
      throw wrongType("param", "a parameter of this optimizer", param);
    const slot = this.#slots.get(param);
    if (slot === undefined) throw wrongValue("param", "a parameter of this optimizer", param);
    return { step: slot.steps, prev: slot.prev.view.slice(), stepSize: slot.stepSize.view.slice() };
  }

  /**
   * Copies what training needs to go on later as if it had never stopped, in the layout of
   * torch.optim.Rprop's state_dict(), parameters numbered through all groups. JSON has it too, but for
   * gradients or a loss that are NaN or infinite, which JSON does not have.
   *
   * @returns what {@link loadStateDict} takes
   * @throws Error after dispose()
   */
  stateDict(): RpropStateDict {
    this.#checkNotDisposed();
    return { ...stateOf(this.#groups, this.loss), non_finite: this.nonFinite };
  }

  /**
   * Takes over the options and the state of an optimizer of as many groups of as many parameters of the same sizes;
   * PyTorch's state_dict(), as plain values, included.
   *
   * @param state what stateDict() or PyTorch gives
   * @throws TypeError or RangeError for anything else; Error after dispose(). Nothing is changed then.
   */
  loadStateDict(state: RpropStateDict): void {
    this.checkAlive();
    for (const slot of this.#slots.values()) slot.load(); // what the bounds of the state are compared with
    const { loss, nonFinite, apply } = checkedState(state, this.#groups);
    apply();
    this.loss = loss;
    this.nonFinite = nonFinite ?? this.nonFinite;
  }

  /** Frees the step sizes and what else the optimizer owns, not the parameters. Not needed in ordinary use. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const slot of this.#slots.values()) slot.dispose();
  }

  /** Calls dispose(): what `using` does at the end of its block. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  #checkNotDisposed(): void {
    if (this.#disposed) throw disposed("this Rprop");
  }

  /** @throws Error once the optimizer or one of its parameters was disposed @internal */
  checkAlive(): void {
    this.#checkNotDisposed();
    for (const slot of this.#slots.values()) slot.check();
  }
}

function lossValue(loss: LossValue | undefined): number | undefined {
  const value = typeof loss === "object" && typeof loss?.item === "function" ? loss.item() : loss;
  if (value === undefined || typeof value === "number") return value;
  throw wrongType("loss", "a number, a tensor of one value, or a function", loss);
}
