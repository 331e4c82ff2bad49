import type { Scores } from "rprop/table";
import { element } from "../ui/element.js";
import { count, number, percent } from "../ui/number.js";
import { textList } from "../ui/text-list.js";
import type { DataFile, DataRequest, ModelSummary, PredictedFile } from "./messages.js";

/** The part of the section in which a model is loaded, kept and asked. */
export class Using {
  readonly #model = element("data-model", HTMLParagraphElement);
  readonly #message = element("data-use-message", HTMLParagraphElement);
  readonly #notes = element("data-use-notes", HTMLUListElement);
  readonly #predict = element("data-predict", HTMLInputElement);
  readonly #predicted = element("data-predicted", HTMLOutputElement);
  readonly #download = element("data-download", HTMLButtonElement);
  readonly #downloadPredictions = element("data-download-predictions", HTMLButtonElement);
  #bytes = new Uint8Array();
  #csv: Blob | null = null;
  #name = "";

  constructor(send: (request: DataRequest) => void) {
    onFile(element("data-load", HTMLInputElement), (file) => send({ request: "load", file }));
    onFile(this.#predict, (file) => {
      this.#name = file.name;
      send({ request: "predict", file });
    });
    this.#download.addEventListener("click", () =>
      save("model.safetensors", new Blob([this.#bytes], { type: "application/octet-stream" })),
    );
    this.#downloadPredictions.addEventListener("click", () => {
      if (this.#csv !== null) save(`${this.#name.replace(/(\.\w+)?(\.gz)?$/, "")}-predicted.csv`, this.#csv);
    });
  }

  show({ words, bytes }: ModelSummary, from: string): void {
    this.#bytes = bytes;
    this.#model.textContent = `${from}: ${words}.`;
    this.#message.textContent = "";
    this.#predicted.value = "";
    textList(this.#notes, []);
    this.#predict.disabled = this.#download.disabled = false;
    this.#downloadPredictions.disabled = true;
  }

  predicted({ csv, rows, first, notes, scores }: PredictedFile): void {
    this.#csv = csv;
    this.#message.textContent = "";
    const begin = first.length === 0 ? "." : `: ${first.join(", ")}${rows > first.length ? ", …" : "."}`;
    this.#predicted.value = `Predicted ${count(rows, "row")} of ${this.#name}${begin}${scores === null ? "" : scoresText(scores)}`;
    textList(this.#notes, notes);
    this.#downloadPredictions.disabled = false;
  }

  refuse(message: string): void {
    this.#predicted.value = "";
    textList(this.#notes, []);
    this.#message.textContent = message;
  }
}

/** Calls with a file that is chosen, the same one again too. */
export function onFile(input: HTMLInputElement, call: (file: DataFile & File) => void): void {
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file !== undefined) call(file);
  });
  input.addEventListener("click", () => {
    input.value = "";
  });
}

/** What the predictions are worth where the file has the target too. */
function scoresText(scores: Scores): string {
  const on = ` on ${count(scores.rows, "row")} whose target is known`;
  if (scores.kind === "category") return ` Accuracy ${percent(scores.accuracy)}${on}.`;
  const r2 = scores.r2 === null ? "" : `, R² ${number(scores.r2)}`;
  return ` RMSE ${number(scores.rmse)}, MAE ${number(scores.mae)}${r2}${on}.`;
}

function save(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
