/** The text of RESULTS.md. */
import { cpus } from "node:os";
import { type Case, shapeOf } from "../../workloads/cases.js";
import { median } from "../measure.js";
import { digits, spread, table } from "../tables.js";
import { BASE, PEERS, type Peer, type Report } from "./peers.js";
import type { Goal } from "./problems.js";

export interface Results {
  peers: Peer[];
  cases: readonly Case[];
  goals: readonly Goal[];
  rounds: number;
  /** What a peer reported of a case or goal, round by round; null where it takes no part. */
  of(peer: string, task: string): Report[] | null;
}

type Amount = (report: Report) => number;
const epochTime: Amount = ({ microseconds }) => microseconds!;
const goalTime: Amount = ({ milliseconds }) => milliseconds!;

/** A cell of what a peer reported. */
function cell(results: Results, peer: string, task: Case, text: (reports: Report[]) => string): string {
  const reports = results.of(peer, task.name);
  return reports === null ? "–" : text(reports);
}

/** How many times as long as rprop on its wasm core. */
function ratio(results: Results, peer: string, task: Case, time: Amount): string {
  const base = results.of(BASE, task.name)!;
  return cell(results, peer, task, (reports) => {
    return `${digits(median(reports.map((report, round) => time(report) / time(base[round]!))))} ×`;
  });
}

export function write(results: Results): string {
  return [
    head(results),
    ...(results.cases.length > 0 ? [epochs(results)] : []),
    ...results.goals.map((goal) => reached(results, goal)),
  ].join("\n");
}

function head({ peers, rounds, cases, goals, of }: Results): string {
  const versions = peers.flatMap(({ name, title }) => {
    const reports = [...cases, ...goals].flatMap((task) => of(name, task.name) ?? []);
    return reports.slice(0, 1).map(({ version }) => `- ${title}: ${version}`);
  });
  const missing = PEERS.filter((peer) => !peers.includes(peer)).map(({ title }) => title);
  const now = new Date().toISOString().slice(0, 10);
  return `# Beside other libraries

Written by \`npm run bench:versus\` on ${now}: Node ${process.version}, ${cpus()[0]?.model.trim()}, ${cpus().length} threads.

${versions.join("\n")}
${missing.length > 0 ? `\nNot measured: ${missing.join("; ")}.\n` : ""}
Medians of ${rounds} rounds. In a round every measurement has a process of its own, in random order, and warms up first; the ratio
of two is taken in each round. Above 1 × a library takes longer than rprop on its wasm core. The spread, in percent of the
median, is the distance between the fastest and the slowest round. Times drift from machine to machine and from hour to hour.

All start from the same weights on the same data. Before anything is timed their losses are compared: PyTorch's and
TensorFlow.js's are rprop's in 20 epochs of Rprop, FANN's until the first sign flips, where it moves weights another way.
brain.js has no Rprop: its epoch is a pass of online gradient descent, and its last layer has tanh too.
`;
}

function epochs(results: Results): string {
  const peers = results.peers.filter(({ epochs }) => epochs !== "none");
  const others = peers.filter(({ name }) => name !== BASE);
  const time = (task: Case) => (peer: Peer) =>
    cell(results, peer.name, task, (reports) => {
      const { middle, percent } = spread(reports.map(epochTime));
      return `${digits(middle)} (${percent} %)`;
    });
  const ratios = results.cases.map((task) => {
    return [task.name, shapeOf(task), ...others.map(({ name }) => ratio(results, name, task, epochTime))];
  });
  const setups = results.cases.flatMap((task) => {
    const reports = results.of("moments", task.name);
    return reports === null ? [] : [`${task.name} ${digits(median(reports.map(({ setup }) => setup!)))} µs`];
  });
  return `## Time of an epoch

A full batch: forward, mean squared error, backward, Rprop step; tanh between layers; random numbers. For rprop the time of a run
up to its last step is divided by its epochs, so that checking, copying and packing of x and y are counted; the others have
their tensors ready. PyTorch and TensorFlow.js are called from a loop of their language, FANN and brain.js have
their own. TensorFlow.js has no threads in Node.

As multiples of rprop's time on the wasm core:

${table(["case", "shape", ...others.map(({ title }) => title)], ratios)}

In µs, with the spread:

${table(
  ["case", ...peers.map(({ title }) => title)],
  results.cases.map((task) => [task.name, ...peers.map(time(task))]),
  1,
)}
${setups.length > 0 ? `\nMoments are made once from the rows, which is not counted above: ${setups.join(", ")}.\n` : ""}`;
}

function reached(results: Results, goal: Goal): string {
  const rows = results.peers.flatMap(({ name, title }) => {
    const reports = results.of(name, goal.name);
    if (reports === null) return [];
    const { middle, percent } = spread(reports.map(goalTime));
    const epochs = median(reports.map(({ epochs }) => epochs!)).toLocaleString("en");
    const successes = reports.filter(({ loss }) => loss! <= goal.target).length;
    const count = `${successes} of ${reports.length}`;
    return [[title, digits(middle), `${percent} %`, ratio(results, name, goal, goalTime), epochs, count]];
  });
  return `## Time to a loss: ${goal.name}

${goal.title}.
${goal.widths.join(" → ")}, until the mean squared error of training is ${goal.target} or lower. Every round has its own first weights
(and random data). Milliseconds of training in a process that has trained before, 20 s at most.

${table(["", "ms", "spread", "of rprop's", "epochs", "reached"], rows, 1)}
`;
}
