import type { RpropRule } from "../core/contract/core.js";
import { type CheckedOptions, checkOption, ruleOf } from "./options.js";
import { checkWithin, type RpropParameter } from "./parameters.js";
import type { Slot } from "./slot.js";
import type { RpropVariant } from "./variants.js";

/**
 * A group of an optimizer's parameters with its options, which can be read and changed between steps; changes are checked
 * as at the constructor.
 *
 * @example
 * import { Linear, Rprop } from "rprop";
 * const [group] = new Rprop(new Linear(3, 2).parameters()).paramGroups;
 * if (group) group.etas = [0.5, 1.1];
 * console.log(group?.etas, group?.lr); // [ 0.5, 1.1 ] 0.01
 */
export class ParamGroup {
  readonly #params: readonly RpropParameter[];
  /** @internal */
  readonly slots: readonly Slot[];
  #options: CheckedOptions;
  /** Of steps where the loss has not got worse, and where it has. */
  #rules: readonly [RpropRule, RpropRule];
  readonly #prefix: string;

  /** @internal */
  constructor(
    params: readonly RpropParameter[],
    slots: readonly Slot[],
    options: CheckedOptions,
    prefix: string,
  ) {
    this.#params = Object.freeze([...params]);
    this.slots = slots;
    this.#options = options;
    this.#prefix = prefix;
    this.#rules = [ruleOf(options, false), ruleOf(options, true)];
  }

  /** The group's parameters, in the order in which they were given. */
  get params(): readonly RpropParameter[] {
    return this.#params;
  }

  /** @throws RangeError where a parameter is outside of the bounds @internal */
  checkBounds(bounds: readonly [number, number]): void {
    for (const { name, data } of this.slots) checkWithin(data.view, bounds, name);
  }

  /** @internal */
  rule(worse: boolean): RpropRule {
    return this.#rules[worse ? 1 : 0];
  }

  /** The first step size. @throws Error when it is set after a step: step sizes follow from the signs then */
  get lr(): number {
    return this.#options.lr;
  }

  set lr(value: number) {
    const lr = checkOption("lr", value, this.#prefix);
    if (this.slots.some(({ steps }) => steps > 0)) {
      throw new Error(
        "lr is the first step size and cannot change after a step: change stepSizes, or make a new Rprop",
      );
    }
    for (const { stepSize } of this.slots) stepSize.view.fill(lr);
    this.change({ lr });
  }

  /**
   * [η⁻, η⁺]: what a step size is multiplied by when the sign flips or stays.
   *
   * @throws TypeError or RangeError for anything but 0 < η⁻ < 1 < η⁺
   */
  get etas(): readonly [number, number] {
    return this.#options.etas;
  }

  set etas(value: readonly [number, number]) {
    this.#set("etas", value);
  }

  /**
   * [smallest, largest] step size.
   *
   * @throws TypeError or RangeError for anything but 0 ≤ smallest ≤ largest
   */
  get stepSizes(): readonly [number, number] {
    return this.#options.stepSizes;
  }

  set stepSizes(value: readonly [number, number]) {
    this.#set("stepSizes", value);
  }

  /** Whether the gradient is climbed. @throws TypeError for anything but true or false */
  get maximize(): boolean {
    return this.#options.maximize;
  }

  set maximize(value: boolean) {
    this.#set("maximize", value);
  }

  /**
   * What happens where a sign flips: see {@link MinimizeOptions.variant}.
   *
   * @throws TypeError or RangeError for any other text
   */
  get variant(): RpropVariant {
    return this.#options.variant;
  }

  set variant(value: RpropVariant) {
    this.#set("variant", value);
  }

  /**
   * Times the parameter, it is added to the gradient before its sign is taken.
   *
   * @throws TypeError or RangeError for anything but a finite number of at least 0
   */
  get weightDecay(): number {
    return this.#options.weightDecay;
  }

  set weightDecay(value: number) {
    this.#set("weightDecay", value);
  }

  /**
   * [lower, upper] for every parameter.
   *
   * @throws TypeError or RangeError for anything but lower ≤ upper; RangeError where a parameter is outside
   * of them
   */
  get bounds(): readonly [number, number] {
    return this.#options.bounds;
  }

  set bounds(value: readonly [number, number]) {
    const bounds = checkOption("bounds", value, this.#prefix);
    for (const slot of this.slots) slot.load();
    this.checkBounds(bounds);
    this.change({ bounds });
  }

  /** Every option. @internal */
  get options(): CheckedOptions {
    return this.#options;
  }

  /** Of options that have been checked. @internal */
  change(options: Partial<CheckedOptions>): void {
    this.#options = { ...this.#options, ...options };
    this.#rules = [ruleOf(this.#options, false), ruleOf(this.#options, true)];
  }

  #set(key: keyof CheckedOptions, value: unknown): void {
    this.change({ [key]: checkOption(key, value, this.#prefix) });
  }
}
