import type { ParamGroup } from "../../optim/group.js";
import type { CheckedOptions } from "../../optim/options.js";
import { type Box, type Rule, type RuleState, stepBy } from "../../optim/rule.js";
import type { Slot } from "../../optim/slot.js";
import type { Parameter } from "../../parameter.js";

/** What a run carries of all parameters, one after the other, in float64. */
export interface RpropNumbers {
  readonly values: Float64Array;
  readonly prev: Float64Array;
  readonly stepSize: Float64Array;
}

/** One parameter that an optimizer moves, as a part of all that a run carries. */
export class RpropPart {
  /** Taken before this run. */
  readonly steps: number;
  readonly #values: Float64Array;
  readonly #state: RuleState;
  /** What the rule follows: with weight decay, and turned around under maximize. */
  readonly #slopes: Float64Array;
  #options: CheckedOptions | null = null;
  #rule: Rule | null = null;
  #box: Box | null = null;

  constructor(
    readonly group: ParamGroup,
    readonly param: Parameter,
    readonly slot: Slot,
    /** Where the parameter begins among all. */
    readonly from: number,
    { values, prev, stepSize }: RpropNumbers,
  ) {
    this.steps = slot.steps;
    const own = (numbers: Float64Array) => numbers.subarray(from, from + param.size);
    this.#values = own(values);
    this.#state = { prev: own(prev), stepSize: own(stepSize), hasFlipped: new Uint8Array(param.size) };
    this.#slopes = new Float64Array(param.size);
  }

  /** @param last the loss of the step before; NaN where there is none */
  step(gradient: Float64Array, loss: number, last: number): void {
    const { maximize, weightDecay } = this.#current();
    const [values, slopes] = [this.#values, this.#slopes];
    for (let i = 0; i < slopes.length; i++) {
      const slope = gradient[this.from + i] as number;
      const decay = weightDecay === 0 ? 0 : weightDecay * (values[i] as number);
      slopes[i] = (maximize ? -slope : slope) + decay;
    }
    const worse = maximize ? loss < last : loss > last;
    stepBy(this.#rule as Rule, values, slopes, this.#state, worse, this.#box);
  }

  /** The group's options, which may change between steps. */
  #current(): CheckedOptions {
    const { options } = this.group;
    if (options === this.#options) return options;
    this.#options = options;
    const { variant, etas, stepSizes, bounds } = options;
    const [[etaMinus, etaPlus], [minStep, maxStep]] = [etas, stepSizes];
    this.#rule = { variant, etaMinus, etaPlus, minStep, maxStep, round: (value) => value };
    const [lower, upper] = bounds;
    const filled = (bound: number) => new Float64Array(this.param.size).fill(bound);
    const open = lower === -Infinity && upper === Infinity;
    this.#box = open ? null : { lower: filled(lower), upper: filled(upper) };
    return options;
  }
}
