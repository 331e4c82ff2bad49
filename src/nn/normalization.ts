import type { Block } from "../core/contract/core.js";
import { standardization } from "../core/families.js";
import { checkBoolean, checkEach, notFinite, shapeText, wrongValue } from "../errors.js";
import type { Moments } from "../moments/moments.js";
import { optionsOf } from "../options.js";
import type { Parameter } from "../parameter.js";
import type { Tensor } from "../tensor.js";
import { countRowsAndColumns, snapshot, type Values } from "../values.js";
import { Layer } from "./layer.js";
import type { LayerBuffers, LayerKernels } from "./layer-kernels.js";
import type { Architecture } from "./module.js";
import { StateBuffer } from "./state-buffer.js";

/** The options of {@link Normalization}. */
export interface NormalizationOptions {
  /** Whether to map standardised numbers back to the units of the columns. Default false. */
  invert?: boolean;
}

/**
 * Standardises columns: y = (x − mean) / std, with the mean and the population's standard deviation of the
 * columns it was made from; a column that is constant there keeps its unit (std 1). With `invert`, as the last
 * layer, it maps a standardised output to the target's own units: y = x · std + mean. So raw numbers go in and come
 * out, the scaling is part of the model, and is saved with it. It has nothing to train. Mean and std are computed
 * in float64 and kept in float32, in which x − mean is taken.
 *
 * From {@link Moments} come those of the columns of x, or with `invert` those of y.
 *
 * @example
 * import { Linear, Normalization, Sequential } from "rprop";
 * const x = [[1, 1000], [2, 3000], [3, 2000]];
 * const y = [10, 30, 20];
 * const model = new Sequential(new Normalization(x), new Linear(2, 1), new Normalization(y, { invert: true }));
 * console.log(model.forward(x).shape); // [ 3, 1 ]
 */
export class Normalization extends Layer {
  /** @internal */
  override readonly widths: readonly [number, number];
  /** Whether it maps standardised numbers back to the units of the columns. */
  readonly invert: boolean;
  readonly #mean: StateBuffer;
  readonly #std: StateBuffer;

  /**
   * Makes a layer with the mean and standard deviation of the columns of these rows.
   *
   * @param from rows × features, at least one row, all finite; flat values are one column. Or Moments of some rows.
   * @param options `invert`: whether to map standardised numbers back, default false
   * @throws TypeError or RangeError for anything else, columns whose mean or std float32 does not have, or unknown
   * options; Error for Moments of no rows
   */
  constructor(from: Values | Moments, options: NormalizationOptions = {}) {
    const { invert } = optionsOf<Required<NormalizationOptions>>(options, { invert: [false, checkBoolean] });
    const [means, stds] = statisticsOf(from, invert ? "y" : "x");
    const columns = means.length;
    super();
    this.widths = [columns, columns];
    this.invert = invert;
    this.#mean = new StateBuffer(means, checkFinite);
    this.#std = new StateBuffer(stds, checkPositive);
  }

  /** The mean of each column. */
  get mean(): Tensor {
    return this.#mean;
  }

  /** The standard deviation of each column, 1 for constant ones: `deviation` in state dictionaries and files. */
  get std(): Tensor {
    return this.#std;
  }

  override namedParameters(): [string, Parameter][] {
    return [];
  }

  /** @internal */
  override namedBuffers(): [string, StateBuffer][] {
    return [
      ["mean", this.#mean],
      ["deviation", this.#std],
    ];
  }

  /** @internal */
  override describe(): string {
    return `Normalization(${this.widths[0]}${this.invert ? ", inverted" : ""})`;
  }

  /** @internal */
  override architecture(): Architecture {
    return { type: "Normalization", columns: this.widths[0], invert: this.invert };
  }

  /** @internal */
  override weightVersion(): number {
    return this.#std.version;
  }

  /** @internal */
  override get blocks(): readonly Block[] {
    return [this.#mean.block, this.#std.block];
  }

  /** @internal */
  override kernels({ core, blocks: [mean, std] }: LayerBuffers): LayerKernels {
    const kernels = core.family(standardization);
    const { invert } = this;
    return {
      forward: (x, y, rows, columns) =>
        kernels.standardize(x, mean as Block, std as Block, y, rows, columns, invert),
      gradInput: (_x, _y, dy, dx, rows, columns) =>
        kernels.standardizeGradInput(dy, std as Block, dx, rows, columns, invert),
    };
  }

  override dispose(): void {
    super.dispose();
    this.#mean.dispose();
    this.#std.dispose();
  }
}

type Statistics = ReturnType<Moments["columnStatistics"]>;

/** Means and standard deviations in float32; side: of Moments. */
function statisticsOf(from: Values | Moments, side: "x" | "y"): [Float32Array, Float32Array] {
  // By its shape, so that a program without Moments does not carry them.
  const known = typeof from === "object" && from !== null && "columnStatistics" in from;
  const { means, stds } = known ? from.columnStatistics(side) : statisticsOfRows(from);
  // 1 also where the std is below all of float32's.
  const rounded = Float32Array.from(stds, (std) => Math.fround(std) || 1);
  const middle = Float32Array.from(means);
  if (![...middle, ...rounded].every(Number.isFinite))
    throw wrongValue("from", "means and standard deviations that float32 has", Infinity);
  return [middle, rounded];
}

/** In float64, in two passes: the mean, and the mean of the squared differences from it. */
function statisticsOfRows(from: Values): Statistics {
  const [rows, columns] = countRowsAndColumns("from", from);
  if (rows === 0 || columns === 0) {
    throw wrongValue("from", "at least one row and feature", shapeText([rows, columns]));
  }
  const values = snapshot(from, rows * columns);
  if (!values.every(Number.isFinite)) throw notFinite("from", values, columns);
  const means = new Float64Array(columns);
  const stds = new Float64Array(columns);
  for (let c = 0; c < columns; c++) {
    let sum = 0;
    for (let i = c; i < values.length; i += columns) sum += values[i] as number;
    const mean = sum / rows;
    let squares = 0;
    for (let i = c; i < values.length; i += columns) squares += ((values[i] as number) - mean) ** 2;
    means[c] = mean;
    stds[c] = Math.sqrt(squares / rows);
  }
  return { means, stds };
}

function checkFinite(name: string, values: Float32Array): void {
  checkEach(name, "finite numbers", values, Number.isFinite);
}

function checkPositive(name: string, values: Float32Array): void {
  checkEach(name, "finite numbers above 0", values, (value) => value > 0 && value < Infinity);
}
