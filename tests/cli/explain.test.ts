import { beforeAll, describe, expect, test } from "vitest";
import { findBrowser, launch } from "../support/browsers.js";
import { Place, table } from "./run.js";

const place = new Place();
const MODEL = "model.safetensors";

/** y = 3a − 2b + 5, whatever c is. */
const row = (i: number) => [i % 7, i % 11, "uvw"[i % 3], 3 * (i % 7) - 2 * (i % 11) + 5];
const DATA = table("a,b,c,y", 90, (i) => row(i).join(","));

beforeAll(async () => {
  place.write("data.csv", DATA);
  place.write(
    "classes.csv",
    table("a,b,y", 90, (i) => `${i % 7},${i % 11},${i % 7 > 3 ? "yes" : "no"}`),
  );
  const quick = ["--quiet", "--folds", "0", "--networks", "2"];
  await place.done(["train", "data.csv", "--target", "y", "--hidden", "none", ...quick.slice(0, 3)]);
  await place.done([
    ...["train", "data.csv", "--target", "y", "--out", "hidden.safetensors", "--report", "hidden.html"],
    ...quick,
  ]);
  await place.done(["train", "classes.csv", "--target", "y", "--out", "classes.safetensors", ...quick]);
});

describe("rprop explain", () => {
  test("prints what the columns do, and the worst rows by their lines", async () => {
    const csv = `# measured in May\na,b,c,y\n\n1,1,u,6\n2,2,v,70\n\n3,3,w,\n4,0,u,17\n`;
    const { stdout, stderr } = await place.done(
      ["explain", MODEL, "-", "--comment", "#", "--worst", "2"],
      csv,
    );
    expect(stderr).toBe('1 row dropped, of which "y" is missing\n');
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("model.safetensors on stdin, 3 rows");
    for (const title of ["importance", "coefficients", "worst predicted rows"])
      expect(lines).toContain(title);
    expect(lines.slice(lines.indexOf("worst predicted rows") + 1)).toEqual([
      expect.stringMatching(/^ {2}line +actual +predicted +error$/),
      expect.stringMatching(/^ {2}5 +70\.00 +7\.000 +-63\.00$/),
      expect.stringMatching(/^ {2}[48] /),
      "",
    ]);
  });

  test("says which columns make no difference, and what the coefficients are", async () => {
    const { stdout } = await place.done(["explain", MODEL, "data.csv"]);
    expect(stdout).toMatch(/^ {2}column +RMSE rises by +share\n {2}b +8\.\d+ ± .* %\n {2}a +8\.\d+ ± /m);
    expect(stdout).toContain('\n  No difference that can be told from chance: "c".\n');
    expect(stdout).toMatch(/^ {2}a +3\.000$/m);
    expect(stdout).toMatch(/^ {2}b +-2\.000$/m);
    const { stdout: hidden } = await place.done(["explain", "hidden.safetensors", "data.csv"]);
    expect(hidden).not.toContain("coefficients");
  });

  test("prints all points and numbers as JSON", async () => {
    const args = [
      "explain",
      "classes.safetensors",
      "classes.csv",
      "--repeats",
      "2",
      "--worst",
      "3",
      "--json",
    ];
    const { stdout } = await place.done(args);
    const found = JSON.parse(stdout);
    expect(Object.keys(found)).toEqual([
      ...[
        "model",
        "file",
        "target",
        "rows",
        "sampled",
        "score",
        "importances",
        "dependences",
        "coefficients",
      ],
      ...["deciding", "scores", "worst", "dropped"],
    ]);
    expect(found).toMatchObject({ file: "classes.csv", rows: 90, sampled: 90, coefficients: null });
    expect(found.deciding).toEqual(["a"]);
    expect(found.score.name).toBe("log loss");
    const [{ column, points }] = found.dependences;
    expect(column).toBe("a");
    expect(points.map(({ value }: { value: number }) => value)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(points[6].predictions[found.target.categories.indexOf("yes")]).toBeGreaterThan(0.9);
    expect(found.worst).toHaveLength(3);
    expect((await place.done(args)).stdout).toBe(stdout);
    const { stdout: other } = await place.done([...args, "--seed", "1"]);
    expect(JSON.parse(other).importances).not.toEqual(found.importances);
  });

  test("asks of a column that decides alone whether it knows the answer", async () => {
    const { stdout } = await place.done(["explain", "classes.safetensors", "classes.csv"]);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      '"a" alone decides nearly everything: does it know the answer (is it filled in after the target is known)?',
    );
    expect((await place.done(["explain", MODEL, "data.csv"])).stdout).not.toContain("know the answer");
  });

  test("draws rows where there are more than --rows, and says so", async () => {
    const { stderr } = await place.done(["explain", MODEL, "data.csv", "--rows", "20", "--seed", "3"]);
    expect(stderr).toBe("importance is measured on 20 of 90 rows, drawn by seed 3\n");
  });

  test.each([
    ["--repeats 0", '--repeats: expected a whole number of at least 1, got "0"'],
    ["--rows many", '--rows: expected a whole number of at least 1, got "many"'],
    ["--worst -1", '--worst: expected a whole number of at least 0, got "-1"'],
    ["--seed 1.5", '--seed: expected a whole number, got "1.5"'],
  ])("refuses %s", async (options, message) => {
    const outcome = await place.rprop(["explain", MODEL, "data.csv", ...options.split(" ")]);
    expect(outcome).toEqual({ code: 2, stdout: "", stderr: `${message}\n` });
  });

  test.each([
    ["a,b,c,y\n1,2,u,\n", 'new.csv: no row to measure\n1 row dropped, of which "y" is missing'],
    ["a,b,c\n1,2,u\n", 'new.csv: expected a column "y", got "a", "b", "c"'],
    ["a,c,y\n1,u,2\n", 'new.csv: expected a column "b", got "a", "c", "y"'],
    ["a,b,c,y\n", 'new.csv: expected at least one row, got the names "a", "b", "c", "y" alone'],
  ])("refuses a table of %j", async (csv, message) => {
    place.write("new.csv", csv);
    const outcome = await place.rprop(["explain", MODEL, "new.csv"]);
    expect(outcome).toEqual({ code: 1, stdout: "", stderr: `${message}\n` });
  });

  test("names the order of model and table where they have changed places", async () => {
    const outcome = await place.rprop(["explain", "data.csv", MODEL]);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain("rprop explain model.safetensors data.csv");
  });
});

describe("rprop info", () => {
  test("shows the coefficients of a linear model, without a table", async () => {
    const { stdout } = await place.done(["info", MODEL]);
    expect(stdout).toMatch(/^coefficients\n {2}input +coefficient\n {2}intercept +[\d.]+\n {2}a +3\.000$/m);
    expect((await place.done(["info", "hidden.safetensors"])).stdout).not.toContain("coefficients");
  });

  test("has them in its JSON", async () => {
    const { coefficients } = JSON.parse((await place.done(["info", MODEL, "--json"])).stdout);
    const [a, b] = coefficients.inputs;
    expect(a).toEqual({ column: "a", category: null, values: [expect.closeTo(3, 3)] });
    expect(b.values[0]).toBeCloseTo(-2, 3);
    const hidden = JSON.parse((await place.done(["info", "hidden.safetensors", "--json"])).stdout);
    expect(hidden.coefficients).toBeUndefined();
  });
});

describe("the report", () => {
  const browser = findBrowser("chromium");

  test("has importance and partial dependence of the rows of training", () => {
    const html = place.read("hidden.html");
    expect(html).toContain("<h2>Importance</h2>");
    expect(html).toContain("<h2>Partial dependence</h2>");
    expect(html.match(/class="bar"/g)).toHaveLength(3);
    expect(html).not.toContain("<h2>Coefficients</h2>");
  });

  test("reads rows again that are not in memory, and has the coefficients of a linear model", async () => {
    await place.done([
      ...["train", "data.csv", "--target", "y", "--hidden", "none", "--memory", "0", "--folds", "0"],
      ...["--out", "read.safetensors", "--report", "read.html", "--quiet"],
    ]);
    const html = place.read("read.html");
    expect(html.match(/class="bar"/g)).toHaveLength(3);
    expect(html).toContain("<h2>Coefficients</h2>");
    expect(html).toContain('<tr><td>a</td><td class="number">3.000</td></tr>');
  });

  test.skipIf(browser === undefined)("draws them inside their pictures, in light and dark", async () => {
    const chromium = await launch("chromium");
    try {
      const page = await chromium.newPage();
      for (const value of ["light", "dark"]) {
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
        await page.goto(`file://${place.path("hidden.html")}`);
        const outside = await page.evaluate(() =>
          [...document.querySelectorAll("svg")].flatMap((svg) => {
            const whole = svg.getBoundingClientRect();
            return [...svg.querySelectorAll("text, path, rect")]
              .map((part) => [part, part.getBoundingClientRect()] as const)
              .filter(
                ([, { left, right, top, bottom }]) =>
                  left < whole.left - 1 ||
                  right > whole.right + 1 ||
                  top < whole.top - 1 ||
                  bottom > whole.bottom + 1,
              )
              .map(([part]) => part.outerHTML);
          }),
        );
        expect(outside).toEqual([]);
        const bar = await page.evaluate(() => getComputedStyle(document.querySelector(".bar")!).fill);
        expect(bar).toBe(value === "light" ? "rgb(0, 114, 178)" : "rgb(86, 180, 233)");
      }
    } finally {
      await chromium.close();
    }
  });
});
