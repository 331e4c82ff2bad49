import iris from "../../examples/data/iris.csv?raw";
import longley from "../../examples/data/longley.csv?raw";
import { element } from "../ui/element.js";
import "./data.css";
import type { Order, Report, Source } from "./messages.js";
import { Planner } from "./planner.js";
import { Running } from "./running.js";
import { onFile, Using } from "./using.js";

/** The section that trains on a file of the person's. */
export function mountData(): void {
  const message = element("data-message", HTMLParagraphElement);
  const header = element("data-header", HTMLSelectElement);
  let worker: Worker | null = null;
  let source: Source | null = null;
  let target: string | undefined;

  const send = (order: Order) => {
    if (worker === null) {
      worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      worker.onmessage = ({ data }: MessageEvent<Report>) => hear(data);
      worker.onerror = (error) => hear({ report: "refused", order: order.order, message: error.message });
    }
    worker.postMessage(order);
  };
  /** aim: the name of the target, where it is known. */
  const choose = (from: Source, aim?: string) => {
    source = from;
    target = aim;
    header.value = "unknown";
    read();
  };
  const read = () => {
    if (source === null) return;
    message.textContent = "";
    running.clear();
    planner.form.hidden = true;
    const names = { unknown: undefined, names: true, values: false }[header.value];
    send({ order: "read", source, header: names });
  };

  const planner = new Planner();
  const running = new Running(() => send({ order: "stop" }));
  const using = new Using(send);

  const hear = (report: Report) => {
    switch (report.report) {
      case "read":
        return planner.show(report.summary, source?.name ?? "", target);
      case "begun":
        return running.begun(report);
      case "progress":
        return running.progress(report.progress);
      case "trained":
        running.trained(report.trained);
        return using.show(report.model, "Just trained");
      case "loaded":
        return using.show(report.model, "Loaded");
      case "predicted":
        return using.predicted(report.prediction);
      case "refused":
        if (report.order === "load" || report.order === "predict") return using.refuse(report.message);
        running.clear();
        message.textContent = report.message;
    }
  };

  planner.form.addEventListener("submit", (event) => {
    event.preventDefault();
    message.textContent = "";
    const { plan } = planner;
    running.begin(plan);
    send({ order: "train", plan });
  });
  header.addEventListener("change", read);
  onFile(element("data-file", HTMLInputElement), choose);
  onDrop(element("data-drop", HTMLDivElement), choose);
  const example = (id: string, from: Source, aim: string) => {
    element(id, HTMLButtonElement).addEventListener("click", () => choose(from, aim));
  };
  example("data-iris", { name: "iris.csv", text: iris }, "species");
  example("data-longley", { name: "longley.csv", text: longley }, "y");
}

/** Calls with a file that is dropped onto a place. */
function onDrop(place: HTMLElement, call: (file: File) => void): void {
  const over = (event: DragEvent, is: boolean) => {
    event.preventDefault();
    place.classList.toggle("over", is);
  };
  place.addEventListener("dragover", (event) => over(event, true));
  place.addEventListener("dragleave", (event) => over(event, false));
  place.addEventListener("drop", (event) => {
    over(event, false);
    const file = event.dataTransfer?.files[0];
    if (file !== undefined) call(file);
  });
}
