/**
 * The registry of peers, and how to talk to them. A peer is a program; it is called as
 *
 *     PROGRAM ARGUMENTS MODE FILE ROWS WIDTHS TARGET
 *
 * with FILE and WIDTHS (inputs,…,outputs) of problems.ts, and prints one line of JSON, `version` and:
 *
 * - losses: `losses` before each of 21 epochs;
 * - epoch: `loss` before the first epoch, `microseconds` of an epoch: after a warm-up of 0.3 s, the median of three batches
 *   of 0.2 s (fewer where one takes longer than 2 s); `setup`, microseconds that are spent once, where that is not counted;
 * - reach: trains until the loss is at most TARGET, 20 s at most: `milliseconds`, `epochs` and the `loss` then. Before it
 *   other networks are trained so for 0.3 s; reading the file and making models and tensors are not counted.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

export interface Report {
  version: string;
  losses?: number[];
  loss?: number;
  microseconds?: number;
  setup?: number;
  milliseconds?: number;
  epochs?: number;
}

export interface Peer {
  name: string;
  title: string;
  command: string[];
  environment?: Record<string, string>;
  /** How many of the 21 losses must be rprop's: 1 where another rule trains the same network, 0 where the network differs. */
  agrees: number;
  /** Whose epochs are timed. */
  epochs: "all" | "linear" | "none";
  /** Whether it trains to goals. */
  reaches: boolean;
  /** Makes it ready; throws where it cannot run here. */
  prepare: () => void;
  /** What that takes. */
  install: string;
}

/** What the others are divided by. */
export const BASE = "rprop";

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const node = (script: string, ...rest: string[]) => [process.execPath, file(`peers/${script}.js`), ...rest];
const needs = (...files: string[]) => {
  return () => {
    for (const name of files) if (!existsSync(file(name))) throw new Error(`${name} is missing`);
  };
};

const THREADS = String(availableParallelism());
const PYTHON = process.env.PYTHON ?? "/usr/bin/python3";
const FANN = file("../../build/fann");

const usual = { agrees: 21, epochs: "all", reaches: true } as const;
const ours = {
  ...usual,
  prepare: needs("../../dist/rprop.js", "../../dist/rprop-js.js"),
  install: "npm run build",
};
const npm = (...names: string[]) => ({
  prepare: needs(...names.map((name) => `node_modules/${name}`)),
  install: "npm ci --prefix bench/versus",
});
const pytorch = (threads: string) => ({
  ...usual,
  command: [PYTHON, file("peers/pytorch.py"), threads],
  environment: { OMP_NUM_THREADS: threads, OPENBLAS_NUM_THREADS: threads },
  prepare: () => void execFileSync(PYTHON, ["-c", "import torch, numpy"], { stdio: "ignore" }),
  install: "apt-get install python3-torch libopenblas0-pthread, or PYTHON=a python3 that has torch",
});
const tensorflow = {
  ...usual,
  ...npm("@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-wasm"),
};

export const PEERS: Peer[] = [
  { ...ours, name: BASE, title: "rprop, wasm core", command: node("rprop", "wasm") },
  { ...ours, name: "rprop-js", title: "rprop, JS core", command: node("rprop", "js") },
  {
    ...ours,
    name: "moments",
    title: "rprop on Moments (reads no rows)",
    command: node("rprop", "moments"),
    epochs: "linear",
    reaches: false,
  },
  { ...pytorch("1"), name: "pytorch", title: "PyTorch, 1 thread" },
  { ...pytorch(THREADS), name: "pytorch-threads", title: `PyTorch, ${THREADS} threads`, reaches: false },
  {
    ...usual,
    name: "fann",
    title: "FANN",
    command: [FANN],
    agrees: 2, // see peers/fann.c
    prepare() {
      const version = execFileSync("pkg-config", ["--modversion", "fann"], { encoding: "utf8" }).trim();
      const flags = ["-O3", "-march=native", `-DVERSION="${version}"`, "-o", FANN, file("peers/fann.c")];
      execFileSync("cc", [...flags, "-lfann", "-lm"]);
    },
    install: "apt-get install libfann-dev pkg-config gcc",
  },
  { ...tensorflow, name: "tensorflow", title: "TensorFlow.js wasm", command: node("tensorflow", "rprop") },
  {
    ...tensorflow,
    name: "tensorflow-adam",
    title: "TensorFlow.js wasm, Adam",
    command: node("tensorflow", "adam"),
    agrees: 1,
    epochs: "none",
  },
  {
    ...usual,
    ...npm("brain.js"),
    name: "brain",
    title: "brain.js, online descent",
    command: node("brain"),
    agrees: 0,
  },
];
