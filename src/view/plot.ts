import { checkNumber, pluralize, wrongType } from "../errors.js";
import { formatNumber, withThousands } from "../format-number.js";
import { optionsOf } from "../options.js";
import { draw } from "./drawing.js";

/** What plot draws: the result of a run, or anything of that shape. */
export interface LossCurves {
  /** losses[e] was measured before step e. */
  losses: ArrayLike<number>;
  /** As losses, of the validation rows. */
  validationLosses?: ArrayLike<number>;
  /** The loss of the model as it is now. Default: the last of losses. */
  loss?: number;
  /** Where the validation loss was lowest; marked where validationLosses are given. */
  bestEpoch?: number;
}

/** The options of {@link plot}. */
export interface PlotOptions {
  /** In pixels, at least 240. Default 640. */
  width?: number;
  /** In pixels, at least 240. Default 400. */
  height?: number;
  /** Default: the loss, where it is not the final one its epoch, and the number of epochs. */
  title?: string;
}

/**
 * Draws the losses of a run as an SVG: one curve, or two with the validation's dashed and its best epoch marked. The
 * scale is one of logarithms where all losses are above 0, else linear; the axis says which. What is not finite is a gap.
 * The picture is readable in light and dark pages, by itself or inlined, and describes itself to screen readers.
 *
 * @param result of a run, or `{ losses, validationLosses, loss, bestEpoch }`; losses alone are enough
 * @param options `width` and `height` in pixels, at least 240, default 640 × 400; `title`, which may be any
 * text
 * @returns the text of an SVG without references to anything outside it: to be written to a file, or into a page
 * @throws TypeError or RangeError for what holds no numbers, and options that are unknown or out of range
 * @example
 * import { plot } from "rprop/view";
 * const svg = plot({ losses: [1, 0.1, 0.03], validationLosses: [1.1, 0.2, 0.3], bestEpoch: 1, loss: 0.02 });
 * console.log(/<title>(.*)<\/title>/.exec(svg)?.[1]); // Final loss 0.02000 after 3 epochs
 */
export function plot(result: LossCurves, options: PlotOptions = {}): string {
  if (typeof result !== "object" || result === null)
    throw wrongType("result", "an object with losses", result);
  const training = numbersOf("losses", result.losses);
  const validation =
    result.validationLosses === undefined ? null : numbersOf("validationLosses", result.validationLosses);
  const { loss = training.at(-1), bestEpoch } = result;
  if (loss !== undefined && typeof loss !== "number") throw wrongType("loss", "a number", loss);
  if (bestEpoch !== undefined) checkBestEpoch(bestEpoch, Math.max(training.length, validation?.length ?? 0));
  const { width, height, title } = optionsOf<Required<PlotOptions>>(options, {
    width: [640, checkSize],
    height: [400, checkSize],
    title: [titleOf(training, loss, bestEpoch), checkTitle],
  });
  const best = validation === null ? null : (bestEpoch ?? null);
  return draw({ width, height, title, training, validation, best });
}

function numbersOf(name: string, values: unknown): number[] {
  if (typeof values !== "object" || values === null || !("length" in values))
    throw wrongType(name, "an array of numbers", values);
  const numbers: unknown[] = Array.from(values as ArrayLike<unknown>);
  const wrong = numbers.findIndex((value) => typeof value !== "number");
  if (wrong >= 0) throw wrongType(`${name}[${wrong}]`, "a number", numbers[wrong]);
  return numbers as number[];
}

function checkBestEpoch(value: unknown, epochs: number): void {
  const expected = `a whole number from 0 to ${epochs}`;
  checkNumber("bestEpoch", expected, value, (n) => Number.isSafeInteger(n) && n >= 0 && n <= epochs);
}

/** Below it, axes and legend leave no room for a curve. */
const SMALLEST = 240;

function checkSize(name: string, value: unknown): void {
  const expected = `a finite number of at least ${SMALLEST}`;
  checkNumber(name, expected, value, (size) => Number.isFinite(size) && size >= SMALLEST);
}

function checkTitle(name: string, value: unknown): void {
  if (typeof value !== "string") throw wrongType(name, "a text", value);
}

/** A model that came back with the state of its best epoch has the loss of that one. */
function titleOf(losses: readonly number[], loss: number | undefined, bestEpoch = losses.length): string {
  if (loss === undefined) return "No epochs";
  if (loss === losses[bestEpoch])
    return `Loss ${formatNumber(loss)} at epoch ${withThousands(`${bestEpoch} of ${losses.length}`)}`;
  return `Final loss ${formatNumber(loss)} after ${withThousands(pluralize(losses.length, "epoch"))}`;
}
