import { describe, expect, test } from "vitest";
import {
  type EpochRecord,
  epochs,
  evaluate,
  fit,
  fitSync,
  Linear,
  MSELoss,
  manualSeed,
  randn,
  Sequential,
  Tanh,
} from "../../../src/index.js";
import { bits, byHand, job } from "./by-hand.js";

function made() {
  manualSeed(6);
  const [x, y] = [randn(40, 3), randn(40, 1)];
  const model = new Sequential(new Linear(3, 4), new Tanh(), new Linear(4, 1));
  return job(model, x, y, new MSELoss());
}

describe("onEpoch", () => {
  test("has its end() called once, when the run is over, however it ends", async () => {
    const { model, x, y } = made();
    const ends: string[] = [];
    const watch = (name: string, answer?: boolean) =>
      Object.assign(() => answer, { end: () => void ends.push(name) });
    fitSync(model, x, y, { epochs: 3, onEpoch: watch("limit") });
    fitSync(model, x, y, { epochs: 3, onEpoch: watch("stopped", false) });
    await fit(model, x, y, { epochs: 3, onEpoch: watch("fit") });
    epochs(model, x, y, { onEpoch: watch("returned") }).return?.();
    const signal = AbortSignal.abort(new Error("enough"));
    expect(() => fitSync(model, x, y, { signal, onEpoch: watch("aborted") })).toThrow("enough");
    expect(ends).toEqual(["limit", "stopped", "fit", "returned", "aborted"]);
  });

  test("sees every epoch after its step, with the model up to date", () => {
    const [hand, run] = [made(), made()];
    const losses = byHand(hand, 4);
    const again = made();
    const records: EpochRecord[] = [];
    const { optimizer, model } = run;
    fitSync(model, run.x, run.y, {
      optimizer,
      epochs: 4,
      onEpoch(record) {
        records.push(record);
        byHand(again, 1);
        expect(bits(run)).toEqual(bits(again));
      },
    });
    expect(records).toEqual([0, 1, 2, 3].map((epoch) => ({ epoch, epochs: 4, loss: losses[epoch] })));
  });

  test("comes after every so many epochs, and after the last; epochs() yields then", () => {
    const { model, x, y } = made();
    const seen: number[] = [];
    fitSync(model, x, y, { epochs: 11, every: 4, onEpoch: ({ epoch }) => void seen.push(epoch) });
    expect(seen).toEqual([3, 7, 10]);
    const yielded = [...epochs(model, x, y, { epochs: 8, every: 4 })].map(({ epoch }) => epoch);
    expect(yielded).toEqual([3, 7]);
    expect([...epochs(model, x, y, { epochs: 3, every: 100 })]).toHaveLength(1);
  });

  test("stops the run by false, and by nothing else that is false", async () => {
    const answers = [undefined, null, 0, "", NaN, false];
    const { model, x, y } = made();
    const result = fitSync(model, x, y, { onEpoch: ({ epoch }) => answers[epoch] });
    expect(result).toMatchObject({ completed: 6, stopReason: "stopped" });
    expect(result.loss).toBe(evaluate(model, x, y, new MSELoss()));
    const later = await fit(model, x, y, { onEpoch: async ({ epoch }) => epoch < 2 });
    expect(later).toMatchObject({ completed: 3, stopReason: "stopped" });
    const run = epochs(model, x, y, { onEpoch: () => false });
    expect(run.next().done).toBe(false);
    expect(run.next()).toMatchObject({ done: true, value: { completed: 1, stopReason: "stopped" } });
  });

  test("is awaited by fit, and refused by fitSync and epochs where it has to be waited for", async () => {
    const { model, x, y } = made();
    const order: string[] = [];
    await fit(model, x, y, {
      epochs: 2,
      async onEpoch({ epoch }) {
        order.push(`begin ${epoch}`);
        await new Promise((resolve) => setTimeout(resolve, 1));
        order.push(`end ${epoch}`);
      },
    });
    expect(order).toEqual(["begin 0", "end 0", "begin 1", "end 1"]);
    const onEpoch = async () => {
      throw new Error("unheard");
    };
    expect(() => fitSync(model, x, y, { onEpoch })).toThrow("this onEpoch has to be waited for: use fit");
    expect(() => epochs(model, x, y, { onEpoch }).next()).toThrow("has to be waited for");
    // biome-ignore lint/suspicious/noThenProperty: promises of other libraries are such objects
    const thenable = { then: (_: unknown, reject: (reason: Error) => void) => reject(new Error("unheard")) };
    // biome-ignore lint/suspicious/noThenProperty: as above
    const careless = { then: (resolve: (value: number) => void) => resolve(1) };
    for (const each of [thenable, careless]) {
      expect(() => fitSync(model, x, y, { onEpoch: () => each })).toThrow("has to be waited for: use fit");
    }
    await expect(fit(model, x, y, { onEpoch })).rejects.toThrow("unheard");
  });

  test("that throws ends the run: the model is at the last finished epoch, and free", async () => {
    const onEpoch = ({ epoch }: EpochRecord) => {
      if (epoch === 2) throw new Error("enough");
    };
    const runs = [
      (run: ReturnType<typeof made>) =>
        fitSync(run.model, run.x, run.y, { optimizer: run.optimizer, onEpoch }),
      (run: ReturnType<typeof made>) => [
        ...epochs(run.model, run.x, run.y, { optimizer: run.optimizer, onEpoch }),
      ],
      (run: ReturnType<typeof made>) => fit(run.model, run.x, run.y, { optimizer: run.optimizer, onEpoch }),
    ];
    for (const start of runs) {
      const [hand, run] = [made(), made()];
      byHand(hand, 3);
      await expect((async () => start(run))()).rejects.toThrow("enough");
      expect(bits(run)).toEqual(bits(hand));
      fitSync(run.model, run.x, run.y, { epochs: 1 });
    }
  });
});
