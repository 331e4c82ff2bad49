import { powerOfTen } from "./number.js";

/** One direction of a picture. */
export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** What is even on paper: the identity, or Math.log10. */
  readonly scale: (value: number) => number;
  readonly ticks: readonly number[];
  readonly text: (tick: number) => string;
}

export function linearAxis(label: string, from: number, to: number, text: (tick: number) => string): Axis {
  return { label, from, to, scale: (value) => value, ticks: linearTicks(from, to), text };
}

/** @param every how many decades lie between two ticks */
export function logarithmicAxis(label: string, from: number, to: number, every: number): Axis {
  const [low, high] = [Math.log10(from), Math.log10(to)].map(Math.round) as [number, number];
  const ticks: number[] = [];
  for (let exponent = low; exponent <= high; exponent++)
    if (exponent % every === 0) ticks.push(10 ** exponent);
  return {
    label,
    from,
    to,
    scale: Math.log10,
    ticks,
    text: (tick) => powerOfTen(Math.round(Math.log10(tick))),
  };
}

/** Multiples of 1, 2 or 5 · 10ⁿ between the ends: eight at most, or one more. */
export function linearTicks(from: number, to: number): number[] {
  const rough = (to - from) / 8;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * ([1, 2, 5].find((times) => times * unit >= rough) ?? 10);
  const ticks: number[] = [];
  for (let i = Math.ceil(from / step); i * step <= to * (1 + 1e-9); i++) ticks.push(i * step);
  return ticks;
}

/** 0 at an axis's beginning, 1 at its end. */
export function shareOf({ scale, from, to }: Axis, value: number): number {
  return (scale(value) - scale(from)) / (scale(to) - scale(from));
}

/** The value at a share of a linear axis. */
export function valueAt({ from, to }: Axis, share: number): number {
  return from + (to - from) * share;
}
