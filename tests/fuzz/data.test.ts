import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { csvRows, readCsv, readNpy } from "../../src/data/index.js";
import { fuzz, mutated } from "./fuzz.js";

describe("damaged files are read or refused by FormatError", () => {
  test("CSV", () => {
    const files = [
      'a,b,c\n1,2.5,x\n-3e2,"4","y"\n5,6,"z\nq"\n',
      "\ufeffname;value\r\nж;1,5\r\n\r\n😀;NA\r\n",
      "1\t2\n3\t4\n",
      "__proto__,constructor,toString\n1,2,3\n4,5,6",
    ].map((text) => new TextEncoder().encode(text));
    const morsels = [
      '"',
      '""',
      ",",
      ";",
      "\t",
      "|",
      "\r",
      "\n",
      "\r\n",
      "NA",
      "-",
      "1e999",
      "0x1",
      "__proto__",
      "\0",
      " ",
    ];
    const options = [{}, { missing: "keep" }, { header: false }, { decimal: ",", missing: "drop" }] as const;
    const counts = fuzz((draw) => {
      const bytes = mutated(files[draw(files.length)]!, draw, morsels);
      const option = options[draw(options.length)]!;
      if (draw(2) === 0) {
        const table = readCsv(bytes, option);
        expect(table.names.length).toBeGreaterThan(0);
        for (const column of table.columns.values()) expect(column.length).toBe(table.rows);
      } else {
        const at = draw(bytes.length + 1);
        for (const { x, rows } of csvRows([bytes.subarray(0, at), bytes.subarray(at)], option))
          expect(x.data.length).toBe(rows * x.shape[1]!);
      }
    });
    expect(counts.read).toBeGreaterThan(50);
    expect(counts.refused).toBeGreaterThan(50);
  });

  test(".npy", () => {
    const { cases } = JSON.parse(readFileSync("tests/golden/npy.json", "utf8"));
    const files = cases.map(({ file }: { file: string }) => new Uint8Array(Buffer.from(file, "base64")));
    const morsels = [
      "'",
      "(",
      ")",
      ",",
      "9",
      "99999999",
      "True",
      "'descr': '<f8', ",
      "<",
      ">",
      "}",
      "{",
      "-",
      "__proto__",
    ];
    const counts = fuzz((draw) => {
      const bytes = mutated(files[draw(files.length)]!, draw, morsels);
      const { shape, data } = readNpy(bytes);
      expect(data.length).toBe(shape.reduce((size, length) => size * length, 1));
    });
    expect(counts.read).toBeGreaterThan(50);
    expect(counts.refused).toBeGreaterThan(50);
  });
});
