import type { Parameter } from "../../parameter.js";
import { Layer } from "../layer.js";
import type { LayerKernels } from "../layer-kernels.js";

/** Owns what forward gives. */
export class EnsembleOutput extends Layer {
  override readonly widths = null;

  override namedParameters(): [string, Parameter][] {
    return [];
  }

  override describe(): string {
    return "Ensemble";
  }

  override architecture(): never {
    throw new Error("internal: this is no module of a model");
  }

  override kernels(): LayerKernels {
    return {
      forward: (x, y, rows, columns) => y.view.set(x.view.subarray(0, rows * columns)),
      gradInput() {},
    };
  }

  override prepareBackward(): never {
    throw new Error("an Ensemble has no way back: train each of its members by itself");
  }
}
