import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { classIndices, readCsv, split } from "../../src/data/index.js";
import { fitSync, Linear, Normalization, Sequential } from "../../src/index.js";

/** Columns as plain arrays, by name. */
const columns = (...args: Parameters<typeof readCsv>) =>
  Object.fromEntries([...readCsv(...args).columns].map(([name, column]) => [name, [...column]]));

describe("readCsv", () => {
  test("gives columns of numbers and of texts, in order", () => {
    const table = readCsv("length,species,width\n5.1,setosa,3.5\n-6e-1,versicolor,2\n");
    expect(table.names).toEqual(["length", "species", "width"]);
    expect(table.rows).toBe(2);
    expect(table.numeric("length")).toEqual(Float64Array.of(5.1, -0.6));
    expect(table.labels("species")).toEqual(["setosa", "versicolor"]);
    expect(table.matrix()).toEqual({ shape: [2, 2], data: Float64Array.of(5.1, 3.5, -0.6, 2) });
    expect(table.matrix(["width", "length"]).data).toEqual(Float64Array.of(3.5, 5.1, 2, -0.6));
  });

  test("reads bytes as text, with and without a mark in front", () => {
    const text = "größe,наим\n1,ж😀\n";
    expect(columns(new TextEncoder().encode(text))).toEqual({ größe: [1], наим: ["ж😀"] });
    expect(columns(`\ufeff${text}`)).toEqual({ größe: [1], наим: ["ж😀"] });
    expect(columns('\ufeff"a",b\n1,2')).toEqual({ a: [1], b: [2] });
    expect(columns(Buffer.from("xx1,2").subarray(2), { header: false })).toEqual({ "1": [1], "2": [2] });
  });

  test.each(["\n", "\r\n"])("ends records with %j, the last one at will", (end) => {
    for (const last of ["", end])
      expect(columns(["a,b", "1,x", "", " \t", '2,"y"'].join(end) + last)).toEqual({
        a: [1, 2],
        b: ["x", "y"],
      });
  });

  test("knows quotes", () => {
    const text = 'a,"b ""c"""\n"1","x, y"\r\n2,"line\r\nline"\n3,"" \n4,5"6\n';
    expect(columns(text, { missingValues: [] })).toEqual({
      a: [1, 2, 3, 4],
      'b "c"': ["x, y", "line\r\nline", "", '5"6'],
    });
  });

  test("does not count blanks at the ends of cells", () => {
    expect(columns(" a ,\tb\n 1 ,\t x y \n2\t,z")).toEqual({ a: [1, 2], b: ["x y", "z"] });
    expect(columns('a,b\n"1"  ," x "\n')).toEqual({ a: [1], b: ["x"] });
  });

  test("knows a quoted cell that begins with blanks and a quote", () => {
    expect(columns('a,b\n" ""hi"" there",1\n"\t""",2\n')).toEqual({ a: ['"hi" there', '"'], b: [1, 2] });
  });

  test("skips lines of blanks and CRs, with quotes in the file or without", () => {
    for (const line of ["\r", "\r\r", " \r \r", "\t", ""])
      for (const [first, second] of [
        ["x", "y"],
        ['"x"', "y"],
        ["1", "2"],
      ] as const) {
        const table = readCsv(`a\n${first}\n${line}\n${second}\n`, { missing: "keep" });
        expect([table.rows, table.columns.get("a")?.length, table.missing]).toEqual([2, 2, 0]);
        expect(() => readCsv(`a\n${first}\n${line}\n"${second}" x\n`)).toThrow("line 4: expected");
      }
  });

  test("takes names from the first record, from numbers or from the caller", () => {
    expect(columns("1,2\n3,4", { header: false })).toEqual({ "1": [1, 3], "2": [2, 4] });
    expect(columns(",a,\n1,2,3")).toEqual({ "1": [1], a: [2], "3": [3] }); // as pandas and R write tables
    expect(columns("\n1,2\n3,4", { header: ["x", "y"] })).toEqual({ x: [1, 3], y: [2, 4] });
    expect(readCsv("__proto__,constructor\n1,2").numeric("__proto__")).toEqual(Float64Array.of(1));
  });

  test.each([
    [",", "a,b\n1,2\n"],
    [";", "a;b\n1,5;2\n"],
    ["\t", "a, x\tb\n1\t2\n"],
    ["|", "a|b\n1|2\n"],
    [";", '"a,x,y";b\n"1,2";2\n'],
    [",", "a b,c;d\n1;2;3,4\n5,6\n"],
    [",", "a\n1\n2\n"],
    [";", "1;2\n3;4\n"],
    [",", "a,\tb\n1,\t2\n"],
    [";", "a, b;c;d\nx,y;1;2\n"],
  ])("finds the delimiter %j", (delimiter, text) => {
    expect(columns(text)).toEqual(columns(text, { delimiter }));
  });

  test("takes the delimiter from a first line such as Excel's", () => {
    for (const end of ["\n", "\r\n"]) {
      const text = ["sep=:", "", "a:b,c", '1:"x:y"', "2:z"].join(end);
      expect(columns(text)).toEqual({ a: [1, 2], "b,c": ["x:y", "z"] });
      expect(columns(`\ufeff${text}`)).toEqual(columns(text));
      expect(() => readCsv(`${text}${end}3`)).toThrow("line 6: expected 2 cells, got 1");
      expect(columns(text, { delimiter: ";" })).toEqual({ "a:b,c": ['1:"x:y"', "2:z"] });
    }
    expect(() => readCsv("sep=,\na\n1\n", { decimal: "," })).toThrow("another than decimal, behind sep=");
  });

  test("takes the delimiter that is given", () => {
    expect(columns("a:b,c\n1:x,y\n", { delimiter: ":" })).toEqual({ a: [1], "b,c": ["x,y"] });
    const spaced = { delimiter: " ", header: ["x", "y", "z"], missing: "keep" } as const;
    expect(columns("a  b\n1  2\n", spaced)).toEqual({ x: ["a", "1"], y: [NaN, NaN], z: ["b", "2"] });
    expect(columns("a\tb\n\t2\n", { delimiter: "\t", missing: "keep" })).toEqual({ a: [NaN], b: [2] });
  });

  test("keeps the texts of a column whose first cells look like numbers", () => {
    const codes = Array.from({ length: 60_000 }, (_, i) => `00${i % 10},${i}`).join("\n");
    const table = readCsv(`code,n\n${codes}\nx,0\n`);
    expect(table.labels("code")[11]).toBe("001");
    expect(table.labels("code").length).toBe(60_001);
    expect(table.numeric("n")[59_999]).toBe(59_999);
  });

  test("reads the columns that are asked for, whatever is in the others", () => {
    const table = readCsv("a,b,c\n1,,x\n2,y,3\n", { columns: ["c", "a"] });
    expect(table.names).toEqual(["a", "c"]);
    expect(table.missing).toBe(0);
    expect(table.labels("c")).toEqual(["x", "3"]);
  });

  test("makes a column texts for a cell too large for float64, and numeric says which", () => {
    const table = readCsv("a,b\n1,2\n1e400,3\n");
    expect(table.labels("a")).toEqual(["1", "1e400"]);
    expect(() => table.numeric("a")).toThrow('"a": expected a column of numbers, got "1e400" in line 3');
  });
});

describe("missing cells", () => {
  const text = 'a,b,c\n1,NA,x\n ?,2,"null"\n3,4,z\n';
  const all = (missing: "drop" | "mean" | "keep") => Object.values(columns(text, { missing }));

  test("are refused by default", () => {
    const got = 'expected a value (or the option "missing"), got a missing one,';
    expect(() => readCsv(text)).toThrow(`line 2, column "b": ${got} "NA"`);
    expect(() => readCsv("a\nx\nNaN\n")).toThrow(`line 3, column "a": ${got} "NaN"`);
    expect(() => readCsv("a,b\n1,\n")).toThrow(`line 2, column "b": ${got} ""`);
  });

  test("are counted, and kept as NaN and empty texts", () => {
    const nums = [
      [1, NaN, 3],
      [NaN, 2, 4],
    ];
    expect(all("keep")).toEqual([...nums, ["x", "", "z"]]);
    const table = readCsv(text, { missing: "keep" });
    expect([table.missing, table.dropped, table.rows]).toEqual([3, 0, 3]);
  });

  test("take their rows along", () => {
    expect(all("drop")).toEqual([[3], [4], ["z"]]);
    const table = readCsv(text, { missing: "drop" });
    expect([table.missing, table.dropped, table.rows]).toEqual([3, 2, 1]);
    expect(() => readCsv("a\nNA\n", { missing: "drop" })).toThrow(
      "expected a row without missing cells, got none",
    );
  });

  test("become the mean of their column", () => {
    const means = [
      [1, 2, 3],
      [3, 2, 4],
    ];
    expect(all("mean")).toEqual([...means, ["x", "", "z"]]);
    const same = readCsv(`a\n?\n${"0.1\n".repeat(1000)}`, { missing: "mean" });
    expect(same.numeric("a")[0]).toBe(0.1);
    const large = readCsv("a\n1e308\n?\n1e308", { missing: "mean" });
    expect(large.numeric("a")).toEqual(new Float64Array(3).fill(1e308));
    expect(() => readCsv("a,b\nNA,1\n", { missing: "mean" })).toThrow(
      'column "a": expected a number to take the mean of, got none',
    );
  });

  test("are what the caller says", () => {
    const options = { missingValues: ["-9"], missing: "keep" } as const;
    expect(columns("a,b\nNA,-9\nx,1\n", options)).toEqual({ a: ["NA", "x"], b: [NaN, 1] });
    expect(columns("a,b\n,1\n", { missingValues: [] })).toEqual({ a: [""], b: [1] });
  });
});

describe("a table", () => {
  const table = readCsv("a,b,c\n1,2,x\n3,4,y\n5,6,z\n");

  test("gives some of its rows as a table", () => {
    const taken = table.take([2, 0, 2]);
    expect(taken.rows).toBe(3);
    expect(taken.matrix()).toEqual({ shape: [3, 2], data: Float64Array.of(5, 6, 1, 2, 5, 6) });
    expect(taken.labels("c")).toEqual(["z", "x", "z"]);
    expect(table.take([]).rows).toBe(0);
    for (const row of [-1, 3, 0.5, NaN, undefined as never])
      expect(() => table.take([row])).toThrow('"rows": expected indices from 0, below 3');
    for (const rows of [2, undefined, () => true])
      expect(() => table.take(rows as never)).toThrow('"rows": expected an array of indices, got ');
  });

  test("refuses columns that it does not have, or that are no numbers", () => {
    expect(() => table.numeric("d")).toThrow('"name": expected one of "a", "b", "c", got "d"');
    expect(() => table.labels("toString")).toThrow(RangeError);
    expect(() => table.matrix(["a", "c"])).toThrow('"c": expected a column of numbers, got "x" in line 2');
    expect(() => table.matrix([])).toThrow(RangeError);
    expect(() => table.matrix("a" as never)).toThrow(TypeError);
    expect(() => readCsv("a;b\n1,5;2,5\n", { decimal: "." }).matrix()).toThrow(
      '"a": expected a column of numbers, got "1,5" in line 2',
    );
    expect(() => table.take([0]).matrix(["c"])).toThrow(RangeError);
  });

  test("goes into Normalization and fit as it is", () => {
    const lines = Array.from({ length: 40 }, (_, i) => `${i},${i % 7},${3 * i - (i % 7) + 100}`);
    const [training, held] = split(readCsv(`a,b,y\n${lines.join("\n")}`), 0.25);
    const [x, y] = [training.matrix(["a", "b"]), training.matrix(["y"])];
    const validation = { x: held.matrix(["a", "b"]), y: held.matrix(["y"]) };
    const back = new Normalization(y, { invert: true });
    const model = new Sequential(new Normalization(x), new Linear(2, 1), back);
    const { validationLoss } = fitSync(model, x, y, { validation, epochs: 300 });
    expect(validationLoss).toBeLessThan(1e-3);
  });

  test("is made of the examples' data", () => {
    const iris = readCsv(readFileSync("examples/data/iris.csv"));
    expect([iris.rows, iris.names.length, iris.matrix().shape]).toEqual([150, 5, [150, 4]]);
    const { classes, data } = classIndices(iris.labels("species"));
    expect(classes).toEqual(["setosa", "versicolor", "virginica"]);
    expect(classes.map((_, c) => data.filter((each) => each === c).length)).toEqual([50, 50, 50]);
  });
});
