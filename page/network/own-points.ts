import { element } from "../ui/element.js";
import { REACH } from "./messages.js";
import type { Points } from "./points.js";

/** Pixels between two points of one stroke. */
const APART = 14;

/** Points that the person draws on the map, or writes down. */
export class OwnPoints {
  readonly #canvas: HTMLCanvasElement;
  readonly #panel = element("network-own", HTMLElement);
  readonly #secondClass = element("network-kind-b", HTMLInputElement);
  readonly #x = element("network-x", HTMLInputElement);
  readonly #y = element("network-y", HTMLInputElement);
  readonly #changed: () => void;
  #at: number[] = [];
  #classes: number[] = [];
  /** Where the last point of the stroke under way is, in pixels. */
  #stroke: { x: number; y: number } | null = null;

  constructor(canvas: HTMLCanvasElement, changed: () => void) {
    this.#canvas = canvas;
    this.#changed = changed;
    element("network-add", HTMLButtonElement).addEventListener("click", () => {
      if (this.#x.reportValidity() && this.#y.reportValidity())
        this.#add(this.#x.valueAsNumber, this.#y.valueAsNumber);
    });
    element("network-clear", HTMLButtonElement).addEventListener("click", () => {
      this.#at = [];
      this.#classes = [];
      changed();
    });
    canvas.addEventListener("pointerdown", (event) => this.#press(event));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    for (const end of ["pointerup", "pointercancel"] as const) {
      canvas.addEventListener(end, () => {
        this.#stroke = null;
      });
    }
  }

  /** @param points to begin with, where the person comes to draw */
  choose(drawing: boolean, { at, classes }: Points): void {
    if (drawing && !this.#drawing) {
      this.#at = [...at];
      this.#classes = [...classes];
    }
    this.#panel.hidden = !drawing;
    this.#canvas.classList.toggle("drawing", drawing);
  }

  get #drawing(): boolean {
    return !this.#panel.hidden;
  }

  get points(): Points {
    return { at: Float32Array.from(this.#at), classes: Float32Array.from(this.#classes) };
  }

  #add(x: number, y: number): void {
    this.#at.push(x, y);
    this.#classes.push(this.#secondClass.checked ? 1 : 0);
    this.#changed();
  }

  #press(event: PointerEvent): void {
    if (!this.#drawing || event.button !== 0) return;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#draw(event);
  }

  #move(event: PointerEvent): void {
    const last = this.#stroke;
    if (last === null || Math.hypot(event.offsetX - last.x, event.offsetY - last.y) < APART) return;
    this.#draw(event);
  }

  #draw({ offsetX: x, offsetY: y }: PointerEvent): void {
    const { clientWidth: side } = this.#canvas;
    if (x < 0 || y < 0 || x > side || y > side) return;
    this.#stroke = { x, y };
    this.#add(((2 * x) / side - 1) * REACH, (1 - (2 * y) / side) * REACH);
  }
}
