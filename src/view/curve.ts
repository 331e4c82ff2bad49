/** Neighbouring points of a curve, in order. */
export type Stretch = { epoch: number; loss: number }[];

/** More points than this are not told apart in a picture. */
const POINTS = 1000;

/**
 * A curve in stretches, with gaps between them where losses are not finite. Of more epochs than can be told apart, the
 * least and the largest loss of every 2n/1000 stay; among those, one that is not finite cuts them off from the others.
 */
export function stretchesOf(losses: readonly number[]): Stretch[] {
  const width = losses.length <= POINTS ? 1 : Math.ceil((2 * losses.length) / POINTS);
  const stretches: Stretch[] = [[]];
  for (let start = 0; start < losses.length; start += width) {
    const bucket = losses.slice(start, start + width).map((loss, i) => ({ epoch: start + i, loss }));
    const finite = bucket.filter(({ loss }) => Number.isFinite(loss));
    const whole = finite.length === bucket.length;
    if (!whole) stretches.push([]);
    stretches.at(-1)?.push(...extremes(finite));
    if (!whole) stretches.push([]);
  }
  return stretches.filter((stretch) => stretch.length > 0);
}

/** The least and the largest, in order; one point is both. */
function extremes(points: Stretch): Stretch {
  const [first] = points;
  if (first === undefined) return [];
  const least = points.reduce((a, b) => (b.loss < a.loss ? b : a));
  const largest = points.reduce((a, b) => (b.loss > a.loss ? b : a));
  return [...new Set([least, largest])].sort((a, b) => a.epoch - b.epoch);
}
