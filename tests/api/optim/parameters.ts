import { parameter } from "../../../src/index.js";

/** A parameter with a gradient. */
export function sloped(values: number[], gradient: number[]) {
  const made = parameter(values);
  made.grad.data.set(gradient);
  return made;
}

/** Arrays of data and gradient. */
export const plain = (data: number[], grad: number[]) => ({
  data: Float32Array.from(data),
  grad: Float32Array.from(grad),
});
