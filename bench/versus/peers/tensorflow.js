/**
 * TensorFlow.js on its wasm backend (XNNPACK, SIMD; it has no threads in Node). It has no Rprop: "rprop" is iRprop⁻ in its
 * own operations; "adam" is its Adam. Gradients are written out, which takes less time than its differentiation.
 */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { reachBy, serve } from "./harness.js";

const ADAM_LR = 0.1; // of 0.01, 0.03, 0.1 and 0.3 the one that reaches the goals of ../problems.ts soonest
const [way] = process.argv.slice(2);
const program = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
setWasmPaths(`${dirname(program)}/`);
await tf.setBackend("wasm");
await tf.ready();
if (!(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"))) throw new Error("TensorFlow.js runs without SIMD");

function rpropOf(parameters) {
  const [one, half, faster] = [tf.scalar(1), tf.scalar(0.5), tf.scalar(1.2)];
  const state = parameters.map((w) => ({
    w,
    previous: tf.variable(tf.zerosLike(w)),
    size: tf.variable(tf.fill(w.shape, 0.01)),
  }));
  return (gradients) => {
    for (const { w, previous, size } of state) {
      const gradient = gradients[w.name];
      const product = tf.mul(gradient, previous);
      const flipped = tf.less(product, 0);
      const factor = tf.where(flipped, half, tf.where(tf.greater(product, 0), faster, one));
      size.assign(tf.clipByValue(tf.mul(size, factor), 1e-6, 50));
      const slope = tf.where(flipped, tf.zerosLike(gradient), gradient);
      w.assign(tf.sub(w, tf.mul(tf.sign(slope), size)));
      previous.assign(slope);
    }
  };
}

function adamOf() {
  const adam = tf.train.adam(ADAM_LR);
  return (gradients) => adam.applyGradients(gradients);
}

await serve(tf.version_core, ({ rows, inputs, outputs, x, y, layers }) => {
  const features = tf.tensor2d(x, [rows, inputs]);
  const targets = tf.tensor2d(y, [rows, outputs]);
  const weights = layers.map((layer) => ({
    w: tf.variable(tf.transpose(tf.tensor2d(layer.weight, [layer.outputs, layer.inputs]))),
    b: tf.variable(tf.tensor1d(layer.bias)),
  }));
  const parameters = weights.flatMap(({ w, b }) => [w, b]);
  const step = way === "adam" ? adamOf() : rpropOf(parameters);
  const scale = tf.scalar(2 / y.length);
  const one = tf.scalar(1);

  const forward = () => {
    const inputs = [features];
    weights.forEach(({ w, b }, i) => {
      const sums = tf.fused.matMul({ a: inputs[i], b: w, bias: b });
      inputs.push(i + 1 < weights.length ? tf.tanh(sums) : sums);
    });
    return inputs;
  };
  const backward = (inputs, error) => {
    const gradients = {};
    let delta = tf.mul(error, scale);
    for (let i = weights.length - 1; i >= 0; i--) {
      const { w, b } = weights[i];
      gradients[w.name] = tf.matMul(inputs[i], delta, true);
      gradients[b.name] = tf.sum(delta, 0);
      if (i > 0) delta = tf.mul(tf.matMul(delta, w, false, true), tf.sub(one, tf.square(inputs[i])));
    }
    return gradients;
  };
  const epoch = (read) =>
    tf.tidy(() => {
      const inputs = forward();
      const error = tf.sub(inputs.at(-1), targets);
      const loss = tf.mean(tf.square(error));
      step(backward(inputs, error));
      return read ? loss.dataSync()[0] : undefined;
    });
  return {
    train(epochs) {
      const first = epoch(true);
      for (let i = 1; i < epochs; i++) epoch(false);
      return first;
    },
    reach: (target, milliseconds) => reachBy(() => epoch(true), target, milliseconds),
  };
});
