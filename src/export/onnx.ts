import type { Owned } from "../array.js";
import { Verbatim, wrongValue } from "../errors.js";
import {
  describeLayers,
  type Exportable,
  type ExportLayer,
  type Layers,
  layersOf,
  slopeOf,
} from "./layers.js";
import { addSigmoid, ONNX_ACTIVATIONS } from "./onnx-activations.js";
import { type Constant, FLOAT, Graph, integerAttribute } from "./onnx-graph.js";
import { type Field, integer, join, message, textField } from "./protobuf.js";

/** The versions of the format and of the operators: those of ONNX 1.12 (2022), which later programs read. */
const IR_VERSION = 8;
const OPSET = 17;

/**
 * Writes a model as an ONNX file, for the programs and runtimes that read those: float32, input "x" of rows ×
 * features, output "y" of rows × outputs, for any number of rows; weights have PyTorch's names. Runtimes have
 * an exp, a tanh and an order of sums of their own, so that numbers are the same within rounding, not to the
 * bit. In onnxruntime-node and onnxruntime-web 1.30, activations agree within 5 units in the last place, from
 * the largest float32 to the smallest: neither takes subnormal numbers as 0 unless told to
 * (set_denormal_as_zero). Normalization, ReLU and LeakyReLU have the same bits. The mean of an Ensemble is
 * float32: infinite where the sum of its members is. Its probabilities agree as activations do;
 * onnxruntime-web gives 0 below 2⁻¹²⁶.
 *
 * @param model any model, of `rprop` or `rprop/js`, or what its toJSON() gives
 * @returns the bytes of the file, the caller's
 * @throws TypeError for what is no model; RangeError for an Ensemble of probabilities without a Linear or Normalization
 * @example
 * import { Linear, Sequential, Tanh } from "rprop";
 * import { toOnnx } from "rprop/export";
 * const bytes = toOnnx(new Sequential(new Linear(2, 4), new Tanh(), new Linear(4, 1)));
 * console.log(bytes instanceof Uint8Array, bytes.length); // true 473
 */
export function toOnnx(model: Exportable): Owned<Uint8ArrayConstructor> {
  const layers = layersOf(model);
  const graph = new Graph();
  addMembers(graph, layers);
  const [ins, outs] = layers.widths ?? ["columns", "columns"];
  return join([
    integer(1, IR_VERSION),
    textField(2, "rprop"), // the producer
    message(7, [...graph.fields(), valueInfo(11, "x", ["rows", ins]), valueInfo(12, "y", ["rows", outs])]),
    message(8, [textField(1, ""), integer(2, OPSET)]),
  ]);
}

/** The members one after the other, and their mean. */
function addMembers(graph: Graph, layers: Layers): void {
  const { members, average, widths } = layers;
  const ends = members.map((member) => member.reduce((value, layer) => apply(graph, layer, value), "x"));
  if (average === null) return;
  if (average === "probabilities" && widths === null)
    throw wrongValue(
      "model",
      "a layer that fixes the number of columns",
      new Verbatim(describeLayers(layers)),
    );
  const softmax = (x: string) => graph.add("Softmax", [x], [integerAttribute("axis", 1)]);
  const probabilities = widths?.[1] === 1 ? (x: string) => addSigmoid(graph, x) : softmax;
  graph.add("Mean", average === "output" ? ends : ends.map(probabilities));
}

/** Adds what a layer computes of a value, and returns the name of the result. */
function apply(graph: Graph, layer: ExportLayer, x: string): string {
  const named = (name: string, data: Float32Array, shape: readonly number[] = [data.length]): Constant => ({
    name: layer.place + name,
    shape,
    data,
  });
  switch (layer.type) {
    case "Linear": {
      const { weight, bias, inFeatures, outFeatures } = layer;
      const inputs = [x, named("weight", weight, [outFeatures, inFeatures])];
      return graph.add("Gemm", bias === null ? inputs : [...inputs, named("bias", bias)], [
        integerAttribute("transB", 1),
      ]);
    }
    case "Normalization": {
      const [mean, std] = [named("mean", layer.mean), named("std", layer.std)];
      if (layer.invert) return graph.add("Add", [graph.add("Mul", [x, std]), mean]);
      return graph.add("Div", [graph.add("Sub", [x, mean]), std]);
    }
  }
  return ONNX_ACTIVATIONS[layer.type](graph, x, slopeOf(layer));
}

/** A length that is a name is any length. */
function valueInfo(field: number, name: string, shape: readonly (number | string)[]): Field {
  const lengths = shape.map((length) =>
    message(1, [typeof length === "number" ? integer(1, length) : textField(2, length)]),
  );
  return message(field, [
    textField(1, name),
    message(2, [message(1, [integer(1, FLOAT), message(2, lengths)])]),
  ]);
}
