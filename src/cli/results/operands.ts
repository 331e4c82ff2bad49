import { readFile } from "node:fs/promises";
import { decode, type ModelFile, readModel, type TableModel } from "../../table/index.js";
import { quoted } from "../shell/command-line.js";
import { Failure, failureOf, fileFailure, UsageError } from "../shell/failure.js";

/** A model's file. @throws Failure for what is no model */
export function modelAt(path: string): Promise<ModelFile> {
  return readBy(readModel, path);
}

async function readBy<T>(read: (bytes: Uint8Array) => T, path: string): Promise<T> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw fileFailure(path, error);
  }
  try {
    return read(bytes);
  } catch (error) {
    throw failureOf(path, error);
  }
}

/** A model that knows its table, for a command that takes both. @throws UsageError where they have changed places */
export async function tableModelBefore(
  command: string,
  [modelPath, tablePath]: readonly [string, string],
): Promise<TableModel> {
  try {
    return await readBy(decode, modelPath);
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
    await modelAt(path);
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}
