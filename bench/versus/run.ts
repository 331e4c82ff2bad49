/**
 * npm run bench:versus: rprop beside other libraries, on the cases of ../cases.ts and the goals of problems.ts. Prints
 * the results, and writes RESULTS.md if no option narrows the run. On a quiet machine, in about ten minutes.
 *
 * --rounds N          5 if not given; 1 is for a trial
 * --only a,b          cases and goals by name
 * --peers a,b         peers by name; rprop on the wasm core is always there
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CASES, type Case } from "../../workloads/cases.js";
import { BASE, PEERS, type Peer, type Report } from "./peers.js";
import { bytesOf, CHECKS, GOALS, type Goal } from "./problems.js";
import { write } from "./report.js";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    only: { type: "string" },
    peers: { type: "string" },
  },
});
const rounds = Number(values.rounds);
if (!(Number.isInteger(rounds) && rounds > 0)) throw new RangeError("--rounds takes a whole number");

function chosen<Named extends { name: string }>(
  flag: string,
  all: Named[],
  list: string | undefined,
): Named[] {
  if (list === undefined) return all;
  const names = list.split(",").map((name) => name.trim());
  const known = all.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new RangeError(`${flag}: no "${unknown}" among ${known.join(", ")}`);
  return all.filter(({ name }) => names.includes(name));
}
const tasks = chosen<Case | Goal>("--only", [...CASES, ...GOALS], values.only);
const cases = CASES.filter((shape) => tasks.includes(shape));
const goals = GOALS.filter((goal) => tasks.includes(goal));
const wanted = chosen("--peers", PEERS, values.peers && `${BASE},${values.peers}`);

const say = (text: string) => process.stderr.write(`${text}\n`);

function isReady(peer: Peer): boolean {
  try {
    peer.prepare();
    return true;
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split("\n");
    say(`${peer.title} is left out (${reason}); it needs: ${peer.install}`);
    return false;
  }
}

const folder = mkdtempSync(join(tmpdir(), "versus-"));
const fileOf = ({ name }: Case, seed: number) => join(folder, `${name}-${seed}`.replaceAll(" ", "-"));

function call(peer: Peer, mode: string, shape: Case | Goal, seed = 0): Report {
  const target = "target" in shape ? shape.target : 0;
  const [program, ...first] = peer.command;
  const rest = [mode, fileOf(shape, seed), String(shape.rows), shape.widths.join(","), String(target)];
  const output = execFileSync(program!, [...first, ...rest], {
    encoding: "utf8",
    env: { ...process.env, ...peer.environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(output) as Report;
}

/** Sums of up to 100,000 float32 numbers differ by more than those of the small checks do. */
const LOSSES_DIFFER = 1e-4;
const FIRST_LOSSES_DIFFER = 1e-3;

function compare(peer: Peer, shape: Case, got: number[], expected: number[], tolerance: number): void {
  got.forEach((loss, epoch) => {
    const right = expected[epoch]!;
    if (Math.abs(loss - right) <= tolerance * right) return;
    throw new Error(`${peer.title}, ${shape.name}: the loss before epoch ${epoch} is ${loss}, not ${right}`);
  });
}

function check(peers: Peer[]): void {
  for (const shape of CHECKS) {
    writeFileSync(fileOf(shape, 0), bytesOf(shape, 0));
    const expected = call(peers[0]!, "losses", shape).losses!;
    for (const peer of peers) {
      if (peer.epochs === "linear" && shape.widths.length > 2) continue;
      const losses = call(peer, "losses", shape).losses!;
      compare(peer, shape, losses.slice(0, peer.agrees), expected, LOSSES_DIFFER);
      if (!(losses.at(-1)! < losses[0]!))
        throw new Error(`${peer.title}, ${shape.name}: the loss does not fall`);
    }
  }
}

function shuffled<T>(items: T[]): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

/** A measurement of each peer at each task that it takes part in, in random order: reports by peer and task. */
function measure(peers: Peer[], round: number): Map<string, Report> {
  for (const goal of goals) writeFileSync(fileOf(goal, round), bytesOf(goal, round));
  const calls = peers.flatMap((peer) => [
    ...cases
      .filter(({ widths }) => peer.epochs === "all" || (peer.epochs === "linear" && widths.length === 2))
      .map((shape) => ({ peer, shape, run: () => call(peer, "epoch", shape) })),
    ...goals
      .filter(() => peer.reaches)
      .map((goal) => ({ peer, shape: goal, run: () => call(peer, "reach", goal, round) })),
  ]);
  return new Map(shuffled(calls).map(({ peer, shape, run }) => [`${peer.name}: ${shape.name}`, run()]));
}

try {
  const peers = wanted.filter(isReady);
  if (peers[0]?.name !== BASE) throw new Error("there is nothing to compare with");
  say(`comparing the losses of ${peers.map(({ name }) => name).join(", ")}`);
  check(peers);

  for (const shape of cases) writeFileSync(fileOf(shape, 0), bytesOf(shape, 0));
  const measured = Array.from({ length: rounds }, (_, round) => {
    say(`round ${round + 1} of ${rounds}`);
    return measure(peers, round);
  });
  const of = (peer: string, task: string) => {
    const reports = measured.flatMap((reports) => reports.get(`${peer}: ${task}`) ?? []);
    return reports.length === 0 ? null : reports;
  };
  for (const peer of peers.filter(({ agrees }) => agrees > 0)) {
    for (const shape of cases) {
      const [expected, got] = [BASE, peer.name].map((name) =>
        (of(name, shape.name) ?? []).map(({ loss }) => loss!),
      );
      compare(peer, shape, got!, expected!, FIRST_LOSSES_DIFFER);
    }
  }

  const text = write({ peers, cases, goals, rounds, of });
  console.log(text);
  if (values.only === undefined && values.peers === undefined) {
    writeFileSync(new URL("RESULTS.md", import.meta.url), text);
  }
} finally {
  rmSync(folder, { recursive: true });
}
