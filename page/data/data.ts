import iris from "../../examples/data/iris.csv?raw";
import penguins from "../../examples/data/penguins.csv?raw";
import { element } from "../ui/element.js";
import "./data.css";
import type { DataEvent, DataFile, DataRequest } from "./messages.js";
import { Planner } from "./planner.js";
import { Running } from "./running.js";
import { onFile, Using } from "./using.js";

const NO_TARGET =
  "No column of this file can be predicted: that takes one with at least two different values that are known.";

/** The section that trains on a file of the person's. */
export function mountData(): void {
  const message = element("data-message", HTMLParagraphElement);
  const status = element("data-reading", HTMLOutputElement);
  let worker: Worker | null = null;
  let file: DataFile | null = null;
  let target: string | undefined;

  const send = (request: DataRequest) => {
    if (worker === null) {
      worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      worker.onmessage = ({ data }: MessageEvent<DataEvent>) => handle(data);
      worker.onerror = ({ message }) => handle({ event: "refused", request: request.request, message });
    }
    worker.postMessage(request);
  };
  /** @param wanted the name of the target, where it is known */
  const choose = (from: DataFile, wanted?: string) => {
    file = from;
    target = wanted;
    planner.reset();
    planner.form.hidden = true;
    describe();
  };
  const describe = () => {
    if (file === null) return;
    message.textContent = "";
    running.clear();
    send({ request: "describe", file, reading: planner.reading });
  };

  const planner = new Planner(() => {
    if (!planner.form.hidden) target = planner.target;
    describe();
  });
  const running = new Running(() => send({ request: "stop" }));
  const using = new Using(send);

  const handle = (event: DataEvent) => {
    status.value = event.event === "reading" ? readingText(event, file) : "";
    switch (event.event) {
      case "described":
        return planner.show(event.description, file?.name ?? "", target);
      case "noted":
        return running.noted(event.note);
      case "begun":
        return running.begun(event);
      case "network":
        return running.network(event.progress);
      case "progress":
        return running.progress(event.progress);
      case "trained":
        running.trained(event.result);
        return using.show(event.model, `Trained on ${file?.name}`);
      case "loaded":
        return using.show(event.model, "Loaded");
      case "predicted":
        return using.predicted(event.prediction);
      case "refused":
        if (event.request === "load" || event.request === "predict") return using.refuse(event.message);
        running.clear();
        if (event.request === "describe") planner.form.hidden = true;
        message.textContent = event.message;
    }
  };

  planner.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { training } = planner;
    message.textContent = training.target === "" ? NO_TARGET : "";
    if (training.target === "") return;
    running.begin(training);
    send({ request: "train", training });
  });
  onFile(element("data-file", HTMLInputElement), choose);
  onDrop(element("data-drop", HTMLDivElement), choose);
  const example = (id: string, from: DataFile, wanted: string) => {
    element(id, HTMLButtonElement).addEventListener("click", () => choose(from, wanted));
  };
  example("data-iris", { name: "iris.csv", text: iris }, "species");
  example("data-penguins", { name: "penguins.csv", text: penguins }, "body_mass_g");
}

/** How far the reading of a large file has come. */
function readingText(
  { request, phase, share }: Extract<DataEvent, { event: "reading" }>,
  file: DataFile | null,
): string {
  const name = request === "predict" ? "the file" : (file?.name ?? "");
  return `${phase === "measuring" ? "Measuring on" : "Reading"} ${name}: ${Math.round(100 * share)} %`;
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
