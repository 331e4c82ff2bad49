import { describe, expect, test } from "vitest";
import { Generator } from "../../src/index.js";
import { decidingColumns } from "../../src/table/explain/deciding-columns.js";
import { explanationSections, trainTable } from "../../src/table/index.js";

type Numbers = Record<"a" | "b" | "c", number>;

/** 300 rows of normal numbers, and what is made of them. */
function tableOf<More extends object>(more: (row: Numbers, noise: number) => More) {
  const { data } = new Generator(3).randn(300, 4);
  return Array.from({ length: 300 }, (_, i) => {
    const [a, b, c, noise] = data.subarray(4 * i, 4 * i + 4) as unknown as [number, number, number, number];
    return { a, b, c, ...more({ a, b, c }, noise) };
  });
}

async function decidingIn(rows: object[], options: object = {}) {
  const { explain, schema } = await trainTable(
    { rows: rows as Record<string, unknown>[] },
    { target: "y", folds: 0, networks: 2, epochs: 150, ...options },
  );
  const explanation = await explain({ repeats: 2 });
  const said = explanationSections(explanation, schema)[0]!.remarks.filter((each) =>
    each.includes("know the answer"),
  );
  expect(said).toHaveLength(explanation.deciding.length);
  return [...explanation.deciding];
}

describe("named is", () => {
  test("a column that is the target in other units", async () => {
    const rows = tableOf(({ a, b, c }, noise) => {
      const y = a + b + c + noise;
      return { y, leak: 1.8 * y + 32 };
    });
    expect(await decidingIn(rows)).toEqual(["leak"]);
    expect(await decidingIn(rows, { hidden: [] })).toEqual(["leak"]);
  });

  test("each of two copies, of which the model uses both", async () => {
    const rows = tableOf(({ a, b, c }, noise) => {
      const y = a + b + c + noise;
      return { y, gross: 1.19 * y, net: y + 0.01 * noise };
    });
    expect((await decidingIn(rows)).sort()).toEqual(["gross", "net"]);
  });

  test("each of two copies with few large numbers, which no neighbour tells", async () => {
    const rows = tableOf(({ a, b, c }, noise) => {
      const y = Math.exp(1.5 * (a + b + c + noise));
      return { y, gross: 1.19 * y, net: y + noise };
    });
    expect((await decidingIn(rows)).sort()).toEqual(["gross", "net"]);
  });

  test("a column that only the model can tell by, as there are few rows", () => {
    const inputs = ["a", "b"].map((name) => ({ name, kind: "number" as const, mean: 0 }));
    const columns = { csv: { decimal: "." as const, missing: [] }, inputs, baseline: 0 };
    const schema = { ...columns, target: { name: "y", kind: "number" as const } };
    const x = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i * i));
    const rows = { rows: 6, x, y: Float32Array.of(1, -1, 1, -1, 1, -1) };
    const by = (a: number, b: number, value = 0.1) => {
      const importances = Object.entries({ a, b }).map(([column, importance]) => ({
        ...{ column, importance, spread: 0, share: null, isChance: false },
      }));
      return decidingColumns(schema, rows, { name: "RMSE", value, baseline: 1 }, importances);
    };
    expect(by(1, 0.01)).toEqual(["a"]);
    expect(by(1, 0.5)).toEqual([]); // b has too much
    expect(by(1, 0.01, 0.3)).toEqual([]); // no perfect score
  });

  test("a column that bends with the target, not in a line", async () => {
    const rows = tableOf(({ a, b }) => ({ y: 8 * (a > 0 ? 1 : -1) * Math.exp(-a * a) + 0.3 * b }));
    expect(await decidingIn(rows, { ignore: ["c"] })).toEqual(["a"]);
  });

  test("a category, and a number, that tell the class", async () => {
    const rows = tableOf(({ a, b, c }, noise) => {
      const y = a + b + c + noise > 0 ? "ill" : "well";
      return { y, ward: y === "ill" ? (a > 0 ? "east" : "west") : "none" };
    });
    expect(await decidingIn(rows)).toEqual(["ward"]);
    const days = rows.map(({ ward, ...row }, i) => ({ ...row, days: row.y === "ill" ? 1 + (i % 30) : 0 }));
    expect(await decidingIn(days)).toEqual(["days"]);
  });

  test("as a question that names it", async () => {
    const rows = tableOf(({ a }) => ({ y: 2 * a + 1 }));
    const { explain, schema } = await trainTable({ rows }, { target: "y", folds: 0, hidden: [] });
    expect(explanationSections(await explain(), schema)[0]!.remarks).toContain(
      '"a" alone decides nearly everything: does it know the answer (is it filled in after the target is known)?',
    );
  });
});

describe("not named is", () => {
  test("a merely strong input of a perfect model", async () => {
    expect(
      await decidingIn(
        tableOf(({ a, b, c }) => ({ y: 3 * a + b + c })),
        { hidden: [] },
      ),
    ).toEqual([]);
  });

  test("a strong input beside noise", async () => {
    expect(await decidingIn(tableOf(({ a }, noise) => ({ y: 3 * a + noise })))).toEqual([]);
  });

  test("either of two inputs that decide together", async () => {
    const rows = tableOf(({ a, b }) => ({ y: a * Math.sign(b) }));
    expect(await decidingIn(rows, { hidden: [16], epochs: 500 })).toEqual([]);
  });

  test("a strong input of classes", async () => {
    const rows = tableOf(({ a, b }, noise) => ({ y: 6 * a + b + noise > 0 ? "yes" : "no" }));
    expect(await decidingIn(rows)).toEqual([]);
  });

  test("a category with a value of its own in nearly every row", async () => {
    const rows = tableOf(({ a }, noise) => ({ y: a + noise })).map((row, i) => ({
      ...row,
      name: `n${i % 95}`,
    }));
    expect(await decidingIn(rows.slice(0, 110))).toEqual([]);
  });

  test("the only input", async () => {
    const rows = tableOf(({ a }) => ({ y: 2 * a })).map(({ a, y }) => ({ a, y }));
    expect(await decidingIn(rows, { hidden: [] })).toEqual([]);
  });
});
