import "./network.css";
import type { StopReason } from "rprop";
import { LossChart } from "../ui/chart.js";
import { element } from "../ui/element.js";
import { whenSeen } from "../ui/seen.js";
import { Controls } from "./controls.js";
import { DecisionMap } from "./map.js";
import type { NetworkReport, Order, Snapshot } from "./messages.js";
import { NetworkNumbers } from "./numbers.js";
import { OwnPoints } from "./own-points.js";
import { chosen, type Points, pointsOf, validationPoints } from "./points.js";
import { StepSizes } from "./step-sizes.js";

/** The section "A network": what the person wants goes to the worker, what comes of it is shown. */
export function mountNetwork(): void {
  new Network();
}

const DIVERGED =
  "The loss was not a finite number any more. The weights are those of the last epoch at which it was: make the maximum " +
  "step size or the first one smaller, or change the network, and begin again with Reset.";

const ENDS: Partial<Record<StopReason, string>> = {
  converged: "Converged: two epochs running changed no weight",
  diverged: "Diverged",
  target: "Reached the loss to stop at",
};

class Network {
  readonly #controls = new Controls({
    begin: () => this.#beginSoon(),
    steer: () => this.#steer(),
    pace: () => this.#setPace(),
  });
  readonly #canvas = element("network-map", HTMLCanvasElement);
  readonly #map = new DecisionMap(this.#canvas);
  readonly #own = new OwnPoints(this.#canvas, () => this.#beginSoon());
  readonly #losses = new LossChart(element("network-losses", HTMLElement), "Loss of the network");
  readonly #stepSizes = new StepSizes(element("network-decades", HTMLTableSectionElement));
  readonly #numbers = new NetworkNumbers();
  readonly #play = element("network-play", HTMLButtonElement);
  readonly #step = element("network-step", HTMLButtonElement);
  readonly #state = element("network-state", HTMLOutputElement);
  readonly #message = element("network-message", HTMLElement);
  readonly #worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  #points: Points = { at: new Float32Array(), classes: new Float32Array() };
  /** The number of the run, by which reports about those before are told. */
  #run = 0;
  #begun = false;
  #pending = 0;
  #running = false;
  #seen = true;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<NetworkReport>) => this.#hear(data);
    this.#worker.onerror = ({ message }) => this.#refuse(message, false);
    this.#setPace();
    this.#play.addEventListener("click", () => this.#setRunning(!this.#running));
    this.#step.addEventListener("click", () => {
      this.#setRunning(false);
      if (!this.#isSound()) return;
      if (this.#pending !== 0 || !this.#begun) this.#begin();
      this.#tell({ order: "step" });
    });
    element("network-reset", HTMLButtonElement).addEventListener("click", () => {
      this.#setRunning(false);
      this.#beginSoon();
    });
    // What is out of sight shall not slow down what is looked at.
    whenSeen(element("network", HTMLElement), (seen) => {
      this.#seen = seen;
      if (this.#running) this.#tell({ order: seen ? "start" : "pause" });
    });
    this.#begin();
  }

  #tell(order: Order): void {
    this.#worker.postMessage(order);
  }

  #steer(): void {
    if (!this.#isSound()) return;
    if (this.#begun) this.#tell({ order: "steer", steering: this.#controls.steering });
    else this.#beginSoon();
  }

  /** Whether the person has written numbers where they belong; says so where not. */
  #isSound(): boolean {
    const { problem } = this.#controls;
    this.#message.textContent = problem;
    return problem === null;
  }

  #setPace(): void {
    this.#tell({ order: "pace", pace: this.#controls.pace });
  }

  /** A new run before the next frame, once, however much is changed until then. */
  #beginSoon(): void {
    if (this.#pending === 0) this.#pending = requestAnimationFrame(() => this.#begin());
  }

  #begin(): void {
    cancelAnimationFrame(this.#pending);
    this.#pending = 0;
    this.#run++;
    this.#begun = false;
    this.#losses.clear();
    if (!this.#isSound()) {
      this.#refuse(this.#message.textContent ?? "", false);
      return;
    }
    const { shape, count, noise, share, seed, architecture, steering, lr } = this.#controls;
    try {
      this.#own.choose(shape === null, this.#points);
      this.#points = shape === null ? this.#own.points : pointsOf(shape, count, noise, seed);
      const isValidation = validationPoints(this.#points.classes.length, share, seed);
      this.#map.showPoints(this.#points, isValidation);
      if (this.#points.classes.length === 0) {
        this.#showNothing();
        return;
      }
      const training = chosen(this.#points, (i) => !isValidation[i]);
      const validation = isValidation.includes(true)
        ? chosen(this.#points, (i) => isValidation[i] === true)
        : null;
      const beginning = { architecture, steering, lr, training, validation };
      this.#tell({ order: "begin", run: this.#run, beginning });
      this.#begun = true;
      this.#play.disabled = this.#step.disabled = false;
    } catch (error) {
      this.#refuse((error as Error).message, false);
    }
  }

  #showNothing(): void {
    this.#setRunning(false);
    this.#play.disabled = this.#step.disabled = true;
    this.#map.showDecisions(null);
    this.#map.describe(0, null);
    this.#numbers.clear();
    this.#state.value = "No points yet: add some to the map.";
  }

  #setRunning(running: boolean): void {
    if (running === this.#running) return;
    if (running && !this.#isSound()) return;
    if (running && !this.#begun) this.#begin();
    if (running && !this.#begun) return;
    this.#running = running;
    this.#play.textContent = running ? "Pause" : "Play";
    if (running) {
      this.#message.textContent = "";
      this.#state.value = "Training";
    }
    if (this.#seen) this.#tell({ order: running ? "start" : "pause" });
  }

  #hear(report: NetworkReport): void {
    if (report.run !== this.#run) return;
    if (report.report === "refused") this.#refuse(report.message, report.begun);
    else this.#show(report.snapshot);
  }

  /** @param begun whether the run can go on */
  #refuse(message: string, begun: boolean): void {
    this.#begun = begun;
    this.#setRunning(false);
    if (!begun) this.#numbers.clear();
    this.#state.value = begun ? "Paused" : "Not begun";
    this.#message.textContent = message;
  }

  #show(snapshot: Snapshot): void {
    const { losses, validationLosses, logits, decades, completed, stopReason, running } = snapshot;
    this.#losses.add(losses, validationLosses ?? undefined);
    this.#map.showDecisions(logits);
    this.#map.describe(this.#points.classes.length, snapshot);
    this.#stepSizes.show(decades);
    this.#numbers.show(snapshot);
    if (running || (this.#running && stopReason === null)) return;
    this.#setRunning(false);
    if (stopReason === "diverged") this.#message.textContent = DIVERGED;
    this.#state.value =
      stopReason === null ? (completed === 0 ? "Ready" : "Paused") : (ENDS[stopReason] ?? "");
  }
}
