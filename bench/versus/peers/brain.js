/**
 * brain.js, which trains by online gradient descent only: its epoch is a pass that moves the weights after every row. Its
 * last layer has the activation of the others, and its loss is the mean of what each row had before the move it made.
 */
import { createRequire } from "node:module";
import { serve } from "./harness.js";

const require = createRequire(import.meta.url);
const { NeuralNetwork } = require("brain.js");
const { version } = require("brain.js/package.json");
// Of the rates 0.003, 0.01, 0.03, 0.1 and 0.3, with a momentum of 0.1 or 0.9, those that reach the goals of ../problems.ts soonest.
const OPTIONS = { learningRate: 0.1, momentum: 0.1 };

await serve(version, ({ rows, inputs, outputs, x, y, layers }) => {
  // Rows as typed arrays, which it trains on as they are; other arrays it would copy at every call of train.
  const data = Array.from({ length: rows }, (_, row) => ({
    input: x.subarray(row * inputs, (row + 1) * inputs),
    output: y.subarray(row * outputs, (row + 1) * outputs),
  }));
  const net = new NeuralNetwork({
    activation: "tanh",
    hiddenLayers: layers.slice(0, -1).map(({ outputs }) => outputs),
  });
  net.sizes = [inputs, ...layers.map(({ outputs }) => outputs)];
  net.initialize();
  layers.forEach(({ inputs, outputs, weight, bias }, layer) => {
    for (let node = 0; node < outputs; node++) {
      net.weights[layer + 1][node].set(weight.subarray(node * inputs, (node + 1) * inputs));
      net.biases[layer + 1][node] = bias[node];
    }
  });
  let first;
  const noted = ({ error }) => {
    first ??= error;
  };
  return {
    train(epochs) {
      first = undefined;
      net.train(data, {
        ...OPTIONS,
        iterations: epochs,
        errorThresh: 1e-12,
        callback: noted,
        callbackPeriod: 1,
      });
      return first;
    },
    reach(target, milliseconds) {
      const options = { ...OPTIONS, iterations: 1e9, errorThresh: target, timeout: milliseconds };
      const { iterations, error } = net.train(data, options);
      return { epochs: iterations, loss: error };
    },
  };
});
