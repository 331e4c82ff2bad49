import { element } from "../ui/element.js";
import type { ModelSummary, Order, Prediction, Source } from "./messages.js";

/** The part of the section in which a model is loaded, kept and asked. */
export class Using {
  readonly #model = element("data-model", HTMLParagraphElement);
  readonly #message = element("data-use-message", HTMLParagraphElement);
  readonly #predict = element("data-predict", HTMLInputElement);
  readonly #predicted = element("data-predicted", HTMLOutputElement);
  readonly #download = element("data-download", HTMLButtonElement);
  readonly #downloadPredictions = element("data-download-predictions", HTMLButtonElement);
  #bytes = new Uint8Array();
  #csv = "";
  #name = "";

  constructor(send: (order: Order) => void) {
    onFile(element("data-load", HTMLInputElement), (file) => send({ order: "load", file }));
    onFile(this.#predict, (source) => {
      this.#name = source.name;
      send({ order: "predict", source });
    });
    this.#download.addEventListener("click", () =>
      save("model.safetensors", this.#bytes, "application/octet-stream"),
    );
    this.#downloadPredictions.addEventListener("click", () => {
      save(`${this.#name.replace(/\.\w+$/, "")}-predicted.csv`, this.#csv, "text/csv");
    });
  }

  show({ words, bytes }: ModelSummary, from: string): void {
    this.#bytes = bytes;
    this.#model.textContent = `${from}: ${words}.`;
    this.#message.textContent = "";
    this.#predicted.value = "";
    this.#predict.disabled = this.#download.disabled = false;
    this.#downloadPredictions.disabled = true;
  }

  predicted({ csv, rows, omitted, omissions, first }: Prediction): void {
    this.#csv = csv;
    this.#message.textContent = "";
    const others = omitted === 0 ? "" : `; ${omitted.toLocaleString("en")} left out: ${omissions.join("; ")}`;
    const begin = first.length === 0 ? "" : `: ${first.join(", ")}${rows > first.length ? ", …" : ""}`;
    this.#predicted.value = `${rows.toLocaleString("en")} rows of ${this.#name} predicted${begin}${others}.`;
    this.#downloadPredictions.disabled = false;
  }

  refuse(message: string): void {
    this.#predicted.value = "";
    this.#message.textContent = message;
  }
}

/** Calls with a file that is chosen, the same one again too. */
export function onFile(input: HTMLInputElement, call: (file: Source & File) => void): void {
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file !== undefined) call(file);
  });
  input.addEventListener("click", () => {
    input.value = "";
  });
}

function save(name: string, content: BlobPart, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
