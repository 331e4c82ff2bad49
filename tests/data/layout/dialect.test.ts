import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CsvOptions, csvRows, describeCsv, readCsv } from "../../../src/data/index.js";

/** Names, rows as texts, and what was found. */
async function readAs(text: string, options: CsvOptions = {}) {
  const table = readCsv(text, { ...options, missing: "keep" });
  const columns = [...table.columns.values()];
  const rows = Array.from({ length: table.rows }, (_, row) => columns.map((column) => column[row]));
  const { dialect, notes, columns: described } = await describeCsv(() => text, options);
  expect(described.map(({ name }) => name)).toEqual(table.names);
  return { names: table.names, rows, dialect, notes, kinds: described.map(({ kind }) => kind) };
}

describe("delimiters", () => {
  test("no number is cut in two where semicolons, tabs or bars cut evenly, with or without names", async () => {
    for (const mark of [";", "\t", "|"]) {
      const lines = `18,90${mark}11,90${mark}4,90\n17,50${mark}12,10${mark}5,20\n`;
      const plain = await readAs(lines, { header: false });
      expect(plain.dialect).toMatchObject({ delimiter: mark, decimal: ",", header: false });
      expect(plain.rows[0]).toEqual([18.9, 11.9, 4.9]);
      const named = await readAs(`a${mark}b${mark}c\n${lines}`);
      expect(named.rows[1]).toEqual([17.5, 12.1, 5.2]);
      expect(named.notes).toContain("Decimal commas.");
    }
  });

  test("commas between words still cut where others do not cut as evenly", async () => {
    expect((await readAs("a,b;c,d\n1,x;y,2\n3,z;w,4\n")).dialect.delimiter).toBe(",");
    expect((await readAs("a,b\n1,2\n3,4\n")).dialect).toMatchObject({ delimiter: ",", decimal: "." });
  });

  test("a plain list of words of two is one column, not two", async () => {
    const { names } = await readAs("full name\nAda Lovelace\nAlan Turing\n");
    expect(names).toEqual(["full name"]);
  });

  test("thousands between spaces are one number in a file of tabs", async () => {
    const { dialect, rows } = await readAs("city\tpeople\nOslo\t1 885\nBergen\t2 100\n");
    expect(dialect.delimiter).toBe("\t");
    expect(rows).toEqual([
      ["Oslo", 1885],
      ["Bergen", 2100],
    ]);
  });
});

describe("blanks", () => {
  test("a yacht: runs of blanks, some behind a line, no names", async () => {
    const text = "-2.3 0.568 4.78 0.11 \n-2.3 0.568  4.78 0.27 \n\n5.0   0.53 4.77   1.2  \n";
    const { rows, dialect } = await readAs(text, { header: "detect" });
    expect(rows[2]).toEqual([5, 0.53, 4.77, 1.2]);
    expect(dialect).toMatchObject({ delimiter: "blanks", header: false, headerLine: null });
  });

  test("houses: blanks in front of each line", async () => {
    const text = "   1.5  2   0.25\n  10.25 11   0.5\n 100.0   3  0.75\r\n";
    const { rows } = await readAs(text, { header: false });
    expect(rows).toEqual([
      [1.5, 2, 0.25],
      [10.25, 11, 0.5],
      [100, 3, 0.75],
    ]);
  });

  test("cars: blanks, then a tab and names in quotes, a ? among numbers", async () => {
    const text =
      '21.0   6   200.0   110.   \t"blue hatch one"\n30.5   4   91.0    ?   \t"red wagon"\n18.     8   302.0   140.  \t"green ""van"""\n';
    const { rows, dialect } = await readAs(text, { header: false });
    expect(dialect.delimiter).toBe("blanks");
    expect(rows).toEqual([
      [21, 6, 200, 110, "blue hatch one"],
      [30.5, 4, 91, NaN, "red wagon"],
      [18, 8, 302, 140, 'green "van"'],
    ]);
  });

  test("names and numbers with one blank between them", async () => {
    const { names, rows } = await readAs("x y\n0.0 1.0\n0.5 2.25\n");
    expect(names).toEqual(["x", "y"]);
    expect(rows[1]).toEqual([0.5, 2.25]);
  });

  test("an airfoil: tabs, no names", async () => {
    const { rows, dialect } = await readAs("800\t0\t0.3\t71.3\n1000\t0\t0.3\t71.3\n", { header: "detect" });
    expect(dialect).toMatchObject({ delimiter: "\t", header: false });
    expect(rows[0]).toEqual([800, 0, 0.3, 71.3]);
  });

  test("decimal commas between blanks", async () => {
    const { rows, dialect } = await readAs("x y\n1,5 2\n2,5 3\n", {});
    expect(dialect).toMatchObject({ delimiter: "blanks", decimal: "," });
    expect(rows[0]).toEqual([1.5, 2]);
  });

  test("that are asked for, line numbers and blanks in quotes included", () => {
    const options = { delimiter: "blanks", header: false } as const;
    expect(() => readCsv("1  2\n\n 3\n", options)).toThrow("line 3: expected 2 cells, got 1");
    expect(readCsv('"a  b"   1 \n "c\td" 2', options).labels("1")).toEqual(["a  b", "c\td"]);
  });
});

describe("quotes", () => {
  test("escaped by backslashes, as R, MySQL and Spark write them", async () => {
    const lines = Array.from({ length: 40 }, (_, i) =>
      i < 30 ? `"plain",${i}` : `"say \\"hi\\", all",${i}`,
    );
    const { rows, dialect, notes } = await readAs(`"t","x"\n${lines.join("\n")}\n`);
    expect(rows[39]).toEqual(['say "hi", all', 39]);
    expect(dialect.backslashQuotes).toBe(true);
    expect(notes).toContain('Quotes within quotes are written \\".');
  });

  test("a backslash at the end of a cell in quotes is one, where the file is read so", async () => {
    const { rows, dialect } = await readAs('"dir","x"\n"C:\\",1\n"D:\\",2\n');
    expect(rows).toEqual([
      ["C:\\", 1],
      ["D:\\", 2],
    ]);
    expect(dialect.backslashQuotes).toBe(false);
  });

  test("with blanks in front of them, anywhere in a file", async () => {
    const text = `a, b\n${"1, 2\n".repeat(300_000)}3, "x, ""y"""\n\t"4" ,"5\n6"\n`;
    const { rows } = await readAs(text);
    expect(rows[300_000]).toEqual([3, 'x, "y"']);
    expect(rows[300_001]).toEqual([4, "5\n6"]);
    expect(() => readCsv('a,b\n1, "2\n3"\n4, "5"x\n')).toThrow(
      "line 4: expected a quote at the end of its cell",
    );
  });
});

describe("names", () => {
  test("one fewer than columns, as R writes them", async () => {
    const { names, rows, notes } = await readAs('"mpg" "wt"\n"Blue one" 21.5 2.5\n"Red two" 22 2.25\n');
    expect(names).toEqual(["1", "mpg", "wt"]);
    expect(rows[0]).toEqual(["Blue one", 21.5, 2.5]);
    expect(notes).toContain('The first column has no name: it is called "1".');
    expect((await readAs("a,b\nr1,1,2\nr2,3,4\n")).names).toEqual(["1", "a", "b"]);
  });

  test("one fewer than columns that end with a delimiter too many", async () => {
    const { names, notes } = await readAs("a;b\n1;2;\n3;4;\n");
    expect(names).toEqual(["a", "b", "3"]);
    expect(notes).toContain('The last column has no name: it is called "3".');
  });

  test("that are numbers behind an empty one, as pandas writes arrays", async () => {
    for (const header of [true, "detect"] as const) {
      const { names, rows } = await readAs(",0,1,2\n0,0.5,1,3\n1,1.5,0,4\n", { header });
      expect(names).toEqual(["column 1", "0", "1", "2"]);
      expect(rows[1]).toEqual([1, 1.5, 0, 4]);
    }
  });

  test("found where the first line is no row", async () => {
    const isHeader = async (text: string) => (await readAs(text, { header: "detect" })).dialect.header;
    expect(await isHeader("a,b\n1,2\n")).toBe(true);
    expect(await isHeader("id,2019,2020\nx,1,2\n")).toBe(true);
    expect(await isHeader("1,2\n3,4\n")).toBe(false);
    expect(await isHeader("1,?\n3,4\n")).toBe(false);
    expect(await isHeader("5.1,3.5,setosa\n4.9,3,setosa\n6,3,versicolor\n")).toBe(false);
    expect(await isHeader("red,blue\nred,green\n")).toBe(true);
  });

  test("that occur twice get a number", async () => {
    const { names, notes } = await readAs("a,b,a\n1,2,3\n");
    expect(names).toEqual(["a", "b", "a (2)"]);
    expect(notes).toEqual(['More than one column has the name "a": column 3 is called "a (2)".']);
  });
});

describe("lines that are skipped", () => {
  test("comments, and those above the names, with the numbers of the file's lines", async () => {
    const text = 'Report of May\n\n# units: m\na,b\n1,"x\n# no comment"\n# 2,y\n3,z\n';
    const options = { skip: 1, comment: "#" } as const;
    const { rows, dialect } = await readAs(text, options);
    expect(rows).toEqual([
      [1, "x\n# no comment"],
      [3, "z"],
    ]);
    expect(dialect).toMatchObject({ headerLine: 4, comment: "#", skip: 1 });
    expect(() => readCsv(`${text}5\n`, options)).toThrow("line 9: expected 2 cells, got 1");
  });

  test("adults: blanks behind commas, ? for missing, a first line of another kind, an empty one at the end", async () => {
    const text =
      "|1x3 Cross check\n25, Private, 11th, 226, ?\n38, ?, HS-grad, 89, <=50K.\n28, Local-gov, 11th, 33, >50K.\n\n";
    const { rows } = await readAs(text, { comment: "|", header: false });
    expect(rows).toEqual([
      [25, "Private", "11th", 226, ""],
      [38, "", "HS-grad", 89, "<=50K."],
      [28, "Local-gov", "11th", 33, ">50K."],
    ]);
  });
});

test("wines: semicolons and names in quotes", async () => {
  const { names, rows } = await readAs('"fixed acidity";"pH";"quality"\n7.4;3.51;5\n7.8;3.2;6\n');
  expect(names).toEqual(["fixed acidity", "pH", "quality"]);
  expect(rows[1]).toEqual([7.8, 3.2, 6]);
});

test("sep=; of Excel, with decimal commas, and without names", async () => {
  const { rows, dialect } = await readAs("sep=;\r\n1,5;2\r\n2,5;3\r\n", { header: false });
  expect(dialect).toMatchObject({ delimiter: ";", decimal: "," });
  expect(rows).toEqual([
    [1.5, 2],
    [2.5, 3],
  ]);
});

describe("files in any dialect", () => {
  const files = [
    '"t" "x"\n"a \\"b\\"" 1 2,5\n"c  d" 3 4,5\n  "e" 5   6,5 \n',
    '# c\na;b\n1,5;x\n#no;row\n2,5;"y\n# z"\n',
    "-2.3 0.5 \n 1.5  2 \n",
    'a, b\n1, "x"\n2, "y, z"\n',
  ];

  test.each(files)("%j is read the same however its chunks are cut", async (text) => {
    const bytes = new TextEncoder().encode(text);
    const options = { comment: "#", header: "detect" } as const;
    const { dialect, columns } = await describeCsv(() => bytes, options);
    const strings = columns.map(({ name }) => name);
    const numeric = columns.filter(({ kind }) => kind === "number").map(({ name }) => name);
    const read = (chunks: Uint8Array[]) =>
      [...csvRows(chunks, { dialect, x: numeric, strings })].flatMap((each) => [
        ...each.strings,
        ...each.x.data,
      ]);
    const whole = read([bytes]);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((end, i) => bytes.slice(places[i], end));
        expect(read(chunks)).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });
});
