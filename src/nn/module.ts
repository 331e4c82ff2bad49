import { notOurs, shapeText, Verbatim, wrongType, wrongValue } from "../errors.js";
import { Opaque } from "../opaque.js";
import type { Parameter } from "../parameter.js";
import { Tensor } from "../tensor.js";
import { shapeOf, snapshot, type Values } from "../values.js";
import type { ActivationArchitecture } from "./activation-kinds.js";
import type { EnsembleAverage } from "./ensemble-average.js";
import type { Layer } from "./layer.js";
import type { Output } from "./output.js";
import { StateBuffer } from "./state-buffer.js";

/** A module in JSON, numbers aside: its class, and what the class was made with. */
export type Architecture =
  | { type: "Linear"; inFeatures: number; outFeatures: number; bias: boolean }
  | ActivationArchitecture
  | { type: "Normalization"; columns: number; invert: boolean }
  | { type: "Sequential"; modules: Architecture[] }
  | { type: "Ensemble"; average: EnsembleAverage; modules: Architecture[] };

/**
 * A model in JSON: its architecture, and in every module its numbers by name, row-major (weight, bias, mean, deviation).
 * JSON does not have all numbers: "NaN", "Infinity", "-Infinity" and "-0" stand for those.
 */
export type ModelJSON = { type: string } & Record<string, unknown>;

/**
 * A model or a part of one: it turns rows of numbers into rows of numbers, by parameters that can be trained.
 *
 * @example
 * import { Linear, type Module, ReLU } from "rprop";
 * const modules: Module[] = [new Linear(2, 1), new ReLU()];
 * console.log(modules.map((module) => module.parameters().length)); // [ 2, 0 ]
 */
export abstract class Module extends Opaque {
  /** What a Proxy of the module does not have, as it has no other private field. */
  readonly #itself = true;

  /**
   * Computes the output for these rows.
   *
   * @param x rows × features: a tensor, another module's output, a typed array, an array, or an array of rows
   * @returns rows × outputs, owned by the module until its next forward
   * @throws TypeError or RangeError for what is not such rows; Error after dispose()
   */
  abstract forward(x: Values): Output;

  /**
   * Lists the parameters with PyTorch's names, in PyTorch's order.
   *
   * @returns pairs of name and parameter, which are the module's own; none for a module that has nothing to
   * train
   */
  abstract namedParameters(): [name: string, parameter: Parameter][];

  /** What is saved with the module and not trained, by name. @internal */
  namedBuffers(): [name: string, buffer: StateBuffer][] {
    return [];
  }

  /** Columns of x, or null where any number will do. @internal */
  abstract get width(): number | null;

  /** The layers that forward runs, in order. @throws TypeError for an Ensemble, which has none @internal */
  abstract layers(): readonly Layer[];

  /** Columns of the output for x of so many columns. @internal */
  outputColumns(columns: number): number {
    return columnsAfter(this.layers(), columns);
  }

  // What follows is for an Ensemble, whose output is a mean over members.

  /** null for a module that runs layers itself. @internal */
  get members(): readonly Module[] | null {
    return null;
  }
  /** One output of those of the members. @internal */
  meanOf(outputs: readonly Tensor[]): Tensor {
    return outputs[0] as Tensor;
  }
  /** What a loss takes that asks for logits. @internal */
  logitsOf(output: Tensor): Tensor {
    return output;
  }

  /** @throws Error once one of them was disposed @internal */
  checkAlive(): void {
    this.checkItself("model");
    for (const layer of this.layers()) layer.checkAlive();
  }

  /** The module in words, such as Linear(3, 2); not by constructor.name, which bundlers shorten. @internal */
  abstract describe(): string;

  /** @internal */
  abstract architecture(): Architecture;

  /** Frees everything the module owns; using it afterwards throws. Not needed in ordinary use. */
  abstract dispose(): void;

  /**
   * Lists the parameters, in the order of {@link namedParameters}: what an optimizer is made of.
   *
   * @returns the module's own parameters
   */
  parameters(): Parameter[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  /**
   * Gives all of the model in JSON, to the bit: what modelFromJSON() takes.
   *
   * @returns plain objects and arrays, the caller's
   * @throws Error after dispose()
   */
  abstract toJSON(): ModelJSON;

  /** @throws Error after dispose() @internal */
  saved(): [string, Parameter | StateBuffer][] {
    this.checkAlive();
    return [...this.namedParameters(), ...this.namedBuffers()];
  }

  /**
   * Copies the parameters, and what else belongs to the model, by name: what {@link loadStateDict} takes,
   * with PyTorch's names and shapes.
   *
   * @returns tensors of their own, by name
   * @throws Error after dispose()
   */
  stateDict(): Record<string, Tensor> {
    const copy = ({ shape, block }: Parameter | StateBuffer) => Tensor.over(shape, block.view.slice());
    return Object.fromEntries(this.saved().map(([name, saved]) => [name, copy(saved)]));
  }

  /**
   * Takes over parameters by name, those of a stateDict() or any values of the same shapes.
   *
   * @param state values for each name of stateDict(), of the same shapes
   * @throws TypeError for what is not numbers, RangeError for names that are missing or too many, and for
   * other shapes; Error after dispose(). Nothing is changed then.
   */
  loadStateDict(state: Record<string, Values>): void {
    if (typeof state !== "object" || state === null || state instanceof Module)
      throw wrongType("state", "values by parameter name, such as stateDict() gives", state);
    const saved = this.saved();
    const names = saved.map(([name]) => name);
    for (const [, own] of saved) own.checkAlive();
    for (const name of Object.keys(state)) {
      if (!names.includes(name)) throw wrongValue("state", `the names ${names.join(", ")}`, name);
    }
    const copies = saved.map(([name, own]) => {
      const { shape, size } = own;
      const values = state[name];
      if (values === undefined)
        throw wrongValue("state", `the names ${names.join(", ")}`, new Verbatim(`no "${name}"`));
      const got = shapeOf(`state.${name}`, values);
      if (String(got) !== String(shape))
        throw wrongValue(`state.${name}`, shapeText(shape).text, shapeText(got));
      const copy = snapshot(values, size);
      if (own instanceof StateBuffer) own.check(`state.${name}`, copy);
      return copy;
    });
    saved.forEach(([, own], i) => {
      own.block.view.set(copies[i] as Float32Array);
      own.version++; // the weights of an earlier forward are gone
    });
  }

  /** @internal */
  checkItself(name: string): void {
    if (!(#itself in this))
      throw wrongType(name, "a module itself (Vue: markRaw, shallowRef)", new Verbatim("a Proxy"));
  }

  /** Calls dispose(): what `using` does at the end of its block. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** Columns after these layers. */
export function columnsAfter(layers: readonly Layer[], columns: number): number {
  return layers.reduce((before, { widths }) => (widths === null ? before : widths[1]), columns);
}

export function checkModule(name: string, value: unknown): void {
  if (!(value instanceof Module))
    throw notOurs(name, "a module of this library, such as new Sequential(a, b)", value);
  value.checkItself(name);
}
