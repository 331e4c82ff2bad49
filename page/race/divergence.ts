import type { Frame } from "./run.js";

/** In words, that and since when no number is large enough, if that is so at this step. */
export function divergence(frames: readonly Frame[], step: number): string | null {
  const first = frames.findIndex(({ value }) => !Number.isFinite(value));
  return first >= 0 && first <= step ? `diverged: no number is large enough since step ${first}` : null;
}
