import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle, Page } from "puppeteer-core";
import { afterAll, expect, test } from "vitest";
import { readCells } from "../../page/data/cells.js";
import { writeModel } from "../../page/data/model-file.js";
import type { Plan } from "../../page/data/plan.js";
import { predictTable } from "../../page/data/predictions.js";
import { tableOf } from "../../page/data/table.js";
import { Training } from "../../page/data/training.js";
import { number, percent } from "../../page/ui/number.js";
import { iris, irisFile, longley } from "./examples.js";
import { barriers, describePage, fits, PHONE, text } from "./person.js";

const folder = mkdtempSync(join(tmpdir(), "rprop-page-"));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (text: string) => tableOf(readCells(text, true));

/** What the same plan comes to here. */
async function trainHere(text: string, plan: Partial<Plan>) {
  const common = {
    hiddenLayers: 1,
    width: 16,
    variant: "irprop-",
    epochs: 1000,
    validation: 0.2,
    seed: 0,
  } as const;
  const training = new Training(read(text), { ...common, target: 0, kind: "number", inputs: [], ...plan });
  const trained = await training.run(
    () => {},
    () => true,
    new AbortController().signal,
  );
  return { ...trained, model: training.model };
}

const file = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

async function upload(page: Page, id: string, path: string): Promise<void> {
  await ((await page.$(`#${id}`)) as ElementHandle<HTMLInputElement>).uploadFile(path);
}

const shown = (page: Page, id: string) => page.waitForSelector(`#${id}:not([hidden])`, { visible: true });
const cells = (page: Page, id: string) =>
  page.$$eval(`#${id} tbody tr`, (rows) =>
    rows.map((row) => Array.from((row as HTMLTableRowElement).cells, (cell) => cell.textContent)),
  );

async function fill(page: Page, id: string, value: string): Promise<void> {
  await page.click(`#${id}`, { count: 3 });
  await page.keyboard.type(value);
}

async function train(page: Page): Promise<void> {
  await page.click("#data-train");
  await shown(page, "data-scores");
}

/** Name and bytes, a character each, of what a button saves. */
async function saved(page: Page, id: string): Promise<string[]> {
  return page.evaluate(async (id) => {
    const make = URL.createObjectURL;
    const { click } = HTMLAnchorElement.prototype;
    let [name, blob] = ["", new Blob()];
    URL.createObjectURL = (made) => {
      blob = made as Blob;
      return "#";
    };
    HTMLAnchorElement.prototype.click = function () {
      name = this.download;
    };
    document.getElementById(id)?.click();
    URL.createObjectURL = make;
    HTMLAnchorElement.prototype.click = click;
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return [name, Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")];
  }, id);
}

describePage("the data section", ({ open }) => {
  test("iris: classes, to the bit as here; the model comes back and predicts", async () => {
    const here = await trainHere(iris, { target: 4, kind: "classes", inputs: [0, 1, 2, 3] });
    const page = await open("data");
    await upload(page, "data-file", irisFile);
    await shown(page, "data-plan");
    expect(await text(page, "data-about")).toBe("150 rows and 5 columns, separated by commas.");
    expect(await page.$eval("#data-target", (select) => (select as HTMLSelectElement).value)).toBe("4");
    await train(page);

    expect(await text(page, "data-status")).toBe("120 rows to train on, 30 rows held out to judge by.");
    expect(await text(page, "data-pace")).toContain(`${here.completed} epochs in `);
    if (here.view.kind !== "classes" || here.scores.kind !== "classes") throw new Error("no classes");
    const names = here.view.classes;
    expect(await cells(page, "data-confusion")).toEqual(
      here.view.confusion.map((row, i) => [names[i], ...row.map(String)]),
    );
    const { held, baseline, training } = here.scores;
    expect(await cells(page, "data-scores")).toEqual([["Right", ...[held, baseline, training].map(percent)]]);
    expect(await barriers(page)).toEqual([]);

    const bytes = Buffer.from(writeModel(here.model));
    expect(await saved(page, "data-download")).toEqual(["model.safetensors", bytes.toString("latin1")]);

    await page.reload();
    expect(await page.$("#data-predict:disabled")).not.toBeNull(); // whatever a browser has kept of the controls
    await upload(page, "data-load", file("model.safetensors", bytes));
    await page.waitForSelector("#data-predict:enabled");
    expect(await text(page, "data-model")).toBe(
      "Loaded: “species” from sepal_length, sepal_width, petal_length, petal_width (4 → 16 → 3).",
    );
    await upload(page, "data-predict", irisFile);
    await page.waitForSelector("#data-download-predictions:enabled");
    expect(await text(page, "data-predicted")).toMatch(/^150 rows of iris\.csv predicted: setosa, setosa, /);
    expect(await saved(page, "data-download-predictions")).toEqual([
      "iris-predicted.csv",
      predictTable(here.model, read(iris)).csv,
    ]);
  });

  test("Longley on a phone: a number in its own units, a linear model, another variant", async () => {
    const here = await trainHere(longley, {
      target: 0,
      inputs: [1, 2, 3, 4, 6],
      hiddenLayers: 0,
      variant: "irprop+",
      epochs: 500,
      validation: 0.25,
      seed: 3,
    });
    const page = await open("data", PHONE);
    await page.tap("#data-longley");
    await shown(page, "data-plan");
    expect(await page.$eval("#data-target", (select) => (select as HTMLSelectElement).value)).toBe("0");
    await page.tap("#data-columns tbody tr:nth-child(6) input");
    await fill(page, "data-layers", "0");
    await page.select("#data-variant", "irprop+");
    await fill(page, "data-epochs", "500");
    await fill(page, "data-validation", "25");
    await fill(page, "data-seed", "3");
    await train(page);
    if (here.scores.kind !== "number") throw new Error("no number");
    const { held, baseline, training } = here.scores;
    const line = (key: "rmse" | "mae" | "r2") =>
      [held, baseline, training].map((errors) => number(errors[key]));
    expect(await cells(page, "data-scores")).toEqual([
      ["Root mean squared error", ...line("rmse")],
      ["Mean absolute error", ...line("mae")],
      ["R², share explained", ...line("r2")],
    ]);
    expect(await page.$eval("#data-points canvas", (canvas) => canvas.getAttribute("aria-label"))).toBe(
      "Predictions over truth of 16 rows",
    );
    // Something is drawn, in more than one colour.
    const colours = await page.$eval("#data-points canvas", async (element) => {
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      const { width, height } = element as HTMLCanvasElement;
      const { data } = (element as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
    expect(colours).toBeGreaterThan(3);
    expect(await fits(page)).toBe(true);
    expect(await barriers(page)).toEqual([]);
  });

  test("says what is wrong with files", async () => {
    const rows = (row: (i: number) => string, count = 10) =>
      Array.from({ length: count }, (_, i) => row(i)).join("\n");
    const bad: [name: string, content: string | Uint8Array, message: string | RegExp][] = [
      ["empty.csv", "", "The file is empty."],
      ["one-column.csv", `a\n${rows(String)}`, /^There is only one column/],
      ["no-numbers.csv", `a,b\n${rows((i) => `x${i},y${i}`)}`, /^No column has numbers/],
      ["picture.png", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0), /binary file/],
      [
        "ragged.csv",
        `a,b\n${rows((i) => (i === 4 ? "1" : "1,2"))}`,
        "Line 6 has 1 value, but line 1 has 2 values.",
      ],
      ["twice.csv", `a,a\n${rows((i) => `${i},${i}`)}`, /^Line 1: columns 1 and 2 are both called “a”/],
      ["constant.csv", `a,b\n${rows((i) => `${i},7`)}`, /^Only one column has different values/],
      ["few.csv", "a,b\n1,2\n3,4\n", "The file has only 2 rows; 5 or more are needed."],
      [
        "large.csv",
        `a,b\n${"1,2\n".repeat(5_300_000)}`,
        "The file has 20.2 MB; up to 20 MB can be read here.",
      ],
    ];
    const page = await open("data");
    for (const [name, content, message] of bad) {
      await upload(page, "data-file", file(name, content));
      await page.waitForFunction(() => document.querySelector("#data-message")?.textContent !== "");
      expect(await text(page, "data-message")).toMatch(message);
      expect(await page.$("#data-plan:not([hidden])")).toBeNull();
      await page.click("#data-iris"); // a good one after it
      await shown(page, "data-plan");
      expect(await text(page, "data-message")).toBe("");
    }
    await upload(page, "data-load", irisFile);
    await page.waitForFunction(() => document.querySelector("#data-use-message")?.textContent !== "");
    expect(await text(page, "data-use-message")).toMatch(/^This is no model/);
    expect(await barriers(page)).toEqual([]);
  });

  test("says which rows are left out, and when one class is left", async () => {
    const page = await open("data");
    const content =
      "x,y,class\n1,2,a\n2,NaN,a\n3,0x10,a\n4,8,a\n5,10,a\n6,12,a\n7,14,a\n8,16,a\n9,18,a\n10,,b\n";
    await upload(page, "data-file", file("gaps.csv", content));
    await shown(page, "data-plan");
    await page.click("#data-train");
    await page.waitForFunction(() => document.querySelector("#data-message")?.textContent !== "");
    expect(await text(page, "data-message")).toBe("There is only one class: “class” is a in every row.");
    await page.select("#data-target", "1");
    expect(await page.$eval("#data-kind", (select) => (select as HTMLSelectElement).value)).toBe("number");
    await train(page);
    expect(await text(page, "data-message")).toBe("");
    expect(await text(page, "data-status")).toMatch(/3 rows left out, because$/);
    expect(await page.$$eval("#data-omissions li", (items) => items.map((item) => item.textContent))).toEqual(
      ["“y” is missing in line 3 (“NaN”) and 1 more", "“y” is no number in line 4 (“0x10”)"],
    );
  });

  test("a dropped file without names; the first line can be names all the same", async () => {
    const page = await open("data");
    await page.$eval("#data-drop", (place) => {
      const dataTransfer = new DataTransfer();
      const rows = Array.from({ length: 12 }, (_, i) => `${i};${i % 2},5;${2 * i}`).join("\n");
      dataTransfer.items.add(new File([rows], "dropped.csv"));
      place.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    });
    await shown(page, "data-plan");
    expect(await text(page, "data-name")).toBe("dropped.csv");
    expect(await text(page, "data-about")).toBe("12 rows and 3 columns, separated by semicolons.");
    expect((await cells(page, "data-columns")).map(([, holds]) => holds)).toEqual([
      "numbers, 0 to 11",
      "numbers, 0.5 to 1.5",
      "numbers, 0 to 22",
    ]);
    await page.select("#data-header", "names");
    await page.waitForFunction(() => document.querySelector("#data-message")?.textContent !== "");
    expect(await text(page, "data-message")).toMatch(/^Line 1: columns 1 and 3 are both called “0”/);
    await page.select("#data-header", "values");
    await page.waitForFunction(() =>
      document.querySelector("#data-about")?.textContent?.startsWith("12 rows"),
    );
    expect((await cells(page, "data-columns")).map(([name]) => name)).toEqual([
      "column 1",
      "column 2",
      "column 3predicted",
    ]);
  });

  test("stops when told to, with the best model so far; another file ends a training", async () => {
    const page = await open("data");
    const noise = Array.from({ length: 1000 }, (_, i) => `${(i * 7919) % 1009},${(i * 104_729) % 1013}`);
    await upload(page, "data-file", file("noise.csv", `a,b\n${noise.join("\n")}`));
    await shown(page, "data-plan");
    await fill(page, "data-width", "256");
    await fill(page, "data-epochs", "100000");
    await page.click("#data-train");
    await page.waitForFunction(() =>
      document.querySelector("#data-pace")?.textContent?.includes("epochs a second"),
    );
    await page.click("#data-stop");
    await shown(page, "data-scores");
    expect(await text(page, "data-pace")).toMatch(/: stopped\. The model is that of epoch/);
    await page.click("#data-train");
    await page.waitForFunction(() =>
      document.querySelector("#data-pace")?.textContent?.includes("epochs a second"),
    );
    await page.click("#data-longley");
    await page.waitForFunction(() => document.querySelector("#data-name")?.textContent === "longley.csv");
    expect(await page.$("#data-run:not([hidden])")).toBeNull();
    await train(page); // and is not disturbed by the one before
    expect(await text(page, "data-status")).toMatch(/^13 rows/);
  });
});
