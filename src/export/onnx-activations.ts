/** The ONNX of what layers compute of each number. */
import { CUBIC, LINEAR } from "../core/js/coefficients.js";
import type { ActivationName } from "../nn/activation-kinds.js";
import { constant, floatAttribute, type Graph } from "./onnx-graph.js";

/** Adds what each kind computes of a value, and returns the name of the result. */
export const ONNX_ACTIVATIONS: Readonly<
  Record<ActivationName, (graph: Graph, x: string, slope: number) => string>
> = {
  Tanh: tanh,
  Sigmoid: addSigmoid,
  ReLU: (graph, x) => graph.add("Relu", [x]),
  LeakyReLU: (graph, x, slope) => graph.add("LeakyRelu", [x], [floatAttribute("alpha", slope)]),
  GELU(graph, x) {
    // x · σ(2√(2/π) · (x + 0.044715 x³)), which is the form with tanh. Below −16 it is 0, where x³ may have no end.
    const c = graph.add("Max", [x, constant(-16)]);
    const cubic = graph.add("Mul", [graph.add("Mul", [c, c]), constant(CUBIC)]);
    const argument = graph.add("Mul", [c, graph.add("Add", [cubic, constant(LINEAR)])]);
    return graph.add("Mul", [c, addSigmoid(graph, argument)]);
  },
  SiLU: (graph, x) => graph.add("Mul", [graph.add("Max", [x, constant(-104)]), addSigmoid(graph, x)]),
  Softplus: (graph, x) => graph.add("Softplus", [x]),
  Mish(graph, x) {
    // The library's own fraction. ONNX has an operator Mish from opset 18 on: programs that read 17 would refuse the file.
    const z = graph.add("Exp", [graph.add("Neg", [graph.add("Abs", [x])])]);
    const isAbove = graph.add("Greater", [x, constant(0)]);
    const square = graph.add("Mul", [z, z]);
    const n = graph.add("Add", [
      graph.add("Where", [isAbove, constant(1), square]),
      graph.add("Add", [z, z]),
    ]);
    const rest = graph.add("Where", [isAbove, graph.add("Add", [square, square]), constant(2)]);
    const gate = graph.add("Div", [n, graph.add("Add", [n, rest])]);
    return graph.add("Mul", [graph.add("Max", [x, constant(-104)]), gate]);
  },
  ELU(graph, x, slope) {
    const below = graph.add("Mul", [expm1(graph, x), constant(slope)]);
    return graph.add("Where", [graph.add("Less", [x, constant(0)]), below, x]);
  },
};

/**
 * exp(x) − 1 = tanh(x / 2) · (exp(x) + 1). ONNX Runtime's operator Elu subtracts 1 from exp(x), which leaves no digit of the
 * smallest numbers.
 */
function expm1(graph: Graph, x: string): string {
  const half = graph.add("Mul", [x, constant(0.5)]);
  return graph.add("Mul", [tanh(graph, half), graph.add("Add", [graph.add("Exp", [x]), constant(1)])]);
}

/**
 * (x > 0 ? 1 : z) / (1 + z), z = exp(−|x|), as the library's own: ONNX Runtime's operator Sigmoid is right to 6e-8 and no
 * better, which leaves 0 of all below −18.
 */
export function addSigmoid(graph: Graph, x: string): string {
  const z = graph.add("Exp", [graph.add("Neg", [graph.add("Abs", [x])])]);
  const above = graph.add("Where", [graph.add("Greater", [x, constant(0)]), constant(1), z]);
  return graph.add("Div", [above, graph.add("Add", [z, constant(1)])]);
}

/** Where tanh(x) is x in float32 it is x: there, ONNX Runtime's operator loses the digits of subnormal numbers. */
function tanh(graph: Graph, x: string): string {
  const isSmall = graph.add("Less", [graph.add("Abs", [x]), constant(2 ** -12)]);
  return graph.add("Where", [isSmall, x, graph.add("Tanh", [x])]);
}
