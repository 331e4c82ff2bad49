import { log, sigmoid } from "../../core/js/elementary.js";
import { checkChoice, Verbatim, wrongType, wrongValue } from "../../errors.js";
import { optionsOf } from "../../options.js";
import type { Parameter } from "../../parameter.js";
import { Tensor } from "../../tensor.js";
import { countRowsAndColumns, snapshot, type Values } from "../../values.js";
import { type Architecture, checkModule, type ModelJSON, Module, outputColumns } from "../module.js";
import type { Output } from "../output.js";
import { softmax } from "../softmax.js";
import type { StateBuffer } from "../state-buffer.js";
import { ENSEMBLE_AVERAGES, type EnsembleAverage } from "./ensemble-average.js";
import { EnsembleOutput } from "./ensemble-output.js";

/** The options of {@link Ensemble}. */
export interface EnsembleOptions {
  /**
   * `"output"`: the mean of the outputs, for numbers. `"probabilities"`: the mean of softmax(output), or of sigmoid(output) where
   * there is one output, for members that give logits. Default `"output"`.
   */
  average?: EnsembleAverage;
}

/**
 * Several models that predict as one: the mean of their outputs, or of their probabilities (Hansen & Salamon 1990, IEEE PAMI 12).
 * Train each member by a `fit` of its own, best with other first weights and other validation rows; the ensemble goes to
 * `predict`, `evaluate`, files, JSON and exports as any model does. Means are summed in float64, in the order of the members, and
 * rounded to float32 once.
 *
 * An ensemble of probabilities gives probabilities. `evaluate` with CrossEntropyLoss or BCEWithLogitsLoss takes them as what they
 * are, not as logits: for CrossEntropyLoss as log p, which is −∞ for 0, and for BCEWithLogitsLoss as log p − log(1 − p),
 * logarithms being at least −100, as in BCELoss.
 *
 * @example
 * import { Ensemble, Linear, predict, Sequential, Tanh } from "rprop";
 * const members = [1, 2, 3].map(() => new Sequential(new Linear(2, 4), new Tanh(), new Linear(4, 3)));
 * const ensemble = new Ensemble(members, { average: "probabilities" });
 * const probabilities = predict(ensemble, [[1, 2]]).toArray();
 * console.log(probabilities.reduce((a, b) => a + b).toFixed(4)); // 1.0000
 */
export class Ensemble extends Module {
  /** The members, in the order in which they were given. */
  readonly modules: readonly Module[];
  /** What the mean is taken of. */
  readonly average: EnsembleAverage;
  /** @internal */
  override readonly width: number | null;
  readonly #result = new EnsembleOutput();

  /**
   * Puts models together; they stay what they are.
   *
   * @param modules one or more models, which take the same features and give as many outputs; each of them once
   * @param options `average`: see {@link EnsembleOptions}. Default: the mean of the outputs
   * @throws TypeError for what are no models of this library; RangeError for none of them, one at two places, an Ensemble, or
   * models whose features or outputs are not as many
   */
  constructor(modules: readonly Module[], options: EnsembleOptions = {}) {
    super();
    if (!Array.isArray(modules)) throw wrongType("modules", "an array of models, such as [a, b]", modules);
    const { average } = optionsOf<Required<EnsembleOptions>>(options, {
      average: ["output", (name, value) => checkChoice(name, ENSEMBLE_AVERAGES, value)],
    });
    if (modules.length === 0) throw wrongValue("modules", "at least one model", new Verbatim("none"));
    const members: readonly Module[] = Object.freeze([...modules]); // which has no holes
    members.forEach((module, i) => {
      checkModule(`modules[${i}]`, module);
      module.checkAlive();
      if (module instanceof Ensemble)
        throw wrongValue(`modules[${i}]`, "a model that is no ensemble itself", new Verbatim("an Ensemble"));
    });
    const layers = members.flatMap((module) => module.layers());
    const twice = layers.find((layer, i) => layers.indexOf(layer) !== i);
    if (twice !== undefined)
      throw wrongValue("modules", "each model once", new Verbatim(`this ${twice.describe()} twice`));
    this.width = widthOf(members);
    this.modules = members;
    this.average = average;
  }

  /**
   * @param x rows × features, as the members take them
   * @returns rows × outputs: the mean over the members. It belongs to the ensemble until its next forward, and cannot go backward.
   * @throws TypeError or RangeError for what is not such rows; Error after dispose()
   */
  forward(x: Values): Output {
    this.checkAlive();
    const [rows, columns] = countRowsAndColumns("x", x, this.width);
    const own = Tensor.over([rows, columns], snapshot(x, rows * columns));
    const outputs = this.modules.map((module) => {
      const output = module.forward(own);
      return Tensor.over(output.shape, snapshot(output, output.size));
    });
    return this.#result.run(this.meanOf(outputs), null);
  }

  /** The members' outputs as one: Averaging, which published types do not have. @internal */
  meanOf(outputs: readonly Tensor[]): Tensor {
    const { shape, size } = outputs[0] as Tensor;
    const values = outputs.map((output) => this.#averaged(output).data);
    const data = new Float32Array(size);
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (const each of values) sum += each[i] as number;
      data[i] = sum / values.length;
    }
    return Tensor.over(shape, data);
  }

  #averaged(output: Tensor): Tensor {
    if (this.average === "output") return output;
    return output.shape[1] === 1 ? Tensor.over(output.shape, output.data.map(sigmoid)) : softmax(output);
  }

  /** What softmax or sigmoid make the probabilities of, where the output has those. @internal */
  asLogits(output: Tensor, of: "classes" | "numbers"): Tensor {
    if (this.average === "output") return output;
    return Tensor.over(output.shape, output.data.map(of === "classes" ? log : logit));
  }

  /** @throws TypeError always, for what trains a model or puts it into another @internal */
  override layers(): never {
    const one =
      "a model with layers of its own (train each member of an Ensemble by itself; it is part of no other model)";
    throw wrongType("model", one, new Verbatim("an Ensemble"));
  }

  /** Names of all members' parameters: the place of the member, a dot, and its own names, such as "0.2.weight". */
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
  override checkAlive(): void {
    this.checkItself("model");
    for (const module of this.modules) module.checkAlive();
  }

  /** @internal */
  override describe(): string {
    return `Ensemble(${this.average}, ${this.modules.map((module) => module.describe()).join(", ")})`;
  }

  override toJSON(): ModelJSON {
    return {
      type: "Ensemble",
      average: this.average,
      modules: this.modules.map((module) => module.toJSON()),
    };
  }

  /** @internal */
  override architecture(): Architecture {
    const { average, modules } = this;
    return { type: "Ensemble", average, modules: modules.map((module) => module.architecture()) };
  }

  /** Disposes of every member. */
  override dispose(): void {
    for (const module of this.modules) module.dispose();
    this.#result.dispose();
  }
}

/** Finite for 0 and 1 too: logarithms are at least −100, as in BCELoss. */
function logit(p: number): number {
  const [yes, no] = [log(p), log(Math.fround(1 - p))];
  return (yes < -100 ? -100 : yes) - (no < -100 ? -100 : no);
}

/** Features that the members take, null where any number will do. @throws RangeError where they differ, or outputs do */
function widthOf(modules: readonly Module[]): number | null {
  const [first] = modules as readonly [Module, ...Module[]];
  const width = modules.find((module) => module.width !== null)?.width ?? null;
  modules.forEach((module, i) => {
    const isAlike =
      module.width === first.width && outputColumns(module, width ?? 1) === outputColumns(first, width ?? 1);
    if (isAlike) return;
    const got = new Verbatim(`${module.describe()} beside ${first.describe()}`);
    throw wrongValue(`modules[${i}]`, "as many features and outputs as the first model has", got);
  });
  return width;
}
