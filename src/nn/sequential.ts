import { Verbatim, wrongValue } from "../errors.js";
import type { Parameter } from "../parameter.js";
import type { Values } from "../values.js";
import type { Layer } from "./layer.js";
import { type Architecture, checkModule, type ModelJSON, Module } from "./module.js";
import { Output } from "./output.js";
import type { StateBuffer } from "./state-buffer.js";

/**
 * Modules in a row, each reading the output of the one before it. Backward goes through all of them.
 *
 * @example
 * import { Linear, MSELoss, Rprop, Sequential, Tanh } from "rprop";
 * const model = new Sequential(new Linear(2, 4), new Tanh(), new Linear(4, 1));
 * const optimizer = new Rprop(model.parameters());
 * const loss = new MSELoss().forward(model.forward([[0, 1], [1, 1]]), [1, 0]);
 * loss.backward();
 * optimizer.step();
 * console.log(model.namedParameters().map(([name]) => name)); // [ '0.weight', '0.bias', '2.weight', '2.bias' ]
 */
export class Sequential extends Module {
  /** The modules in the order in which they run. */
  readonly modules: readonly Module[];
  /** Those of nested modules too, in the order in which they run. */
  readonly #layers: readonly [Layer, ...Layer[]];
  /** @internal */
  override readonly width: number | null;

  /**
   * Puts modules in a row.
   *
   * @param modules one or more, each of them once, nested ones included
   * @throws TypeError for what is no module of this library; RangeError for no modules, a module at two places, or one that
   * does not take as many features as the ones before it give
   */
  constructor(...modules: Module[]) {
    super();
    if (modules.length === 0) throw wrongValue("modules", "at least one module", new Verbatim("none"));
    modules.forEach((module, i) => {
      checkModule(`modules[${i}]`, module);
      module.checkAlive();
    });
    const layers = modules.flatMap((module) => module.layers());
    const twice = layers.find((layer, i) => layers.indexOf(layer) !== i);
    if (twice !== undefined) {
      throw wrongValue("modules", "one module per place", new Verbatim(`this ${twice.describe()} twice`));
    }
    this.width = widthOf(layers);
    this.#layers = layers as [Layer, ...Layer[]];
    this.modules = Object.freeze([...modules]);
  }

  /**
   * Runs the modules one after the other.
   *
   * @param x rows × features, as the first module takes them; flat values are cut into rows of as many features as the first
   * Linear has, and are one column where there is none
   * @returns the output of the last module, which owns it until its next forward
   * @throws TypeError or RangeError for what is not such rows; Error after dispose(). No module has run then.
   */
  forward(x: Values): Output {
    this.checkAlive();
    if (x instanceof Output && this.#layers.includes(x.layer)) {
      const got = new Verbatim(`the output of its own ${x.layer.describe()}`);
      throw wrongValue("x", "rows from elsewhere (one module per place)", got);
    }
    const [first, ...rest] = this.#layers;
    return rest.reduce((output, layer) => layer.forward(output), first.run(x, this.width));
  }

  /**
   * Lists the parameters with PyTorch's names: the place of each module, a dot, and its own names, such as
   * "0.weight" or "1.2.bias".
   *
   * @returns pairs of name and parameter, in the order of the modules
   */
  override namedParameters(): [string, Parameter][] {
    return this.modules.flatMap((module, i) =>
      module.namedParameters().map(([name, parameter]): [string, Parameter] => [`${i}.${name}`, parameter]),
    );
  }

  /** @internal */
  override namedBuffers(): [string, StateBuffer][] {
    return this.modules.flatMap((module, i) =>
      module.namedBuffers().map(([name, buffer]): [string, StateBuffer] => [`${i}.${name}`, buffer]),
    );
  }

  /** @internal */
  override layers(): readonly Layer[] {
    return this.#layers;
  }

  /** @internal */
  override describe(): string {
    return `Sequential(${this.modules.map((module) => module.describe()).join(", ")})`;
  }

  override toJSON(): ModelJSON {
    return { type: "Sequential", modules: this.modules.map((module) => module.toJSON()) };
  }

  /** @internal */
  override architecture(): Architecture {
    return { type: "Sequential", modules: this.modules.map((module) => module.architecture()) };
  }

  /** Disposes of every module. */
  override dispose(): void {
    for (const module of this.modules) module.dispose();
  }
}

/** Columns that the first layer with a width asks for; checks that the widths of all of them fit. */
function widthOf(layers: readonly Layer[]): number | null {
  const wide = layers.filter(({ widths }) => widths !== null);
  wide.forEach((layer, i) => {
    const before = wide[i - 1];
    const [inFeatures] = layer.widths as [number, number];
    const given = before?.widths?.[1];
    if (given === undefined || given === inFeatures) return;
    const expected = `as many features as the module before has`;
    throw wrongValue("modules", expected, new Verbatim(`${layer.describe()} after ${before?.describe()}`));
  });
  return wide[0]?.widths?.[0] ?? null;
}
