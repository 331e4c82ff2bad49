import { describe, expect, test, vi } from "vitest";
import { fit, fitSync, Linear, manualSeed, predict, randn, Sequential, Tanh } from "../../../src/index.js";

function made() {
  manualSeed(6);
  const model = new Sequential(new Linear(3, 8), new Tanh(), new Linear(8, 1));
  return { model, x: randn(200, 3), y: randn(200, 1) };
}

/** Trains without end, until what goes on beside it has had so many turns. A test fails by its time limit where it has none. */
function until(enough: () => boolean, yieldEvery: number) {
  const { model, x, y } = made();
  return fit(model, x, y, { epochs: 1e9, onEpoch: () => !enough(), every: 20, yieldEvery });
}

/** Turns that are enough to show that there are more. */
const TURNS = 6;

describe("while fit runs", () => {
  test("timers keep firing", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    await until(() => ticks >= TURNS, 10);
    clearInterval(timer);
    expect(ticks).toBeGreaterThanOrEqual(TURNS);
  });

  test("so does what waits for the event loop otherwise", async () => {
    // Browsers have no immediates.
    const soon = globalThis.setImmediate ?? ((callback: () => void) => setTimeout(callback));
    let [immediates, messages] = [0, 0];
    const { port1, port2 } = new MessageChannel();
    const isOver = () => Math.min(immediates, messages) >= TURNS;
    const again = () => {
      immediates++;
      if (!isOver()) soon(again);
    };
    soon(again);
    port1.onmessage = () => {
      messages++;
      if (!isOver()) port2.postMessage(null);
    };
    port2.postMessage(null);
    await until(isOver, 5);
    port1.close();
    expect(Math.min(immediates, messages)).toBeGreaterThanOrEqual(TURNS);
  });

  test("timers fire across runs that are too short for a turn of their own", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    while (ticks < TURNS) {
      const { model, x, y } = made();
      await fit(model, x, y, { epochs: 3, yieldEvery: 10 });
    }
    clearInterval(timer);
    expect(ticks).toBeGreaterThanOrEqual(TURNS);
  });

  test("other runs do too: two at a time take turns", async () => {
    const order: string[] = [];
    const start = (name: string) => {
      const { model, x, y } = made();
      const onEpoch = () => {
        if (order.at(-1) !== name) order.push(name);
        return order.length < TURNS;
      };
      return fit(model, x, y, { epochs: 1e9, onEpoch, yieldEvery: 5 });
    };
    await Promise.all([start("a"), start("b")]);
    expect(order.slice(0, TURNS).join("")).toBe("ababab");
  });

  test("the event loop has more turns by a smaller yieldEvery, and nothing is changed by them", async () => {
    const [sync, run] = [made(), made()];
    let turns = 0;
    const Counting = class extends MessageChannel {
      constructor() {
        super();
        turns++;
      }
    };
    vi.stubGlobal("MessageChannel", Counting);
    const result = await fit(run.model, run.x, run.y, { epochs: 30, yieldEvery: 0 });
    vi.unstubAllGlobals();
    expect(turns).toBeGreaterThan(2);
    expect(result.losses).toEqual(fitSync(sync.model, sync.x, sync.y, { epochs: 30 }).losses);
  });

  test("the model may be predicted with, in onEpoch and beside", async () => {
    const { model, x, y } = made();
    const expected: number[] = [];
    const still = made();
    const seen: number[] = [];
    fitSync(still.model, x, y, {
      epochs: 10,
      onEpoch: () => void expected.push(predict(still.model, x).data[3]!),
    });
    const timer = setInterval(() => predict(model, x), 0);
    await fit(model, x, y, {
      epochs: 10,
      yieldEvery: 0,
      onEpoch: async () => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        seen.push(predict(model, x).data[3]!);
      },
    });
    clearInterval(timer);
    expect(seen).toEqual(expected);
  });
});
