import { type LossCurves, type PlotOptions, plot } from "../../../src/view/index.js";
import { type Element, parse } from "./xml.js";

export const draw = (result: LossCurves, options?: PlotOptions) => parse(plot(result, options));

export const all = (svg: Element, name: string) => svg.children.filter((element) => element.name === name);

/** The parts of a class, such as the stretches of a curve. */
export const ofClass = (svg: Element, name: string) =>
  svg.children.filter(({ attributes }) => attributes.class?.split(" ").includes(name));

/** The lines of the best epoch, in the legend and in the curves. */
export const dotted = (svg: Element) =>
  ofClass(svg, "axis").filter(({ attributes }) => attributes["stroke-dasharray"] !== undefined);

/** [x, y] of every point, by stretches. */
export function curveOf(svg: Element, name: "training" | "validation"): [number, number][][] {
  const paths = ofClass(svg, name).filter((element) => element.name === "path");
  return paths.map(({ attributes }) =>
    (attributes.d as string)
      .slice(1)
      .split("L")
      .map((point) => point.split(" ").map(Number) as [number, number]),
  );
}

export const texts = (svg: Element) => all(svg, "text").map(({ text }) => text);
export const labels = (svg: Element, anchor: "end" | "middle") =>
  all(svg, "text")
    .filter(({ attributes }) => attributes["text-anchor"] === anchor)
    .map(({ text }) => text);
export const lossLabels = (svg: Element) => labels(svg, "end");
export const epochLabels = (svg: Element) => labels(svg, "middle").slice(0, -2);
export const axisNames = (svg: Element) => labels(svg, "middle").slice(-2);

export const falling = (count: number) => Float64Array.from({ length: count }, (_, i) => 0.9 * 0.97 ** i);

/** Every number that says where something is. */
export function coordinates(svg: Element): number[] {
  const places = ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy"];
  const given = svg.children.flatMap(({ attributes }) =>
    places.filter((place) => place in attributes).map((place) => Number(attributes[place])),
  );
  const drawn = (["training", "validation"] as const).flatMap((name) => curveOf(svg, name));
  return [...given, ...drawn.flat(2)];
}
