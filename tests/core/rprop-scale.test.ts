import { describe, it } from "vitest";
import { cores, inRoom } from "./cores.js";
import { expectSame, generator, uniform } from "./numbers.js";
import { standard } from "./rule.js";

describe.each(cores)("rprop of the $name core", (core) => {
  const rule = { ...standard, minStep: 0 };
  const count = 23;

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

  it.each([-100, -75, -24, -1, 1, 24, 75, 126])(
    "goes the same way with all gradients scaled by 2^%i",
    (k) => {
      const expected = run(1);
      run(2 ** k).forEach((values, i) => {
        expectSame(values, expected[i]!, `${["w", "Δ", "prev"][i % 3]} after step ${Math.floor(i / 3)}`);
      });
    },
  );
});
