import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root, run } from "../program.js";

const home = join(root, "tests/onnx");

/** What is used of onnxruntime-node and onnxruntime-web. */
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

/** The file that Node imports. */
const RUNTIMES = {
  "onnxruntime-node": "dist/index.js",
  "onnxruntime-web": "dist/ort.node.min.mjs",
};

export type RuntimeName = keyof typeof RUNTIMES;
export const RUNTIME_NAMES = Object.keys(RUNTIMES) as RuntimeName[];

/** A runtime of ONNX; npm ci installs all of them where it is missing or another than in the lock. */
export async function onnxRuntime(name: RuntimeName): Promise<OnnxRuntime> {
  const folder = join(home, "node_modules", name);
  const manifest = join(folder, "package.json");
  const lock = JSON.parse(readFileSync(join(home, "package-lock.json"), "utf8"));
  const locked = lock.packages[`node_modules/${name}`].version;
  if (!existsSync(manifest) || JSON.parse(readFileSync(manifest, "utf8")).version !== locked)
    run("npm", ["ci", "--prefix", home]);
  const imported = await import(pathToFileURL(join(folder, RUNTIMES[name])).href);
  const runtime: OnnxRuntime = imported.default ?? imported;
  runtime.env.wasm.numThreads = 1;
  return runtime;
}
