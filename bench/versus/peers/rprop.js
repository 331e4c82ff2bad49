/**
 * rprop as it is built, on the core that the first argument names (wasm or js). A batch is a run, with its checks, copying and
 * packing, up to its last step: the loss after that, which fit adds, is none that the other libraries compute. "moments": the wasm core on Moments, made before the clock starts.
 */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { serve } from "./harness.js";

const [way] = process.argv.slice(2);
// This folder is a package of its own, so the package around it is looked up from there.
const outside = createRequire(new URL("../../../package.json", import.meta.url));
const entry = outside.resolve(way === "js" ? "rprop/js" : "rprop");
const { core, epochs, fitSync, Linear, Moments, Rprop, Sequential, Tanh, tensor } = await import(
  pathToFileURL(entry)
);
const expected = way === "js" ? "js" : "wasm";
if (core() !== expected) throw new Error(`the ${expected} core does not run here`);

function modelOf(layers) {
  const modules = layers.flatMap(({ inputs, outputs, weight, bias }, i) => {
    const linear = new Linear(inputs, outputs);
    linear.weight.data.set(weight);
    linear.bias.data.set(bias);
    return i === 0 ? [linear] : [new Tanh(), linear];
  });
  return modules.length === 1 ? modules[0] : new Sequential(...modules);
}

await serve(outside("./package.json").version, ({ rows, inputs, outputs, x, y, layers }) => {
  const model = modelOf(layers);
  const optimizer = new Rprop(model.parameters());
  let data = [tensor(x, [rows, inputs]), tensor(y, [rows, outputs])];
  let setup;
  if (way === "moments") {
    const start = performance.now();
    data = [Moments.from(...data)];
    setup = (performance.now() - start) * 1000;
  }
  return {
    setup,
    train(count) {
      const run = epochs(model, ...data, { optimizer, epochs: count + 1, every: count });
      const { done, value } = run.next();
      if (done) throw new Error(`${value.stopReason} after ${value.completed} of ${count} epochs`);
      run.return();
      return value.loss;
    },
    reach(target) {
      const { completed, loss } = fitSync(model, ...data, { optimizer, targetLoss: target, epochs: 100_000 });
      return { epochs: completed, loss };
    },
  };
});
