/** The contracts of Core once more, in the plainest way: one result at a time, one element at a time. */

const { fround } = Math;
const BLOCK = 256;

type Floats = ArrayLike<number>;

const at = (values: Floats, i: number): number => values[i] as number;

export function forward(
  x: Floats,
  weight: Floats,
  bias: Floats | null,
  rows: number,
  ins: number,
  outs: number,
) {
  return table(rows, outs, (r, o) => {
    let sum = bias === null ? 0 : at(bias, o);
    for (let k = 0; k < ins; k++) sum = fround(sum + fround(at(x, r * ins + k) * at(weight, o * ins + k)));
    return sum;
  });
}

export function gradInput(dy: Floats, weight: Floats, rows: number, ins: number, outs: number) {
  return table(rows, ins, (r, k) => {
    let sum = 0;
    for (let o = 0; o < outs; o++) sum = fround(sum + fround(at(dy, r * outs + o) * at(weight, o * ins + k)));
    return sum;
  });
}

export function gradWeight(dy: Floats, x: Floats, total: Floats, rows: number, ins: number, outs: number) {
  return Float64Array.from(total, (initial, i) => {
    const [o, k] = [Math.floor(i / ins), i % ins];
    return inBlocks(initial, rows, (r) => fround(at(dy, r * outs + o) * at(x, r * ins + k)));
  });
}

export function gradBias(dy: Floats, total: Floats, rows: number, outs: number) {
  return Float64Array.from(total, (initial, o) => inBlocks(initial, rows, (r) => at(dy, r * outs + o)));
}

/** initial + the sums of the blocks, in order. */
function inBlocks(initial: number, rows: number, term: (row: number) => number): number {
  let total = initial;
  for (let first = 0; first < rows; first += BLOCK) {
    let sum = 0;
    for (let r = first; r < first + BLOCK && r < rows; r++) sum = fround(sum + term(r));
    total += sum;
  }
  return total;
}

/** Losses of the difference: the derivative and the term of one element. */
export const losses = {
  squaredError: { slope: (d: number) => d, term: (d: number) => d * d },
  absoluteError: { slope: (d: number) => (d === 0 ? d : Math.sign(d)), term: Math.abs },
  huberError: {
    slope: (d: number) => (Math.abs(d) > DELTA ? DELTA * Math.sign(d) : d),
    term: (d: number) => (Math.abs(d) <= DELTA ? 0.5 * d * d : DELTA * (Math.abs(d) - DELTA / 2)),
  },
};

/** The limit of huberError in the tests. */
export const DELTA = 0.75;

export function differenceLoss(
  { slope, term }: (typeof losses)[keyof typeof losses],
  prediction: Floats,
  target: Floats,
  rows: number,
  outs: number,
) {
  const difference = table(rows, outs, (r, o) => at(prediction, r * outs + o) - at(target, r * outs + o));
  let sum = 0;
  for (let first = 0; first < rows; first += BLOCK) {
    const block = difference.slice(first * outs, (first + BLOCK) * outs);
    const lanes: number[] = [0, 0, 0, 0, 0, 0, 0, 0];
    block.forEach((d, i) => {
      lanes[i % 8] = at(lanes, i % 8) + term(d);
    });
    const pair = (lane: number) => at(lanes, lane) + at(lanes, lane + 1);
    const low = pair(0) + pair(2);
    const high = pair(4) + pair(6);
    sum += low + high;
  }
  return { derivative: difference.map(slope), sum };
}

/** What float64 makes of a sum, and how large the sum of the magnitudes is: the scale of rounding errors. */
export function exactly(terms: number, term: (i: number) => number, initial = 0) {
  let sum = initial;
  let magnitude = Math.abs(initial);
  for (let i = 0; i < terms; i++) {
    sum += term(i);
    magnitude += Math.abs(term(i));
  }
  return { sum, magnitude };
}

function table(rows: number, columns: number, entry: (row: number, column: number) => number): Float32Array {
  const result = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) result[r * columns + c] = entry(r, c);
  return result;
}
