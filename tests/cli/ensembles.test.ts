import { pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { Ensemble, Linear, type Module, predict, Sequential, Tanh } from "../../src/index.js";
import { load, save } from "../../src/node/index.js";
import { CLASSES, Place } from "./run.js";

const place = new Place();
const member = () => new Sequential(new Linear(2, 3), new Tanh(), new Linear(3, 2));

async function saved(name: string, modules: readonly Module[], average?: "probabilities") {
  const model = new Ensemble(modules, { average });
  await save(place.path(name), { model });
  return model;
}

/** Members that rprop train has made, as one model that knows the table. */
beforeAll(async () => {
  place.write("data.csv", CLASSES);
  const files = [];
  for (const seed of ["1", "2"]) {
    const options = ["--seed", seed, "--epochs", "2", "--networks", "1", "--quiet", "--out", seed];
    await place.done(["train", "data.csv", "--target", "y", ...options]);
    files.push(await load(place.path(seed)));
  }
  const model = new Ensemble(
    files.map(({ model }) => model),
    { average: "probabilities" },
  );
  await save(place.path("trained"), { model, metadata: files[0]?.metadata ?? {} });
});

test("rprop info shows the layers of equal members once", async () => {
  await saved("equal", [member(), member(), member()], "probabilities");
  expect((await place.done(["info", "equal"])).stdout).toBe(
    `equal: 51 parameters

layers
  mean of the probabilities of 3 models, each of
  Linear 2 → 3
  Tanh
  Linear 3 → 2
`,
  );
});

test("rprop info shows the layers of each of other members", async () => {
  const model = await saved("other", [new Linear(2, 2), member()]);
  expect((await place.done(["info", "other"])).stdout).toBe(
    `other: 23 parameters

layers
  mean of the outputs of 2 models
  model 0
    Linear 2 → 2
  model 1
    Linear 2 → 3
    Tanh
    Linear 3 → 2
`,
  );
  const { stdout } = await place.done(["info", "other", "--json"]);
  expect(JSON.parse(stdout)).toEqual({ file: "other", architecture: model.architecture(), parameters: 23 });
});

test("rprop export writes an Ensemble in every format", async () => {
  const model = await saved("all", [new Linear(2, 2), member()], "probabilities");
  const { stdout } = await place.done([
    ...["export", "all", "--onnx", "m.onnx", "--js", "m.mjs", "--c", "m.c", "--name", "chances"],
  ]);
  expect(stdout).toBe("m.onnx, m.mjs, m.c\n");
  const { chances } = await import(/* @vite-ignore */ pathToFileURL(place.path("m.mjs")).href);
  for (const row of [
    [1, 2],
    [-3, 0.1],
  ])
    expect(chances(row)).toEqual(predict(model, [row]).toArray());
  expect(place.read("m.c")).toContain("void chances(const float x[2], float y[2]) {");
  expect(place.bytes("m.onnx").includes("1.2.weight")).toBe(true);
});

test("rprop export says that an Ensemble of probabilities gives those, where a model gives logits", async () => {
  const lines = async (name: string) => (await place.done(["export", name, "--js", "t.mjs"])).stdout;
  expect(await lines("trained")).toMatch(/^ {2}y\[0\] {2}probability of y = /m);
  expect(await lines("trained")).not.toContain("logit");
  expect(await lines("1")).toMatch(/^ {2}y\[0\] {2}logit of y = /m);
});

test("rprop info shows an Ensemble that knows its table", async () => {
  const { stdout } = await place.done(["info", "trained"]);
  expect(stdout).toMatch(/^layers\n {2}mean of the probabilities of 2 models, each of\n {2}Normalization\n/m);
  expect(stdout).toMatch(/^predicts\n {2}y, from\n/m);
});
