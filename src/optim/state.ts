import { checkChoice, checkEach, pluralize, Verbatim, wrongType, wrongValue } from "../errors.js";
import { Parameter } from "../parameter.js";
import { sizeOf, Tensor, type TensorLike } from "../tensor.js";
import { copyValues, shapeOf, type Values } from "../values.js";
import type { ParamGroup } from "./group.js";
import { type CheckedOptions, checkOption } from "./options.js";
import type { Slot } from "./slot.js";
import type { RpropVariant } from "./variants.js";

/** The state of one parameter: copies, of the parameter's length. */
export interface RpropState {
  /** Steps taken. */
  step: number;
  /** The gradient at the last step; 0 where its sign had flipped, negated under maximize. */
  prev: Float32Array;
  /** The step sizes of the next step, before signs change them. */
  stepSize: Float32Array;
}

/** An optimizer's state and options, in PyTorch's layout and names; tensors in what is saved, any values in what is loaded. */
export interface RpropStateDict {
  /** By the number of the parameter; only those that have been stepped. */
  state: Record<number, { step: number | Values; prev: Values; step_size: Values }>;
  /** The groups, with the numbers of their parameters and their options. */
  param_groups: {
    /** The numbers of the group's parameters, through all groups; the other fields are its options. */
    params: number[];
    lr: number;
    etas: readonly [number, number];
    step_sizes: readonly [number, number];
    maximize?: boolean;
    variant?: RpropVariant;
    weight_decay?: number;
    /** null stands for −∞ and ∞, which JSON does not have. */
    bounds?: readonly [number | null, number | null];
  }[];
  /** What a gradient that is NaN or infinite means, as in {@link RpropOptions}. */
  non_finite?: "skip" | "throw";
  /** The loss of the last step, where it was given; irprop+ compares the next with it. */
  loss?: number;
}

type SavedState = RpropStateDict["state"][number];
type SavedGroup = RpropStateDict["param_groups"][number];

/** The saved name of each option. */
const SAVED = {
  lr: "lr",
  etas: "etas",
  stepSizes: "step_sizes",
  maximize: "maximize",
  variant: "variant",
  weightDecay: "weight_decay",
  bounds: "bounds",
} as const;

export function stateOf(groups: readonly ParamGroup[], loss: number | undefined): RpropStateDict {
  const state: RpropStateDict["state"] = {};
  let number = 0;
  const param_groups = groups.map((group) => {
    const params = group.slots.map((slot, i) => {
      const param = group.params[i];
      const shape = param instanceof Parameter ? param.shape : [slot.data.length];
      const copy = ({ view }: { view: Float32Array }): TensorLike => Tensor.over(shape, view.slice());
      if (slot.steps > 0)
        state[number] = { step: slot.steps, prev: copy(slot.prev), step_size: copy(slot.stepSize) };
      return number++;
    });
    const { lr, etas, stepSizes, maximize, variant, weightDecay } = group;
    const finite = (bound: number) => (Number.isFinite(bound) ? bound : null);
    const bounds = [finite(group.bounds[0]), finite(group.bounds[1])] as const;
    return { params, lr, etas, step_sizes: stepSizes, maximize, variant, weight_decay: weightDecay, bounds };
  });
  return loss === undefined ? { state, param_groups } : { state, param_groups, loss };
}

/** Checks the whole of a saved state, and gives what takes it over. */
export function checkedState(
  saved: RpropStateDict,
  groups: readonly ParamGroup[],
): { loss: number | undefined; nonFinite: "skip" | "throw" | undefined; apply: () => void } {
  if (typeof saved?.state !== "object" || saved.state === null || !Array.isArray(saved.param_groups)) {
    throw wrongType("state", "what stateDict() gives", saved);
  }
  const { length } = saved.param_groups;
  if (length !== groups.length)
    throw wrongValue("state.param_groups", pluralize(groups.length, "group"), length);
  const { loss } = saved;
  if (loss !== undefined && typeof loss !== "number") throw wrongType("state.loss", "a number", loss);
  const { non_finite: nonFinite } = saved;
  if (nonFinite !== undefined) checkChoice("state.non_finite", ["skip", "throw"], nonFinite);
  checkNumbers(saved, groups);
  const changes: (() => void)[] = [];
  groups.forEach((group, g) => {
    const name = `state.param_groups[${g}]`;
    const own = saved.param_groups[g] as SavedGroup;
    const options = checkedGroupOptions(own, group.options, `${name}.`);
    group.checkBounds(options.bounds);
    changes.push(() => group.change(options));
    group.slots.forEach((slot, i) => {
      const number = own.params[i] as number;
      changes.push(checkedSlot(saved.state[number], slot, `state.state[${number}]`, options.lr));
    });
  });
  const apply = () => {
    for (const change of changes) change();
  };
  return { loss, nonFinite, apply };
}

/** Parameters are numbered each with a number of its own, and only they have a state. */
function checkNumbers({ state, param_groups }: RpropStateDict, groups: readonly ParamGroup[]): void {
  const numbers = new Set<string>();
  param_groups.forEach((group, g) => {
    const name = `state.param_groups[${g}].params`;
    if (!Array.isArray(group?.params)) throw wrongType(name, "the numbers of parameters", group?.params);
    const { length } = (groups[g] as ParamGroup).slots;
    if (group.params.length !== length)
      throw wrongValue(name, pluralize(length, "parameter"), group.params.length);
    for (const number of group.params) {
      if (!Number.isSafeInteger(number) || number < 0 || numbers.has(String(number))) {
        throw wrongValue(name, "whole numbers, each of them once", number);
      }
      numbers.add(String(number));
    }
  });
  const stray = Object.keys(state).find((key) => !numbers.has(key));
  if (stray !== undefined) throw wrongValue("state.state", "the numbers of parameters", stray);
}

/** PyTorch's groups have options of their own beside, and not all of ours: those stay as they are. */
function checkedGroupOptions(saved: SavedGroup, options: CheckedOptions, prefix: string): CheckedOptions {
  const entries = Object.entries(SAVED).map(([key, name]) => {
    let value: unknown = saved[name];
    if (name === "bounds" && Array.isArray(value) && value.length === 2)
      value = [value[0] ?? -Infinity, value[1] ?? Infinity];
    return [
      key,
      value === undefined
        ? options[key as keyof CheckedOptions]
        : checkOption(key as keyof CheckedOptions, value, prefix),
    ];
  });
  return Object.fromEntries(entries) as CheckedOptions;
}

/** What brings one slot to its saved state; without one, to before its first step. */
function checkedSlot(saved: SavedState | undefined, slot: Slot, name: string, lr: number): () => void {
  if (saved === undefined) return () => slot.restore(0, null, lr);
  if (typeof saved !== "object" || saved === null) throw wrongType(name, "{ step, prev, step_size }", saved);
  const [step = Number.NaN] =
    typeof saved.step === "number" ? [saved.step] : numbersOf(`${name}.step`, saved.step, 1);
  if (!Number.isSafeInteger(step) || step < 0)
    throw wrongValue(`${name}.step`, "a whole number of at least 0", step);
  const prev = numbersOf(`${name}.prev`, saved.prev, slot.data.length);
  const stepSize = numbersOf(`${name}.step_size`, saved.step_size, slot.data.length);
  const holds = (value: number) => value >= 0 && value < Infinity;
  checkEach(`${name}.step_size`, "finite numbers of at least 0", stepSize, holds);
  return () => slot.restore(step, prev, stepSize);
}

function numbersOf(name: string, values: Values, size: number): Float32Array {
  const got = sizeOf(shapeOf(name, values));
  if (got !== size) throw wrongValue(name, pluralize(size, "value"), new Verbatim(`${got}`));
  const copy = new Float32Array(size);
  copyValues(values, copy);
  return copy;
}
