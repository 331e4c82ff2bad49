import { ON_FLIP_STAY, type RpropRule } from "../../src/core/contract/core.js";

/** The rule of an optimizer without options. */
export const standard: RpropRule = {
  etaMinus: 0.5,
  etaPlus: Math.fround(1.2),
  minStep: Math.fround(1e-6),
  maxStep: 50,
  maximize: false,
  onFlip: ON_FLIP_STAY,
  weightDecay: 0,
  lower: -Infinity,
  upper: Infinity,
};
