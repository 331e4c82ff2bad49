import "./valley.css";
import { Choice } from "../race/choice.js";
import { METHODS, type MethodName } from "../race/methods.js";
import { Playback } from "../race/playback.js";
import { run } from "../race/run.js";
import { onDrag } from "../ui/drag.js";
import { element } from "../ui/element.js";
import { number } from "../ui/number.js";
import { Picture } from "../ui/picture.js";
import type { Plane } from "../ui/plane.js";
import { LINEAR_SCALE, LOGARITHMIC, Slider } from "../ui/slider.js";
import { ContourLines } from "./contour-lines.js";
import { bowl, type Landscape, rosenbrock } from "./landscape.js";
import { ValleyTable } from "./table.js";
import { drawValley, type Path, valleyPlane } from "./valley-picture.js";
import { pattern, valleyFate } from "./words.js";

/** Every method on its way through a valley, from a start that the person sets. */
export function mountValley(): void {
  const kind = element("valley-kind", HTMLSelectElement);
  const condition = new Slider("valley-condition", LOGARITHMIC, (value) => number(value), reshape);
  const angle = new Slider("valley-angle", LINEAR_SCALE, (value) => `${value}°`, reshape);
  const rate = new Slider("valley-rate", LOGARITHMIC, (value) => number(value, 3), race);
  const start = ["x", "y"].map((name) => element(`valley-start-${name}`, HTMLInputElement));
  const boxed = element("valley-box", HTMLSelectElement);
  const choice = new Choice("valley-methods", race);
  const table = new ValleyTable(element("valley-table", HTMLTableElement));
  const canvas = element("valley-picture", HTMLCanvasElement);
  const playback = new Playback("valley", show);

  const lines = new ContourLines();
  let landscape: Landscape;
  let from: number[] = [];
  let paths: Path[] = [];
  let plane: Plane | null = null;
  const picture = new Picture(canvas, 0.72, (context, width, height) => {
    plane = valleyPlane(context, width, height, landscape);
    drawValley(context, plane, landscape, lines, paths, playback.step, boxed.value as MethodName | "");
  });

  for (const { name, label } of METHODS) boxed.add(new Option(label, name, false, name === "irprop-"));
  boxed.addEventListener("change", show);
  kind.addEventListener("change", enter);
  for (const input of start) {
    input.addEventListener("input", race);
    input.addEventListener("change", () => {
      if (!isPoint(written())) write(from);
    });
  }
  onDrag(canvas, (x, y) => {
    if (plane) place(plane.at(x, y));
    race();
  });
  enter();

  /** Goes to another kind of valley, with what suits it. */
  function enter(): void {
    const isBowl = kind.value !== "rosenbrock";
    condition.disabled = !isBowl;
    angle.disabled = kind.value !== "turned";
    shape();
    place(landscape.start);
    rate.value = landscape.rate;
    playback.limit = landscape.steps;
    playback.step = landscape.shown;
    race();
  }

  function shape(): void {
    const turned = kind.value === "turned" ? angle.value : 0;
    landscape = kind.value === "rosenbrock" ? rosenbrock : bowl(condition.value, turned);
  }

  function reshape(): void {
    shape();
    race();
  }

  function place(point: readonly number[]): void {
    const inside = [landscape.across, landscape.up].map(([low, high], i) =>
      Math.min(Math.max(point[i] as number, low), high),
    );
    write(inside.map((value) => Math.round(value * 100) / 100));
  }

  function write(point: readonly number[]): void {
    start.forEach((input, i) => {
      input.value = String(point[i]);
    });
  }

  function written(): number[] {
    return start.map((input) => input.valueAsNumber);
  }

  /** A start that is no point yet, since somebody is writing it, waits. */
  function race(): void {
    if (!isPoint(written())) return;
    from = written();
    paths = choice.shown.map((method) => ({
      method,
      frames: run(method.name, landscape, from, rate.value, landscape.steps),
    }));
    show();
  }

  function show(): void {
    table.show(paths, playback.step);
    const followed = paths.find(({ method }) => method.name === boxed.value);
    element("valley-pattern", HTMLElement).textContent = followed
      ? `${followed.method.label}: ${pattern(followed.frames, playback.step).join("; ")}.`
      : "";
    picture.redraw();
    const fates = paths.map(({ method, frames }) => `${method.label} ${valleyFate(frames, playback.step)}`);
    const words = `After step ${playback.step}: ${fates.join("; ")}.`;
    playback.say(words);
    // What people hear who do not see: not at every frame.
    if (playback.running) return;
    canvas.ariaLabel = `A valley (${kind.selectedOptions[0]?.text}) in lines of equal height, and the ways of the methods. ${words}`;
  }
}

/** The methods compute in float32; farther away than this there is nothing to be seen. */
const FARTHEST = 1e6;

function isPoint(point: readonly number[]): boolean {
  return point.every((value) => Math.abs(value) <= FARTHEST);
}
