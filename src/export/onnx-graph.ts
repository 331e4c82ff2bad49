/** The graph of an ONNX file while it is made: operations, and the numbers that they take. */
import { bytes, bytesField, type Field, float, integer, message, textField } from "./protobuf.js";

export const FLOAT = 1; // of TensorProto.DataType
const ATTRIBUTE = { float: 1, integer: 2 }; // of AttributeProto.AttributeType

/** What is asked of a value for every column; a number is one for all. */
export type Constant = { name: string; shape: readonly number[]; data: Float32Array };

interface Operation {
  operator: string;
  inputs: string[];
  output: string;
  attributes: Field[];
}

/** Operations in the order in which they run, and the numbers that they take (GraphProto). */
export class Graph {
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

export function constant(value: number): Constant {
  return { name: String(value), shape: [], data: Float32Array.of(value) };
}

// Of NodeProto.
export const integerAttribute = (name: string, value: number) =>
  message(5, [textField(1, name), integer(3, value), integer(20, ATTRIBUTE.integer)]);
export const floatAttribute = (name: string, value: number) =>
  message(5, [textField(1, name), float(2, value), integer(20, ATTRIBUTE.float)]);
