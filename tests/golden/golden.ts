/** What the scripts of this folder recorded from PyTorch. */
import type { CrossEntropyLossOptions, HuberLossOptions, RpropGroupOptions } from "../../src/index.js";
import classification from "./classification.json?raw";
import linear from "./linear.json?raw";
import mlp from "./mlp.json?raw";
import rprop from "./rprop.json?raw";

/** The same gradients for several cases: steps × size. */
export interface Stream {
  readonly steps: number;
  readonly size: number;
  readonly start: Float32Array;
  readonly gradients: Float32Array;
}

/** What PyTorch's Rprop made of a stream: steps × size each, after every step. */
export interface RpropCase {
  readonly name: string;
  readonly stream: Stream;
  readonly options: RpropGroupOptions;
  readonly groups: readonly { size: number; options: RpropGroupOptions }[];
  readonly data: Float32Array;
  readonly prev: Float32Array;
  readonly stepSize: Float32Array;
}

/** A linear layer trained with MSELoss and Rprop after manual_seed(0). */
export interface LinearCase {
  readonly name: string;
  readonly draw: "rand" | "randn";
  readonly rows: number;
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly bias: boolean;
  readonly reduction: "mean" | "sum";
  readonly epochs: number;
  /** Epochs before the first one in which |gradient| was below 1e-6 of the largest gradient of epoch 0. */
  readonly clear: number;
  /** One for every epoch, measured before its step. */
  readonly losses: Float32Array;
  /** The epochs of the arrays below: recorded × parameters, after the epoch's step. */
  readonly recorded: readonly number[];
  readonly gradients: Float32Array;
  readonly parameters: Float32Array;
  readonly stepSizes: Float32Array;
}

/** Linear(3, 5), an activation and Linear(5, outputs), for BCELoss a Sigmoid behind them, trained with Rprop. */
export interface MlpCase {
  readonly activation: string;
  readonly loss: string;
  /** What the target is made of, in words. */
  readonly targets: string;
  readonly options: CrossEntropyLossOptions & HuberLossOptions;
  /** Of x, y, which the target was made of, and the layers: drawn in this order. */
  readonly seed: number;
  readonly rows: number;
  readonly outputs: number;
  readonly epochs: number;
  /** Class indices, or rows × outputs. */
  readonly target: Float32Array;
  /** Of the parameters, in PyTorch's order, in which they are joined below. */
  readonly names: readonly string[];
  readonly start: Float32Array;
  /** One for every epoch, measured before its step. */
  readonly losses: Float32Array;
  /** The epochs of the arrays below: recorded × parameters, after the epoch's step. */
  readonly recorded: readonly number[];
  readonly gradients: Float32Array;
  readonly parameters: Float32Array;
}

/** A loss of classification; the target is class indices, or as long as the prediction. */
export interface ClassificationCase {
  readonly name: string;
  readonly loss: "BCELoss" | "BCEWithLogitsLoss" | "CrossEntropyLoss";
  readonly targets: "numbers" | "indices" | "probabilities";
  readonly options: CrossEntropyLossOptions;
  readonly rows: number;
  readonly classes: number;
  readonly prediction: Float32Array;
  readonly target: Float32Array;
  /** Its value. */
  readonly value: number;
  /** rows × classes. */
  readonly gradient: Float32Array;
}

/** JSON in which an array is still base64 of little-endian float32. */
type Encoded<T> = { [Key in keyof T]: T[Key] extends Float32Array ? string : T[Key] };

export function rpropCases(): RpropCase[] {
  const file: {
    streams: Record<string, Encoded<Stream>>;
    cases: (Omit<Encoded<RpropCase>, "stream"> & { stream: string })[];
  } = JSON.parse(rprop);
  return file.cases.map((recorded) => {
    const stream = file.streams[recorded.stream] as Encoded<Stream>;
    return {
      ...recorded,
      stream: { ...stream, start: decode(stream.start), gradients: decode(stream.gradients) },
      data: decode(recorded.data),
      prev: decode(recorded.prev),
      stepSize: decode(recorded.stepSize),
    };
  });
}

export function linearCases(): LinearCase[] {
  const file: { cases: Encoded<LinearCase>[] } = JSON.parse(linear);
  return file.cases.map((recorded) => ({
    ...recorded,
    losses: decode(recorded.losses),
    gradients: decode(recorded.gradients),
    parameters: decode(recorded.parameters),
    stepSizes: decode(recorded.stepSizes),
  }));
}

export function mlpCases(): MlpCase[] {
  const { cases, ...common }: Encoded<MlpCase> & { cases: Encoded<MlpCase>[] } = JSON.parse(mlp);
  return cases.map((recorded) => ({
    ...common,
    ...recorded,
    target: decode(recorded.target),
    start: decode(recorded.start),
    losses: decode(recorded.losses),
    gradients: decode(recorded.gradients),
    parameters: decode(recorded.parameters),
  }));
}

export function classificationCases(): ClassificationCase[] {
  const file: { cases: Encoded<ClassificationCase>[] } = JSON.parse(classification);
  return file.cases.map((recorded) => ({
    ...recorded,
    prediction: decode(recorded.prediction),
    target: decode(recorded.target),
    gradient: decode(recorded.gradient),
  }));
}

/** Row number r of an array of rows. */
export function row(values: Float32Array, r: number, size: number): Float32Array {
  return values.subarray(r * size, (r + 1) * size);
}

/** Where two arrays differ, in words; null where every bit is the same. NaN equals NaN, and −0 is not +0. */
export function difference(got: ArrayLike<number>, wanted: ArrayLike<number>): string | null {
  if (got.length !== wanted.length) return `${got.length} values instead of ${wanted.length}`;
  for (let i = 0; i < got.length; i++) {
    if (Object.is(got[i], wanted[i])) continue;
    const text = (value: unknown) => (Object.is(value, -0) ? "-0" : String(value));
    return `${text(got[i])} instead of ${text(wanted[i])} at ${i}`;
  }
  return null;
}

export function decode(base64: string): Float32Array {
  return new Float32Array(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)).buffer);
}
