import { formatNumber } from "../format-number.js";
import type { EpochRecord } from "../train/types.js";

/** In a line that is too short for all of them, the first of these stay. */
const IMPORTANCE = ["percent", "loss", "left", "epoch", "validation", "start", "bar", "rate"] as const;

const GAP = "  ";

/**
 * A line for a terminal, of at most width characters, ASCII, since what else is one column wide depends on the terminal. Counts
 * are padded, and the bar's length follows from the width alone, lest everything moves with every digit.
 */
export function terminalLine(record: EpochRecord, rate: number, width: number): string {
  const { percent, epoch, epochs, loss, validation, ...others } = textsOf(record, rate);
  const texts = {
    ...others,
    percent: `${percent.padStart(3)}%`,
    epoch: `epoch ${epoch.padStart(epochs.length)}/${epochs}`,
    loss: `loss ${loss}`,
    validation: validation && `validation ${validation}`,
    bar: barOf(record, Math.max(10, Math.floor(width / 8))),
  };
  let room = width + GAP.length;
  const fits = (part: (typeof IMPORTANCE)[number]) => {
    const needed = GAP.length + (texts[part]?.length ?? Infinity);
    if (needed > room) return false;
    room -= needed;
    return true;
  };
  const kept = new Set(IMPORTANCE.filter(fits));
  const inOrder = ["bar", "percent", "start", "epoch", "loss", "validation", "rate", "left"] as const;
  return inOrder
    .filter((part) => kept.has(part))
    .map((part) => texts[part])
    .join(GAP);
}

/** A line for logs. */
export function logLine(record: EpochRecord, rate: number): string {
  const texts = textsOf(record, rate);
  const parts = [
    texts.start,
    `epoch ${texts.epoch} of ${texts.epochs} (${texts.percent}%)`,
    `loss ${texts.loss}`,
    texts.validation && `validation loss ${texts.validation}`,
    texts.rate,
    texts.left,
  ];
  return parts.filter((part) => part !== undefined).join(", ");
}

/** What a line is made of; undefined is what is not known, or of no interest at the end. */
function textsOf({ epoch, epochs, loss, validationLoss, restart }: EpochRecord, rate: number) {
  const done = epoch + 1;
  return {
    start: restart === undefined ? undefined : `start ${restart + 1}`,
    percent: String(Math.floor((100 * done) / epochs)),
    epoch: String(done),
    epochs: String(epochs),
    loss: formatNumber(loss),
    validation: validationLoss === undefined ? undefined : formatNumber(validationLoss),
    rate: rate > 0 ? `${formatNumber(rate, 3)} epochs/s` : undefined,
    left: rate > 0 && done < epochs ? `${inWords((epochs - done) / rate)} left` : undefined,
  };
}

function barOf({ epoch, epochs }: EpochRecord, width: number): string {
  const filled = Math.floor((width * (epoch + 1)) / epochs);
  const head = filled < width ? ">" : "";
  return `[${("=".repeat(filled) + head).padEnd(width)}]`;
}

/** 3 s, 2 min 5 s, 1 h 10 min; rounded up. */
function inWords(duration: number): string {
  const seconds = Math.ceil(duration);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return joined([Math.floor(seconds / 60), "min"], [seconds % 60, "s"]);
  const minutes = Math.ceil(seconds / 60);
  return joined([Math.floor(minutes / 60), "h"], [minutes % 60, "min"]);
}

function joined(...parts: [number, string][]): string {
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}
