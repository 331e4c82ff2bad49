import type { EpochRecord, OnEpoch } from "../../index.js";
import { progress } from "../../view/index.js";
import type { Interruption } from "../shell/interruption.js";
import { isTerminal, progressStream } from "../shell/terminal.js";

/** Shows how far training has come, until it is interrupted: what is said about that stays the last line. */
export function epochsShown(interruption: Interruption): OnEpoch {
  const show = shown();
  const onEpoch: OnEpoch = (record) => {
    if (!interruption.requested) show(record);
  };
  onEpoch.end = () => {
    if (!interruption.requested) show.end();
  };
  return onEpoch;
}

/** A line drawn anew on a terminal; elsewhere lines for epochs 1, 2, 5, 10, 20, 50, … and the last. */
function shown() {
  const show = progress({ stream: progressStream });
  if (isTerminal) return show;
  let last: EpochRecord | null = null;
  const sparse = (record: EpochRecord) => {
    last = record;
    if (!/^[125]0*$/.test(String(record.epoch + 1))) return;
    show(record);
    show.end();
    last = null;
  };
  const end = () => {
    if (last !== null) show(last);
    show.end();
  };
  return Object.assign(sparse, { end });
}
