/**
 * npm run bench:csv: what `rprop train` takes for a table of 1,000,000 rows × 20 columns, which is made in a temporary
 * folder: reading, training beside `fit` on arrays, memory. Prints a table; -- --rows 10000 to try it.
 */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { fit, Generator, Linear, Normalization, Rprop, Sequential, Tanh } from "rprop";

const INPUTS = 19;
const HIDDEN = 32;
const EPOCHS = 20;
const SEED = 0;

/** Rows of a file at a time. */
const ROWS = 1000;

const { values } = parseArgs({ options: { rows: { type: "string", default: "1000000" } } });
const rows = Number(values.rows);

/** Numbers of five places after the point: a linear part, waves and noise. */
async function makeTable(path: string, count: number): Promise<void> {
  const file = createWriteStream(path);
  const names = Array.from({ length: INPUTS }, (_, i) => `x${i + 1}`);
  file.write(`${[...names, "y"].join(",")}\n`);
  const generator = new Generator(SEED);
  for (let row = 0; row < count; row += ROWS) {
    const numbers = generator.randn(Math.min(ROWS, count - row), INPUTS + 1).toRows() as number[][];
    const lines = numbers.map((line) => {
      const [noise = 0, ...x] = line;
      const y = x.reduce(
        (sum, value, i) => sum + (i % 3 === 0 ? (i + 1) * value : 5 * Math.sin(2 * value)),
        noise,
      );
      return `${[...x, y].map((value) => value.toFixed(5)).join(",")}\n`;
    });
    if (!file.write(lines.join(""))) await once(file, "drain");
  }
  file.end();
  await finished(file);
}

/** What the command prints as JSON, and its largest memory in bytes. */
function command(...args: string[]) {
  const path = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
  const atExit = "process.on('exit', () => console.error(process.resourceUsage().maxRSS))";
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${atExit}`, path, ...args, "--json", "--quiet"],
    { encoding: "utf8" },
  );
  if (stdout === "") throw new Error(stderr);
  return { ...JSON.parse(stdout), memory: 1024 * Number(stderr.trim().split("\n").at(-1)) };
}

/** Milliseconds of the same run on arrays. */
async function onArrays(): Promise<number> {
  const generator = new Generator(SEED);
  const [x, y] = [generator.randn(rows, INPUTS), generator.randn(rows, 1)];
  const model = new Sequential(
    new Normalization(x),
    new Linear(INPUTS, HIDDEN),
    new Tanh(),
    new Linear(HIDDEN, 1),
    new Normalization(y, { invert: true }),
  );
  const optimizer = new Rprop(model.parameters());
  const { milliseconds } = await fit(model, x, y, {
    optimizer,
    epochs: EPOCHS,
    validation: 0.2,
    patience: EPOCHS,
    keepBest: true,
  });
  return milliseconds;
}

const MB = 1e6;
const fixed = (value: number, digits = 0) => value.toFixed(digits);

const folder = await mkdtemp(join(tmpdir(), "rprop-csv-"));
try {
  const [path, tenth] = [join(folder, "table.csv"), join(folder, "tenth.csv")];
  await makeTable(path, rows);
  await makeTable(tenth, rows / 10);
  const train = (file: string, hidden: string, ...options: string[]) =>
    command("train", file, "--target", "y", "--out", join(folder, "model"), "--hidden", hidden, ...options);
  const epochs = ["--epochs", String(EPOCHS), "--patience", String(EPOCHS)];
  const one = ["--networks", "1", "--folds", "0"];
  const network = train(path, String(HIDDEN), ...epochs, ...one);
  const streamed = train(path, String(HIDDEN), "--epochs", "2", "--memory", "0");
  const [linear, tenthLinear] = [train(path, "none"), train(tenth, "none")];
  const array = await onArrays();
  const speed = (pass: string) => fixed(network.bytes / MB / (network.milliseconds[pass] / 1000));
  const data = (4 * rows * (INPUTS + 1)) / MB;
  console.log(`${rows} rows × ${INPUTS + 1} columns, ${fixed(network.bytes / MB)} MB; ${data} MB as float32

| | |
|---|---|
| reading, the first time, to see what the columns hold | ${speed("describing")} MB/s |
| reading, the second time | ${speed("reading")} MB/s |
| an epoch with --hidden ${HIDDEN} | ${fixed(network.milliseconds.training / EPOCHS)} ms |
| an epoch of fit on arrays | ${fixed(array / EPOCHS)} ms |
| memory with --hidden ${HIDDEN} | ${fixed(network.memory / MB)} MB, the data and ${fixed(network.memory / MB - data)} MB |
| memory with --memory 0, rows read anew for each epoch | ${fixed(streamed.memory / MB)} MB |
| memory with --hidden none | ${fixed(linear.memory / MB)} MB; for a tenth of the rows ${fixed(tenthLinear.memory / MB)} MB |`);
} finally {
  await rm(folder, { recursive: true });
}
