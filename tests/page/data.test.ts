import type { Page } from "puppeteer-core";
import { type Schema, type Scores, scoreLines, type TrainTableOptions, trainTable } from "rprop/table";
import { expect, test } from "vitest";
import { fieldText } from "../../page/data/field-text.js";
import { trainSettings } from "../../src/table/train-options.js";
import {
  chooseFile,
  controlValue,
  fill,
  folderOfFiles,
  items,
  loadModel,
  predictedBy,
  rowsOf,
  saved,
  says,
  shown,
  tableCells,
  train,
} from "./data-person.js";
import { iris, irisFile, penguins } from "./examples.js";
import { barriers, describePage, fits, PHONE, text } from "./person.js";

const file = folderOfFiles();

/** What a program says of the same table, with the page's names for options. */
const trainHere = (table: string | Uint8Array, options: TrainTableOptions) =>
  trainTable(table, { optionText: fieldText, ...options });

/** The cells of the page's scores. */
function scoreRows(schema: Schema, scores: Scores, training: Scores): string[][] {
  const lines = scoreLines(scores, schema);
  const [, baseline = ""] = lines.at(-1) ?? [];
  return lines.slice(0, -1).map(([name, value], i) => {
    const ofTraining = scoreLines(training, schema).find(([other]) => other === name)?.[1] ?? "–";
    return [name, value, ofTraining, i === 0 ? baseline : "–"];
  });
}

const heads = (page: Page) =>
  page.$$eval("#data-scores thead th", (cells) => cells.map((cell) => cell.textContent?.trim()));

describePage("the data section", ({ open }) => {
  test("has the defaults of the command", async () => {
    const page = await open("data");
    const defaults = trainSettings({ target: "" });
    const values = {
      "data-header": "detect",
      "data-decimal": "detect",
      "data-categories": defaults.categories,
      "data-hidden": defaults.hidden,
      "data-activation": defaults.activation,
      "data-variant": defaults.variant,
      "data-epochs": defaults.epochs,
      "data-patience": defaults.patience,
      "data-validation": 100 * (defaults.validation as number),
      "data-networks": 10,
      "data-folds": defaults.folds,
      "data-seed": defaults.seed,
    };
    for (const [id, value] of Object.entries(values))
      expect(await controlValue(page, id), id).toBe(String(value));
    expect(await page.$("#data-row-numbers:checked")).toBeNull();
  });

  test("iris: categories, as a program has them; the model comes back and predicts", async () => {
    const { scores, fit, model, schema, measure } = await trainHere(iris, {
      target: "species",
      name: "iris.csv",
    });
    const page = await open("data");
    await chooseFile(page, irisFile);
    expect(await text(page, "data-about")).toBe("150 rows and 5 columns.");
    expect(await controlValue(page, "data-target")).toBe("species");
    await train(page);

    expect(await text(page, "data-status")).toBe(
      "Training 10 networks of 4 → 16 → 3 on 120 rows, with 30 validation rows.",
    );
    expect(await text(page, "data-pace")).toContain(
      `The first network: Early stopping at epoch ${fit.completed}: the validation loss has not improved for 50 epochs. ` +
        `The weights of epoch ${fit.bestEpoch} are kept, the best.`,
    );
    const training = (await measure("training")).scores;
    if (scores.kind !== "category" || training.kind !== "category" || schema.target.kind !== "category")
      throw new Error("no categories");
    const { categories } = schema.target;
    expect(await text(page, "data-confusion")).toContain(
      "Confusion matrix, rows of all folds: actual class (rows), predicted class (columns)",
    );
    expect(await tableCells(page, "data-confusion")).toEqual(
      scores.confusion.map((row, i) => [
        categories[i],
        ...row.map((count) => count.toLocaleString("en", { maximumFractionDigits: 1 })),
      ]),
    );
    expect(await tableCells(page, "data-scores")).toEqual(scoreRows(schema, scores, training));
    expect(await heads(page)).toEqual([
      "Score",
      "Cross-validation (150 rows)",
      "Training (150 rows)",
      "Baseline",
    ]);
    expect(await barriers(page)).toEqual([]);

    const bytes = Buffer.from(model.encode());
    expect(await saved(page, "data-download")).toEqual(["model.safetensors", bytes.toString("latin1")]);

    await page.reload();
    expect(await page.$("#data-predict:disabled")).not.toBeNull(); // whatever a browser has kept of the controls
    await loadModel(page, file("model.safetensors", bytes));
    expect(await text(page, "data-model")).toBe(
      "Loaded: predicts “species” from sepal_length, sepal_width, petal_length, petal_width, by the mean of 10 networks of 4 → 16 → 3.",
    );
    const csv = await predictedBy(page, irisFile);
    expect(csv.split("\n")[0]).toBe(`${iris.split("\n")[0]},predicted species,probability`);
    expect(await text(page, "data-predicted")).toMatch(
      /^Predicted 150 rows of iris\.csv: setosa, setosa, .*, … Accuracy /,
    );
    expect((await saved(page, "data-download-predictions"))[0]).toBe("iris-predicted.csv");
  });

  test("penguins on a phone: a number in its own units, a linear model, another variant", async () => {
    const { scores, schema, notes, measure } = await trainHere(penguins, {
      target: "body_mass_g",
      ignore: ["island"],
      hidden: [],
      variant: "irprop+",
      epochs: 500,
      validation: 0.25,
      seed: 3,
    });
    const page = await open("data", PHONE);
    await page.tap("#data-penguins");
    await shown(page, "data-plan");
    expect(await controlValue(page, "data-target")).toBe("body_mass_g");
    await page.tap("#data-columns tbody tr:nth-child(2) input");
    await fill(page, "data-hidden", "none");
    await page.select("#data-variant", "irprop+");
    await fill(page, "data-epochs", "500");
    await fill(page, "data-validation", "25");
    await fill(page, "data-seed", "3");
    await train(page);
    const training = (await measure("training")).scores;
    if (scores.kind !== "number" || training.kind !== "number") throw new Error("no numbers");
    expect(await tableCells(page, "data-scores")).toEqual(scoreRows(schema, scores, training));
    expect(await items(page, "data-notes")).toEqual(notes);
    expect(await page.$eval("#data-points canvas", (canvas) => canvas.getAttribute("aria-label"))).toBe(
      "Predicted over actual values of 342 rows",
    );
    expect(await page.$eval("#data-points figcaption", ({ textContent }) => textContent)).toBe(
      "Predicted over actual values of rows of all folds; equal on the dashed line",
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

  test("without validation rows, scores are those of the training rows", async () => {
    const page = await open("data");
    await page.click("#data-iris");
    await shown(page, "data-plan");
    await fill(page, "data-validation", "0");
    await fill(page, "data-epochs", "30");
    await fill(page, "data-networks", "1");
    await fill(page, "data-folds", "0");
    await train(page);
    expect(await text(page, "data-status")).toBe("Training a network of 4 → 16 → 3 on 150 rows.");
    expect(await heads(page)).toEqual(["Score", "Training (150 rows)", "Baseline"]);
    expect(await items(page, "data-scores-warnings")).toEqual([
      "These are the rows of training: scores of other rows will be worse.",
    ]);
    expect(await text(page, "data-confusion")).toContain("Confusion matrix, training rows");
  });

  test("says which rows the points are of", async () => {
    const page = await open("data");
    await page.click("#data-penguins");
    await shown(page, "data-plan");
    await fill(page, "data-epochs", "5");
    await fill(page, "data-networks", "1");
    await fill(page, "data-folds", "0");
    const caption = () => page.$eval("#data-points figcaption", ({ textContent }) => textContent);
    await train(page);
    expect(await caption()).toContain("of validation rows and training rows;");
    await fill(page, "data-validation", "0");
    await train(page);
    await says(page, "data-points", /of training rows;/);
  });

  test("says what a program says of a file that holds much, and ignores what it ignores", async () => {
    const content = `id,name,kind,constant,mass,y\n${rowsOf((i) => {
      const mass = i === 4 ? "broken" : i % 9 === 0 ? "" : String(i * 1.5);
      return `${i + 1},n${i},${"abc"[i % 3]},7,${mass},${i === 11 ? "" : i * 2}`;
    }, 60)}\n`;
    const { notes, schema } = await trainHere(content, { target: "y" });
    const page = await open("data");
    await chooseFile(page, file("much.csv", content));
    const lines = await tableCells(page, "data-columns");
    const ignored = lines.filter(([, values]) => values!.includes("Ignored: ")).map(([name]) => name);
    expect(ignored).toEqual(["id ignored", "name ignored", "constant ignored"]);
    expect(lines[0]![1]).toContain("“Keep row numbers”");
    await train(page);
    expect(await items(page, "data-notes")).toEqual(notes);
    expect(schema.inputs.map(({ name }) => name)).toEqual(["kind", "mass"]);

    await page.click("#data-row-numbers");
    await page.waitForFunction(
      () => document.querySelector("#data-columns tbody input:enabled:checked") !== null,
    );
    await page.waitForSelector("#data-columns tbody tr:first-child input:enabled");
    await fill(page, "data-categories", "2");
    await page.keyboard.press("Tab");
    await page.waitForSelector("#data-columns tbody tr:nth-child(3) input:disabled");
    expect((await tableCells(page, "data-columns"))[2]![1]).toContain("“Maximum categories” of 3");
  });

  test("says why nothing can be learned, and trains once that is mended", async () => {
    const page = await open("data");
    await chooseFile(page, file("alone.csv", `x,y\n${rowsOf((i) => `${i},${i * i}`, 30)}\n`));
    await page.select("#data-target", "y"); // x numbers the rows, and is no input
    await page.click("#data-train");
    expect(await says(page, "data-message", /./)).toContain("“Keep row numbers”");
    await page.click("#data-row-numbers");
    await page.waitForSelector("#data-columns tbody tr:first-child input:enabled");
    await train(page);
    expect(await text(page, "data-message")).toBe("");
  });

  test("stops when told to, with the best model so far; another file ends a training", async () => {
    const page = await open("data");
    const noise = rowsOf((i) => `${(i * 7919) % 1009},${(i * 104_729) % 1013}`, 1000);
    await chooseFile(page, file("noise.csv", `a,b\n${noise}`));
    await fill(page, "data-hidden", "256");
    await fill(page, "data-epochs", "100000");
    await fill(page, "data-patience", "100000");
    await page.click("#data-train");
    await says(page, "data-pace", /epochs a second/);
    await page.click("#data-stop");
    await shown(page, "data-scores");
    expect(await text(page, "data-pace")).toMatch(/^(The first network: )?Stopped at epoch [\d,]+\. /);
    await page.click("#data-train");
    await says(page, "data-pace", /epochs a second/);
    await page.click("#data-penguins");
    await says(page, "data-name", /^penguins\.csv$/);
    expect(await page.$("#data-run:not([hidden])")).toBeNull();
    await fill(page, "data-hidden", "16");
    await fill(page, "data-patience", "50");
    await train(page); // and is not disturbed by the one before
    expect(await text(page, "data-status")).toMatch(/^Training 10 networks of 12 → 16 → 1 /);
  });
});
