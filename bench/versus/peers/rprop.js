/**
 * rprop as it is built, on the core that the first argument names (wasm or js). A batch is a call of fitSync, with its checks,
 * copying, packing and the last loss. "moments": the wasm core on Moments, made before the clock starts.
 */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { serve } from "./harness.js";

const [way] = process.argv.slice(2);
// This folder is a package of its own, so the package around it is looked up from there.
const outside = createRequire(new URL("../../../package.json", import.meta.url));
const entry = outside.resolve(way === "js" ? "rprop/js" : "rprop");
const { core, fitSync, Linear, Moments, Rprop, Sequential, Tanh, tensor } = await import(
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
    train(epochs) {
      const { losses, completed, stopReason } = fitSync(model, ...data, { optimizer, epochs });
      if (completed !== epochs) throw new Error(`${stopReason} after ${completed} of ${epochs} epochs`);
      return losses[0];
    },
    reach(target) {
      const { completed, loss } = fitSync(model, ...data, { optimizer, targetLoss: target, epochs: 100_000 });
      return { epochs: completed, loss };
    },
  };
});
