import { describe, expect, it } from "vitest";
import { cores, inRoom } from "./cores.js";
import { expectSame, generator, mixed, mixedTotals } from "./numbers.js";
import { linearForward, linearGradInput } from "./products.js";
import { forward, gradBias, gradInput, gradWeight } from "./reference.js";
import { named, type Shape, shapes } from "./shapes.js";

/** Numbers for a shape: finite for most, special ones among them for every fourth. */
function numbersFor({ rows, ins, outs, index }: Shape) {
  const random = generator(index);
  const share = index % 4 === 3 ? 1 / 16 : 0;
  return {
    x: mixed(random, rows * ins, share),
    dy: mixed(random, rows * outs, share),
    weight: mixed(random, outs * ins, share),
    bias: index % 3 === 0 ? null : mixed(random, outs, share),
    weightTotal: mixedTotals(random, outs * ins, 0),
    biasTotal: mixedTotals(random, outs, 0),
    /** How much longer than its shape a block is. */
    spare: index % 5,
  };
}

describe.each(cores)("linear kernels of the $name core, in the order of the contract to the bit", (core) => {
  it("linearForward: index ascending, from the bias or +0", () => {
    for (const shape of shapes()) {
      const { rows, ins, outs } = shape;
      const { x, weight, bias, spare } = numbersFor(shape);
      inRoom(core, (room) => {
        const y = room.output(rows * outs, spare);
        const given = bias === null ? null : room.input(bias, spare);
        linearForward(core, room.input(x, spare), room.input(weight), given, y, rows, ins, outs);
        expectSame(y.view, forward(x, weight, bias, rows, ins, outs), `y of ${named(shape)}`);
      });
    }
  });

  it.each([true, false])(
    "linearGradParameters: rows ascending in blocks of 256, blocks added to the totals; bias: %s",
    (hasBias) => {
      for (const shape of shapes()) {
        const { rows, ins, outs } = shape;
        const { x, dy, weightTotal, biasTotal, spare } = numbersFor(shape);
        inRoom(core, (room) => {
          const weight = room.totals(weightTotal, spare);
          const bias = hasBias ? room.totals(biasTotal, spare) : null;
          const slope = room.input(dy, spare);
          core.linearGradParameters(slope, room.input(x, spare), weight, bias, rows, ins, outs);
          const expected = gradWeight(dy, x, weightTotal, rows, ins, outs);
          expectSame(weight.view, expected, `gradient of the weight of ${named(shape)}`);
          if (bias === null) return;
          const sums = gradBias(dy, biasTotal, rows, outs);
          expectSame(bias.view, sums, `gradient of the bias of ${named(shape)}`);
        });
      }
    },
  );

  it("linearGradInput: outputs ascending, from +0", () => {
    for (const shape of shapes()) {
      const { rows, ins, outs } = shape;
      const { dy, weight, spare } = numbersFor(shape);
      inRoom(core, (room) => {
        const dx = room.output(rows * ins, spare);
        linearGradInput(core, room.input(dy, spare), room.input(weight), dx, rows, ins, outs);
        expectSame(
          dx.view,
          gradInput(dy, weight, rows, ins, outs),
          `gradient of the input of ${named(shape)}`,
        );
      });
    }
  });
});

describe.each(cores)("linear kernels of the $name core, on chosen numbers", (core) => {
  // Narrow and wide outputs, single rows and whole tiles: each combination runs on code of its own.
  const widths = [1, 3, 4, 9].flatMap((outs) => [1, 5, 9].map((rows) => ({ rows, outs })));

  it.each(widths)("forward starts from +0 without a bias, from −0 with that one: $rows × $outs", (shape) => {
    const { rows, outs } = shape;
    for (const [bias, sum] of [[null, 0] as const, [-0, -0] as const, [0, 0] as const]) {
      inRoom(core, (room) => {
        const y = room.output(rows * outs);
        const x = room.input(new Float32Array(rows).fill(1));
        const weight = room.input(new Float32Array(outs).fill(-0));
        const given = bias === null ? null : room.input(new Float32Array(outs).fill(bias));
        linearForward(core, x, weight, given, y, rows, 1, outs);
        expectSame(y.view, new Float32Array(rows * outs).fill(sum), `y for bias ${bias}`);
      });
    }
  });

  it.each(widths)("forward rounds product and sum apart, never fused: $rows × $outs", ({ rows, outs }) => {
    // (1 + ε)² = 1 + 2ε + ε², whose ε² is lost when the product rounds and would be left if it did not.
    const a = 1 + 2 ** -23;
    inRoom(core, (room) => {
      const y = room.output(rows * outs);
      const x = room.input(new Float32Array(rows).fill(a));
      const weight = room.input(new Float32Array(outs).fill(a));
      const bias = room.input(new Float32Array(outs).fill(-(1 + 2 ** -22)));
      linearForward(core, x, weight, bias, y, rows, 1, outs);
      expectSame(y.view, new Float32Array(rows * outs), "y");
    });
  });

  it.each([1, 2, 3, 4, 5, 9])("gradient sums start anew at row 256: %i outputs", (outs) => {
    // 2^24 + 1 is 2^24 in float32, so ones after a 2^24 vanish within a block but not in the next one.
    const rows = 259;
    const ins = 5;
    const x = new Float32Array(rows * ins).fill(1);
    const dy = new Float32Array(rows * outs).fill(1);
    dy.fill(2 ** 24, 0, outs);
    inRoom(core, (room) => {
      const [weight, bias] = [room.totals(new Float64Array(outs * ins)), room.totals(new Float64Array(outs))];
      const slope = room.input(dy);
      core.linearGradParameters(slope, room.input(x), weight, bias, rows, ins, outs);
      expectSame(weight.view, new Float64Array(outs * ins).fill(2 ** 24 + 3), "gradient of the weight");
      expectSame(bias.view, new Float64Array(outs).fill(2 ** 24 + 3), "gradient of the bias");
    });
  });

  it("one NaN reaches its own results alone", () => {
    const [rows, ins, outs] = [11, 9, 5];
    const ones = (length: number) => new Float32Array(length).fill(1);
    for (let r = 0; r < rows; r++) {
      inRoom(core, (room) => {
        const x = ones(rows * ins);
        x[r * ins + 4] = NaN;
        const y = room.output(rows * outs);
        const total = room.totals(new Float64Array(outs * ins));
        linearForward(core, room.input(x), room.input(ones(outs * ins)), null, y, rows, ins, outs);
        core.linearGradParameters(room.input(ones(rows * outs)), room.input(x), total, null, rows, ins, outs);
        y.view.forEach((value, i) => {
          expect(Number.isNaN(value)).toBe(Math.floor(i / outs) === r);
        });
        total.view.forEach((value, i) => {
          expect(Number.isNaN(value)).toBe(i % ins === 4);
        });
      });
    }
  });
});
