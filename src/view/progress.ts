import { now } from "../clock.js";
import { checkBoolean, checkFinite, wrongType } from "../errors.js";
import { optionsOf } from "../options.js";
import type { EpochRecord } from "../train/types.js";
import { logLine, terminalLine } from "./progress-line.js";

/** What progress writes to, such as process.stderr. */
export interface ProgressStream {
  /**
   * Takes what is to be shown.
   *
   * @param text a line or a few, with control sequences where isTTY is true
   * @returns anything; it is not looked at
   */
  write(text: string): unknown;
  /** Whether it understands a terminal's control sequences. */
  readonly isTTY?: boolean;
  /** How wide the terminal is; read before every line. */
  readonly columns?: number;
}

/** The options of {@link progress}. */
export interface ProgressOptions {
  /** Where to write. Default: process.stderr; where there is none, in browsers, console.info. */
  stream?: ProgressStream;
}

/** An onEpoch; fit calls its end(), which draws the last epoch where that was not drawn yet. */
export type Progress = ((record: EpochRecord) => void) & { end(): void };

/** Milliseconds: between lines of a terminal, between lines of a log, and what the speed is measured over. */
const [REDRAW, LOG, WINDOW] = [100, 1000, 3000];

/** Up to the line before, over it with this one, and down to a fresh line again. */
const [UP, CLEAR_REST] = ["\x1b[1A\r", "\x1b[K"];

/**
 * Makes an onEpoch for a run that shows how far it has come.
 *
 * On a terminal it is one line, redrawn at most ten times a second and at the last epoch: a bar, percent, epoch, loss and
 * validation loss, epochs per second over the last three seconds, and the time left at that speed; where the terminal
 * is too narrow, less of it. Elsewhere there are plain lines, one a second at most. The cursor is always on a fresh
 * line. An epoch that draws nothing costs one look at the clock.
 *
 * @param options `stream`: where to write
 * @returns to be called after every step, and its end() after the run; a run that starts again starts a new line. What write
 * throws is passed on.
 * @throws TypeError or RangeError for options that are unknown or no stream
 * @example
 * import { progress } from "rprop/view";
 * const lines: string[] = [];
 * const onEpoch = progress({ stream: { write: (text) => lines.push(text.trimEnd()) } }); // progress() alone: to stderr
 * onEpoch({ epoch: 0, epochs: 1, loss: 0.25 }); // as a run does after every step
 * console.log(lines.join()); // epoch 1 of 1 (100%), loss 0.2500
 */
export function progress(options: ProgressOptions = {}): Progress {
  const { stream } = optionsOf<Required<ProgressOptions>>(options, {
    stream: [standardStream(), checkStream],
  });
  const interval = stream.isTTY ? REDRAW : LOG;
  let next = -Infinity;
  let drawn = -1;
  let samples: Sample[] = [];
  /** The last record, where it was not drawn. */
  let waiting: EpochRecord | null = null;
  const draw = (record: EpochRecord, time: number) => {
    const { epoch } = record;
    const over = samples.length > 0 ? UP : "";
    const rate = measure(samples, { time, epoch });
    const line = stream.isTTY
      ? over + terminalLine(record, rate, widthOf(stream)) + CLEAR_REST
      : logLine(record, rate);
    stream.write(`${line}\n`);
    drawn = epoch;
    next = time + interval;
    waiting = null;
  };
  const end = () => {
    if (waiting !== null) draw(waiting, now());
  };
  const onEpoch = (record: EpochRecord) => {
    const time = now();
    const { epoch, epochs } = record;
    const before = waiting?.epoch ?? drawn;
    if (time < next && epoch > before && epoch < epochs - 1) {
      waiting = record;
      return;
    }
    if (epoch <= before) {
      end();
      samples = [];
    }
    draw(record, time);
  };
  return Object.assign(onEpoch, { end });
}

/** When an epoch was over. */
interface Sample {
  time: number;
  epoch: number;
}

/** Epochs per second between the first sample and the last, which is added here; NaN where no time lies between. */
function measure(samples: Sample[], last: Sample): number {
  samples.push(last);
  while (last.time - (samples[1] ?? last).time >= WINDOW) samples.shift();
  const first = samples[0] as Sample;
  const duration = last.time - first.time;
  return duration > 0 ? (1000 * (last.epoch - first.epoch)) / duration : NaN;
}

/** A line that is as wide as the terminal would wrap in some, so one column stays free. */
function widthOf({ columns }: ProgressStream): number {
  return (columns || 80) - 1; // 0 where a terminal does not know
}

function standardStream(): ProgressStream {
  const { process } = globalThis as { process?: { stderr?: ProgressStream } };
  return process?.stderr ?? { write: (text) => console.info(text.trimEnd()) };
}

function checkStream(name: string, value: unknown): void {
  const stream = value as ProgressStream | null;
  if (typeof stream !== "object" || typeof stream?.write !== "function")
    throw wrongType(name, "an object with write(text)", stream);
  if (stream.isTTY !== undefined) checkBoolean(`${name}.isTTY`, stream.isTTY);
  if (stream.columns !== undefined) checkFinite(`${name}.columns`, stream.columns);
}
