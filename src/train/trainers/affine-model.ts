import { Verbatim, wrongType } from "../../errors.js";
import type { CoMoments } from "../../moments/co-moments.js";
import { Linear } from "../../nn/linear.js";
import { Module } from "../../nn/module.js";
import { Normalization } from "../../nn/normalization.js";

/**
 * A Linear with Normalizations before and after it. All of them map columns each on its own, x → a · x + s before
 * it and z → d · z + m after it, so that the whole is linear in x, and its squared error is that of the Linear alone on
 * mapped rows, each output's times d².
 */
export class AffineModel {
  readonly linear: Linear;
  readonly #before: readonly Normalization[];
  readonly #after: readonly Normalization[];
  /** What x is multiplied by before it comes to the Linear: a. */
  readonly #scaleX: Float64Array;
  /** What outputs of the Linear are multiplied by: d. */
  readonly scaleY: Float64Array;

  /** @throws TypeError for any other model; Error after dispose() */
  constructor(model: Module) {
    const expected = "a Linear, with nothing but Normalization around it, to train from Moments";
    if (!(model instanceof Module)) throw wrongType("model", expected, model);
    const layers = model.layers();
    const isLinear = (layer: object): layer is Linear => layer instanceof Linear;
    const place = layers.findIndex(isLinear);
    const others = layers.filter((_, i) => i !== place);
    const isNormalization = (layer: object): layer is Normalization => layer instanceof Normalization;
    if (place < 0 || !others.every(isNormalization))
      throw wrongType("model", expected, new Verbatim(model.describe()));
    for (const layer of layers) layer.checkAlive();
    this.linear = layers[place] as Linear;
    this.#before = others.slice(0, place) as Normalization[];
    this.#after = others.slice(place) as Normalization[];
    const { inFeatures, outFeatures } = this.linear;
    this.#scaleX = this.#before.reduce(scaledBy, new Float64Array(inFeatures).fill(1));
    this.scaleY = this.#after.reduce(scaledBy, new Float64Array(outFeatures).fill(1));
  }

  /** The moments of what comes to the Linear, and of what it is to answer. */
  mapped({ n, meanX, meanY, xx, xy, yy }: CoMoments): CoMoments {
    const [a, d] = [this.#scaleX, this.scaleY];
    const [p, q] = [a.length, d.length];
    const [products, cross] = [xx.slice(), xy.slice()];
    for (let i = 0, at = 0; i < p; i++) {
      const scale = a[i] as number;
      for (let j = i; j < p; j++, at++) products[at] = (products[at] as number) * scale * (a[j] as number);
      for (let o = 0; o < q; o++)
        cross[i * q + o] = ((cross[i * q + o] as number) * scale) / (d[o] as number);
    }
    return {
      n,
      meanX: this.#before.reduce(forwards, meanX),
      meanY: this.#after.reduceRight(backwards, meanY),
      xx: products,
      xy: cross,
      yy: yy.map((sum, o) => sum / (d[o] as number) ** 2),
    };
  }

  /** The whole model as one Linear, from the Linear's parameters: outputs × inputs, and a bias for each output or none. */
  whole(parameters: Float64Array): { weight: Float64Array; bias: Float64Array } {
    const [a, d] = [this.#scaleX, this.scaleY];
    const [p, q] = [a.length, d.length];
    const shift = this.#before.reduce(forwards, new Float64Array(p));
    const weight = new Float64Array(p * q);
    const level = new Float64Array(q);
    for (let o = 0; o < q; o++) {
      let sum = parameters[p * q + o] ?? 0;
      for (let i = 0; i < p; i++) {
        const w = parameters[o * p + i] as number;
        weight[o * p + i] = (d[o] as number) * w * (a[i] as number);
        sum += w * (shift[i] as number);
      }
      level[o] = sum;
    }
    return { weight, bias: this.#after.reduce(forwards, level) };
  }
}

function forwards(values: Float64Array, layer: Normalization): Float64Array {
  return mapped(values, layer, layer.invert);
}

function backwards(values: Float64Array, layer: Normalization): Float64Array {
  return mapped(values, layer, !layer.invert);
}

/** One number of each column, in float64, as the layer's kernel maps them in float32; or standardised, or restored. */
function mapped(values: Float64Array, layer: Normalization, restored: boolean): Float64Array {
  const [mean, std] = [layer.mean.toArray(), layer.std.toArray()];
  return values.map((value, c) => {
    const [m, d] = [mean[c] as number, std[c] as number];
    return restored ? value * d + m : (value - m) / d;
  });
}

function scaledBy(scales: Float64Array, { std, invert }: Normalization): Float64Array {
  const by = std.toArray();
  return scales.map((scale, c) => (invert ? scale * (by[c] as number) : scale / (by[c] as number)));
}
