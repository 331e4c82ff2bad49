import type { Parameter } from "../parameter.js";
import type { Values } from "../values.js";
import type { Layer } from "./layer.js";
import type { Output } from "./output.js";

/** What can be trained: it turns rows of numbers into rows of numbers, by parameters. */
export abstract class Module {
  /** The output for these rows; it belongs to the module and lives until the next forward. */
  abstract forward(x: Values): Output;

  /** Parameters with PyTorch's names, in PyTorch's order. */
  abstract namedParameters(): [name: string, parameter: Parameter][];

  /** The layers that forward runs, in order. @internal */
  abstract layers(): readonly Layer[];

  /** The module in a message, such as Linear(3, 2); not by constructor.name, which bundlers shorten. @internal */
  abstract describe(): string;

  /** Frees everything the module owns; using it afterwards throws. Not needed in ordinary use. */
  abstract dispose(): void;

  /** The parameters, in the order of {@link namedParameters}: what an optimizer is made of. */
  parameters(): Parameter[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  /** What console.log shows in Node. @internal */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.describe();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}
