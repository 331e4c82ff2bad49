import type { Owned } from "../array.js";
import { CUBIC, LINEAR } from "../core/js/coefficients.js";
import type { ActivationName } from "../nn/activation-kinds.js";
import { type Exportable, type ExportLayer, layersOf, slopeOf } from "./layers.js";
import { bytes, bytesField, type Field, float, integer, join, message, textField } from "./protobuf.js";

/** The versions of the format and of the operators: those of ONNX 1.12 (2022), which later programs read. */
const IR_VERSION = 8;
const OPSET = 17;

const FLOAT = 1; // of TensorProto.DataType
const ATTRIBUTE = { float: 1, integer: 2 }; // of AttributeProto.AttributeType

/** What is asked of a value for every column; a number is one for all. */
type Constant = { name: string; shape: readonly number[]; data: Float32Array };

interface Operation {
  operator: string;
  inputs: string[];
  output: string;
  attributes: Field[];
}

/**
 * Writes a model as an ONNX file, for the programs and runtimes that read those: float32, input "x" of rows ×
 * features, output "y" of rows × outputs, for any number of rows; weights have PyTorch's names. Runtimes have
 * an exp, a tanh and an order of sums of their own, so that numbers are the same within rounding, not to the
 * bit. In onnxruntime-node and onnxruntime-web 1.30, activations agree within 5 units in the last place, from
 * the largest float32 to the smallest: neither takes subnormal numbers as 0 unless told to
 * (set_denormal_as_zero). Normalization, ReLU and LeakyReLU have the same bits.
 *
 * @param model any model, of `rprop` or `rprop/js`, or what its toJSON() gives
 * @returns the bytes of the file, the caller's
 * @throws TypeError for what is no model
 * @example
 * import { Linear, Sequential, Tanh } from "rprop";
 * import { toOnnx } from "rprop/export";
 * const bytes = toOnnx(new Sequential(new Linear(2, 4), new Tanh(), new Linear(4, 1)));
 * console.log(bytes instanceof Uint8Array, bytes.length); // true 473
 */
export function toOnnx(model: Exportable): Owned<Uint8ArrayConstructor> {
  const { layers, widths } = layersOf(model);
  const graph = new Graph();
  layers.reduce((value, layer) => apply(graph, layer, value), "x");
  const [ins, outs] = widths ?? ["columns", "columns"];
  return join([
    integer(1, IR_VERSION),
    textField(2, "rprop"), // the producer
    message(7, [...graph.fields(), valueInfo(11, "x", ["rows", ins]), valueInfo(12, "y", ["rows", outs])]),
    message(8, [textField(1, ""), integer(2, OPSET)]),
  ]);
}

/** Operations in the order in which they run, and the numbers that they take (GraphProto). */
class Graph {
  readonly #operations: Operation[] = [];
  readonly #constants = new Map<string, Constant>();

  /** Returns the name of the output. */
  add(operator: string, inputs: (string | Constant)[], attributes: Field[] = []): string {
    const names = inputs.map((input) => {
      if (typeof input === "string") return input;
      this.#constants.set(input.name, input);
      return input.name;
    });
    const output = `value${this.#operations.length}`;
    this.#operations.push({ operator, inputs: names, output, attributes });
    return output;
  }

  fields(): Field[] {
    const last = this.#operations.length - 1;
    const nodes = this.#operations.map(({ operator, inputs, output, attributes }, i) =>
      message(1, [
        ...inputs.map((input) => textField(1, input)),
        textField(2, i === last ? "y" : output),
        textField(4, operator),
        ...attributes,
      ]),
    );
    const initializers = [...this.#constants.values()].map(({ name, shape, data }) =>
      message(5, [
        ...shape.map((length) => integer(1, length)),
        integer(2, FLOAT),
        textField(8, name),
        bytes(9, bytesField(data)),
      ]),
    );
    return [...nodes, textField(2, "rprop"), ...initializers];
  }
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
  return ACTIVATIONS[layer.type](graph, x, slopeOf(layer));
}

/** Adds what each kind computes of a value, and returns the name of the result. */
const ACTIVATIONS: Readonly<Record<ActivationName, (graph: Graph, x: string, slope: number) => string>> = {
  Tanh: tanh,
  Sigmoid: sigmoid,
  ReLU: (graph, x) => graph.add("Relu", [x]),
  LeakyReLU: (graph, x, slope) => graph.add("LeakyRelu", [x], [floatAttribute("alpha", slope)]),
  GELU(graph, x) {
    // x · σ(2√(2/π) · (x + 0.044715 x³)), which is the form with tanh. Below −16 it is 0, where x³ may have no end.
    const c = graph.add("Max", [x, number(-16)]);
    const cubic = graph.add("Mul", [graph.add("Mul", [c, c]), number(CUBIC)]);
    const argument = graph.add("Mul", [c, graph.add("Add", [cubic, number(LINEAR)])]);
    return graph.add("Mul", [c, sigmoid(graph, argument)]);
  },
  SiLU: (graph, x) => graph.add("Mul", [graph.add("Max", [x, number(-104)]), sigmoid(graph, x)]),
  Softplus: (graph, x) => graph.add("Softplus", [x]),
  Mish(graph, x) {
    // The library's own fraction. ONNX has an operator Mish from opset 18 on: programs that read 17 would refuse the file.
    const z = graph.add("Exp", [graph.add("Neg", [graph.add("Abs", [x])])]);
    const isAbove = graph.add("Greater", [x, number(0)]);
    const square = graph.add("Mul", [z, z]);
    const n = graph.add("Add", [graph.add("Where", [isAbove, number(1), square]), graph.add("Add", [z, z])]);
    const rest = graph.add("Where", [isAbove, graph.add("Add", [square, square]), number(2)]);
    const gate = graph.add("Div", [n, graph.add("Add", [n, rest])]);
    return graph.add("Mul", [graph.add("Max", [x, number(-104)]), gate]);
  },
  ELU(graph, x, slope) {
    const below = graph.add("Mul", [expm1(graph, x), number(slope)]);
    return graph.add("Where", [graph.add("Less", [x, number(0)]), below, x]);
  },
};

/**
 * exp(x) − 1 = tanh(x / 2) · (exp(x) + 1). ONNX Runtime's operator Elu subtracts 1 from exp(x), which leaves no digit of the
 * smallest numbers.
 */
function expm1(graph: Graph, x: string): string {
  const half = graph.add("Mul", [x, number(0.5)]);
  return graph.add("Mul", [tanh(graph, half), graph.add("Add", [graph.add("Exp", [x]), number(1)])]);
}

/**
 * (x > 0 ? 1 : z) / (1 + z), z = exp(−|x|), as the library's own: ONNX Runtime's operator Sigmoid is right to 6e-8 and no
 * better, which leaves 0 of all below −18.
 */
function sigmoid(graph: Graph, x: string): string {
  const z = graph.add("Exp", [graph.add("Neg", [graph.add("Abs", [x])])]);
  const above = graph.add("Where", [graph.add("Greater", [x, number(0)]), number(1), z]);
  return graph.add("Div", [above, graph.add("Add", [z, number(1)])]);
}

/** Where tanh(x) is x in float32 it is x: there, ONNX Runtime's operator loses the digits of subnormal numbers. */
function tanh(graph: Graph, x: string): string {
  const isSmall = graph.add("Less", [graph.add("Abs", [x]), number(2 ** -12)]);
  return graph.add("Where", [isSmall, x, graph.add("Tanh", [x])]);
}

function number(value: number): Constant {
  return { name: String(value), shape: [], data: Float32Array.of(value) };
}

// Of NodeProto.
const integerAttribute = (name: string, value: number) =>
  message(5, [textField(1, name), integer(3, value), integer(20, ATTRIBUTE.integer)]);
const floatAttribute = (name: string, value: number) =>
  message(5, [textField(1, name), float(2, value), integer(20, ATTRIBUTE.float)]);

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
