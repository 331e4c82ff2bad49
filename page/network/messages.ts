/** What the page and the worker that trains say to each other. */
import type { ACTIVATIONS, RpropVariant, StopReason } from "rprop";
import type { Points } from "./points.js";

/** The map of decisions has GRID × GRID cells and shows −REACH … REACH each way. */
export const MAP_GRID = 64;
export const REACH = 1.5;

/** Layers, and first weights by the seed. */
export interface NetworkShape {
  hiddenLayers: number;
  width: number;
  activation: keyof typeof ACTIVATIONS;
  seed: number;
}

/** What can change between epochs: options of the optimizer, and when to stop. */
export interface Steering {
  variant: RpropVariant;
  etas: [number, number];
  stepSizes: [number, number];
  weightDecay: number;
  /** The training loss that ends the run, if there is one. */
  targetLoss: number | null;
}

/** Everything that a run begins with. */
export interface Beginning {
  architecture: NetworkShape;
  steering: Steering;
  /** The first step size. */
  lr: number;
  training: Points;
  /** Points that are not trained on. */
  validation: Points | null;
}

/**
 * From the page. What begins takes the place of the run before, and is running if that was. The pace is the
 * maximum of epochs a second; null is as many as there can be.
 */
export type Order =
  | { order: "begin"; run: number; beginning: Beginning }
  | { order: "steer"; steering: Steering }
  | { order: "pace"; pace: number | null }
  | { order: "start" | "pause" | "step" };

/** What a run has come to. */
export interface Snapshot {
  completed: number;
  /** Of the epochs since the snapshot before. */
  losses: Float64Array;
  validationLosses: Float64Array | null;
  /** The model's logits in the cells of the map, rows from the top. */
  logits: Float32Array;
  /** Shares of points on the right side. */
  accuracy: number;
  validationAccuracy: number | null;
  /** How many weights have a step size in each power of ten, from DECADES[0] up. */
  decades: number[];
  epochsPerSecond: number | null;
  running: boolean;
  stopReason: StopReason | null;
  /** Of the model; where it is not running. */
  fingerprint: string | null;
}

/** Powers of ten of step sizes; what is smaller or larger counts with the first or last. */
export const DECADES = [-7, -6, -5, -4, -3, -2, -1, 0, 1] as const;

/** From the worker, about the run of that number. */
export type NetworkReport =
  | { report: "snapshot"; run: number; snapshot: Snapshot }
  | {
      report: "refused";
      run: number;
      /** Whether there is a run: then it is paused. */
      begun: boolean;
      message: string;
    };
