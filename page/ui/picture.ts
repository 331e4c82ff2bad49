import { onThemeChange } from "./theme.js";

/** Draws into width × height pixels of CSS; the canvas has been cleared. */
export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void;

/** A canvas that is sharp on every screen, and is drawn again when its size or the colours change. */
export class Picture {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #draw: Draw;
  #pending = 0;

  /** @param ratio height ÷ width */
  constructor(canvas: HTMLCanvasElement, ratio: number, draw: Draw) {
    this.canvas = canvas;
    this.#draw = draw;
    this.#context = canvas.getContext("2d") as CanvasRenderingContext2D;
    canvas.style.aspectRatio = String(1 / ratio);
    new ResizeObserver(() => this.redraw()).observe(canvas);
    onThemeChange(() => this.redraw());
  }

  /** Draws before the next frame is shown, once, however often it is called. */
  redraw(): void {
    if (this.#pending === 0) this.#pending = requestAnimationFrame(() => this.#now());
  }

  #now(): void {
    this.#pending = 0;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (width === 0) return; // not laid out
    const [across, down] = [width, height].map((side) => Math.round(side * devicePixelRatio)) as [
      number,
      number,
    ];
    if (this.canvas.width !== across) this.canvas.width = across;
    if (this.canvas.height !== down) this.canvas.height = down;
    this.#context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    this.#context.clearRect(0, 0, width, height);
    this.#draw(this.#context, width, height);
  }
}
