import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { decode, encode } from "rprop";
import { scoreLines, type TrainTableOptions, trainTable } from "rprop/table";
import { expect, test } from "vitest";
import { number } from "../../page/ui/number.js";
import { Place } from "../cli/run.js";
import { chooseFile, loadModel, predictedBy, saved, says, tableCells, train, upload } from "./data-person.js";
import { iris, irisFile, penguins, penguinsFile } from "./examples.js";
import { describePage, text } from "./person.js";

const place = new Place();
place.write("iris.csv", iris);
place.write("penguins.csv", penguins);
/** Days, and what depends on the season and the weekday. */
const days = `day,n,y\n${Array.from({ length: 120 }, (_, i) => {
  const day = new Date(Date.UTC(2022, 0, 1 + 7.3 * i)).toISOString().slice(0, 10);
  return `${day},${i % 11},${(i % 12) + (i % 7 === 2 ? 5 : 0)}.5\n`;
}).join("")}`;
place.write("days.csv", days);

const TABLES: [name: string, path: string, content: string, options: TrainTableOptions][] = [
  ["iris.csv", irisFile, iris, { target: "species" }],
  ["penguins.csv", penguinsFile, penguins, { target: "body_mass_g" }],
  ["days.csv", place.path("days.csv"), days, { target: "y" }],
];

/** A model's file without the command line that its history may have: nothing else in it depends on who trained it. */
function withoutCommand(bytes: Uint8Array): Buffer {
  const { model, metadata } = decode(bytes);
  const description = JSON.parse(metadata["rprop.table"]!);
  description.history.command = null;
  return Buffer.from(
    encode({ model, metadata: { ...metadata, "rprop.table": JSON.stringify(description) } }),
  );
}

/** The lines of a CSV file without quotes, as cells. */
const cellsOf = (csv: string) =>
  csv
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));

const modelsFolder = fileURLToPath(new URL("../fixtures/models", import.meta.url));

describePage("a model", ({ open }) => {
  test.each(TABLES)(
    "of %s has the same bytes, but for the command line in its history, and the same scores, trained by the command, by a program and by the page",
    async (name, path, content, options) => {
      const program = await trainTable(content, { ...options, name });
      const bytes = Buffer.from(program.model.encode());

      const { stdout } = await place.done([
        "train",
        name,
        "--target",
        options.target,
        "--json",
        "--out",
        "m.safetensors",
      ]);
      expect(JSON.parse(stdout).scores).toEqual(program.scores);
      expect(withoutCommand(place.bytes("m.safetensors")).equals(bytes)).toBe(true);

      const page = await open("data");
      await chooseFile(page, path);
      await page.select("#data-target", options.target);
      await train(page);
      const [, downloaded] = await saved(page, "data-download");
      expect(Buffer.from(downloaded!, "latin1").equals(bytes)).toBe(true);
      const [[, value]] = (await tableCells(page, "data-scores")) as [[string, string]];
      expect(value).toBe(scoreLines(program.scores, program.schema)[0][1]);
    },
  );

  test.each(TABLES)(
    "of %s that the page has trained is one for the command",
    async (name, path, _, { target }) => {
      const page = await open("data");
      await chooseFile(page, path);
      await page.select("#data-target", target);
      await train(page);
      const [, downloaded] = await saved(page, "data-download");
      place.write("page.safetensors", Buffer.from(downloaded!, "latin1"));

      const csv = cellsOf(await predictedBy(page, path));
      const column = csv[0]!.indexOf(`predicted ${target}`);
      const { stdout } = await place.done(["predict", "page.safetensors", name]);
      expect(csv.slice(1).map((row) => Math.fround(Number(row[column])) || row[column])).toEqual(
        cellsOf(stdout)
          .slice(1)
          .map(([cell]) => Math.fround(Number(cell)) || cell),
      );

      const evaluated = JSON.parse(
        (await place.done(["evaluate", "page.safetensors", name, "--json"])).stdout,
      );
      const { rows, accuracy, rmse } = evaluated.scores;
      const said = await text(page, "data-predicted");
      expect(said).toContain(
        rmse === undefined ? `Accuracy ${(100 * accuracy).toFixed(1)} %` : `RMSE ${number(rmse)}, `,
      );
      expect(said).toContain(` on ${rows} rows whose target is known.`);

      expect((await place.done(["info", "page.safetensors"])).stdout).toContain(target);
      await place.done(["export", "page.safetensors", "--js", "model.js", "--onnx", "model.onnx"]);
      expect(place.bytes("model.onnx").length).toBeGreaterThan(500);
    },
  );

  test.each([
    ["iris.csv", irisFile, ["--target", "species", "--hidden", "8,4", "--activation", "relu"]],
    ["penguins.csv", penguinsFile, ["--target", "body_mass_g", "--hidden", "none"]],
  ])("of %s that the command has trained is one for the page", async (name, path, args) => {
    await place.done(["train", name, ...args, "--quiet", "--out", "command.safetensors"]);
    const { stdout } = await place.done(["predict", "command.safetensors", name]);
    const page = await open("data");
    await loadModel(page, place.path("command.safetensors"));
    const target = args[1]!;
    expect(await text(page, "data-model")).toMatch(new RegExp(`^Loaded: predicts “${target}” from `));
    const csv = cellsOf(await predictedBy(page, path));
    const column = csv[0]!.indexOf(`predicted ${target}`);
    const expected = cellsOf(stdout)
      .slice(1)
      .map(([cell]) => cell!);
    const found = csv.slice(1).map((row) => row[column]!);
    if (target === "species") expect(found).toEqual(expected);
    else expect(found.map(Number)).toEqual(expected.map(Number));
    // And it is handed on as it came.
    const [, downloaded] = await saved(page, "data-download");
    expect(Buffer.from(downloaded!, "latin1").equals(place.bytes("command.safetensors"))).toBe(true);
  });

  test("of an earlier version is read, the page's and the command's", async () => {
    const page = await open("data");
    for (const file of readdirSync(modelsFolder).filter((name) => name.endsWith(".safetensors"))) {
      await page.reload();
      await loadModel(page, join(modelsFolder, file));
      expect(await says(page, "data-model", /^Loaded: predicts/), basename(file)).toContain(" a network of ");
    }
  });

  test("that is none is refused in plain words", async () => {
    const page = await open("data");
    place.write("none.safetensors", "a,b\n1,2\n");
    await upload(page, "data-load", place.path("none.safetensors"));
    expect(await says(page, "data-use-message", /./)).toMatch(/safetensors/);
    const { model } = decode((await trainTable(iris, { target: "species", epochs: 1 })).model.encode());
    place.write("bare.safetensors", encode({ model }));
    await upload(page, "data-load", place.path("bare.safetensors"));
    expect(await says(page, "data-use-message", /which columns/)).toMatch(/^[^\n]+$/);
  });
});
