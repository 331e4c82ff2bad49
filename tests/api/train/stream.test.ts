import { describe, expect, test } from "vitest";
import {
  CrossEntropyLoss,
  epochs,
  evaluate,
  fit,
  fitSync,
  Linear,
  Moments,
  MSELoss,
  manualSeed,
  Normalization,
  type Rows,
  randn,
  Sequential,
  Tanh,
  tensor,
} from "../../../src/index.js";
import type { Criterion } from "../../../src/nn/losses/criterion.js";
import { bits, byHand, type Job, job } from "./by-hand.js";

const ROWS = 700;

function made(loss: Criterion = new MSELoss()): Job & { x: Float32Array; y: Float32Array } {
  manualSeed(5);
  const [x, y] = [randn(ROWS, 3), randn(ROWS, 2)];
  const classes = loss instanceof CrossEntropyLoss;
  const targets = classes ? tensor(Array.from({ length: ROWS }, (_, i) => (i < 300 ? 1 : 0))) : y;
  const layers = [new Linear(3, 5), new Tanh(), new Linear(5, 2)];
  const model = new Sequential(new Normalization(x), new Tanh(), ...layers);
  return { ...job(model, x, targets, loss, { variant: "irprop+" }), x: x.data, y: targets.data };
}

/** The rows in chunks of these sizes, over and over. */
function* cut({ x, y }: { x: Float32Array; y: Float32Array }, sizes: readonly number[]): Generator<Rows> {
  const width = y.length / ROWS;
  for (let row = 0, i = 0; row < ROWS; i++) {
    const end = Math.min(ROWS, row + sizes[i % sizes.length]!);
    yield { x: x.subarray(row * 3, end * 3), y: y.subarray(row * width, end * width) };
    row = end;
  }
}

async function* later(chunks: Iterable<Rows>): AsyncGenerator<Rows> {
  for (const chunk of chunks) {
    await null;
    yield chunk;
  }
}

const CUTS = [[1], [3], [255], [256], [257], [ROWS], [0, 100, 0, 0, 300], [512, 188]];

describe("rows from a source give the bits of rows in memory", () => {
  const weighed = () => new CrossEntropyLoss({ weight: [0, 1.3] });
  const losses = [
    ["MSELoss", () => new MSELoss()],
    ["a sum", () => new MSELoss({ reduction: "sum" })],
    ["class weights that are 0 throughout later chunks", weighed],
  ] as const;

  describe.each(losses)("%s", (_, loss) => {
    const whole = made(loss());
    const expected = fitSync(whole.model, whole.x, whole.y, {
      loss: whole.loss,
      optimizer: whole.optimizer,
      epochs: 9,
    });

    test.each(CUTS.map((sizes) => [sizes]))("in chunks of %j", async (sizes) => {
      const sources = [
        () => cut(run, sizes),
        () => [...cut(run, sizes)],
        () => later(cut(run, sizes)),
        async () => cut(run, sizes),
        async () => later(cut(run, sizes)),
      ];
      let run = made();
      for (const source of sources) {
        run = made(loss());
        const result = await fit(run.model, source, { loss: run.loss, optimizer: run.optimizer, epochs: 9 });
        expect([...result.losses, result.loss]).toEqual([...expected.losses, expected.loss]);
        expect(bits(run)).toEqual(bits(whole));
      }
    });
  });

  test("and of the loop by hand; under fitSync and epochs too, with the same records", () => {
    const [hand, run, stepped] = [made(), made(), made()];
    const losses = byHand(hand, 5);
    const options = { optimizer: run.optimizer, epochs: 5 };
    expect(fitSync(run.model, () => cut(run, [100]), options).losses).toEqual(
      Float64Array.from(losses.slice(0, 5)),
    );
    const records = [
      ...epochs(stepped.model, () => cut(stepped, [99]), { ...options, optimizer: stepped.optimizer }),
    ];
    expect(records.map(({ loss }) => loss)).toEqual(losses.slice(0, 5));
    for (const each of [run, stepped]) expect(bits(each)).toEqual(bits(hand));
  });

  test("with a validation set beside", () => {
    const [whole, run] = [made(), made()];
    const validation = { x: randn(300, 3), y: randn(300, 2) };
    const options = { epochs: 20, validation };
    const expected = fitSync(whole.model, whole.x, whole.y, { ...options, optimizer: whole.optimizer });
    const result = fitSync(run.model, () => cut(run, [64]), { ...options, optimizer: run.optimizer });
    expect({ ...result, milliseconds: 0, optimizer: 0 }).toEqual({
      ...expected,
      milliseconds: 0,
      optimizer: 0,
    });
    expect(bits(run)).toEqual(bits(whole));
    expect(result.validationLoss).toBe(evaluate(run.model, validation.x, validation.y, new MSELoss()));
  });
});

describe("a source", () => {
  test("is called once for every epoch, and once more at the end", () => {
    const run = made();
    let calls = 0;
    const source = () => {
      calls++;
      return cut(run, [300]);
    };
    fitSync(run.model, source, { epochs: 7 });
    expect(calls).toBe(8);
    calls = 0;
    expect(fitSync(run.model, source, { targetLoss: 1e9 })).toMatchObject({
      completed: 0,
      stopReason: "target",
    });
    expect(calls).toBe(1);
    calls = 0;
    const stopped = fitSync(run.model, source, { onEpoch: ({ epoch }) => epoch < 3 });
    expect([stopped.completed, stopped.stopReason, calls]).toEqual([4, "stopped", 5]);
  });

  test("that has to be waited for is refused by fitSync and epochs, and then closed", async () => {
    const { model, x, y } = made();
    let closed = 0;
    async function* source() {
      try {
        for (;;) {
          await null;
          yield { x, y };
        }
      } finally {
        closed++;
      }
    }
    for (const each of [source, async () => source()]) {
      expect(() => fitSync(model, each)).toThrow("this source has to be waited for: use fit");
      const run = epochs(model, each);
      expect(() => run.next()).toThrow("this source has to be waited for: use fit");
      expect(run.next().done).toBe(true);
    }
    fitSync(model, x, y, { epochs: 1 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(closed).toBe(4);
  });

  test.each(["at once", "in the middle"])(
    "that throws %s leaves the model at the last finished epoch",
    async (when) => {
      for (const wait of [false, true]) {
        const [hand, run] = [made(), made()];
        byHand(hand, 3);
        let calls = 0;
        const chunks = function* () {
          if (++calls === 4 && when === "at once") throw new Error("no more");
          yield* cut(run, [300]);
          if (calls === 4) throw new Error("no more");
        };
        const source = () => (wait ? later(chunks()) : chunks());
        await expect(fit(run.model, source, { optimizer: run.optimizer })).rejects.toThrow("no more");
        expect(bits(run)).toEqual(bits(hand));
        fitSync(run.model, run.x, run.y, { epochs: 1 }); // the model is free again
      }
    },
  );

  test("with other numbers of rows at a later call is refused, the model being at the last finished epoch", () => {
    for (const [rows, got] of [
      [700, "got 1"],
      [1, "got 700"],
      [1, "got 0"],
    ] as const) {
      const [hand, run] = [made(), made()];
      const all = { x: run.x, y: run.y };
      const one = { x: run.x.subarray(0, 3), y: run.y.subarray(0, 2) };
      const first = rows === 1 ? one : all;
      const second = got === "got 0" ? [] : [rows === 1 ? all : one];
      byHand({ ...hand, ...first }, 1);
      let calls = 0;
      const source = () => (calls++ === 0 ? [first] : second);
      expect(() => fitSync(run.model, source, { optimizer: run.optimizer })).toThrow(
        `"source": expected ${rows === 1 ? "1 row" : "700 rows"} at every call, as at the first, in a new iterable each time, ${got}`,
      );
      expect(bits(run)).toEqual(bits(hand));
    }
  });

  test("without rows, with what is no iterable, or with chunks that do not fit is refused", () => {
    const { model, x, y } = made();
    const refusal = (source: () => unknown) => {
      try {
        fitSync(model, source as () => Rows[]);
      } catch (error) {
        return String(error);
      }
      return "none";
    };
    expect(refusal(() => [])).toBe(`RangeError: "source": expected at least one row, got none`);
    expect(refusal(() => [{ x: [], y: [] }])).toContain("at least one row");
    const iterable =
      '"source": expected a function that returns an iterable of { x, y }, for it is called for every epoch';
    expect(refusal(() => 3)).toBe(`TypeError: ${iterable}, got one that returns 3`);
    expect(refusal(() => ({ x, y }))).toBe(`TypeError: ${iterable}, got one that returns an object`);
    expect(refusal(() => [x])).toBe(`TypeError: "source": expected chunks { x, y }, got a Float32Array`);
    expect(refusal(() => [[x, y]])).toContain("expected chunks { x, y }, got an array of 2");
    expect(refusal(() => [{ x, y: y.subarray(2) }])).toContain(`"y": expected 700 rows`);
    expect(refusal(() => [{ x: x.subarray(1), y }])).toContain(`"x": expected rows × 3 features`);
    expect(refusal(() => [{ x: new Float32Array(0), y }])).toContain(`"y": expected 0 rows`);
    fitSync(model, x, y, { epochs: 1 });
  });

  test("in whose place an iterator was given is refused", async () => {
    const { model, x, y } = made();
    const message =
      '"source": expected a function that returns an iterable of { x, y }, for it is called for every epoch, got';
    const chunks = [{ x, y }];
    for (const given of [chunks.values(), later(chunks), cut({ x, y }, [100])]) {
      await expect(fit(model, given as unknown as () => Rows[])).rejects.toThrow(message);
    }
    fitSync(model, x, y, { epochs: 1 });
  });

  test("is followed by the options", () => {
    const { model, x, y } = made();
    const run = fitSync as (...given: unknown[]) => unknown;
    for (const source of [() => [{ x, y }], Moments.from([[1, 2, 3]], [[4, 5]])]) {
      expect(() => run(model, source, undefined, { epochs: 3 })).toThrow(
        `"options": expected options right after the source or the Moments, which bring the targets, got a third argument`,
      );
    }
    fitSync(model, x, y, { epochs: 1 });
  });

  test("may not change the kind of its targets", () => {
    const model = new Linear(2, 3);
    const chunks = [
      { x: [[1, 2]], y: [2] },
      { x: [[1, 2]], y: [[0, 0, 1]] },
    ];
    expect(() => fitSync(model, () => chunks, { loss: new CrossEntropyLoss() })).toThrow(
      `"y": expected targets of the same kind in every chunk, got an array of 1`,
    );
  });

  test("names row and column, counted from its first row, of what is not finite or no class", () => {
    const { model, x, y } = made();
    const bad = (at: number, value: number, array: Float32Array) => {
      const copy = array.slice();
      copy[at] = value;
      return copy;
    };
    const wrongX = bad(3 * 600 + 2, Number.NaN, x);
    expect(() => fitSync(model, () => cut({ x: wrongX, y }, [7]))).toThrow(`"x": row 600, column 2 is NaN`);
    const wrongY = bad(2 * 257 + 1, -Infinity, y);
    expect(() => fitSync(model, () => cut({ x, y: wrongY }, [300]))).toThrow(
      `"y": row 257, column 1 is -Infinity`,
    );
    const classes = bad(513, 2, new Float32Array(ROWS));
    expect(() =>
      fitSync(model, () => cut({ x, y: classes }, [41]), { loss: new CrossEntropyLoss() }),
    ).toThrow(`"y": expected class indices from 0 to 1, got 2 in row 513`);
  });

  test("cannot be split into a share for validation", () => {
    const { model, x, y } = made();
    expect(() => fitSync(model, () => [{ x, y }], { validation: 0.5 })).toThrow(
      `"validation": expected { x, y }, as the rows are not at hand, got 0.5`,
    );
  });
});
