import { describe, expect, it } from "vitest";
import { Activation } from "../../src/core/contract/activations.js";
import type { Core } from "../../src/core/contract/core.js";
import { activations as family } from "../../src/core/families.js";
import { ACTIVATION_OPTIONS } from "../../src/nn/activation-kinds.js";
import { ulps } from "../support/ulp.js";
import { activations, SPECIAL } from "./activations.js";
import { cores, inRoom } from "./cores.js";
import { expectSame, generator, mixed, uniform } from "./numbers.js";

/** What the tests give a kind's kernel. */
function slopeOf(kind: Activation): number {
  return activations[kind]?.slope ?? 0;
}

function forward(core: Core, kind: Activation, x: ArrayLike<number>, slope = slopeOf(kind)): Float32Array {
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
  slope = slopeOf(kind),
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
    const { name, kind, slope, f, derivative, bound, special } = activation;

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
          core.family(family).activationForward(kind, given, y, count, slope);
          core.family(family).activationForward(kind, over, over, count, slope);
          expectSame(y.view, yAlone, `y of ${count}`);
          expectSame(over.view, yAlone, `y of ${count} in place`);
          const [dx, dyOver] = [room.output(count, spare), room.floats(dy, spare)];
          core.family(family).activationBackward(kind, given, y, room.input(dy, spare), dx, count, slope);
          core.family(family).activationBackward(kind, given, y, dyOver, dyOver, count, slope);
          expectSame(dx.view, dxAlone, `dx of ${count}`);
          expectSame(dyOver.view, dxAlone, `dx of ${count} in place`);
        });
      }
    });

    it("of NaN, ±0, ±∞, subnormal and huge numbers is what the contract says, and so is its derivative", () => {
      const [y, slopes] = special;
      expectSame(forward(core, kind, SPECIAL), y.map(Math.fround), name);
      const ones = SPECIAL.map(() => 1);
      expectSame(backward(core, kind, SPECIAL, ones), slopes, `derivative of ${name}`);
    });
  });

  it("throws for a number that is no kind, rather than computing another", () => {
    const none = activations.length as Activation;
    expect(() => forward(core, none, [1])).toThrow();
    inRoom(core, (room) => {
      const [x, y, dy, dx] = [room.input([1]), room.input([1]), room.input([1]), room.output(1)];
      expect(() => core.family(family).activationBackward(none, x, y, dy, dx, 1, 0)).toThrow();
    });
  });

  it("gelu is within 1.5e-7 |x|, where a wide bound in ulp says little", () => {
    const { kind, f } = activations[Activation.GELU]!;
    forward(core, kind, arguments_).forEach((y, i) => {
      const x = arguments_[i] as number;
      expect(Math.abs(y - f(x)) <= 1.5e-7 * Math.abs(x) + 2 ** -149, `gelu(${x})`).toBe(true);
    });
  });

  it("relu passes dy on or gives +0, whatever dy is", () => {
    const relu = Activation.ReLU;
    const dy = [NaN, -1, Infinity, -Infinity, -0];
    expectSame(backward(core, relu, [-1, -1, -1, -1, -1], dy), [0, 0, 0, 0, 0], "off");
    expectSame(backward(core, relu, [1, 1, 1, 1, 1], dy), dy, "on");
  });

  const optional = Object.keys(ACTIVATION_OPTIONS) as (keyof typeof ACTIVATION_OPTIONS)[];
  it.each(optional)("%s multiplies by any slope what is below 0, and nothing else", (name) => {
    const kind = Activation[name];
    const x = uniform(generator(5), 1000, -20, 20);
    const ones = new Float32Array(1000).fill(1);
    const [y, slopes] = [forward(core, kind, x, 1), backward(core, kind, x, ones, 1)];
    const times = (slope: number, values: Float32Array) =>
      values.map((value, i) => ((x[i] as number) < 0 ? value * slope : value));
    for (const slope of [0, 1, -0.5, 3, 0.1].map(Math.fround)) {
      expectSame(forward(core, kind, x, slope), times(slope, y), `y at ${slope}`);
      expectSame(backward(core, kind, x, ones, slope), times(slope, slopes), `dx at ${slope}`);
    }
  });
});
