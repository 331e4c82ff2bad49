import { describe, expect, test } from "vitest";
import { readCsv } from "../../src/data/index.js";
import { DATA } from "../support/hints/data.js";
import { messageOf } from "../support/hints/hint.js";

describe("advice that the reader of tables gives helps", () => {
  test.each(DATA.map((hint, i) => [`${i}: ${hint.words}`, hint] as const))(
    "%s",
    async (_, { words, refused, followed }) => {
      const message = await messageOf(refused);
      for (const part of words.split("…")) expect(message).toContain(part);
      expect(await followed(message)).not.toBe(false);
    },
  );

  test("a column that is far from those that are there is none of them", async () => {
    for (const wanted of ["y", "width", "dice"])
      expect(await messageOf(() => readCsv("size,Price\n1,2\n", { columns: [wanted] }))).not.toContain(
        "meant",
      );
  });
});

describe("a column without a name gets one that no other has", () => {
  test.each([
    [",0,1,2", "column 1 0 1 2"],
    ["a,,c", "a 2 c"],
    ["2, ,c", "2 column 2 c"],
    [",,1,2", "column 1 column 2 1 2"],
    [",column 1,1", "column column 1 column 1 1"],
    ['""," ",3', "1 2 3"],
  ])("%s", (names, expected) => {
    const row = names.split(",").map((_, i) => i * i);
    const table = readCsv(`${names}\n${row.join(",")}\n`);
    expect(table.names.join(" ")).toBe(expected);
    expect(table.names.map((name) => table.numeric(name)[0])).toEqual(row);
  });

  test("and a name that another has gets a number", () => {
    expect(readCsv("a,,a,a,a (2)\n1,2,3,4,5\n").names).toEqual(["a", "2", "a (3)", "a (4)", "a (2)"]);
  });
});
