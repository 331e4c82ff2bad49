/** A sum of terms in float64: within a block, term i goes to lane i mod 8. */
const lanes = new Float64Array(8);

/** The sum of count terms, from term(start) on. */
export function sumInLanes(start: number, count: number, term: (i: number) => number): number {
  lanes.fill(0);
  for (let i = 0; i < count; i++) lanes[i & 7] = (lanes[i & 7] as number) + term(start + i);
  const [l0, l1, l2, l3, l4, l5, l6, l7] = lanes as unknown as Lanes;
  return l0 + l1 + (l2 + l3) + (l4 + l5 + (l6 + l7));
}

type Lanes = [number, number, number, number, number, number, number, number];
