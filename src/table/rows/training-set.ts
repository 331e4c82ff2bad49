import { Moments, type Rows } from "../../index.js";
import type { Divided, DividedRows } from "./divided-rows.js";
import type { EncodedRows } from "./encoder.js";
import { exponentials } from "./log-target.js";
import { Statistics } from "./statistics.js";
import { type Reading, rowsOf, type TrainingRows, type WholeRows } from "./whole-rows.js";

/** Rows that are trained on, or those that the best epoch is chosen by. */
export type Part = "training" | "validation";

/** The rows of a table, read once the way that suits them. */
export type TrainingSet = WholeSet | DividedSet;

/** All rows in memory, to be divided in as many ways as there are networks. */
interface WholeSet {
  readonly source: DividedRows;
  readonly reading: Reading;
  readonly whole: WholeRows;
}

/** The rows of one network. */
interface DividedSet {
  readonly source: DividedRows;
  readonly reading: Reading;
  readonly whole: null;
  readonly rows: TrainingRows;
  /** The rows of either part that are in memory; null where they have to be read again. */
  readonly kept: Readonly<Record<Part, EncodedRows | null>>;
}

/** There are so many validation rows whatever the memory: fewer would choose the best epoch by chance. */
const MIN_VALIDATION_ROWS = 10_000;
/** Of more rows, moments are kept alone: a score of those held out of training is good enough then. */
const MAX_KEPT_BYTES = 32 * 2 ** 20;
/** WebAssembly has 4 GiB of memory, in which there is more than rows. */
const MAX_WASM_BYTES = 3.5 * 2 ** 30;

/** Ends a reading of rows that nobody waits for any more. */
export class Stopped extends Error {}

/**
 * Reads the rows once, the way that suits them.
 *
 * @param fromMoments whether their moments are all that training needs
 * @param isDividedAgain whether they are divided for several networks or folds
 * @param memory in bytes, that rows may take
 * @param stop whether training is to end before the next chunk of rows
 */
export async function trainingSetOf(
  source: DividedRows,
  fromMoments: boolean,
  isDividedAgain: boolean,
  memory: number,
  stop: () => boolean,
): Promise<TrainingSet> {
  const rowBytes = 4 * (source.width + 1);
  const bytes = source.rows * rowBytes;
  // fit has a copy, and where rows are divided again there are those of one network besides.
  const fits = (isDividedAgain ? 3 : 2) * bytes <= memory && bytes <= MAX_WASM_BYTES;
  if (fits && isDividedAgain && (!fromMoments || bytes <= MAX_KEPT_BYTES))
    return inOnePiece(source, fromMoments ? "moments" : "memory");
  if (fromMoments) return asMoments(source);
  if (fits) return inTwoParts(source);
  const fitting = Math.max(MIN_VALIDATION_ROWS, Math.floor(memory / 4 / rowBytes));
  return fromFile(source.validation <= fitting ? source : source.withValidation(fitting), stop);
}

async function inOnePiece(source: DividedRows, reading: Reading): Promise<TrainingSet> {
  const { width, classes, isLog } = source;
  const all = new Collected(source.rows, width);
  const groups: number[] = [];
  for await (const rows of source.readWhole(groups)) all.add(rows);
  const strata = {
    classes: classes === null ? null : all.all.y,
    groups: groups.length > 0 ? Uint32Array.from(groups) : null,
    isOrdered: source.isOrdered,
  };
  return { source, reading, whole: { ...all.all, width, classes, isLog, strata } };
}

async function inTwoParts(source: DividedRows): Promise<TrainingSet> {
  const { width } = source;
  const training = new Collected(source.training, width);
  const validation = new Collected(source.validation, width);
  const statistics = await gather(source, (part) => {
    training.add(part.training);
    validation.add(part.validation);
  });
  const rows = {
    ...statistics,
    data: rowsOf(training.all, width),
    validation: source.validation > 0 ? rowsOf(validation.all, width) : null,
  };
  const kept = { training: training.all, validation: validation.all };
  return { source, reading: "memory", whole: null, rows, kept };
}

/** Validation rows stay in memory; the others are read for each epoch. */
async function fromFile(source: DividedRows, stop: () => boolean): Promise<TrainingSet> {
  const { width } = source;
  const validation = new Collected(source.validation, width);
  const statistics = await gather(source, (part) => validation.add(part.validation));
  async function* data(): AsyncGenerator<Rows, void> {
    for await (const { training } of source.read("training")) {
      if (stop()) throw new Stopped();
      if (training.rows > 0) yield rowsOf(training, width);
    }
  }
  const rows = {
    ...statistics,
    data,
    validation: source.validation > 0 ? rowsOf(validation.all, width) : null,
  };
  const kept = { training: null, validation: validation.all };
  return { source, reading: "every epoch", whole: null, rows, kept };
}

/** Sums stay, which are all that a linear model needs. */
async function asMoments(source: DividedRows): Promise<TrainingSet> {
  const { width } = source;
  const [data, validation] = [new Moments(width, 1), new Moments(width, 1)];
  const add = (moments: Moments, rows: EncodedRows) => {
    const { x, y } = rowsOf(rows, width);
    if (rows.rows > 0) moments.add(x, y);
  };
  const statistics = await gather(source, (part) => {
    add(data, part.training);
    add(validation, part.validation);
  });
  const rows = { ...statistics, data, validation: source.validation > 0 ? validation : null };
  return { source, reading: "moments", whole: null, rows, kept: { training: null, validation: null } };
}

async function gather(
  source: DividedRows,
  take: (part: Divided) => void,
): Promise<Pick<TrainingRows, "x" | "y" | "baseline">> {
  const [x, y, units] = [new Statistics(source.width), new Statistics(1), new Statistics(1)];
  const frequencies = new Array<number>(source.classes ?? 0).fill(0);
  for await (const part of source.read()) {
    x.add(part.training.x);
    y.add(part.training.y);
    if (source.isLog) units.add(exponentials(part.training.y));
    if (source.classes !== null) for (const index of part.training.y) frequencies[index]!++;
    take(part);
  }
  const mean = (source.isLog ? units : y).means[0] as number;
  const baseline = source.classes === null ? mean : frequencies.indexOf(Math.max(...frequencies));
  return { x, y, baseline };
}

/** So many rows, as they come. */
class Collected {
  readonly #x: Float32Array<ArrayBuffer>;
  readonly #y: Float32Array<ArrayBuffer>;
  #rows = 0;

  constructor(
    rows: number,
    readonly width: number,
  ) {
    this.#x = new Float32Array(rows * width);
    this.#y = new Float32Array(rows);
  }

  add({ rows, x, y }: EncodedRows): void {
    this.#x.set(x, this.#rows * this.width);
    this.#y.set(y, this.#rows);
    this.#rows += rows;
  }

  get all(): EncodedRows {
    return { rows: this.#rows, x: this.#x, y: this.#y };
  }
}
