import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root, run } from "../package/program.js";

const home = join(root, "tests/onnx");
const runtime = join(home, "node_modules/onnxruntime-web");

/** What is used of onnxruntime-web. */
export interface OnnxRuntime {
  env: { wasm: { numThreads: number } };
  Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => OnnxTensor;
  InferenceSession: {
    create(model: Uint8Array): Promise<{ run(inputs: { x: OnnxTensor }): Promise<{ y: OnnxTensor }> }>;
  };
}

interface OnnxTensor {
  data: Float32Array;
  dims: readonly number[];
}

/** onnxruntime-web, which npm ci installs where it is missing or another than in the lock. */
export async function onnxRuntime(): Promise<OnnxRuntime> {
  const version = (path: string) => JSON.parse(readFileSync(path, "utf8")).version;
  const manifest = join(runtime, "package.json");
  const lock = JSON.parse(readFileSync(join(home, "package-lock.json"), "utf8"));
  const locked = lock.packages["node_modules/onnxruntime-web"].version;
  if (!existsSync(manifest) || version(manifest) !== locked) run("npm", ["ci", "--prefix", home]);
  const ort: OnnxRuntime = await import(pathToFileURL(join(runtime, "dist/ort.node.min.mjs")).href);
  ort.env.wasm.numThreads = 1;
  return ort;
}
