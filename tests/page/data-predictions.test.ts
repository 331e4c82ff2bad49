import { describeTable, trainTable } from "rprop/table";
import { describe, expect, test } from "vitest";
import { predictFile } from "../../page/data/predictions.js";
import { iris, penguins } from "./examples.js";

const predictText = async (model: Parameters<typeof predictFile>[0], name: string, text: string) => {
  const predicted = await predictFile(model, { name, text }, () => {});
  return { ...predicted, lines: (await predicted.csv.text()).trimEnd().split("\n") };
};

describe("predictions of a file", () => {
  test("stand behind its own columns, numbers to the bit", async () => {
    const { model } = await trainTable(penguins, { target: "body_mass_g" });
    const { lines, rows, first, scores } = await predictText(model, "penguins.csv", penguins);
    const own = penguins.trimEnd().split("\n");
    expect([rows, lines.length, first.length]).toEqual([344, own.length, 5]);
    expect(lines[0]).toBe(`${own[0]},predicted body_mass_g`);
    const { values } = await model.predict(penguins);
    expect(lines.slice(1).map((line) => Math.fround(Number(line.split(",").at(-1))))).toEqual(values);
    expect(lines.slice(1).map((line) => line.slice(0, line.lastIndexOf(",")))).toEqual(own.slice(1));
    expect(scores).toEqual((await model.evaluate(penguins)).scores);
  });

  test("are categories with their probabilities, for every row; what is missing is said", async () => {
    const { model } = await trainTable(iris, { target: "species" });
    const text =
      'petal_width,note,petal_length,sepal_length,sepal_width\n0.2,"a, b",1.4,5.1,3.5\n,c,1.4,5.1,3.5\n2.3,d,6.1,7.7,3\n';
    const { lines, rows, notes, scores } = await predictText(model, "new.csv", text);
    expect([rows, scores, notes.length]).toEqual([3, null, 1]);
    expect(notes[0]).toContain("petal_width");
    expect(lines[0]).toBe(
      "petal_width,note,petal_length,sepal_length,sepal_width,predicted species,probability",
    );
    expect(lines[1]).toMatch(/^0\.2,"a, b",1\.4,5\.1,3\.5,setosa,[01]\.\d{4}$/);
    expect(lines[2]).toMatch(/^,c,1\.4,5\.1,3\.5,(setosa|versicolor|virginica),[01]\.\d{4}$/);
  });

  test("names that are numbers are names where the model knows them", async () => {
    const table = `2001,2002,sum\n${Array.from({ length: 40 }, (_, i) => `${i},${i % 7},${i + (i % 7)}`).join("\n")}\n`;
    const { model } = await trainTable(table, { target: "sum", hidden: [], keepRowNumbers: true });
    const { rows, lines } = await predictText(model, "new.csv", "2001,2002\n3,4\n5,6\n");
    expect([rows, lines[0]]).toEqual([2, "2001,2002,predicted sum"]);
  });

  test("read a file once, behind what it takes to see its columns", async () => {
    const { model } = await trainTable(penguins, { target: "body_mass_g", epochs: 1, networks: 1, folds: 0 });
    let readings = 0;
    class Counted extends File {
      override stream() {
        readings++;
        return super.stream();
      }
    }
    const file = new Counted([penguins], "penguins.csv");
    await describeTable(() => file.stream(), { csv: { header: true } });
    const describing = readings;
    const { rows, scores } = await predictFile(model, file, () => {});
    expect([readings, rows]).toEqual([2 * describing + 1, 344]);
    expect(scores).toEqual((await model.evaluate(penguins)).scores);
  });

  test("numbers that are names are names where the model was trained with such", async () => {
    const table = `7,8,9\n${Array.from({ length: 40 }, (_, i) => `${i},${i % 7},${i + (i % 7)}`).join("\n")}\n`;
    const options = { target: "9", hidden: [], keepRowNumbers: true, csv: { header: true } };
    const { model } = await trainTable(table, options);
    const { rows, lines } = await predictText(model, "new.csv", "7,8\n3,4\n5,6\n");
    expect([rows, lines[0]]).toEqual([2, "7,8,predicted 9"]);
  });

  test("need the model's columns", async () => {
    const { model } = await trainTable(iris, { target: "species", epochs: 1 });
    await expect(predictText(model, "new.csv", "a,b\n1,2\n")).rejects.toThrow(/sepal_length/);
  });
});
