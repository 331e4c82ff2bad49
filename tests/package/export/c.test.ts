import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toC } from "../../../src/export/index.js";
import { Ensemble, Linear, type Module, predict, ReLU, Sequential } from "../../../src/index.js";
import { expectSame } from "../../core/numbers.js";
import { alone, ensembles, networks, rowsFor } from "../../support/exported-models.js";

const models = [...alone, ...networks, ...ensembles];
const outputs = (model: Module) => predict(model, [new Float32Array(model.width as number)]).size;

/** All models in one file, and a program that predicts rows from stdin by the one whose number it is given. */
function program(): string {
  const cases = models.map(({ model }, i) => {
    const [ins, outs] = [model.width, outputs(model)];
    return `
    case ${i}: {
      float x[${ins}], y[${outs}];
      while (fread(x, sizeof x, 1, stdin) == 1) {
        model${i}(x, y);
        fwrite(y, sizeof y, 1, stdout);
      }
      break;
    }`;
  });
  return `${models.map(({ model }, i) => toC(model, { name: `model${i}` })).join("\n")}
#include <stdio.h>
#include <stdlib.h>
int main(int count, char **words) {
  if (count != 2) return 1;
  switch (atoi(words[1])) {${cases.join("")}
  }
  return 0;
}
`;
}

const hasCompiler = spawnSync("gcc", ["--version"]).status === 0;

describe.skipIf(!hasCompiler && !process.env.CI).each(["-O0", "-O2"])("toC, compiled by gcc %s", (level) => {
  const folder = mkdtempSync(join(tmpdir(), "rprop-c-"));
  const binary = join(folder, "program");

  beforeAll(() => {
    writeFileSync(join(folder, "program.c"), program());
    const strict = ["-std=c99", "-ffp-contract=off", "-Wall", "-Wextra", "-Werror", "-pedantic"];
    // No -lm: it needs no mathematical library.
    execFileSync("gcc", [level, ...strict, join(folder, "program.c"), "-o", binary], { encoding: "utf8" });
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(models.map((entry, i) => ({ ...entry, i })))("gives the bits of predict: $name", ({ model, i }) => {
    const rows = rowsFor(model);
    const input = Buffer.concat(rows.map((row) => Buffer.from(row.buffer)));
    const output = execFileSync(binary, [String(i)], { input, maxBuffer: 2 ** 26 });
    const expected = predict(model, rows).data;
    expect(output.length).toBe(expected.byteLength);
    expectSame(new Float32Array(new Uint8Array(output).buffer), expected, "y");
  });
});

describe("toC", () => {
  it("says what it takes and gives, and holds what the model needs and no more", () => {
    const source = toC(new Sequential(new Linear(2, 3), new ReLU(), new Linear(3, 1)));
    expect(source).toContain("\nvoid predict(const float x[2], float y[1]) {\n");
    expect(source).not.toMatch(/#include|exp|tanh/);
    expect(source).toMatch(/-ffp-contract=off.*FLT_EVAL_METHOD/s);
  });

  it("names the numbers of an Ensemble by their members", () => {
    const source = toC(new Ensemble([new Linear(2, 3), new Sequential(new ReLU(), new Linear(2, 3))]));
    for (const name of ["weight0", "bias0", "weight1_1", "bias1_1"])
      expect(source).toMatch(new RegExp(`^static const float predict_${name}\\[`, "m"));
    expect(source).toMatch(/^\/\* mean of the outputs of 2 models: Linear\(2, 3\); ReLU, Linear\(2, 3\)\n/);
    expect(source).not.toMatch(/#include|exp|softmax/);
  });

  it("refuses a model of rows of any length", () => {
    expect(() => toC(new Ensemble([new ReLU(), new ReLU()]))).toThrow(
      new RangeError(
        '"model": expected a layer that fixes the number of columns, got mean of the outputs of 2 models: ReLU',
      ),
    );
    expect(() => toC(new Sequential(new ReLU(), new ReLU()))).toThrow(
      new RangeError('"model": expected a layer that fixes the number of columns, got ReLU, ReLU'),
    );
  });
});
