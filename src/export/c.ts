import { Verbatim, wrongValue } from "../errors.js";
import { C_ACTIVATIONS, C_FUNCTIONS } from "./c-functions.js";
import { type CodeOptions, list, nameFrom, neededBy } from "./code.js";
import { hexadecimal } from "./hexadecimal.js";
import { describeLayers, type Exportable, type ExportLayer, layersOf, slopeOf } from "./layers.js";

/** Layers that one loop over outputs computes: a Linear or none, and functions of each number. */
interface Pass {
  linear: Extract<ExportLayer, { type: "Linear" }> | null;
  elementwise: Exclude<ExportLayer, { type: "Linear" }>[];
  outs: number;
}

/**
 * Writes a model as C99: a function of one row, `void predict(const float x[IN], float y[OUT])`, which gives
 * the bits of predict() where every operation on floats rounds once (its first comment names the compilers'
 * options). It needs no library but memcpy, allocates nothing, and holds the weights as constants.
 *
 * @param model any model with a fixed number of columns, of `rprop` or `rprop/js`, or what its toJSON() gives
 * @param options `name`: of the function, by default "predict", and what all other names begin with, so that
 * several models fit into one file
 * @returns the source
 * @throws TypeError for what is no model, or unknown options; RangeError for a model without a Linear or Normalization, and a
 * name that no function can have
 * @example
 * import { Linear, Sequential, Tanh } from "rprop";
 * import { toC } from "rprop/export";
 * const model = new Sequential(new Linear(2, 4), new Tanh(), new Linear(4, 1));
 * console.log(toC(model).split("\n").find((line) => line.startsWith("void"))); // void predict(const float x[2], float y[1]) {
 */
export function toC(model: Exportable, options: CodeOptions = {}): string {
  const { layers, widths } = layersOf(model);
  if (widths === null)
    throw wrongValue(
      "model",
      "a layer that fixes the number of columns",
      new Verbatim(describeLayers(layers)),
    );
  const passes = passesOf(layers, widths[0]);
  const body = passes.map((pass, i) => codeOf(pass, i, i === passes.length - 1));
  const needed = neededBy(body.join("\n"), C_FUNCTIONS());
  const numbers = layers.flatMap(numbersOf);
  const signature = `(const float x[${widths[0]}], float y[${widths[1]}])`;
  const name = nameFrom(options, [...needed, ...body].join("\n"));
  return [
    `/* ${describeLayers(layers)}

   Made by rprop, whose bits it gives where every operation on floats rounds once, which C leaves open: with
   -ffp-contract=off and without -ffast-math (gcc, clang; gcc 12 can fuse operations all the same where -mfma or
   -march=native allow it), where FLT_EVAL_METHOD is 0 (on 32-bit x86: -msse2 -mfpmath=sse) and subnormal
   numbers are not flushed to zero. x and y must not overlap. */`,
    ...(numbers.some((text) => /NAN|INFINITY/.test(text)) ? ["#include <math.h>"] : []),
    ...(needed.length > 0 ? ["#include <stdint.h>", "#include <string.h>"] : []),
    "",
    ...[...needed, ...numbers].map((text) => `${text.replaceAll("$", `${name}_`)}\n`),
    `void ${name}${signature} {`,
    ...body.map((text) => text.replaceAll("$", `${name}_`)),
    "}\n",
  ].join("\n");
}

function passesOf(layers: readonly ExportLayer[], columns: number): Pass[] {
  const passes: Pass[] = [];
  for (const layer of layers) {
    if (layer.type === "Linear") passes.push({ linear: layer, elementwise: [], outs: layer.outFeatures });
    else if (passes.length === 0) passes.push({ linear: null, elementwise: [layer], outs: columns });
    else passes.at(-1)?.elementwise.push(layer);
  }
  return passes;
}

function codeOf({ linear, elementwise, outs }: Pass, i: number, isLast: boolean): string {
  const [from, to] = [i === 0 ? "x" : `h${i}`, isLast ? "y" : `h${i + 1}`];
  const start =
    linear === null ? `${from}[o]` : linear.bias === null ? "0.0f" : `${nameOf("bias", linear)}[o]`;
  const lines = [`for (int o = 0; o < ${outs}; o++) {`, `  float v = ${start};`];
  if (linear !== null) {
    const product = `${from}[k] * ${nameOf("weight", linear)}[o][k]`;
    lines.push(`  for (int k = 0; k < ${linear.inFeatures}; k++) v += ${product};`);
  }
  lines.push(...elementwise.map((layer) => `  v = ${formulaOf(layer)};`), `  ${to}[o] = v;`, "}");
  if (!isLast) lines.unshift(`float ${to}[${outs}];`);
  return lines.map((line) => `  ${line}`).join("\n");
}

/** The names of a layer's numbers, such as $weight0 or $mean1_2. */
function nameOf(numbers: string, { place }: ExportLayer): string {
  return `$${numbers}${place.slice(0, -1).replaceAll(".", "_")}`;
}

function formulaOf(layer: Pass["elementwise"][number]): string {
  if (layer.type !== "Normalization") return C_ACTIVATIONS[layer.type](hexadecimal(slopeOf(layer)));
  const [mean, std] = [`${nameOf("mean", layer)}[o]`, `${nameOf("std", layer)}[o]`];
  return layer.invert ? `v * ${std} + ${mean}` : `(v - ${mean}) / ${std}`;
}

function numbersOf(layer: ExportLayer): string[] {
  const array = (numbers: string, shape: string, values: string) =>
    `static const float ${nameOf(numbers, layer)}${shape} = ${values};`;
  const braced = (values: Float32Array) => list("{", Array.from(values, hexadecimal), "}");
  const vector = (numbers: string, values: Float32Array) =>
    array(numbers, `[${values.length}]`, braced(values));
  if (layer.type === "Normalization") return [vector("mean", layer.mean), vector("std", layer.std)];
  if (layer.type !== "Linear") return [];
  const { inFeatures, outFeatures, weight, bias } = layer;
  const rows = Array.from({ length: outFeatures }, (_, o) =>
    braced(weight.subarray(o * inFeatures, (o + 1) * inFeatures)),
  );
  const matrix = array("weight", `[${outFeatures}][${inFeatures}]`, `{\n${rows.join(",\n")}\n}`);
  return bias === null ? [matrix] : [matrix, vector("bias", bias)];
}
