import { withThousands } from "../format-number.js";

/** Where values lie along an axis, from 0 to 1, and what is written beside it. */
export interface Axis {
  name: string;
  ticks: { at: number; label: string }[];
  place(value: number): number;
}

/** Epochs from 0 to last. */
export function epochAxis(last: number, ticks: number): Axis {
  const high = Math.max(1, last);
  const step = Math.max(1, roundStep(high / ticks));
  const place = (epoch: number) => epoch / high;
  return {
    name: "epoch",
    ticks: multiples(step, 0, high).map((epoch) => ({
      at: place(epoch),
      label: withThousands(String(epoch)),
    })),
    place,
  };
}

/** Losses on a scale of logarithms, where all of them are above 0. */
export function lossAxis(losses: readonly number[], ticks: number): Axis {
  if (losses.length === 0) return { name: "loss", ticks: [], place: () => 0 };
  const low = losses.reduce((a, b) => Math.min(a, b));
  const high = losses.reduce((a, b) => Math.max(a, b));
  return low > 0 ? logarithmic(low, high, ticks) : linearAxis("loss (linear scale)", low, high, ticks);
}

/** Ranges that are narrower, beside the values, are widened: rounding would be all that they show. */
const NARROW = 1e-9;

/** Values from low to high, in even distances. */
export function linearAxis(name: string, low: number, high: number, count: number): Axis {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const narrow = high - low <= NARROW * size;
  const [from, to] = narrow ? [low - (size / 2 || 1), high + (size / 2 || 1)] : [low, high];
  const place = (value: number) => (value - from) / (to - from);
  return { name, ticks: linearTicks(from, to, count, place), place };
}

function logarithmic(low: number, high: number, count: number): Axis {
  const narrow = high - low <= NARROW * high;
  const [from, to] = narrow ? [low / 2, high * 2] : [low, high];
  const [bottom, top] = [Math.log10(from), Math.log10(to)];
  const place = (value: number) => (Math.log10(value) - bottom) / (top - bottom);
  const values = roundRatios(from, to, count);
  const plain = from >= 1e-3 && to < 1e5;
  const label = (value: number) => (plain ? String(value) : typeset(value.toExponential()));
  const ticks =
    values.length < 3
      ? linearTicks(from, to, count, place)
      : values.map((value) => ({ at: place(value), label: label(value) }));
  return { name: "loss (log scale)", ticks, place };
}

/** 1, 2 and 5 times every power of ten, or powers of ten alone, about count of them; or too few. */
function roundRatios(from: number, to: number, count: number): number[] {
  const [bottom, top] = [Math.log10(from), Math.log10(to)];
  const times = (factors: number[], step: number) =>
    multiples(step, Math.floor(bottom), top + 1)
      .flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)))
      .filter((value) => value >= from && value <= to);
  const all = times([1, 2, 5], 1);
  if (all.length <= 1.5 * count) return all;
  const powers = times([1], Math.max(1, roundStep((top - bottom) / count)));
  return powers.length < 3 ? thinned(all, count) : powers;
}

/** At most count of the values, in even distances. */
function thinned(values: number[], count: number): number[] {
  const every = Math.ceil(values.length / count);
  return values.filter((_, i) => i % every === 0);
}

/** All with as many decimals as their distance needs. */
function linearTicks(from: number, to: number, count: number, place: Axis["place"]): Axis["ticks"] {
  const step = roundStep((to - from) / count);
  const values = multiples(step, from, to);
  const decimals = -exponentOf(step);
  const largest = Math.max(...values.map(Math.abs));
  const plain = largest >= 1e-3 && largest < 1e6;
  const label = (value: number) => {
    if (plain) return value.toFixed(Math.max(0, decimals));
    return value === 0 ? "0" : typeset(value.toExponential(Math.max(0, exponentOf(value) + decimals)));
  };
  return values.map((value) => ({ at: place(value), label: label(value) }));
}

/** 1, 2 or 5 times a power of ten, about size. */
function roundStep(size: number): number {
  const power = exponentOf(size);
  const factor = [1, 2, 5, 10].find((factor) => Number(`${1.5 * factor}e${power}`) >= size);
  return Number(`${factor}e${power}`);
}

/** The multiples of a round step from low to high. */
function multiples(step: number, low: number, high: number): number[] {
  const [first, last] = [Math.ceil(low / step), Math.floor(high / step)];
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** Of the first digit. */
function exponentOf(value: number): number {
  return Number(value.toExponential().split("e")[1]);
}

/** 1.5e-7 as 1.5×10⁻⁷, 1e-7 as 10⁻⁷. */
function typeset(exponential: string): string {
  const [factor, exponent = ""] = exponential.split("e");
  const raised = exponent
    .replace("+", "")
    .replace(/./g, (c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)] as string);
  return `${factor}×10${raised}`.replace(/^(-?)1×/, "$1");
}
