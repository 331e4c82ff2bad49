import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EpochRecord } from "../../../src/index.js";
import { type ProgressStream, progress } from "../../../src/view/index.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A stream that keeps what is written, as it was. */
class Log implements ProgressStream {
  readonly written: string[] = [];
  write(text: string) {
    this.written.push(text);
  }
}

/** What stands on a terminal. It knows the sequences that progress uses, and refuses others. */
class Terminal extends Log {
  readonly isTTY = true;
  readonly rows = [""];
  private row = 0;
  private column = 0;

  constructor(readonly columns: number) {
    super();
  }

  override write(text: string) {
    super.write(text);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    for (const [part] of text.matchAll(/\x1b\[1A|\x1b\[K|[\r\n]|./g)) this.take(part);
  }

  private take(part: string) {
    const line = this.rows[this.row] as string;
    if (part === "\x1b[1A") this.row = Math.max(0, this.row - 1);
    else if (part === "\x1b[K") this.rows[this.row] = line.slice(0, this.column);
    else if (part === "\r") this.column = 0;
    else if (part === "\n") {
      this.rows[++this.row] ??= "";
      this.column = 0;
    } else {
      if (part < " " || part > "~") throw new Error(`not ASCII: ${JSON.stringify(part)}`);
      this.rows[this.row] = line.slice(0, this.column) + part + line.slice(this.column + 1);
      if (++this.column >= this.columns) throw new Error(`would wrap: ${this.rows[this.row]}`);
    }
  }

  /** The line above the cursor, which has to be on a fresh one. */
  get line(): string {
    expect([this.rows[this.row], this.column]).toEqual(["", 0]);
    return this.rows[this.row - 1] as string;
  }
}

interface Run extends Partial<EpochRecord> {
  epochs: number;
  /** How long an epoch takes. */
  milliseconds?: number;
  /** How many epochs are run, epochs unless told. */
  until?: number;
}

/** Runs epochs one after the other. */
function run(onEpoch: (record: EpochRecord) => void, { milliseconds = 1, until, ...record }: Run) {
  for (let epoch = 0; epoch < (until ?? record.epochs); epoch++) {
    vi.advanceTimersByTime(milliseconds);
    onEpoch({ loss: 0.25, ...record, epoch });
  }
}

/** The line after 4 of 10 s: the widest state, with everything known. */
function lineOf(columns: number, record: Partial<EpochRecord> = {}): string {
  const stream = new Terminal(columns);
  run(progress({ stream }), { epochs: 1000, until: 401, milliseconds: 10, loss: 0.0123456, ...record });
  expect(stream.rows.slice(1)).toEqual([""]);
  return stream.line;
}

describe("progress on a terminal", () => {
  const validationLoss = 1.5e-7;

  it.each([
    [
      200,
      `[${"=".repeat(9)}>${" ".repeat(14)}]   40%  epoch  401/1000  loss 0.01235  100 epochs/s  6 s left`,
    ],
    [80, "[====>     ]   40%  epoch  401/1000  loss 0.01235  100 epochs/s  6 s left"],
    [60, "[====>     ]   40%  epoch  401/1000  loss 0.01235  6 s left"],
    [40, " 40%  loss 0.01235  6 s left"],
    [20, " 40%  loss 0.01235"],
    [8, " 40%"],
    [3, ""],
  ])("%i columns wide shows what there is room for", (columns, line) => {
    expect(lineOf(columns)).toBe(line);
  });

  it.each([
    [
      120,
      `[=====>        ]   40%  epoch  401/1000  loss 0.01235  validation 1.50e-7  100 epochs/s  6 s left`,
    ],
    [100, "[====>       ]   40%  epoch  401/1000  loss 0.01235  validation 1.50e-7  100 epochs/s  6 s left"],
    [80, "[====>     ]   40%  epoch  401/1000  loss 0.01235  validation 1.50e-7  6 s left"],
    [70, " 40%  epoch  401/1000  loss 0.01235  validation 1.50e-7  6 s left"],
    [60, "[====>     ]   40%  epoch  401/1000  loss 0.01235  6 s left"],
  ])("%i columns wide shows a validation loss too", (columns, line) => {
    expect(lineOf(columns, { validationLoss })).toBe(line);
  });

  it("20 columns wide shows losses of any usual size", () => {
    expect(lineOf(20, { loss: 1.23456e-10 })).toBe(" 40%  loss 1.23e-10");
    expect(lineOf(20, { loss: 1234567.8 })).toBe(" 40%  loss 1234568");
  });

  it("never wraps, at any width", () => {
    for (let columns = 1; columns < 200; columns++) {
      expect(lineOf(columns, { validationLoss, loss: -1.2345e-300 }).length).toBeLessThan(columns);
    }
  });

  it("reads the width before every line, and takes 80 columns where it is not known", () => {
    const stream = { written: "", isTTY: true, columns: 0, write: (text: string) => (stream.written = text) };
    const onEpoch = progress({ stream });
    onEpoch({ epoch: 0, epochs: 100, loss: 1 });
    expect(stream.written).toBe(`[${">".padEnd(10)}]    1%  epoch   1/100  loss 1.000\x1b[K\n`);
    stream.columns = 10;
    vi.advanceTimersByTime(100);
    onEpoch({ epoch: 50, epochs: 100, loss: 1 });
    expect(stream.written).toBe("\x1b[1A\r 51%\x1b[K\n");
  });

  it("is one line, redrawn ten times a second and at the last epoch", () => {
    const stream = new Terminal(80);
    const onEpoch = progress({ stream });
    run(onEpoch, { epochs: 1050, until: 1049 });
    expect(stream.written).toHaveLength(11); // at 1, 101, …, 1001 ms
    expect(stream.line).toContain("epoch 1001/1050");
    vi.advanceTimersByTime(1);
    onEpoch({ epoch: 1049, epochs: 1050, loss: 0.125 });
    expect(stream.line).toBe(`[${"=".repeat(10)}]  100%  epoch 1050/1050  loss 0.1250  1000 epochs/s`);
    expect(stream.rows).toHaveLength(2);
  });

  it("leaves no rest of a longer line", () => {
    const stream = new Terminal(80);
    const onEpoch = progress({ stream });
    run(onEpoch, { epochs: 2000, until: 1000, loss: 1.2345e-10 });
    run(onEpoch, { epochs: 1, loss: 1 });
    expect(stream.line).toBe(`[${"=".repeat(10)}]  100%  epoch 1/1  loss 1.000`);
  });

  it("starts a new line for a run that starts again", () => {
    const stream = new Terminal(80);
    const onEpoch = progress({ stream });
    run(onEpoch, { epochs: 50, until: 30 });
    run(onEpoch, { epochs: 50 });
    run(onEpoch, { epochs: 1 });
    run(onEpoch, { epochs: 1 });
    expect(stream.rows.map((row) => /epoch +\d+/.exec(row)?.[0])).toEqual([
      "epoch 30",
      "epoch 50",
      "epoch 1",
      "epoch 1",
      undefined,
    ]);
  });

  it("draws the last epoch of a run that ends early, when fit says that it is over", () => {
    const [stream, log] = [new Terminal(80), new Log()];
    for (const onEpoch of [progress({ stream }), progress({ stream: log })]) {
      run(onEpoch, { epochs: 50, until: 5, milliseconds: 1 });
      onEpoch.end();
      onEpoch.end();
      run(onEpoch, { epochs: 50, until: 3, milliseconds: 1 });
      run(onEpoch, { epochs: 50, until: 1, milliseconds: 1 }); // one that starts again ends the one before
    }
    const epochs = (lines: readonly string[]) =>
      lines.flatMap((line) => /epoch +(\d+)/.exec(line)?.[1] ?? []);
    expect(epochs(stream.rows)).toEqual(["5", "3", "1"]);
    expect(epochs(log.written)).toEqual(["1", "5", "1", "3", "1"]);
  });

  it("says which start it is where there are several", () => {
    const [stream, log] = [new Terminal(80), new Log()];
    for (const out of [stream, log]) progress({ stream: out })({ epoch: 0, epochs: 1, loss: 1, restart: 1 });
    expect(stream.line).toBe(`[${"=".repeat(10)}]  100%  start 2  epoch 1/1  loss 1.000`);
    expect(log.written).toEqual(["start 2, epoch 1 of 1 (100%), loss 1.000\n"]);
  });

  it("measures the speed over the last three seconds", () => {
    const stream = new Terminal(200);
    const onEpoch = progress({ stream });
    let epoch = 0;
    const take = (count: number, milliseconds: number) => {
      for (const end = epoch + count; epoch < end; epoch++) {
        vi.advanceTimersByTime(milliseconds);
        onEpoch({ epoch, epochs: 100_000, loss: 1 });
      }
      return /(\S+) epochs\/s/.exec(stream.line)?.[1];
    };
    expect(take(1, 5)).toBeUndefined();
    expect(take(2000, 5)).toBe("200");
    expect(take(31, 100)).toBe("10.0");
    expect(take(2, 8000)).toBe("0.125");
  });

  it("knows no speed where the clock has not moved", () => {
    const stream = new Terminal(200);
    run(progress({ stream }), { epochs: 2, milliseconds: 0 });
    expect(stream.line).toMatch(/loss 0.2500$/);
  });

  it.each([
    [200, 1, "1 s"],
    [1000, 59, "59 s"],
    [59_900, 1, "1 min"],
    [1000, 62, "1 min 2 s"],
    [1000, 3599, "59 min 59 s"],
    [3_599_500, 1, "1 h"],
    [1000, 4200, "1 h 10 min"],
    [1000, 4201, "1 h 11 min"],
    [1000, 360_000, "100 h"],
  ])("has words for epochs of %i ms of which %i are left", (milliseconds, left, words) => {
    const stream = new Terminal(200);
    run(progress({ stream }), { epochs: left + 2, milliseconds, until: 2 });
    expect(stream.line).toMatch(new RegExp(`  ${words} left$`));
  });
});

describe("progress in a log", () => {
  it("is plain lines, one a second and the last epoch", () => {
    const stream = new Log();
    run(progress({ stream }), { epochs: 1500, loss: 123456789, validationLoss: NaN });
    expect(stream.written).toEqual([
      "epoch 1 of 1500 (0%), loss 1.23e8, validation loss NaN\n",
      "epoch 1001 of 1500 (66%), loss 1.23e8, validation loss NaN, 1000 epochs/s, 1 s left\n",
      "epoch 1500 of 1500 (100%), loss 1.23e8, validation loss NaN, 1000 epochs/s\n",
    ]);
  });

  const record = { epoch: 2, epochs: 4, loss: 12345.6 };
  const line = "epoch 3 of 4 (75%), loss 12346";

  it("goes to process.stderr unless told", () => {
    const stderr = new Log();
    vi.stubGlobal("process", { stderr });
    progress()(record);
    expect(stderr.written).toEqual([`${line}\n`]);
  });

  it.each([
    ["there is no process", undefined],
    ["a process has no stderr", { env: {} }],
  ])("goes to console.info where %s", (_, process) => {
    const info = vi.spyOn(console, "info").mockImplementation(() => {});
    vi.stubGlobal("process", process);
    progress()(record);
    vi.unstubAllGlobals();
    expect(info.mock.calls).toEqual([[line]]);
  });
});

describe("progress", () => {
  it("looks at the clock once where it draws nothing", () => {
    const clock = vi.spyOn(performance, "now");
    const stream = new Log();
    run(progress({ stream }), { epochs: 1000, until: 500 });
    expect(stream.written).toHaveLength(1);
    expect(clock).toHaveBeenCalledTimes(500);
  });

  it.each([
    [{ strem: {} }, `"options": expected options among stream, got "strem" (did you mean "stream"?)`],
    [null, `"options": expected { stream }, got null`],
    [{ stream: null }, `"stream": expected an object with write(text), got null`],
    [{ stream: {} }, `"stream": expected an object with write(text), got an object`],
    [{ stream: "stderr" }, `"stream": expected an object with write(text), got "stderr"`],
    [{ stream: { write() {}, isTTY: 1 } }, `"stream.isTTY": expected true or false, got 1`],
    [{ stream: { write() {}, columns: "80" } }, `"stream.columns": expected a finite number, got "80"`],
  ])("refuses %j", (options, message) => {
    expect(() => progress(options as object)).toThrow(new TypeError(message));
  });
});
