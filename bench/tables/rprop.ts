/** What this library predicts, by `trainTable` as it comes or with other options. */
import { type TrainTableOptions, trainTable } from "rprop/table";
import type { Predicted } from "./scores.js";
import { type Cells, csvOf, type Split } from "./splits.js";

export type Choice = Omit<TrainTableOptions, "target" | "task">;

/** One network on one split of the rows: what `rprop train` did before it trained ten. */
export const ONE_NETWORK: Choice = { networks: 1, decay: 0, folds: 0 };

export async function trainedOn({ train, test }: Split, classify: boolean, choice: Choice) {
  const task = classify ? "classify" : "regress";
  const trained = await trainTable(csvOf(train), { ...choice, target: targetOf(train), task });
  const { model, schema } = trained;
  const asked = await model.predict(csvOf(test), { probabilities: classify });
  const predicted: Predicted =
    schema.target.kind === "number"
      ? { kind: "number", values: asked.values as number[] }
      : { kind: "category", classes: schema.target.categories, probabilities: asked.probabilities };
  return { ...trained, predicted };
}

export const targetOf = ({ names, target }: Cells): string => names[target] as string;
export const actualOf = ({ rows, target }: Cells): string[] => rows.map((row) => row[target] as string);
