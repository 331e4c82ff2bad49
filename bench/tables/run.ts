/**
 * npm run bench:tables: what `trainTable` predicts as it comes, beside scikit-learn's methods and beside one network, on tables
 * that nobody made for this: the same rows and columns for everybody. Takes Debian's packages of tables.ts and most of an hour
 * the first time: what peers predict is kept in build/bench-tables.
 *
 *   -- --only carData,MASS    tables of these packages
 *   -- --choice '{"decay":0.01}'    options of trainTable as one more method; may be repeated
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { exportTables, FOLDER } from "./folder.js";
import { type Row, report } from "./report.js";
import { writeSection } from "./results.js";
import { actualOf, type Choice, ONE_NETWORK, trainedOn } from "./rprop.js";
import { type Predicted, scoreOf } from "./scores.js";
import { cellsOf, csvOf, type Split, splitsOf } from "./splits.js";
import { type BenchTable, CLASSIFICATION, REGRESSION } from "./tables.js";

const PARTS = 4;
const SEED = 1;
/** Texts of more distinct values are no categories to anybody. */
const MAX_CATEGORIES = 100;

const { values: given } = parseArgs({
  options: { only: { type: "string" }, choice: { type: "string", multiple: true } },
});
const wanted = ({ package: from, name }: BenchTable) =>
  given.only === undefined ||
  given.only.split(",").some((each) => each === from || each === `${from}/${name}`);

interface Task {
  readonly table: BenchTable;
  readonly classify: boolean;
  readonly splits: readonly Split[];
}

const stemOf = ({ package: from, name }: BenchTable, part: number) => `${from}/${name}-${part}`;

/** What everybody may learn from, by the cells of the training rows. */
function inputsOf({ train }: Split) {
  return train.names.flatMap((name, i) => {
    if (i === train.target) return [];
    const cells = [...new Set(train.rows.map((row) => row[i] as string))].filter((cell) => cell !== "");
    if (cells.length < 2) return [];
    if (cells.every((cell) => Number.isFinite(Number(cell)))) return [{ name, kind: "number" }];
    if (cells.every((cell) => /^\d{4}-\d\d-\d\d$/.test(cell))) return [{ name, kind: "date" }];
    return cells.length <= MAX_CATEGORIES ? [{ name, kind: "text" }] : [];
  });
}

/** What scikit-learn's methods predict, from an earlier run where there is one. */
function peersOf(tasks: readonly Task[]): Map<string, Map<string, Predicted>> {
  const path = `${FOLDER}/peers.jsonl`;
  const known = readPeers(path);
  const open = tasks.flatMap(({ table, classify, splits }) =>
    splits.flatMap((split, part) => {
      const stem = stemOf(table, part);
      if (known.has(stem)) return [];
      writeFileSync(`${FOLDER}/${stem}-train.csv`, csvOf(split.train));
      writeFileSync(`${FOLDER}/${stem}-test.csv`, csvOf(split.test));
      return [{ stem, classify, target: table.target, inputs: inputsOf(split) }];
    }),
  );
  if (open.length === 0) return known;
  console.error(`scikit-learn: ${open.length} splits`);
  writeFileSync(`${FOLDER}/tasks.json`, JSON.stringify(open));
  execFileSync("/usr/bin/python3", [fileURLToPath(new URL("peers.py", import.meta.url)), FOLDER], {
    stdio: "inherit",
    env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  });
  return readPeers(path);
}

function readPeers(path: string): Map<string, Map<string, Predicted>> {
  const known = new Map<string, Map<string, Predicted>>();
  if (!existsSync(path)) return known;
  for (const line of readFileSync(path, "utf8").trim().split("\n")) {
    const { stem, method, classes, predictions } = JSON.parse(line);
    const predicted: Predicted =
      classes === undefined
        ? { kind: "number", values: predictions }
        : { kind: "category", classes: classes.map(String), probabilities: predictions };
    known.set(stem, (known.get(stem) ?? new Map()).set(method, predicted));
  }
  // A run that was ended has left the last split without some of its methods.
  for (const [stem, methods] of known) if (methods.size < 4) known.delete(stem);
  return known;
}

async function rowsOf(task: Task, peers: Map<string, Map<string, Predicted>>): Promise<Row[]> {
  const { table, classify, splits } = task;
  const choices: Record<string, Choice> = { rprop: {}, "one network": ONE_NETWORK };
  for (const choice of given.choice ?? []) choices[choice] = JSON.parse(choice);
  const rows: Row[] = [];
  for (const [part, split] of splits.entries()) {
    const actual = actualOf(split.test);
    const known = new Set(actualOf(split.train));
    const row: Row = { table, classify, part, scores: {} };
    for (const [name, choice] of Object.entries(choices)) {
      // Folds only score: predictions are the same without them.
      const { predicted } = await trainedOn(split, classify, { folds: 0, ...choice });
      row.scores[name] = scoreOf(predicted, actual, known);
    }
    for (const [name, predicted] of peers.get(stemOf(table, part)) ?? [])
      row.scores[name] = scoreOf(predicted, actual, known);
    rows.push(row);
  }
  return rows;
}

const tasks = (tables: readonly BenchTable[], classify: boolean): Task[] =>
  tables.filter(wanted).map((table) => {
    const cells = cellsOf(FOLDER, table, SEED, classify);
    return { table, classify, splits: splitsOf(cells, PARTS) };
  });

exportTables([...REGRESSION, ...CLASSIFICATION].filter(wanted));
const all = [...tasks(REGRESSION, false), ...tasks(CLASSIFICATION, true)];
const peers = peersOf(all);
const rows: Row[] = [];
for (const [i, task] of all.entries()) {
  console.error(`${i + 1} of ${all.length}: ${task.table.package}/${task.table.name}`);
  rows.push(...(await rowsOf(task, peers)));
}
writeFileSync(`${FOLDER}/rows.json`, JSON.stringify(rows));
const text = `\`npm run bench:tables\`: four outer splits of each table, at most 3,000 rows; the same rows and columns for everybody.
"Change" is the mean of the logarithms of score by the score of one network (\`--networks 1 --decay 0\`), negative where the score is
lower, that is better. "Significantly worse": paired differences over the splits at 5 %, corrected for their common rows (Nadeau &
Bengio 2003). scikit-learn's methods have their defaults behind scaled numbers and one-hot categories.

${report(rows)}`;
if (given.only !== undefined) console.log(report(rows));
else if (given.choice === undefined) writeSection("Predictions", text);
else
  writeSection(
    "Choices",
    `\`npm run bench:tables -- ${given.choice.map((choice) => `--choice '${choice}'`).join(" ")}\`

${report(rows, false)}`,
  );
