/** One direction of a picture. */
export interface ChartAxis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** What is even on paper: the identity, or Math.log10. */
  readonly scale: (value: number) => number;
  readonly ticks: readonly number[];
}

/** @param most about so many ticks */
export function linearChartAxis(label: string, from: number, to: number, most = MAX_TICKS): ChartAxis {
  return { label, from, to, scale: (value) => value, ticks: linearTicks(from, to, most) };
}

export function logarithmicAxis(label: string, from: number, to: number): ChartAxis {
  return { label, from, to, scale: Math.log10, ticks: logarithmicTicks(from, to) };
}

const MAX_TICKS = 8;

/** Multiples of 1, 2 or 5 · 10ⁿ between the ends: so many at most, or one more. */
export function linearTicks(from: number, to: number, most = MAX_TICKS): number[] {
  const rough = (to - from) / most;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * ([1, 2, 5].find((times) => times * unit >= rough) ?? 10);
  const ticks: number[] = [];
  for (let i = Math.ceil(from / step); i * step <= to * (1 + 1e-9); i++) ticks.push(withoutNoise(i * step));
  return ticks;
}

/** Round numbers between the ends, at most eight: as many digits to a power of ten, or as few powers, as that allows. */
export function logarithmicTicks(from: number, to: number): number[] {
  const [bottom, top] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))];
  const ticks = (digits: number[], every: number) => {
    const powers = Array.from({ length: top - bottom + 1 }, (_, i) => bottom + i);
    return powers
      .filter((exponent) => exponent % every === 0)
      .flatMap((exponent) => digits.map((digit) => Number(`${digit}e${exponent}`)))
      .filter((tick) => tick >= from && tick <= to);
  };
  for (const digits of [
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 5],
  ]) {
    const found = ticks(digits, 1);
    if (found.length <= MAX_TICKS) return found;
  }
  return ticks([1], Math.ceil((top - bottom + 1) / MAX_TICKS));
}

/** Multiples of a fraction are a little beside it. */
function withoutNoise(tick: number): number {
  return Number(tick.toPrecision(12));
}

/** 0 at an axis's beginning, 1 at its end. */
export function shareOf({ scale, from, to }: ChartAxis, value: number): number {
  return (scale(value) - scale(from)) / (scale(to) - scale(from));
}

/** The value at a share of a linear axis. */
export function valueAt({ from, to }: ChartAxis, share: number): number {
  return from + (to - from) * share;
}
