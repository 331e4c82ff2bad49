import { element } from "../ui/element.js";
import { epochGroups, linesText, raceGroups } from "./lines.js";
import type { SpeedProgress, SpeedReport } from "./report.js";
import "./speed.css";
import { fillTable } from "./table.js";

/** The section that measures on the person's machine, when asked to. */
export function mountSpeed(): void {
  const start = element("speed-start", HTMLButtonElement);
  const stop = element("speed-stop", HTMLButtonElement);
  const bar = element("speed-progress", HTMLProgressElement);
  const status = element("speed-status", HTMLOutputElement);
  const results = element("speed-results", HTMLDivElement);
  const epochs = element("speed-epochs", HTMLTableElement);
  const races = element("speed-races", HTMLTableElement);
  const text = element("speed-text", HTMLTextAreaElement);
  let worker: Worker | null = null;

  const end = (message: string) => {
    worker?.terminate();
    worker = null;
    start.disabled = false;
    stop.disabled = true;
    status.value = message;
  };

  const show = (report: SpeedReport) => {
    fillTable(epochs, epochGroups(report));
    fillTable(races, raceGroups(report));
    races.hidden = report.races.length === 0;
    text.value = linesText(report, navigator.userAgent);
    results.hidden = false;
  };

  start.addEventListener("click", () => {
    worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    start.disabled = true;
    stop.disabled = false;
    bar.value = 0;
    status.value = "Measuring …";
    worker.onmessage = ({ data: { share, report } }: MessageEvent<SpeedProgress>) => {
      show(report);
      bar.value = share;
      if (share === 1) end("Done.");
    };
    worker.onerror = ({ message }) => end(`It could not be measured: ${message}`);
  });

  stop.addEventListener("click", () => end("Stopped; what is there so far stays."));

  element("speed-copy", HTMLButtonElement).addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      status.value = "Copied.";
    } catch {
      text.select();
      status.value = "The text is selected; copy it with the keyboard.";
    }
  });
}
