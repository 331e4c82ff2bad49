/**
 * npm run bench: times kernels, epochs and the cost of a row in several fresh processes and writes RESULTS.md. One
 * binary can run at different speeds in different processes, so medians over processes count, with their spread.
 * npm run bench -- --processes 1 is for a trial.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { type Case, shapeOf } from "../workloads/cases.js";
import type { Workload } from "./kernels/workload.js";
import type { Limits } from "./limits.js";
import { median } from "./measure.js";
import { rowsPlot } from "./rows-plot.js";
import { digits, spread, table } from "./tables.js";

const { values } = parseArgs({ options: { processes: { type: "string", default: "5" } } });
const processes = Number(values.processes);
if (!(Number.isInteger(processes) && processes > 0)) throw new RangeError("--processes takes a whole number");

/** Nanoseconds on either core. */
interface Times {
  wasm: number;
  js: number;
}
interface KernelTimes extends Times, Pick<Workload, "kernel" | "shape" | "work" | "unit"> {
  /** A loop over the engine's Math, and its nanoseconds. */
  rival?: { name: string; time: number };
}
interface EpochTimes extends Times, Case {
  flops: number;
  hand: number;
}

/** Nanoseconds of an epoch. */
interface RowTimes {
  rows: number;
  mlp: number;
  linear: number;
  moments: number;
}

function run<Report>(script: string): Report[] {
  return Array.from({ length: processes }, (_, i) => {
    process.stderr.write(`${script}, process ${i + 1} of ${processes}\n`);
    const output = execFileSync(process.execPath, ["--import", "tsx", `bench/${script}.ts`], {
      encoding: "utf8",
    });
    return JSON.parse(output) as Report;
  });
}

const microseconds = (nanoseconds: number) => digits(nanoseconds / 1000);

execFileSync("npx", ["asc", "bench/assembly/limits.ts", "--config", "asconfig.json", "--target", "limits"]);
const kernels = run<{ limits: Limits; results: KernelTimes[] }>("kernels");
const epochs = run<{ results: EpochTimes[] }>("epochs");
const rowCosts = run<{ results: RowTimes[] }>("rows");

const limits = {
  gflops: median(kernels.map(({ limits }) => limits.gflops)),
  gigabytesPerSecond: median(kernels.map(({ limits }) => limits.gigabytesPerSecond)),
  farGigabytesPerSecond: median(kernels.map(({ limits }) => limits.farGigabytesPerSecond)),
};

const kernelRows = kernels[0]!.results.map(({ kernel, shape, work, unit }, i) => {
  const of = (core: keyof Times) => spread(kernels.map(({ results }) => results[i]![core]));
  const [wasm, js] = [of("wasm"), of("js")];
  const copying = work > 2 ** 27 ? limits.farGigabytesPerSecond : limits.gigabytesPerSecond;
  const limit = { "GFLOP/s": limits.gflops, "GB/s": copying, "numbers/ns": null }[unit];
  const share = limit === null ? "" : `${Math.round((100 * work) / wasm.middle / limit)} %`;
  const rates = [wasm, js].map(({ middle }) => digits(work / middle));
  return [
    `\`${kernel}\``,
    shape,
    microseconds(wasm.middle),
    `${wasm.percent} %`,
    `${rates[0]} ${unit}`,
    share,
    rates[1]!,
  ];
});

const rivalRows = kernels[0]!.results.flatMap(({ kernel, work, rival }, i) => {
  if (rival === undefined) return [];
  const each = (time: (times: KernelTimes) => number) =>
    median(kernels.map(({ results }) => time(results[i]!))) / work;
  const [wasm, js, math] = [each(({ wasm }) => wasm), each(({ js }) => js), each(({ rival }) => rival!.time)];
  return [
    [
      `\`${kernel}\``,
      `\`${rival.name}\``,
      digits(wasm),
      digits(js),
      digits(math),
      `${digits(math / wasm)} ×`,
    ],
  ];
});

const epochRows = epochs[0]!.results.map((work, i) => {
  const of = (key: "wasm" | "hand" | "js") => spread(epochs.map(({ results }) => results[i]![key]));
  const [wasm, hand, js] = [of("wasm"), of("hand"), of("js")];
  return [
    work.name,
    shapeOf(work),
    microseconds(wasm.middle),
    `${wasm.percent} %`,
    `${Math.round((100 * work.flops) / wasm.middle / limits.gflops)} %`,
    microseconds(hand.middle),
    microseconds(js.middle),
  ];
});

const byRows = rowCosts[0]!.results.map(({ rows }, i) => {
  const of = (key: "mlp" | "linear" | "moments") => median(rowCosts.map(({ results }) => results[i]![key]));
  return { rows, mlp: of("mlp"), linear: of("linear"), moments: of("moments") };
});
const linearRate = (nanoseconds: number, rows: number) => (4 * 33 * rows) / nanoseconds;
const rowRows = byRows.map(({ rows, mlp, linear, moments }) => [
  rows.toLocaleString("en"),
  digits(mlp / rows),
  digits(linear / rows),
  `${digits(linearRate(linear, rows))} GB/s`,
  microseconds(moments),
]);
writeFileSync(
  "bench/rows.svg",
  rowsPlot("What a row costs", [
    { name: "32 → 64 → 64 → 1", points: byRows.map(({ rows, mlp }) => [rows, mlp / rows]) },
    { name: "32 → 1", points: byRows.map(({ rows, linear }) => [rows, linear / rows]) },
    { name: "32 → 1, Moments", points: byRows.map(({ rows, moments }) => [rows, moments / rows]) },
  ]),
);

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
const rprop = kernels[0]!.results.findIndex(
  ({ kernel, shape }) => kernel === "rprop" && shape === "1,000,000",
);
const perParameter = median(kernels.map(({ results }) => results[rprop]!.wasm)) / 1e6;

writeFileSync(
  "bench/RESULTS.md",
  `# Results

Written by \`npm run bench\`: rprop ${version}, Node ${process.version}, ${cpus()[0]?.model.trim()}, one thread, medians of
${processes} processes; the spread is the distance between the fastest and the slowest of them. Every kernel gave the same bits on both
cores before it was timed. Times drift from machine to machine and from hour to hour: ratios within one run count.

Limits measured in the same run with 128-bit vectors: **${digits(limits.gflops)} GFLOP/s** of multiplications and additions from
registers, **${digits(limits.gigabytesPerSecond)} GB/s** copying 12 MiB (read and written bytes), **${digits(limits.farGigabytesPerSecond)} GB/s** copying 128 MiB.

## Kernels

GFLOP/s counts a multiplication and an addition as two; GB/s counts every byte read or written once, from whichever cache
holds it: the 1,000-element rows are in the first-level cache, which the limit for 12 MiB does not bound; those of more than
128 MiB are beside the limit for that.

${table(["kernel", "shape", "wasm, µs", "spread", "wasm", "of the limit", "js"], kernelRows)}

The Rprop step takes ${perParameter.toFixed(2)} ns for each of 1,000,000 parameters on the wasm core.

## Beside Math

Nanoseconds a number, the same numbers for all three, in the same processes: a kernel on both cores, and a loop over
Float32Arrays that calls the engine's own function, which is float64 inside and differs between engines in its last bits.

${table(["kernel", "loop", "wasm", "js", "loop", "loop / wasm"], rivalRows)}

## Epochs

One epoch in µs: inside a run of \`fit\` on the wasm core, with the share of the multiply-add limit that its matrix products
alone would be; of the loop written by hand (zeroGrad, forward, loss, backward, step, copying of x and y); and of a run on the
JavaScript core. tanh between layers, MSE.

${table(["case", "shape", "fit, wasm", "spread", "of the limit", "by hand, wasm", "fit, js"], epochRows)}

## Rows

Nanoseconds a row and epoch of \`fit\` on the wasm core; for 32 → 1, which reads 132 bytes a row and does little with them, the
bytes a second (beside the copying limit above); and from Moments, where rows cost nothing any more, the whole epoch in µs.

${table(["rows", "32 → 64 → 64 → 1, ns", "32 → 1, ns", "32 → 1", "32 → 1 from Moments, µs"], rowRows)}

![The cost of a row against the number of rows](rows.svg)
`,
);
