import type { ReadingProgress, TableSource } from "rprop/table";
import type { DataEvent, DataFile, DataRequest } from "./messages.js";

/** A file as rprop/table reads it: from its beginning, as often as it wants. */
export function sourceOf(file: DataFile): TableSource {
  return typeof file.text === "string" ? file.text : () => (file as File).stream();
}

/** Two sources of one reading, for two that read a file side by side, from its beginning once. */
export function sharedSources(file: DataFile): [TableSource, TableSource] {
  if (typeof file.text === "string") return [file.text, file.text];
  const [one, other] = (file as File).stream().tee();
  return [() => one, () => other];
}

const PAUSE_MS = 100;

/** Tells the page now and then how much of a file is read. */
export function readingTeller(
  file: DataFile,
  request: DataRequest["request"],
  emit: (event: DataEvent) => void,
): (progress: ReadingProgress) => void {
  const size = "size" in file ? file.size : 0;
  let toldAt = performance.now();
  return ({ phase, bytes }) => {
    const now = performance.now();
    if (size === 0 || phase === "training" || now - toldAt < PAUSE_MS) return;
    toldAt = now;
    emit({ event: "reading", request, phase, share: bytes / size });
  };
}
