import { afterEach, expect, test, vi } from "vitest";
import { epochs, fit, fitSync, Linear, MSELoss, manualSeed } from "../../../src/index.js";
import { progress } from "../../../src/view/index.js";

const x = [1, 2, 3];
const y = [2, 4, 6];
const options = { epochs: 30, yieldEvery: 0 };

function newModel(): Linear {
  manualSeed(4);
  return new Linear(1, 1);
}

const expected = fitSync(newModel(), x, y, options).losses;

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([
  [["MessageChannel"], "timers"],
  [["MessageChannel", "setTimeout"], "promises"],
])("without %j, fit gives way by %s, and to the same losses", async (missing) => {
  for (const name of missing) vi.stubGlobal(name, undefined);
  const { losses } = await fit(newModel(), x, y, options);
  expect(losses).toEqual(expected);
});

test("without MessageChannel, timers have their turns while fit runs", async () => {
  vi.stubGlobal("MessageChannel", undefined);
  let fired = false;
  setTimeout(() => {
    fired = true;
  });
  await fit(newModel(), x, y, { ...options, onEpoch: () => !fired, epochs: 1e6 });
  expect(fired).toBe(true);
});

test("without performance, runs and their progress take the time of day", () => {
  vi.stubGlobal("performance", undefined);
  const lines: string[] = [];
  const onEpoch = progress({ stream: { write: (line) => lines.push(line) } });
  const { losses, milliseconds } = fitSync(newModel(), x, y, { ...options, onEpoch });
  vi.unstubAllGlobals();
  expect(losses).toEqual(expected);
  expect(milliseconds).toBeGreaterThanOrEqual(0);
  expect(lines.length).toBeGreaterThan(0);
});

/** As zone.js and Bluebird do: what async functions give is no instance of it. */
function replacePromise(): void {
  vi.stubGlobal("Promise", class Other<T> extends Promise<T> {});
}

test("with another global Promise, a source's chunks and onEpoch's answers are still waited for", async () => {
  replacePromise();
  async function* source() {
    for (let i = 0; i < 3; i++) yield { x: [x[i]!], y: [y[i]!] };
  }
  let answered = 0;
  const onEpoch = async () => {
    answered++;
  };
  const { losses } = await fit(newModel(), source, { ...options, onEpoch });
  expect(losses).toEqual(expected);
  expect(answered).toBe(30);
});

test("with another global Promise, epochs refuses a source that has to be waited for", () => {
  replacePromise();
  async function* source() {
    yield { x, y };
  }
  expect(() => epochs(newModel(), source, options).next()).toThrow("use fit");
});

test("with another global Promise, a source that fails rejects fit and nothing else", async () => {
  replacePromise();
  async function* source() {
    yield { x, y };
    throw new Error("no such file");
  }
  await expect(fit(newModel(), source, { ...options, loss: new MSELoss() })).rejects.toThrow("no such file");
  expect(() => epochs(newModel(), source, options).next()).toThrow("use fit");
});
