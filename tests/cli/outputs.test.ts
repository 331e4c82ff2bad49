import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, readdirSync, renameSync, symlinkSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { findBrowser, launch } from "../support/browsers.js";
import { CLASSES, NUMBERS, Place } from "./run.js";

const place = new Place();
const TRAIN = ["train", "data.csv", "--target", "y", "--epochs", "2", "--networks", "1", "--quiet"];
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
  place.write("mine.mjs", 'import { fit } from "rprop"; // rprop train data.csv\n');
  for (const path of ["data.csv", "mine.mjs"])
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

describe("links and long names", () => {
  test.each(OUTPUTS)("%s to a link whose file is not there yet: it stays a link", async (option, command) => {
    const [link, file] = [`link${option}`, `behind${option}`];
    symlinkSync(file, place.path(link));
    await place.done([...command, option, link]);
    expect(lstatSync(place.path(link)).isSymbolicLink()).toBe(true);
    const first = place.bytes(file);
    await place.done([...command, option, link]);
    expect(place.bytes(file).equals(first)).toBe(true);
  });

  test.each(OUTPUTS)("%s of 255 bytes", async (option, command) => {
    const name = option.padEnd(255, "n").replace("--", "");
    await place.done([...command, option, name]);
    expect(place.bytes(name).length).toBeGreaterThan(100);
    expect(readdirSync(place.folder).filter((each) => each.endsWith(".tmp"))).toEqual([]);
  });

  test.each(OUTPUTS)("%s that no file can have, before anything is done", async (option, command) => {
    const long = "n".repeat(256);
    await expectRefusal([...command, option, long], `${long}: a longer name than files can have here`);
    await expectRefusal([...command, option, "new/"], "new/: a folder, where a file should be");
    symlinkSync("circle", place.path("circle"));
    await expectRefusal([...command, option, "circle"], "circle: a link that leads in a circle");
    place.remove("circle");
    symlinkSync("none/file", place.path("nowhere"));
    const folder = `${place.folder}/none`;
    await expectRefusal(
      [...command, option, "nowhere"],
      `nowhere cannot be written into ${folder}: no such file or folder`,
    );
    place.remove("nowhere");
  });

  test("two outputs in one file by a link", async () => {
    symlinkSync("one", place.path("other"));
    await expectRefusal(
      [...TRAIN, "--out", "one", "--report", "other"],
      "--report: other is the file of --out",
      2,
    );
  });
});

test("where the report cannot be written in the end, the model is not either", async () => {
  mkdirSync(place.path("pages"));
  const args = [
    "train",
    "data.csv",
    "--target",
    "y",
    "--out",
    "new.safetensors",
    "--report",
    "pages/report.html",
  ];
  const { code, stdout, stderr } = await place.acting(
    [...args, "--epochs", "5"],
    [/writing/, () => renameSync(place.path("pages"), place.path("away"))],
  );
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/\npages\/report\.html: no such file or folder\n$/);
  expect(readdirSync(place.folder).filter((name) => name.startsWith("new"))).toEqual([]);
  expect(readdirSync(place.path("away"))).toEqual([]);
});

describe("a report", () => {
  const train = () =>
    place.done([
      "train",
      "classes.csv",
      "--target",
      "y",
      "--epochs",
      "5",
      "--out",
      "c",
      "--report",
      "classes.html",
    ]);

  test("allows styles, and nothing else", async () => {
    place.write("classes.csv", CLASSES);
    await train();
    const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
    const html = place.read("classes.html");
    expect(html.indexOf(`<meta http-equiv="Content-Security-Policy" content="${policy}">`)).toBeLessThan(150);
    expect(html.match(/<(script|img|link|iframe|a|form|base)\b|\bon\w+=|url\(/g)).toBe(null);
  });

  test.skipIf(findBrowser("chromium") === undefined)("looks right under its policy in Chromium", async () => {
    place.write("classes.csv", CLASSES);
    await train();
    const browser = await launch("chromium");
    try {
      const page = await browser.newPage();
      const said: string[] = [];
      page.on("console", (message) => said.push(message.text()));
      await page.goto(`file://${place.path("classes.html")}`);
      const looks = await page.$$eval("td.number, svg .training, body", (all) =>
        all.map((each) => [
          getComputedStyle(each).backgroundColor,
          getComputedStyle(each).maxWidth,
          getComputedStyle(each).stroke,
        ]),
      );
      expect(looks[0]?.[1]).toBe("704px"); // of the page's own style
      expect(looks.some(([colour]) => /^rgba\(0, 114, 178, 0\.\d+\)$/.test(colour as string))).toBe(true); // of a cell's
      expect(said).toEqual([]);
      await page.evaluate(() => {
        document.body.insertAdjacentHTML(
          "beforeend",
          '<img src="https://example.com/x.png" onerror="document.title = 1">',
        );
      });
      await page.waitForFunction(() => (document.querySelector("img") as HTMLImageElement).complete);
      expect(await page.title()).toBe("y from classes.csv");
      expect(said.join("\n")).toContain("Content Security Policy");
    } finally {
      await browser.close();
    }
  });
});
