import { describe, expect, test } from "vitest";
import {
  epochs,
  fit,
  fitSync,
  Linear,
  Moments,
  MSELoss,
  Rprop,
  Sequential,
  Tanh,
} from "../../../src/index.js";

const [x, y] = [
  [1, 2, 3],
  [2, 4, 6],
];
const endless = { epochs: 1e9, yieldEvery: 1 };

function make(dispose: (model: Sequential, optimizer: Rprop) => void) {
  const model = new Sequential(new Linear(1, 2), new Tanh(), new Linear(2, 1));
  const optimizer = new Rprop(model.parameters());
  return { model, optimizer, dispose: () => dispose(model, optimizer) };
}

/** What is disposed of in the middle of a run, how, and the message of the run. */
const cases: [string, Parameters<typeof make>[0], string][] = [
  ["the model", (model) => model.dispose(), "this Linear(1, 2) was disposed"],
  ["a layer of it", (model) => model.modules[2]?.dispose(), "this Linear(2, 1) was disposed"],
  ["the optimizer", (_, optimizer) => optimizer.dispose(), "this Rprop was disposed"],
  ["a parameter", (model) => model.parameters()[1]?.dispose(), "params[1] was disposed"],
];

describe.each(cases)(
  "%s that is disposed of while it is trained ends the run, which names it,",
  (_, how, message) => {
    test("at the next pause of fit", async () => {
      const { model, optimizer, dispose } = make(how);
      setTimeout(dispose, 5);
      await expect(fit(model, x, y, { ...endless, optimizer })).rejects.toThrow(message);
    });

    test.each([undefined, false])("in onEpoch, which returns %s", async (answer) => {
      for (const start of [fit, fitSync]) {
        const { model, optimizer, dispose } = make(how);
        let ended = 0;
        const disposing = () => {
          dispose();
          return answer;
        };
        const onEpoch = Object.assign(disposing, { end: () => ended++ });
        await expect((async () => start(model, x, y, { optimizer, onEpoch }))()).rejects.toThrow(message);
        expect(ended).toBe(1);
      }
    });

    test("between two epochs", () => {
      const { model, optimizer, dispose } = make(how);
      const run = epochs(model, x, y, { optimizer });
      run.next();
      dispose();
      expect(() => run.next()).toThrow(message);
      expect(run.next().done).toBe(true);
    });

    test("by its source", async () => {
      const { model, optimizer, dispose } = make(how);
      const source = () => {
        dispose();
        return [{ x, y }];
      };
      expect(() => fitSync(model, source, { optimizer })).toThrow(message);
      const other = make(how);
      const later = async () => {
        other.dispose();
        return [{ x, y }];
      };
      await expect(fit(other.model, later, { optimizer: other.optimizer })).rejects.toThrow(message);
    });

    test("unless the run is aborted with it", async () => {
      const { model, optimizer, dispose } = make(how);
      const controller = new AbortController();
      setTimeout(() => {
        dispose();
        controller.abort();
      }, 5);
      const run = fit(model, x, y, { ...endless, optimizer, signal: controller.signal });
      await expect(run).rejects.toMatchObject({ name: "AbortError" });
    });
  },
);

test("a model that is trained from Moments and disposed of meanwhile is named, too", async () => {
  const model = new Linear(1, 1);
  setTimeout(() => model.dispose(), 5);
  await expect(
    fit(model, Moments.from(x, y), {
      ...endless,
      optimizer: new Rprop(model.parameters(), { stepSizes: [1e-3, 1] }),
    }),
  ).rejects.toThrow("this Linear(1, 1) was disposed");
});

test("a loss that was disposed of is refused by every run", () => {
  const { model, optimizer } = make(() => {});
  const loss = new MSELoss();
  loss.dispose();
  expect(() => fitSync(model, x, y, { optimizer, loss })).toThrow("this MSELoss was disposed");
});
