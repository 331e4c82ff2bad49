import type { Module } from "../../index.js";
import { quoted } from "../shell/command-line.js";
import { Failure, UsageError } from "../shell/failure.js";
import { type Description, readModel, readTrained } from "./model-file.js";

/** As readTrained, for a command that takes a model and a table. @throws UsageError where they have changed places */
export async function readTrainedBefore(
  command: string,
  [modelPath, tablePath]: readonly [string, string],
): Promise<{ model: Module } & Description> {
  try {
    return await readTrained(modelPath);
  } catch (error) {
    if (!(error instanceof Failure) || tablePath === "-" || !(await isModel(tablePath))) throw error;
    if (await isModel(modelPath)) throw error;
    const right = `rprop ${command} ${quoted(tablePath)} ${quoted(modelPath)}`;
    throw new UsageError(`rprop ${command}: ${tablePath} is the model, and comes first: ${right}`, {
      cause: error,
    });
  }
}

async function isModel(path: string): Promise<boolean> {
  try {
    await readModel(path);
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}
