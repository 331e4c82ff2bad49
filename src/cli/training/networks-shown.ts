import type { NetworkProgress } from "../../table/index.js";
import type { Interruption } from "../shell/interruption.js";
import { clearLine, isTerminal, progressStream } from "../shell/terminal.js";

/** Of the bar, in characters. */
const WIDTH = 24;

/** On a terminal, one line that says how many networks have been trained, of the model and for its scores; it is gone afterwards. */
export function networksShown(interruption: Interruption): (progress: NetworkProgress) => void {
  const begin = performance.now();
  return ({ trained, total, ofModel }) => {
    if (!isTerminal || interruption.requested || total === 1) return;
    if (trained === total || trained === ofModel) {
      clearLine(); // for what is said next
      return;
    }
    const filled = Math.round((WIDTH * trained) / total);
    const bar = `${"█".repeat(filled)}${"░".repeat(WIDTH - filled)}`;
    const left = Math.ceil((((performance.now() - begin) / trained) * (total - trained)) / 1000);
    const what = trained < ofModel ? "training" : "cross-validating";
    const line = `${bar}  ${what}: network ${trained + 1} of ${total}, ${timeText(left)} left`;
    progressStream.write(`\r${line.slice(0, (progressStream.columns as number) - 1)}\x1b[K`);
  };
}

function timeText(seconds: number): string {
  return seconds < 100 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
