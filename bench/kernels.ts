/** Times every kernel on both cores, in this process, and prints JSON. Each is proved right before it is timed. */
import {
  activations,
  GELU,
  LEAKY_RELU,
  RELU,
  SIGMOID,
  SILU,
  SOFTPLUS,
  TANH,
} from "../src/core/activations.js";
import {
  type Block,
  type Core,
  ON_FLIP_BACK,
  ON_FLIP_MOVE,
  ON_FLIP_STAY,
  type RpropRule,
  type Totals,
} from "../src/core/core.js";
import { JsCore } from "../src/core/js/core.js";
import { loadWasmCore } from "../src/core/wasm/load.js";
import { Generator } from "../src/random.js";
import { measureLimits } from "./limits.js";
import { nanoseconds } from "./measure.js";

interface Workload {
  kernel: string;
  shape: string;
  /** Multiplications and additions, or bytes read and written: what the kernel is limited by. Or just numbers. */
  work: number;
  unit: "GFLOP/s" | "GB/s" | "numbers/ns";
  /** Makes the workload on a core: what to time, and the numbers to compare. */
  on(core: Core): { run(): unknown; result: () => ArrayLike<number> };
}

/** A block of seeded numbers around 0. */
function filled(core: Core, length: number, seed: number): Block {
  const block = core.allocate(length);
  new Generator(seed).uniform(block.view, -1, 1);
  return block;
}

function linear(rows: number, inputs: number, outputs: number): Workload[] {
  const shape = `${rows} × ${inputs} → ${outputs}`;
  const work = 2 * rows * inputs * outputs;
  const blocks = (core: Core) => ({
    x: filled(core, rows * inputs, 1),
    weight: filled(core, outputs * inputs, 2),
    bias: filled(core, outputs, 3),
    y: filled(core, rows * outputs, 4),
    panels: core.allocatePanels(inputs, outputs),
    dx: core.allocate(rows * inputs),
    total: core.allocateTotals(outputs * inputs),
    biasTotal: core.allocateTotals(outputs),
  });
  const workload = (
    kernel: string,
    body: (core: Core, b: ReturnType<typeof blocks>) => void,
    result: keyof ReturnType<typeof blocks>,
  ): Workload => ({
    kernel,
    shape,
    work,
    unit: "GFLOP/s",
    on(core) {
      const b = blocks(core);
      return { run: () => body(core, b), result: () => (b[result] as Block | Totals).view };
    },
  });
  return [
    workload(
      "linearForward",
      (core, { x, weight, bias, panels, y }) => {
        core.packForward(weight, bias, panels, inputs, outputs);
        core.linearForward(x, panels, y, rows, inputs, outputs);
      },
      "y",
    ),
    workload(
      "linearGradWeight",
      (core, { x, y, total }) => core.linearGradWeight(y, x, total, rows, inputs, outputs),
      "total",
    ),
    workload(
      "linearGradInput",
      (core, { y, weight, panels, dx }) => {
        core.packBackward(weight, panels, inputs, outputs);
        core.linearGradInput(y, panels, dx, rows, inputs, outputs);
      },
      "dx",
    ),
    {
      ...workload(
        "linearGradBias",
        (core, { y, biasTotal }) => core.linearGradBias(y, biasTotal, rows, outputs),
        "biasTotal",
      ),
      work: rows * outputs,
    },
  ];
}

function elementwise(count: number): Workload[] {
  const shape = count.toLocaleString("en");
  const stay: RpropRule = {
    etaMinus: 0.5,
    etaPlus: Math.fround(1.2),
    minStep: Math.fround(1e-6),
    maxStep: 50,
    maximize: false,
    onFlip: ON_FLIP_STAY,
    weightDecay: 0,
    lower: -Infinity,
    upper: Infinity,
  };
  const rules: [string, RpropRule][] = [
    ["rprop", stay],
    ["rprop, rprop-", { ...stay, onFlip: ON_FLIP_MOVE }],
    ["rprop, rprop+", { ...stay, onFlip: ON_FLIP_BACK }],
    ["rprop, decay, bounds", { ...stay, weightDecay: 0.01, lower: -100, upper: 100 }],
  ];
  const on =
    (body: (core: Core, blocks: Block[], total: Totals) => unknown, result: number) => (core: Core) => {
      const blocks = [1, 2, 3, 4].map((seed) => filled(core, count, seed));
      const total = core.allocateTotals(count);
      total.view.fill(0.5);
      return { run: () => body(core, blocks, total), result: () => blocks[result]!.view };
    };
  return [
    {
      kernel: "squaredError",
      shape,
      work: 12 * count,
      unit: "GB/s",
      on: on((core, [p, t, d]) => core.squaredError(p!, t!, d!, count, 1), 2),
    },
    {
      kernel: "accumulate",
      shape,
      work: 24 * count,
      unit: "GB/s",
      on: on((core, [grad], total) => core.accumulate(grad!, total, 0.1), 0),
    },
    {
      kernel: "countNonFinite",
      shape,
      work: 4 * count,
      unit: "GB/s",
      on: on((core, [grad]) => core.countNonFinite(grad!), 0),
    },
    ...rules.map(([kernel, rule]) => ({
      kernel,
      shape,
      work: 28 * count,
      unit: "GB/s" as const,
      on: on((core, [data, grad, prev, step]) => core.rprop(data!, grad!, prev!, step!, rule), 0),
    })),
  ];
}

function elementary(count: number): Workload[] {
  const shape = count.toLocaleString("en");
  const workload = (kernel: string, body: (core: Core, blocks: Blocks) => void): Workload => ({
    kernel,
    shape,
    work: count,
    unit: "numbers/ns",
    on(core) {
      const blocks = [1, 2, 3, 4].map((seed) => filled(core, count, seed)) as Blocks;
      // Up to ±8, where every activation shows both sides.
      blocks.slice(0, 2).forEach(({ view }) => {
        view.forEach((value, i) => {
          view[i] = 8 * value;
        });
      });
      return { run: () => body(core, blocks), result: () => blocks[3].view };
    },
  });
  const kinds = { TANH, SIGMOID, RELU, LEAKY_RELU, GELU, SILU, SOFTPLUS } as const;
  return [
    workload("exp", (core, [x, , , result]) => core.family(activations).exp(x, result, count)),
    workload("log", (core, [x, , , result]) => core.family(activations).log(x, result, count)),
    ...Object.entries(kinds).flatMap(([name, kind]) => [
      workload(`activationForward ${name}`, (core, [x, , , result]) =>
        core.family(activations).activationForward(kind, x, result, count, SLOPE),
      ),
      workload(`activationBackward ${name}`, (core, [x, y, dy, result]) =>
        core.family(activations).activationBackward(kind, x, y, dy, result, count, SLOPE),
      ),
    ]),
  ];
}

const SLOPE = Math.fround(0.01);

type Blocks = [Block, Block, Block, Block];

const workloads = [
  ...linear(960, 240, 480),
  ...linear(10_000, 64, 64),
  ...linear(256, 1024, 256),
  ...linear(2000, 128, 10),
  ...linear(1000, 10, 1),
  ...linear(100_000, 32, 1),
  ...elementwise(1000),
  ...elementwise(1_000_000),
  ...elementary(4096),
];

const limits = measureLimits();
const wasm = loadWasmCore();
if (wasm === null) throw new Error("the wasm core does not run here");
const js = new JsCore();

const results = workloads.map(({ kernel, shape, work, unit, on }) => {
  const [fast, plain] = [on(wasm), on(js)];
  const same = Object.is(fast.run(), plain.run()); // where the kernel returns a number
  const expected = plain.result();
  if (!same || !Array.prototype.every.call(fast.result(), (value, i) => Object.is(value, expected[i]))) {
    throw new Error(`${kernel} ${shape}: the cores differ`);
  }
  return { kernel, shape, work, unit, wasm: nanoseconds(fast.run), js: nanoseconds(plain.run) };
});
console.log(JSON.stringify({ limits, results }));
