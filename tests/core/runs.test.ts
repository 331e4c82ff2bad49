import { describe, expect, it } from "vitest";
import type { Block, Core, Totals } from "../../src/core/contract/core.js";
import { cores } from "./cores.js";
import { expectSame, generator, uniform } from "./numbers.js";
import { linearForward, linearGradInput } from "./products.js";
import { standard } from "./rule.js";

const EPOCHS = 200;
/** Numbers that training changes, with what one step of Rprop needs. */
interface Trained {
  data: Block;
  grad: Block;
  prev: Block;
  stepSize: Block;
  total: Totals;
}

interface Layer {
  ins: number;
  outs: number;
  weight: Trained;
  bias: Trained;
  y: Block;
  dx: Block;
}

function trained(core: Core, values: Float32Array): Trained {
  const block = (fill: number) => {
    const made = core.allocate(values.length);
    made.view.fill(fill);
    return made;
  };
  const data = block(0);
  data.view.set(values);
  return {
    data,
    grad: block(0),
    prev: block(0),
    stepSize: block(0.01),
    total: core.allocateTotals(values.length),
  };
}

/** Trains a stack of linear layers; after each epoch it gives the loss and every number that the step changed. */
function* epochs(core: Core, rows: number, widths: readonly number[]): Generator<ArrayLike<number>[]> {
  const random = generator(rows + widths.length);
  const given = (length: number) => {
    const block = core.allocate(length);
    block.view.set(uniform(random, length, -2, 2));
    return block;
  };
  const [ins, outs] = [widths[0]!, widths.at(-1)!];
  const [x, target] = [given(rows * ins), given(rows * outs)];
  const derivative = core.allocate(rows * outs);
  const layers = widths.slice(1).map((width, i): Layer => {
    const before = widths[i]!;
    return {
      ins: before,
      outs: width,
      weight: trained(core, uniform(random, width * before, -0.5, 0.5)),
      bias: trained(core, uniform(random, width, -0.5, 0.5)),
      y: core.allocate(rows * width),
      dx: core.allocate(rows * before),
    };
  });
  const parameters = layers.flatMap(({ weight, bias }) => [weight, bias]);

  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    let input = x;
    for (const { weight, bias, y, ins, outs } of layers) {
      linearForward(core, input, weight.data, bias.data, y, rows, ins, outs);
      input = y;
    }
    const loss = core.squaredError(input, target, derivative, rows, outs);
    let dy = derivative;
    for (let i = layers.length - 1; i >= 0; i--) {
      const { weight, bias, dx, ins, outs } = layers[i]!;
      core.linearGradParameters(dy, layers[i - 1]?.y ?? x, weight.total, bias.total, rows, ins, outs);
      if (i > 0) linearGradInput(core, dy, weight.data, dx, rows, ins, outs);
      dy = dx;
    }
    for (const { data, grad, prev, stepSize, total } of parameters) {
      core.accumulate(grad, total, 2 / (rows * outs), true);
      core.rprop(data, grad, prev, stepSize, standard);
    }
    yield [[loss], ...parameters.flatMap((p) => [p.data.view, p.prev.view, p.stepSize.view])];
  }
  for (const { data, grad, prev, stepSize, total } of parameters)
    for (const block of [data, grad, prev, stepSize, total]) core.free(block);
  for (const block of [x, target, derivative, ...layers.flatMap(({ y, dx }) => [y, dx])]) core.free(block);
}

describe(`${EPOCHS} epochs of training give the same bits on both cores at every epoch`, () => {
  it.each([
    [10, [3, 2]],
    [1, [3, 2]],
    [257, [3, 2]],
    [1000, [10, 1]],
    [1025, [10, 1]],
    [100, [37, 13]],
    [300, [37, 13]],
    [64, [64, 64]],
    [10, [4, 7, 3]],
    [259, [10, 8, 1]],
    [513, [5, 33, 2]],
    [33, [6, 17, 9, 4]],
  ])("%i rows, layers %j", (rows, widths) => {
    const [js, wasm] = cores.map((core) => epochs(core, rows, widths));
    let epoch = 0;
    let first = Number.NaN;
    let last = Number.NaN;
    for (const expected of js!) {
      const actual = wasm!.next().value as ArrayLike<number>[];
      expected.forEach((values, i) => {
        expectSame(actual[i]!, values, `epoch ${epoch}, number ${i}`);
      });
      last = expected[0]![0]!;
      if (epoch++ === 0) first = last;
    }
    expect(wasm!.next().done).toBe(true);
    expect(epoch).toBe(EPOCHS);
    // Equal bits of a loop that learns nothing would say little.
    expect(last).toBeLessThan(first);
  });
});
