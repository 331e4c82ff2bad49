import { describe, expect, it } from "vitest";
import type { Activation } from "../../src/core/contract/activations.js";
import type { Core } from "../../src/core/contract/core.js";
import { activations as family } from "../../src/core/families.js";
import { ulps } from "../support/ulp.js";
import { activations, SLOPE } from "./activations.js";
import { cores, inRoom } from "./cores.js";
import { expectSame, generator, mixed, uniform } from "./numbers.js";

function forward(core: Core, kind: Activation, x: ArrayLike<number>, slope = SLOPE): Float32Array {
  return inRoom(core, (room) => {
    const y = room.output(x.length);
    core.family(family).activationForward(kind, room.input(x), y, x.length, slope);
    return y.view.slice();
  });
}

/** From x and dy alone: y is what forward makes of x. */
function backward(
  core: Core,
  kind: Activation,
  x: ArrayLike<number>,
  dy: ArrayLike<number>,
  slope = SLOPE,
): Float32Array {
  return inRoom(core, (room) => {
    const [from, y, dx] = [room.input(x), room.input(forward(core, kind, x, slope)), room.output(x.length)];
    core.family(family).activationBackward(kind, from, y, room.input(dy), dx, x.length, slope);
    return dx.view.slice();
  });
}

/** Dense where activations bend, sparse where they end, and the numbers around 0. */
const arguments_ = Float32Array.from([
  ...uniform(generator(1), 20_000, -6, 6),
  ...uniform(generator(2), 20_000, -110, 110),
  ...Array.from({ length: 256 }, (_, i) => 2 ** (i - 149) * 1.3),
  ...Array.from({ length: 256 }, (_, i) => -(2 ** (i - 149)) * 1.3),
]);

describe.each(cores)("activations of the $name core", (core) => {
  describe.each(activations)("$name", (activation) => {
    const { kind, f, derivative, bound } = activation;

    it("is f(x) within the bound of the contract", () => {
      forward(core, kind, arguments_).forEach((y, i) => {
        const x = arguments_[i] as number;
        const exact = f(x);
        // Where the exact result is 0 for float64, it may have lost its sign.
        const error = exact === 0 ? Math.abs(y) : ulps(y, exact);
        if (!(error <= bound(x))) expect.fail(`f(${x}): expected ${exact}, got ${y}, ${error} ulp away`);
      });
    });

    it("has a derivative within 2⁻²² of f′", () => {
      const ones = new Float32Array(arguments_.length).fill(1);
      backward(core, kind, arguments_, ones).forEach((slope, i) => {
        const exact = derivative(arguments_[i] as number);
        if (!(Math.abs(slope - exact) <= 2 ** -22))
          expect.fail(`f′(${arguments_[i]}): expected ${exact}, got ${slope}`);
      });
    });

    it("multiplies dy, rounding once more", () => {
      const x = uniform(generator(3), 1000, -5, 5);
      const slopes = backward(core, kind, x, new Float32Array(1000).fill(1));
      const dy = uniform(generator(4), 1000);
      const expected = slopes.map((slope, i) => slope * (dy[i] as number));
      const actual = backward(core, kind, x, dy);
      // +0 and −0 are one number here: RELU writes +0.
      actual.forEach((dx, i) => {
        expect(dx === expected[i], `dx[${i}]`).toBe(true);
      });
    });

    it("treats each number on its own and writes nothing behind the last, in place too", () => {
      for (let count = 0; count <= 40; count++) {
        const random = generator(count);
        const [x, dy] = [mixed(random, count, 0.2), mixed(random, count, 0.2)];
        const yAlone = Array.from(x, (value) => forward(core, kind, [value])[0] as number);
        const dxAlone = Array.from(x, (value, i) => backward(core, kind, [value], [dy[i]!])[0] as number);
        inRoom(core, (room) => {
          const spare = count % 3;
          const given = room.input(x, spare);
          const [y, over] = [room.output(count, spare), room.floats(x, spare)];
          core.family(family).activationForward(kind, given, y, count, SLOPE);
          core.family(family).activationForward(kind, over, over, count, SLOPE);
          expectSame(y.view, yAlone, `y of ${count}`);
          expectSame(over.view, yAlone, `y of ${count} in place`);
          const [dx, dyOver] = [room.output(count, spare), room.floats(dy, spare)];
          core.family(family).activationBackward(kind, given, y, room.input(dy, spare), dx, count, SLOPE);
          core.family(family).activationBackward(kind, given, y, dyOver, dyOver, count, SLOPE);
          expectSame(dx.view, dxAlone, `dx of ${count}`);
          expectSame(dyOver.view, dxAlone, `dx of ${count} in place`);
        });
      }
    });
  });

  const [inf, tiny] = [Infinity, 2 ** -149];
  const x = [NaN, 0, -0, inf, -inf, tiny, -tiny, 1e30, -1e30];
  const half = Math.fround(Math.LN2);
  it.each([
    ["tanh", [NaN, 0, -0, 1, -1, tiny, -tiny, 1, -1], [NaN, 1, 1, 0, 0, 1, 1, 0, 0]],
    ["sigmoid", [NaN, 0.5, 0.5, 1, 0, 0.5, 0.5, 1, 0], [NaN, 0.25, 0.25, 0, 0, 0.25, 0.25, 0, 0]],
    ["relu", [NaN, 0, -0, inf, 0, tiny, 0, 1e30, 0], [1, 0, 0, 1, 0, 1, 0, 1, 0]],
    [
      "leakyRelu",
      [NaN, 0, -0, inf, -inf, tiny, -0, 1e30, -1e28],
      [SLOPE, SLOPE, SLOPE, 1, SLOPE, 1, SLOPE, 1, SLOPE],
    ],
    ["gelu", [NaN, 0, -0, inf, -0, 0, -0, 1e30, -0], [NaN, 0.5, 0.5, 1, 0, 0.5, 0.5, 1, 0]],
    ["silu", [NaN, 0, -0, inf, -0, 0, -0, 1e30, -0], [NaN, 0.5, 0.5, 1, 0, 0.5, 0.5, 1, 0]],
    ["softplus", [NaN, half, half, inf, 0, half, half, 1e30, 0], [NaN, 0.5, 0.5, 1, 0, 0.5, 0.5, 1, 0]],
  ])("%s of NaN, ±0, ±∞, subnormal and huge numbers, and its derivative there", (name, y, slopes) => {
    const { kind } = activations.find((each) => each.name === name)!;
    const rounded = (values: number[]) => values.map(Math.fround);
    expectSame(forward(core, kind, x), rounded(y), name);
    const ones = x.map(() => 1);
    expectSame(backward(core, kind, x, ones), slopes, `derivative of ${name}`);
  });

  it("gelu is within 1.5e-7 |x|, where a wide bound in ulp says little", () => {
    const { kind, f } = activations[4]!;
    forward(core, kind, arguments_).forEach((y, i) => {
      const x = arguments_[i] as number;
      expect(Math.abs(y - f(x)) <= 1.5e-7 * Math.abs(x) + 2 ** -149, `gelu(${x})`).toBe(true);
    });
  });

  it("relu passes dy on or gives +0, whatever dy is", () => {
    const relu = activations[2]!.kind;
    const dy = [NaN, -1, inf, -inf, -0];
    expectSame(backward(core, relu, [-1, -1, -1, -1, -1], dy), [0, 0, 0, 0, 0], "off");
    expectSame(backward(core, relu, [1, 1, 1, 1, 1], dy), dy, "on");
  });

  it("leakyRelu takes any slope", () => {
    const { kind } = activations[3]!;
    for (const slope of [0, 1, -0.5, 3]) {
      expectSame(forward(core, kind, [-2, 2, 0], slope), [-2 * slope, 2, 0], "y");
      expectSame(backward(core, kind, [-2, 2, 0], [1, 1, 1], slope), [slope, 1, slope], "dx");
    }
  });
});
