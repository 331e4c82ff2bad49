import { element } from "../ui/element.js";
import { METHODS, type Method } from "./methods.js";

const SVG = "http://www.w3.org/2000/svg";

/** Check boxes for the methods, which are the pictures' legend too. */
export class Choice {
  readonly #boxes = new Map<Method, HTMLInputElement>();

  /** @param fieldset of index.html, with its legend */
  constructor(fieldset: string, change: () => void) {
    for (const method of METHODS) {
      const box = document.createElement("input");
      box.type = "checkbox";
      box.name = method.name;
      box.checked = true;
      box.addEventListener("change", change);
      const label = document.createElement("label");
      label.className = "check method";
      const name = document.createElement("span");
      name.textContent = method.label;
      label.append(box, name, sample(method));
      element(fieldset, HTMLFieldSetElement).append(label);
      this.#boxes.set(method, box);
    }
  }

  get shown(): Method[] {
    return METHODS.filter((method) => this.#boxes.get(method)?.checked);
  }
}

/** A method's line and mark, as in the pictures. */
export function sample({ color, dash, width, mark, filled }: Method): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-28 -14 56 28");
  svg.setAttribute("class", "sample");
  svg.setAttribute("aria-hidden", "true");
  for (const path of ["M-28,0H28", mark]) {
    const drawn = document.createElementNS(SVG, "path");
    drawn.setAttribute("d", path);
    drawn.style.stroke = `var(--${color})`;
    drawn.style.fill = path === mark && filled ? `var(--${color})` : "none";
    drawn.style.strokeWidth = path === mark ? "2" : String(width);
    if (path !== mark) drawn.style.strokeDasharray = dash.join(" ");
    svg.append(drawn);
  }
  return svg;
}
