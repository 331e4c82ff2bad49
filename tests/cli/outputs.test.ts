import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { NUMBERS, Place } from "./run.js";

const place = new Place();
const TRAIN = ["train", "data.csv", "--target", "y", "--epochs", "2", "--quiet"];
const EXPORT = ["export", "model.safetensors"];

beforeAll(async () => {
  place.write("data.csv", NUMBERS);
  mkdirSync(place.path("folder"));
  execFileSync("mkfifo", [place.path("pipe")]);
  await place.done(TRAIN);
});

/** The exit code is one, or two, and all files stay as they are. */
async function expectRefusal(args: readonly string[], message: string, code = 1) {
  const files = () =>
    readdirSync(place.folder, { withFileTypes: true }).map((entry) => [
      entry.name,
      entry.isFile() ? place.bytes(entry.name).toString("base64") : "",
    ]);
  const before = files();
  expect(await place.rprop(args)).toEqual({ code, stdout: "", stderr: `${message}\n` });
  expect(files()).toEqual(before);
}

const OUTPUTS: [option: string, command: readonly string[]][] = [
  ["--out", TRAIN],
  ["--report", TRAIN],
  ["--onnx", EXPORT],
  ["--js", EXPORT],
  ["--c", EXPORT],
];

test.each(OUTPUTS)("%s where no file can be", async (option, command) => {
  await expectRefusal(
    [...command, option, "none/file"],
    "none/file cannot be written into none: no such file or folder",
  );
  await expectRefusal([...command, option, "folder"], "folder: a folder, where a file should be");
  await expectRefusal([...command, option, "pipe"], "pipe: not a file, but a device or pipe");
});

test.each(OUTPUTS)("%s over a file that rprop has not written", async (option, command) => {
  place.write("mine.js", 'import { fit } from "rprop"; // rprop train data.csv\n');
  for (const path of ["data.csv", "mine.js"])
    await expectRefusal(
      [...command, option, path],
      `${path}: is there already, and was not written by rprop ${option}: remove it, or name another file`,
    );
});

test("over a file that rprop has written for another option, the model itself among them", async () => {
  for (const [option, command] of OUTPUTS) await place.done([...command, option, `written${option}`]);
  for (const [option, command] of OUTPUTS)
    for (const [other] of OUTPUTS.filter(([each]) => each !== option))
      await expectRefusal(
        [...command, option, `written${other}`],
        `written${other}: is there already, and was not written by rprop ${option}: remove it, or name another file`,
      );
  await expectRefusal(
    [...EXPORT, "--c", "model.safetensors"],
    "model.safetensors: is there already, and was not written by rprop --c: remove it, or name another file",
  );
});

test("two outputs in one file", async () => {
  await expectRefusal(
    [...TRAIN, "--report", "./model.safetensors"],
    "--report: ./model.safetensors is the file of --out",
    2,
  );
  await expectRefusal([...EXPORT, "--c", "x", "--js", "x"], "--c: x is the file of --js", 2);
});

test("files of earlier runs are replaced", async () => {
  const names = ["report.html", "model.safetensors", "model.onnx", "model.js", "model.c"];
  const written = async (seed: string) => {
    await place.done([...TRAIN, "--report", "report.html", "--seed", seed]);
    await place.done([...EXPORT, "--onnx", "model.onnx", "--js", "model.js", "--c", "model.c"]);
    return names.map((name) => place.bytes(name));
  };
  const [first, second] = [await written("1"), await written("2")];
  for (const [i, name] of names.entries())
    expect(first?.[i]?.equals(second?.[i] as Buffer), name).toBe(false);
});
