import type { RpropVariant } from "rprop";

export type MethodName = "gradient-descent" | RpropVariant;

/** How a method looks wherever it is drawn: never by its colour alone. */
export interface Method {
  readonly name: MethodName;
  readonly label: string;
  /** A colour's name in style.css. */
  readonly color: string;
  readonly dash: readonly number[];
  /** Of the line, in pixels: ways that coincide are seen side by side. */
  readonly width: number;
  /** An SVG path around 0, 0. They fit into each other, for points that coincide. */
  readonly mark: string;
  readonly filled: boolean;
}

export const METHODS: readonly Method[] = [
  {
    name: "gradient-descent",
    label: "gradient descent",
    color: "gradient-descent",
    dash: [2, 3],
    width: 1.75,
    mark: "M-6,-6L6,6M-6,6L6,-6",
    filled: false,
  },
  {
    name: "irprop-",
    label: "irprop-",
    color: "irprop-minus",
    dash: [],
    width: 3,
    mark: circle(3.5),
    filled: true,
  },
  {
    name: "irprop+",
    label: "irprop+",
    color: "irprop-plus",
    dash: [8, 3],
    width: 2.25,
    mark: "M-5.5,-5.5H5.5V5.5H-5.5Z",
    filled: false,
  },
  {
    name: "rprop-",
    label: "rprop-",
    color: "rprop-minus",
    dash: [4, 3],
    width: 1.75,
    mark: circle(9),
    filled: false,
  },
  {
    name: "rprop+",
    label: "rprop+",
    color: "rprop-plus",
    dash: [9, 3, 2, 3],
    width: 1.25,
    mark: "M0,-13L13,0L0,13L-13,0Z",
    filled: false,
  },
];

function circle(radius: number): string {
  const half = (to: number) => `A${radius},${radius} 0 0 1 ${to},0`;
  return `M${-radius},0${half(radius)}${half(-radius)}Z`;
}
