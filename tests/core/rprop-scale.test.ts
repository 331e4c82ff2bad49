import { describe, it } from "vitest";
import { ON_FLIP_BACK, ON_FLIP_MOVE, ON_FLIP_STAY } from "../../src/core/contract/core.js";
import { cores, inRoom } from "./cores.js";
import { expectSame, generator, uniform } from "./numbers.js";
import { standard } from "./rule.js";

const onFlips = { stays: ON_FLIP_STAY, moves: ON_FLIP_MOVE, "goes back": ON_FLIP_BACK };

/** With gradients in ±1, all of these leave them normal numbers. */
const powers = [-100, -75, ...Array.from({ length: 121 }, (_, i) => i - 60), 75, 126];

describe.each(cores)("rprop of the $name core", (core) => {
  const count = 23;

  it.each(Object.entries(onFlips))(
    "that %s on a flip goes the same way with all gradients scaled by any power of two",
    (_, onFlip) => {
      const rule = { ...standard, minStep: 0, onFlip };

      function run(scale: number) {
        const random = generator(7);
        return inRoom(core, (room) => {
          const data = room.floats(uniform(random, count));
          const grad = room.floats(new Float32Array(count));
          const prev = room.floats(new Float32Array(count));
          const stepSize = room.floats(new Float32Array(count).fill(0.01));
          const results: Float32Array[] = [];
          for (let step = 0; step < 50; step++) {
            grad.view.set(uniform(random, count, -0.4, 0.6).map((g) => g * scale));
            core.rprop(data, grad, prev, stepSize, rule);
            results.push(
              data.view.slice(),
              stepSize.view.slice(),
              prev.view.map((g) => g / scale),
            );
          }
          return results;
        });
      }

      const expected = run(1);
      for (const k of powers) {
        run(2 ** k).forEach((values, i) => {
          const what = `${["w", "Δ", "prev"][i % 3]} after step ${Math.floor(i / 3)}, scaled by 2^${k}`;
          expectSame(values, expected[i]!, what);
        });
      }
    },
  );
});
