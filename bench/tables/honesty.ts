/**
 * npm run bench:honesty: the score that training prints against the truth, that is the score on rows it never saw: 30 to 500 rows
 * of tables that have many more. Takes the tables of bench:tables.
 */
import { table as markdown } from "../tables.js";
import { exportTables, FOLDER } from "./folder.js";
import { writeSection } from "./results.js";
import { actualOf, trainedOn } from "./rprop.js";
import { accuracyOf, mean, scoreOf, std } from "./scores.js";
import { cellsOf, csvOf, sampleOf } from "./splits.js";
import { CLASSIFICATION, REGRESSION } from "./tables.js";

const SIZES = [30, 60, 100, 200, 500];
/** Fewer test rows would not know the truth. */
const MIN_TEST_ROWS = 500;
const REPEATS = Number(process.argv[2] ?? 3);

interface Measured {
  /** Of RMSE, the logarithm of printed by true; of accuracy, printed minus true. */
  readonly bias: number;
  /** The share of the test rows within 90 % intervals or sets. */
  readonly coverage: number | null;
}

async function measuredAt(size: number, classify: boolean): Promise<Measured[]> {
  const all: Measured[] = [];
  for (const table of classify ? CLASSIFICATION : REGRESSION) {
    const cells = cellsOf(FOLDER, table, 1, classify);
    if (cells.rows.length < size + MIN_TEST_ROWS) continue;
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const split = sampleOf(cells, size, 100 + repeat);
      const known = new Set(actualOf(split.train));
      // A class that no training row has cannot be scored; a test without it would be another task.
      if (classify && new Set(actualOf(split.test)).size !== known.size) continue;
      const { scores, predicted, model } = await trainedOn(split, classify, { seed: repeat });
      const { coverage } = (await model.evaluate(csvOf(split.test))).scores;
      const actual = actualOf(split.test);
      if (scores.kind === "number" && predicted.kind === "number")
        all.push({ bias: Math.log(scores.rmse / scoreOf(predicted, actual, known)), coverage });
      if (scores.kind === "category" && predicted.kind === "category")
        all.push({ bias: scores.accuracy - accuracyOf(predicted, actual), coverage });
    }
  }
  return all;
}

exportTables([...REGRESSION, ...CLASSIFICATION]);
const rows: string[][] = [];
for (const size of SIZES)
  for (const classify of [false, true]) {
    const measured = await measuredAt(size, classify);
    const biases = measured.map(({ bias }) => 100 * bias);
    const coverages = measured.flatMap(({ coverage }) => coverage ?? []);
    const unit = classify ? "points of accuracy" : "% of RMSE";
    rows.push([
      String(size),
      unit,
      String(biases.length),
      mean(biases).toFixed(1),
      (std(biases) / Math.sqrt(biases.length)).toFixed(1),
      std(biases).toFixed(1),
      mean(coverages).toFixed(3),
    ]);
    console.error(rows.at(-1)?.join(" "));
  }
writeSection(
  "Honesty",
  `\`npm run bench:honesty\`: the score that training prints against that of all other rows of the table, which are 500 at least.

${markdown(["rows", "printed − true, in", "trainings", "mean", "± of the mean", "std", "coverage of 90 % intervals"], rows)}`,
);
