import { describe, expect, it } from "vitest";
import { Activation } from "../../src/core/contract/activations.js";
import type { Core } from "../../src/core/contract/core.js";
import { activations } from "../../src/core/families.js";
import { ulps } from "../support/ulp.js";
import { cores, inRoom, jsCore, wasmCore } from "./cores.js";
import { expectSame, generator, mixed } from "./numbers.js";

interface Elementary {
  name: "exp" | "log" | "tanh" | "sigmoid";
  run(core: Core, x: ArrayLike<number>): Float32Array;
  exact(x: number): number;
  /** In units in the last place; scripts/check-elementary.ts found 0.991, 0.830 and 1.331 at most of exp, log and tanh. */
  bound: number;
  /** Where the formula changes, or float32 ends. */
  edges: number[];
}

function apply(core: Core, x: ArrayLike<number>, kernel: "exp" | "log" | Activation): Float32Array {
  return inRoom(core, (room) => {
    const [from, to] = [room.input(x), room.output(x.length)];
    if (typeof kernel === "string") core.family(activations)[kernel](from, to, x.length);
    else core.family(activations).activationForward(kernel, from, to, x.length, 0);
    return to.view.slice();
  });
}

const functions: Elementary[] = [
  {
    name: "exp",
    run: (core, x) => apply(core, x, "exp"),
    exact: Math.exp,
    bound: 1,
    edges: [88.72284, -87.33655, -103.97208, -103.27893, 0.34657359, -0.34657359, 89, -104],
  },
  {
    name: "log",
    run: (core, x) => apply(core, x, "log"),
    exact: Math.log,
    bound: 1,
    edges: [1, Math.SQRT1_2, Math.SQRT2, 2 ** -126, 2 ** -149, 2 ** 127],
  },
  {
    name: "tanh",
    run: (core, x) => apply(core, x, Activation.Tanh),
    exact: Math.tanh,
    bound: 1.5,
    edges: [0.625, -0.625, 9.01, 10, 2 ** -126],
  },
  {
    name: "sigmoid",
    run: (core, x) => apply(core, x, Activation.Sigmoid),
    exact: (x) => 1 / (1 + Math.exp(-x)),
    bound: 2.5,
    edges: [17, -87.33655, -103.97208, 2 ** -126],
  },
];

/** Every 10,007th float32, NaNs and infinities among them, and the 4,001 around each edge. */
function samples(edges: readonly number[]): Float32Array {
  const patterns: number[] = [0, 0x80000000, 0x7f800000, 0xff800000, 0x7fc00000, 0xffc00001, 1, 0x80000001];
  for (let pattern = 0; pattern < 2 ** 32; pattern += 10_007) patterns.push(pattern);
  for (const edge of edges) {
    const [middle] = new Uint32Array(Float32Array.of(edge).buffer) as unknown as [number];
    for (let near = -2000; near <= 2000; near++) patterns.push(middle + near);
  }
  return new Float32Array(Uint32Array.from(patterns).buffer);
}

describe.each(functions)("$name", ({ name, run, exact, bound, edges }) => {
  const x = samples(edges);
  const results = cores.map((core) => run(core, x));

  it(`is within ${bound} ulp of the exact result, subnormal and special ones included`, () => {
    const [y] = results as [Float32Array];
    let worst = 0;
    y.forEach((value, i) => {
      const error = ulps(value, exact(x[i] as number));
      if (!(error <= bound)) expect.fail(`${name}(${x[i]}): got ${value}, ${error} ulp away`);
      worst = Math.max(worst, error);
    });
    expect(worst).toBeGreaterThan(0.5); // rounding alone gives that
  });

  it("has the same bits on both cores", () => {
    expectSame(results[1] as Float32Array, results[0] as Float32Array, name);
  });
});

describe.each(cores)("special arguments on the $name core", (core) => {
  const tiny = 2 ** -149;
  it.each([
    ["exp", [NaN, 0, -0, Infinity, -Infinity, tiny, 88.8, -104], [NaN, 1, 1, Infinity, 0, 1, Infinity, 0]],
    ["exp", [-103.5, -100, -87.4], [tiny, 27 * tiny, Math.fround(Math.exp(Math.fround(-87.4)))]],
    [
      "log",
      [NaN, 0, -0, Infinity, -Infinity, -1, -tiny, 1],
      [NaN, -Infinity, -Infinity, Infinity, NaN, NaN, NaN, 0],
    ],
    ["tanh", [NaN, 0, -0, Infinity, -Infinity, tiny, -tiny, 20], [NaN, 0, -0, 1, -1, tiny, -tiny, 1]],
    ["sigmoid", [NaN, 0, -0, Infinity, -Infinity, 20, -104], [NaN, 0.5, 0.5, 1, 0, 1, 0]],
  ] as const)("%s of %j", (name, x, expected) => {
    const { run } = functions.find((each) => each.name === name) as Elementary;
    expectSame(run(core, x), expected, name);
  });

  it("exp is never 0 where a subnormal number is nearer", () => {
    const [smallest, none] = functions[0]!.run(core, [-103.9720764, -103.9720917]) as unknown as [
      number,
      number,
    ];
    expect([smallest, none]).toEqual([tiny, 0]);
  });
});

describe.each(["exp", "log"] as const)("%s", (kernel) => {
  it.each([jsCore, wasmCore()])(
    "writes count numbers and none behind them, in place too: $name core",
    (core) => {
      for (let count = 0; count <= 40; count++) {
        const x = mixed(generator(count), count, 0.2);
        const alone = Array.from(x, (value) => apply(core, [value], kernel)[0] as number);
        inRoom(core, (room) => {
          const [apart, over] = [room.output(count, count % 3), room.floats(x, count % 3)];
          core.family(activations)[kernel](room.input(x), apart, count);
          core.family(activations)[kernel](over, over, count);
          expectSame(apart.view, alone, `${kernel} of ${count}`);
          expectSame(over.view, alone, `${kernel} of ${count} in place`);
        });
      }
    },
  );
});
