import { BLOCK_ROWS, type Block, type Core } from "../../core/contract/core.js";
import { classification } from "../../core/families.js";
import { checkNumber, describe, placeOf, shapeText, Verbatim, wrongValue } from "../../errors.js";
import { eachValue, shapeOf, snapshot, type Values } from "../../values.js";
import { Criterion, type LossKernel, type LossOptions } from "./criterion.js";

/** The options of {@link CrossEntropyLoss}. */
export interface CrossEntropyLossOptions extends LossOptions {
  /** ε in [0, 1]: targets become (1 − ε) · target + ε / classes. Default 0. */
  labelSmoothing?: number;
  /** How much each class counts: a finite number of at least 0 for each. Default 1 for all. */
  weight?: Values;
}

/**
 * Cross-entropy of softmax(z) with targets t: the sum over rows of −Σ w[c] · t[c] · log softmax(z)[c], or its mean; the
 * gradient is softmax(z) − t where there are no weights. The prediction is logits, rows × classes, of at least two classes,
 * from a model without softmax at its end. The target is either
 *
 * - class indices, [rows]: whole numbers from 0 to classes − 1; t is 1 for that class and 0 for the others. The mean
 *   divides by the sum of the weights of the targets' classes.
 * - probabilities, rows × classes: finite numbers, commonly from 0 to 1 with rows that add up to 1, which is not asked
 *   for. The mean divides by the number of rows.
 *
 * forward throws a RangeError for other shapes, for an index or probability that is none, and, under a mean, when the weights
 * of all targets are 0; nothing is changed then. As torch.nn.CrossEntropyLoss, label smoothing as in Szegedy et al. (2016),
 * section 7.
 *
 * Deviation: a probability or a weight of 0 counts 0 where the logit is −∞, too; PyTorch has NaN there.
 *
 * @example
 * import { CrossEntropyLoss } from "rprop";
 * const logits = [[2, 0, 0], [0, 0, 5]];
 * console.log(new CrossEntropyLoss().forward(logits, [0, 2]).item().toFixed(4)); // 0.1265
 */
export class CrossEntropyLoss extends Criterion {
  /** @internal */
  override readonly name = "CrossEntropyLoss";
  /** @internal */
  override readonly takesLogits = true;
  /** As it was given. */
  readonly labelSmoothing: number;
  /** Rounded to float32; null where all are 1. */
  readonly weight: readonly number[] | null;

  /** @internal */
  protected override get optionNames(): readonly string[] {
    return ["reduction", "labelSmoothing", "weight"];
  }

  /**
   * Makes a loss.
   *
   * @param options `reduction`; `labelSmoothing` from 0 to 1, default 0; `weight`, one for each class, by
   * default 1 for all
   * @throws TypeError or RangeError for unknown options, or labelSmoothing or weights out of their ranges
   */
  constructor(options: CrossEntropyLossOptions = {}) {
    super(options);
    const { labelSmoothing = 0, weight } = options;
    checkNumber("labelSmoothing", "a number from 0 to 1", labelSmoothing, (n) => n >= 0 && n <= 1);
    this.labelSmoothing = labelSmoothing;
    this.weight = weight === undefined ? null : Object.freeze(readWeights(weight));
  }

  /** @internal */
  override targetColumns(name: string, target: Values, rows: number, classes: number): number {
    const { weight } = this;
    const got = new Verbatim(`${rows} × ${classes}`);
    if (classes < 2) throw wrongValue("prediction", "rows × at least 2 classes", got);
    if (weight !== null && weight.length !== classes) {
      const expected = `rows × ${weight.length} classes, as weight has`;
      throw wrongValue("prediction", expected, got);
    }
    const shape = shapeOf(name, target);
    const fits = shape[0] === rows && (shape.length === 1 || (shape.length === 2 && shape[1] === classes));
    if (fits) return shape.length === 1 ? 1 : classes;
    const expected = `class indices of shape [${rows}] or probabilities of shape [${rows}, ${classes}]`;
    throw wrongValue(name, expected, shapeText(shape));
  }

  /** @internal */
  override validate(
    name: string,
    _: Values | null,
    target: Values,
    rows: number,
    classes: number,
    first = 0,
  ): number {
    const { weight } = this;
    const indexed = shapeOf(name, target).length === 1;
    // In blocks of rows, as every sum over rows: however the rows come, the divisor has the same bits.
    let divisor = 0;
    let block = 0;
    eachValue(target, (value, i) => {
      if (indexed) {
        if (!(value >= 0 && value < classes && Number.isInteger(value))) {
          const expected = `class indices from 0 to ${classes - 1}`;
          throw wrongValue(name, expected, new Verbatim(`${describe(value)} in row ${first + i}`));
        }
        if (i % BLOCK_ROWS === 0) {
          divisor += block;
          block = 0;
        }
        block += weight === null ? 1 : (weight[value] as number);
      } else if (!Number.isFinite(value)) {
        const got = new Verbatim(`${value} in ${placeOf(i, classes, first)}`);
        throw wrongValue(name, "finite probabilities", got);
      }
    });
    return indexed ? divisor + block : rows;
  }

  /** @internal */
  override meanFactor(name: string, parts: number): number {
    if (parts > 0 || this.reduction === "sum") return super.meanFactor(name, parts);
    throw wrongValue(name, "a class whose weight is not 0", new Verbatim("none"));
  }

  /** @internal */
  override kernel(
    core: Core,
    classes: number,
    targetColumns: number,
    allocate: (length: number) => Block,
  ): LossKernel {
    const kernels = core.family(classification);
    const weights = allocate(classes);
    if (this.weight === null) weights.view.fill(1);
    else weights.view.set(this.weight);
    const oneMinusSmoothing = Math.fround(1 - this.labelSmoothing);
    const smoothingPerClass = Math.fround(this.labelSmoothing / classes);
    const indexed = targetColumns === 1; // there are two classes at least
    return (logits, target, derivative, rows) =>
      kernels.crossEntropy(
        logits,
        target,
        indexed,
        weights,
        derivative,
        rows,
        classes,
        oneMinusSmoothing,
        smoothingPerClass,
      );
  }
}

function readWeights(weight: Values): number[] {
  const shape = shapeOf("weight", weight);
  if (shape.length !== 1 || (shape[0] as number) < 2) {
    throw wrongValue("weight", "a number for each of at least 2 classes", shapeText(shape));
  }
  const numbers = [...snapshot(weight, shape[0] as number)];
  numbers.forEach((value, c) => {
    if (value >= 0 && value < Infinity) return;
    throw wrongValue(
      "weight",
      "finite numbers of at least 0",
      new Verbatim(`${describe(value)} at index ${c}`),
    );
  });
  return numbers;
}
