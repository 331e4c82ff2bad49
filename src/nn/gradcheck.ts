import { checkBoolean, checkNumber, wrongType, wrongValue } from "../errors.js";
import { optionsOf } from "../options.js";
import type { Parameter } from "../parameter.js";
import type { Values } from "../values.js";
import type { Module } from "./module.js";

/** The options of {@link gradcheck}. */
export interface GradcheckOptions {
  /** How much of the larger of the two an analytic and a numeric derivative may differ by. Default 0.01. */
  tolerance?: number;
  /** Whether to throw where they differ by more, as PyTorch's gradcheck does. Default true. */
  raise?: boolean;
}

/** How the derivatives compare. */
export interface GradcheckResult {
  /** Whether every derivative agrees. */
  ok: boolean;
  /** The entry with the largest error beside what is allowed it. */
  worst: {
    /** As in namedParameters(). */
    parameter: string;
    /** Into the parameter's data, row-major. */
    index: number;
    /** What backward gives. */
    analytic: number;
    /** What the differences of the loss give. */
    numeric: number;
    /** |analytic − numeric| */
    error: number;
  };
  /** How many derivatives were compared: all entries of all parameters. */
  checked: number;
}

/** A loss as this library's are, or one's own. */
export interface GradcheckLoss {
  /**
   * Measures the loss of a prediction.
   *
   * @param prediction the model's output, rows × outputs
   * @param target what gradcheck got as y
   * @returns the loss, whose backward() adds to the gradients of the parameters
   */
  forward(prediction: ReturnType<Module["forward"]>, target: Values): { item(): number; backward(): void };
}

/** A power of two near ε^(1/3) of float32: balances the rounding of the loss, ε/h, against the truncation, h². */
const STEP = 2 ** -8;

/** What rounding may do to a loss, in units of ε = 2⁻²⁴: its own rounding is 1/2, the forward's sums are the rest. */
const ROUNDINGS = 32 * 2 ** -24;

/**
 * Compares the gradients that backward computes with central differences of the loss, over every entry of every
 * parameter: forward must be the function whose derivative backward is.
 *
 *     |analytic − numeric| ≤ tolerance · max(|analytic|, |numeric|) + 32 ε · |loss| / h,  h = 2⁻⁸ · max(1, |w|)
 *
 * The forward pass is float32 (ε = 2⁻²⁴), so that a difference of losses has an error of some ε · |loss|, divided by h.
 * PyTorch's gradcheck asks for float64 and then has a tolerance of 0.001. A loss with a kink within h of a parameter
 * (ReLU, absolute error) may disagree there.
 *
 * Parameters, their gradients and what optimizers know of them are left as they were, to the bit, also when something
 * throws. Outputs and losses that the two made before are stale afterwards, as after any forward.
 *
 * @param model with at least one parameter
 * @param x rows × features
 * @param y what the loss compares with
 * @param loss such as new MSELoss(); its forward is called 2n + 1 times for n entries
 * @param options `tolerance`: how much derivatives may differ by, default 0.01; `raise`: whether to throw
 * then, default true
 * @returns the comparison, where it does not throw
 * @throws Error where an entry disagrees, naming the worst, unless `raise` is false; TypeError or RangeError for a
 * model without parameters and unknown options. What forward and backward throw is passed on.
 * @example
 * import { gradcheck, Linear, MSELoss } from "rprop";
 * const { ok, checked } = gradcheck(new Linear(2, 1), [[1, 2], [3, 4]], [1, 2], new MSELoss());
 * console.log(ok, checked); // true 3
 */
export function gradcheck(
  model: Module,
  x: Values,
  y: Values,
  loss: GradcheckLoss,
  options: GradcheckOptions = {},
): GradcheckResult {
  const { tolerance, raise } = optionsOf<Required<GradcheckOptions>>(options, {
    tolerance: [0.01, (name, value) => checkNumber(name, "a number of at least 0", value, (n) => n >= 0)],
    raise: [true, checkBoolean],
  });
  if (typeof model?.namedParameters !== "function") throw wrongType("model", "a module", model);
  if (typeof loss?.forward !== "function") throw wrongType("loss", "a loss such as new MSELoss()", loss);
  const named = model.namedParameters();
  if (named.length === 0) throw wrongValue("model", "at least one parameter", 0);
  const saved = named.map(([, parameter]) => save(parameter));
  try {
    const result = compare(named, () => loss.forward(model.forward(x), y), tolerance);
    if (!result.ok && raise) throw disagreement(result.worst);
    return result;
  } finally {
    for (const restore of saved) restore();
  }
}

function compare(
  named: [string, Parameter][],
  measure: () => ReturnType<GradcheckLoss["forward"]>,
  tolerance: number,
): GradcheckResult {
  for (const [, { gradBlock }] of named) gradBlock.view.fill(0);
  const loss = measure();
  loss.backward();
  const noise = ROUNDINGS * Math.abs(loss.item());
  const gradients = named.map(([, { gradBlock }]) => gradBlock.view.slice());
  let [largest, checked] = [-1, 0];
  let worst: GradcheckResult["worst"] | undefined;
  named.forEach(([parameter, { block }], p) => {
    gradients[p]?.forEach((analytic, index) => {
      const { numeric, h } = difference(block, index, () => measure().item());
      const error = Math.abs(analytic - numeric);
      const allowed = tolerance * Math.max(Math.abs(analytic), Math.abs(numeric)) + noise / h;
      const ratio = error === 0 ? 0 : error / allowed;
      checked++;
      if (ratio <= largest) return; // NaN is the worst of all, and stays so
      if (Number.isNaN(largest)) return;
      largest = ratio;
      worst = { parameter, index, analytic, numeric, error };
    });
  });
  return { ok: largest <= 1, worst: worst as GradcheckResult["worst"], checked };
}

/** The block's view is taken again after every forward: memory that grows makes a new one. */
function difference(block: Parameter["block"], index: number, measure: () => number) {
  const middle = block.view[index] as number;
  const h = STEP * Math.max(1, Math.abs(middle));
  const at = (value: number) => {
    block.view[index] = value;
    const moved = block.view[index] as number; // as float32 rounds it
    return { moved, loss: measure() };
  };
  const above = at(middle + h);
  const below = at(middle - h);
  block.view[index] = middle;
  return { numeric: (above.loss - below.loss) / (above.moved - below.moved), h };
}

/** Returns what puts everything back. */
function save(parameter: Parameter): () => void {
  const { block, gradBlock, hasGradient } = parameter;
  const [data, grad] = [block.view.slice(), gradBlock.view.slice()];
  return () => {
    block.view.set(data);
    gradBlock.view.set(grad);
    parameter.hasGradient = hasGradient;
  };
}

function disagreement({ parameter, index, analytic, numeric, error }: GradcheckResult["worst"]): Error {
  return new Error(
    `gradients disagree, most of all ${parameter}[${index}]: backward gives ${analytic}, differences ${numeric} (error ${error.toPrecision(3)})`,
  );
}
