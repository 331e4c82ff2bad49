/** rprop/export: models as programs and files for elsewhere. Pure functions, without a core. */
export { toC } from "./c.js";
export type { CodeOptions } from "./code.js";
export { toJavaScript } from "./javascript.js";
export type { Exportable } from "./layers.js";
export { toOnnx } from "./onnx.js";
