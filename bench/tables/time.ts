/**
 * npm run bench:time: a whole default run of `rprop train` (ten networks, five folds) on 1,000 rows × 10 columns, beside a process of
 * Python that imports scikit-learn and trains one MLPRegressor: whole processes, in turn.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Generator } from "rprop";
import { median } from "../measure.js";
import { table as markdown, spread } from "../tables.js";
import { writeSection } from "./results.js";

const ROWS = 1000;
const INPUTS = 9;
const TURNS = 7;

const folder = mkdtempSync(join(tmpdir(), "rprop-"));
const path = join(folder, "table.csv");
const names = Array.from({ length: INPUTS }, (_, i) => `x${i + 1}`);
const lines = (new Generator(0).randn(ROWS, INPUTS + 1).toRows() as number[][]).map(([noise = 0, ...x]) => {
  const y = x.reduce((sum, value, i) => sum + (i % 3 === 0 ? value : Math.sin(2 * value)), noise / 2);
  return [...x, y].map((value) => value.toFixed(5)).join(",");
});
writeFileSync(path, `${[...names, "y"].join(",")}\n${lines.join("\n")}\n`);

const PYTHON = `
import pandas
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
table = pandas.read_csv(${JSON.stringify(path)})
make_pipeline(StandardScaler(), MLPRegressor(random_state=0)).fit(table.drop(columns="y"), table["y"])
`;
const command = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const programs: Record<string, readonly string[]> = {
  "rprop train": [
    process.execPath,
    command,
    "train",
    path,
    "--target",
    "y",
    "--out",
    join(folder, "model.safetensors"),
  ],
  "the same, one network": [
    process.execPath,
    command,
    ...["train", path, "--target", "y", "--out", join(folder, "model.safetensors")],
    ...["--networks", "1", "--folds", "0"],
  ],
  "scikit-learn's MLPRegressor": ["/usr/bin/python3", "-W", "ignore", "-c", PYTHON],
  "its import alone": ["/usr/bin/python3", "-c", "import pandas, sklearn.neural_network"],
};

const seconds = new Map(Object.keys(programs).map((name) => [name, [] as number[]]));
for (let turn = 0; turn < TURNS; turn++)
  for (const [name, [program = "", ...args]] of Object.entries(programs)) {
    const begin = performance.now();
    const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    seconds.get(name)?.push((performance.now() - begin) / 1000);
  }
rmSync(folder, { recursive: true });

const base = median(seconds.get("rprop train") as number[]);
const rows = [...seconds].map(([name, times]) => {
  const { middle, percent } = spread(times);
  return [name, middle.toFixed(2), `±${Math.round(percent / 2)} %`, (middle / base).toFixed(2)];
});
writeSection(
  "Time",
  `\`npm run bench:time\`: whole processes in turn, median of ${TURNS}: 1,000 rows × 10 columns from a CSV file.

${markdown(["process", "s", "", "× rprop train"], rows, 1)}`,
);
