/** The kinds of activations by name, without kernels and classes: for files, exports and choices. */
import { Activation } from "../../assembly/activation-kinds.js";

export type ActivationName = keyof typeof Activation;

/** Every kind, in the order of its number. */
export const ACTIVATION_NAMES: readonly ActivationName[] = /* @__PURE__ */ namesOf(Activation);

/** An enum has its numbers as keys too. */
function namesOf(kinds: typeof Activation): ActivationName[] {
  return Object.keys(kinds).filter((key) => Number.isNaN(Number(key))) as ActivationName[];
}

/**
 * Options, with what they are where they are not given, of the kinds that have any: numbers that are finite in float32. A
 * kernel takes one.
 */
export const ACTIVATION_OPTIONS = {
  LeakyReLU: { negativeSlope: 0.01 },
  ELU: { alpha: 1 },
} satisfies Partial<Record<ActivationName, Record<string, number>>>;

type Options = typeof ACTIVATION_OPTIONS;

/** The kinds without options. */
export type PlainActivation = Exclude<ActivationName, keyof Options>;

/** An activation in JSON. */
export type ActivationArchitecture =
  | { type: PlainActivation }
  | { [Name in keyof Options]: { type: Name } & Options[Name] }[keyof Options];

/** What options a kind has. */
export function optionsOfKind(kind: ActivationName): Readonly<Record<string, number>> {
  return kind in ACTIVATION_OPTIONS ? ACTIVATION_OPTIONS[kind as keyof Options] : {};
}

/** The option of an activation by its value, null where it has none. */
export function optionIn({ type: _, ...options }: ActivationArchitecture): number | null {
  return Object.values(options)[0] ?? null;
}
