import { Activation } from "../core/contract/activations.js";
import { activations } from "../core/families.js";
import { checkNumber, wrongValue } from "../errors.js";
import { type OptionTable, optionsOf } from "../options.js";
import type { Parameter } from "../parameter.js";
import { ACTIVATION_OPTIONS, type ActivationName, type PlainActivation } from "./activation-kinds.js";
import { Layer } from "./layer.js";
import type { LayerBuffers, LayerKernels } from "./layer-kernels.js";
import type { Architecture } from "./module.js";

/** A function of each number on its own. */
export abstract class Elementwise extends Layer {
  /** @internal */
  override readonly widths = null;
  /** @internal */
  protected abstract readonly kind: ActivationName;
  /** The number that the kernel takes, in float32, where the kind has an option. @internal */
  protected readonly slope: number = 0;

  override namedParameters(): [string, Parameter][] {
    return [];
  }

  /** @internal */
  override describe(): string {
    return this.kind;
  }

  /** @internal */
  override kernels({ core }: LayerBuffers): LayerKernels {
    const kernels = core.family(activations);
    const { slope } = this;
    const kind = Activation[this.kind];
    return {
      forward: (x, y, rows, columns) => kernels.activationForward(kind, x, y, rows * columns, slope),
      gradInput: (x, y, dy, dx, rows, columns) =>
        kernels.activationBackward(kind, x, y, dy, dx, rows * columns, slope),
    };
  }
}

/** One without options. */
export abstract class PlainElementwise extends Elementwise {
  /** @internal */
  protected abstract override readonly kind: PlainActivation;

  /**
   * Makes an activation, which has no options.
   *
   * @param nothing no arguments
   * @throws RangeError for anything
   */
  constructor(...nothing: never[]) {
    super();
    if (nothing.length > 0) throw wrongValue("options", "none", nothing[0]);
  }

  /** @internal */
  override architecture(): Architecture {
    return { type: this.kind };
  }
}

/**
 * The options of a kind, as given or initial.
 *
 * @throws TypeError or RangeError for unknown options, and for what is no number that is finite in float32
 */
export function givenOptions<Kind extends keyof typeof ACTIVATION_OPTIONS>(
  kind: Kind,
  options: object,
): (typeof ACTIVATION_OPTIONS)[Kind] {
  const table: Record<string, OptionTable<Record<string, number>>[string]> = {};
  for (const [name, initial] of Object.entries(ACTIVATION_OPTIONS[kind])) table[name] = [initial, checkFloat];
  const given = optionsOf<Record<string, number>>(options, table);
  // −0 as +0: JSON has no other.
  const entries = Object.entries(given).map(([name, value]) => [name, value + 0]);
  return Object.fromEntries(entries) as (typeof ACTIVATION_OPTIONS)[Kind];
}

function checkFloat(name: string, value: unknown): void {
  checkNumber(name, "a number that is finite in float32", value, (number) =>
    Number.isFinite(Math.fround(number)),
  );
}
