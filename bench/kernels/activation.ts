import { Activation, type ActivationKernels } from "../../src/core/contract/activations.js";
import type { Block, Core } from "../../src/core/contract/core.js";
import { activations } from "../../src/core/families.js";
import { ACTIVATION_NAMES, type ActivationName } from "../../src/nn/activation-kinds.js";
import { filled, grouped, type Rival, type Workload } from "./workload.js";

const SLOPE = Math.fround(0.01);

interface Blocks {
  /** Up to ±8, where every activation shows both sides. */
  x: Block;
  y: Block;
  dy: Block;
  positive: Block;
  result: Block;
}

/** exp and log, and every activation both ways. */
export function activation(count: number): Workload[] {
  const blocksOn = (core: Core): Blocks => ({
    x: filled(core, count, 1, -8, 8),
    y: filled(core, count, 2, -8, 8),
    dy: filled(core, count, 3),
    positive: filled(core, count, 4, 0, 8),
    result: core.allocate(count),
  });
  const workload = (
    kernel: string,
    body: (kernels: ActivationKernels, blocks: Blocks) => void,
    rival?: (blocks: Blocks) => Rival,
  ): Workload => ({
    kernel,
    shape: grouped(count),
    work: count,
    unit: "numbers/ns",
    on(core) {
      const kernels = core.family(activations);
      const blocks = blocksOn(core);
      const made = { run: () => body(kernels, blocks), result: () => blocks.result.view };
      return rival === undefined ? made : { ...made, rival: rival(blocks) };
    },
  });
  const rivals: Partial<Record<ActivationName, (blocks: Blocks) => Rival>> = {
    Tanh: mathTanh,
    Sigmoid: mathSigmoid,
  };
  return [
    workload("exp", (kernels, { x, result }) => kernels.exp(x, result, count), mathExp),
    workload("log", (kernels, { positive, result }) => kernels.log(positive, result, count), mathLog),
    ...ACTIVATION_NAMES.flatMap((name) => [
      workload(
        `activationForward ${name}`,
        (kernels, { x, result }) => kernels.activationForward(Activation[name], x, result, count, SLOPE),
        rivals[name],
      ),
      workload(`activationBackward ${name}`, (kernels, { x, y, dy, result }) =>
        kernels.activationBackward(Activation[name], x, y, dy, result, count, SLOPE),
      ),
    ]),
  ];
}

// One loop for each function: a loop that were given the function could not inline it.

function mathExp({ x: { view: x } }: Blocks): Rival {
  const y = new Float32Array(x.length);
  const run = () => {
    for (let i = 0; i < x.length; i++) y[i] = Math.exp(x[i]!);
  };
  return { name: "Math.exp(x)", run };
}

function mathLog({ positive: { view: x } }: Blocks): Rival {
  const y = new Float32Array(x.length);
  const run = () => {
    for (let i = 0; i < x.length; i++) y[i] = Math.log(x[i]!);
  };
  return { name: "Math.log(x)", run };
}

function mathTanh({ x: { view: x } }: Blocks): Rival {
  const y = new Float32Array(x.length);
  const run = () => {
    for (let i = 0; i < x.length; i++) y[i] = Math.tanh(x[i]!);
  };
  return { name: "Math.tanh(x)", run };
}

function mathSigmoid({ x: { view: x } }: Blocks): Rival {
  const y = new Float32Array(x.length);
  const run = () => {
    for (let i = 0; i < x.length; i++) y[i] = 1 / (1 + Math.exp(-x[i]!));
  };
  return { name: "1 / (1 + Math.exp(-x))", run };
}
