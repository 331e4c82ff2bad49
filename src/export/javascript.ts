import { shortest } from "../format-number.js";
import { type CodeOptions, list, nameFrom, neededBy } from "./code.js";
import { JAVASCRIPT_ACTIVATIONS, JAVASCRIPT_FUNCTIONS } from "./javascript-functions.js";
import { describeLayers, type Exportable, type ExportLayer, layersOf, slopeOf } from "./layers.js";

/**
 * Writes a model as the source of an ES module that needs nothing else: a function of one row, which takes an array or typed
 * array of features and returns an array of outputs, the bits of predict(). It holds the weights and what the model's
 * activations need: about a kilobyte for a small model.
 *
 * @param model any model, of `rprop` or `rprop/js`, or what its toJSON() gives
 * @param options `name` of the function, by default "predict"
 * @returns the source
 * @throws TypeError for what is no model, or unknown options; RangeError for a name that no function can have
 * @example
 * import { Linear, predict, Sequential, Tanh } from "rprop";
 * import { toJavaScript } from "rprop/export";
 * const model = new Sequential(new Linear(2, 4), new Tanh(), new Linear(4, 1));
 * const source = toJavaScript(model, { name: "answer" });
 * const { answer } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
 * console.log(answer([1, 2])[0] === predict(model, [[1, 2]]).item()); // true
 */
export function toJavaScript(model: Exportable, options: CodeOptions = {}): string {
  const { layers, widths } = layersOf(model);
  const body = [
    ...(widths === null ? [] : [checkOf(widths[0])]),
    "  let y = Float32Array.from(x);",
    ...layers.map((layer) => `  y = ${callOf(layer)};`),
    "  return Array.from(y);",
  ].join("\n");
  const needed = neededBy(body, JAVASCRIPT_FUNCTIONS());
  const name = nameFrom(options, [body, ...needed].join("\n"));
  return [
    `// ${describeLayers(layers)}`,
    "// Made by rprop, whose bits it gives: every operation is rounded to float32 once.",
    ...needed,
    ...layers.flatMap(numbersOf),
    "/** @param {ArrayLike<number>} x @returns {number[]} */",
    `export function ${name}(x) {\n${body}\n}\n`,
  ].join("\n");
}

function checkOf(columns: number): string {
  return `  if (x.length !== ${columns}) throw new RangeError(\`expected ${columns} features, got \${x.length}\`);`;
}

/** The names of a layer's numbers, such as weight0 or mean1_2. */
function nameOf(numbers: string, { place }: ExportLayer): string {
  return numbers + place.slice(0, -1).replaceAll(".", "_");
}

/** y after a layer: map rounds to float32 what its function returns. */
function callOf(layer: ExportLayer): string {
  switch (layer.type) {
    case "Linear":
      return `linear(y, ${nameOf("weight", layer)}, ${nameOf("bias", layer)})`;
    case "Normalization": {
      const [mean, std] = [`${nameOf("mean", layer)}[i]`, `${nameOf("std", layer)}[i]`];
      const formula = layer.invert ? `fround(v * ${std}) + ${mean}` : `fround(v - ${mean}) / ${std}`;
      return `y.map((v, i) => ${formula})`;
    }
  }
  return `y.map(${JAVASCRIPT_ACTIVATIONS[layer.type](slopeOf(layer))})`;
}

function numbersOf(layer: ExportLayer): string[] {
  const array = (numbers: string, values: Float32Array) =>
    `const ${nameOf(numbers, layer)} = new Float32Array(${list("[", Array.from(values, shortest), "]")});`;
  if (layer.type === "Normalization") return [array("mean", layer.mean), array("std", layer.std)];
  if (layer.type !== "Linear") return [];
  const zeros = `const ${nameOf("bias", layer)} = new Float32Array(${layer.outFeatures});`;
  return [array("weight", layer.weight), layer.bias === null ? zeros : array("bias", layer.bias)];
}
