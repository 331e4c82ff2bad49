import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Linear } from "../../../src/index.js";
import { StagedFiles, writeAtomically } from "../../../src/node/atomic-file.js";
import { load, save } from "../../../src/node/index.js";
import { begin, discard, temporaryPath } from "../../../src/node/temporary-file.js";

let folder: string;
const at = (...names: string[]) => join(folder, ...names);
const files = () => readdirSync(folder).sort();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rprop-atomic-"));
});

afterEach(() => rm(folder, { recursive: true }));

describe("links stay links", () => {
  test("to a file that is not there yet, by any number of links, in other folders", async () => {
    mkdirSync(at("folder"));
    mkdirSync(at("folder", "inner"));
    symlinkSync("folder/inner", at("door"));
    symlinkSync("door/second", at("first"));
    symlinkSync("../third", at("folder", "inner", "second")); // folder/third: ".." of what door leads to
    await writeAtomically(at("first"), "one");
    expect(readFileSync(at("folder", "third"), "utf8")).toBe("one");
    await writeAtomically(at("first"), "two");
    expect(readFileSync(at("folder", "third"), "utf8")).toBe("two");
    expect(files()).toEqual(["door", "first", "folder"]);
    expect(readdirSync(at("folder")).sort()).toEqual(["inner", "third"]);
  });

  test("an absolute one", async () => {
    symlinkSync(at("there"), at("link"));
    await save(at("link"), { model: new Linear(1, 1) });
    expect((await load(at("there"))).model.width).toBe(1);
  });

  test("one that leads in a circle, or nowhere, is refused", async () => {
    symlinkSync("b", at("a"));
    symlinkSync("a", at("b"));
    symlinkSync("none/file", at("nowhere"));
    await expect(writeAtomically(at("a"), "")).rejects.toThrow("ELOOP");
    await expect(writeAtomically(at("nowhere"), "")).rejects.toThrow("ENOENT");
    expect(files()).toEqual(["a", "b", "nowhere"]);
  });
});

describe("names", () => {
  test.each([
    ["of 255 bytes", "n".repeat(255)],
    ["of 254 bytes in characters of two", "é".repeat(127)],
    ["of 252 bytes in characters of four", "🦆".repeat(63)],
    ["of 215 bytes", "n".repeat(215)],
    ["of 1 byte", "n"],
  ])("%s: the temporary one is no longer than a name may be", async (_, name) => {
    const [temporary] = temporaryPath(name).split("/").slice(-1) as [string];
    expect(Buffer.byteLength(temporary)).toBeLessThanOrEqual(Math.max(143, Buffer.byteLength(name)));
    expect(temporary).not.toContain("\ufffd");
    await writeAtomically(at(name), "content");
    expect(files()).toEqual([name]);
  });

  test("of 256 bytes, and those of folders, are refused", async () => {
    await expect(writeAtomically(at("n".repeat(256)), "")).rejects.toThrow("ENAMETOOLONG");
    await expect(writeAtomically(`${at("new")}/`, "")).rejects.toThrow("EISDIR");
    mkdirSync(at("folder"));
    await expect(writeAtomically(at("folder"), "")).rejects.toThrow("EISDIR");
    await expect(writeAtomically(at("folder", ".."), "")).rejects.toThrow("EISDIR");
    expect(files()).toEqual(["folder"]);
  });
});

describe("several files are written all or none", () => {
  test("where one has no place", async () => {
    writeFileSync(at("first"), "old");
    const contents = [
      { path: at("first"), content: "new" },
      { path: at("none", "second"), content: "new" },
    ];
    await expect(StagedFiles.of(contents)).rejects.toMatchObject({
      code: "ENOENT",
      dest: at("none", "second"),
    });
    expect(readFileSync(at("first"), "utf8")).toBe("old");
    expect(files()).toEqual(["first"]);
  });

  test("where a folder comes into the place of one, or its own folder goes", async () => {
    const staged = () => {
      mkdirSync(at("inner"), { recursive: true });
      return StagedFiles.of(["first", "inner/second"].map((name) => ({ path: at(name), content: "new" })));
    };
    const blocked = await staged();
    mkdirSync(at("inner", "second"));
    expect(() => blocked.publish()).toThrow("EISDIR");
    expect(files()).toEqual(["inner"]);
    await rm(at("inner"), { recursive: true });
    const orphaned = await staged();
    await rm(at("inner"), { recursive: true });
    expect(() => orphaned.publish()).toThrow("ENOENT");
    expect(files()).toEqual([]);
  });

  test("or not at all: what is discarded never was", async () => {
    const staged = await StagedFiles.of([{ path: at("first"), content: "new" }]);
    expect(files()).toHaveLength(1);
    staged.discard();
    expect(files()).toEqual([]);
  });
});

/** A process that has something staged for a file, and then does something. */
async function stagedBy(act: string, name = "model") {
  const url = (path: string) => JSON.stringify(new URL(`../../../src/node/${path}`, import.meta.url).href);
  const script = `
    import { StagedFiles } from ${url("atomic-file.ts")};
    const staged = await StagedFiles.of([{ path: ${JSON.stringify(at(name))}, content: "half" }]);
    console.log("staged");
    ${act}`;
  const program = at("program.mts");
  writeFileSync(program, script);
  const tsx = pathToFileURL(join(import.meta.dirname, "../../../node_modules/tsx/dist/esm/index.mjs")).href;
  const child = spawn(process.execPath, ["--import", tsx, program], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const ended = new Promise<[number | null, string | null]>((resolve) =>
    child.on("close", (code, signal) => resolve([code, signal])),
  );
  await rm(program);
  return { child, ended };
}

const WAITS = "setTimeout(() => {}, 60_000);";

describe("a process that ends while it writes", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "by %s leaves nothing, and ends by it",
    async (signal) => {
      const { child, ended } = await stagedBy(WAITS);
      expect(files()).toHaveLength(1);
      child.kill(signal);
      expect(await ended).toEqual([null, signal]);
      expect(files()).toEqual([]);
    },
  );

  test.each([
    ["by process.exit", "process.exit(7);"],
    [
      "by an error that nobody catches",
      "process.on('uncaughtException', () => process.exit(7)); throw new Error();",
    ],
    [
      "by process.exit where it listens itself",
      `process.on("SIGTERM", () => process.exit(7)); process.kill(process.pid, "SIGTERM"); ${WAITS}`,
    ],
  ])("%s leaves nothing", async (_, act) => {
    const { ended } = await stagedBy(act);
    expect(await ended).toEqual([7, null]);
    expect(files()).toEqual([]);
  });

  test("and does not by a signal that it listens to itself, nor is counted among its listeners", async () => {
    const { ended } = await stagedBy(
      `process.on("SIGTERM", () => { const count = process.listenerCount("SIGTERM"); staged.publish(); process.exit(count); });
      process.kill(process.pid, "SIGTERM"); ${WAITS}`,
    );
    expect(await ended).toEqual([1, null]);
    expect(files()).toEqual(["model"]);
  });
});

describe("what killed processes left", () => {
  test("is cleared by the next that writes the same file, and by no other", async () => {
    const { child, ended } = await stagedBy(WAITS);
    child.kill("SIGKILL");
    await ended;
    const [left] = files();
    expect(left).toMatch(/^model\.[0-9a-f]{8}-\d+-[0-9a-f]{8}\.tmp$/);
    // This process looks into a folder once: others write here.
    const other = await stagedBy("staged.publish();", "model.");
    await other.ended;
    expect(files()).toEqual([left, "model."].sort());
    const { ended: done } = await stagedBy("staged.publish();");
    await done;
    expect(files()).toEqual(["model", "model."]);
  });

  test("is told from what is being written", async () => {
    const { child, ended } = await stagedBy(WAITS);
    const [staged] = files() as [string];
    writeFileSync(at("model.5f0c7a31-1-9b1e44d0.tmp"), "a name of the same form");
    await writeAtomically(at("model"), "other");
    expect(files()).toEqual(["model", staged, "model.5f0c7a31-1-9b1e44d0.tmp"].sort());
    child.kill();
    await ended;
  });

  test("by a process that had the same number", async () => {
    const [old, own] = [temporaryPath(at("model")), temporaryPath(at("model"))];
    for (const path of [old, own]) writeFileSync(path, "");
    utimesSync(old, 0, 0);
    await writeAtomically(at("model"), "whole");
    expect(existsSync(own)).toBe(true);
    expect(existsSync(old)).toBe(false);
  });
});

test("listeners stay no longer than files that are being written", async () => {
  const counts = () => ["exit", "SIGINT", "SIGTERM", "SIGHUP"].map((name) => process.listenerCount(name));
  const before = counts();
  const paths = Array.from({ length: 20 }, (_, i) => at(`${i}`));
  for (const path of paths) begin(path);
  expect(counts()).toEqual(before.map((count) => count + 1));
  for (const path of paths) discard(path);
  expect(counts()).toEqual(before);
});
