import type { Moments } from "../moments/moments.js";
import { ACTIVATIONS } from "../nn/activation.js";
import { Ensemble } from "../nn/ensembles/ensemble.js";
import { Linear } from "../nn/linear.js";
import type { Architecture, Module } from "../nn/module.js";
import { Normalization } from "../nn/normalization.js";
import { Sequential } from "../nn/sequential.js";
import { Generator } from "../random/generator.js";

/** The module of a sound architecture, before its numbers. It allocates, and fails only where memory does. */
export function make(architecture: Architecture): Module {
  switch (architecture.type) {
    case "Linear": {
      const { inFeatures, outFeatures, bias } = architecture;
      // The numbers drawn here will be replaced: they come from a stream of their own.
      return new Linear(inFeatures, outFeatures, { bias, generator: new Generator(0) });
    }
    case "Normalization": {
      const ones = new Float64Array(architecture.columns).fill(1);
      const standard = { columnStatistics: () => ({ means: ones, stds: ones }) };
      return new Normalization(standard as unknown as Moments, { invert: architecture.invert });
    }
    case "Sequential":
      return new Sequential(...architecture.modules.map(make));
    case "Ensemble":
      return new Ensemble(architecture.modules.map(make), { average: architecture.average });
  }
  const { type, ...options } = architecture;
  const Activation: new (...options: never[]) => Module = ACTIVATIONS[type];
  // A kind without options refuses even an empty object.
  return Object.keys(options).length === 0 ? new Activation() : new Activation(options as never);
}
