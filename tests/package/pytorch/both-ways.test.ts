import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  decode,
  decodeTensors,
  Ensemble,
  encode,
  encodeTensors,
  fingerprint,
  fitSync,
  Generator,
  Linear,
  type Module,
  manualSeed,
  Normalization,
  predict,
  Rprop,
  randn,
  type Saved,
  Sequential,
  Tanh,
  tensor,
} from "../../../src/index.js";
import { difference, mlpCases } from "../../golden/golden.js";
import { alone } from "../../support/exported-models.js";

const PYTHON = process.env.PYTHON ?? "/usr/bin/python3"; // Debian's, which sees Debian's python3-torch
const hasTorch = spawnSync(PYTHON, ["-c", "import torch"]).status === 0;

const folder = mkdtempSync(join(tmpdir(), "rprop-pytorch-"));
const at = (name: string) => join(folder, name);
const docs = resolve("docs");

/** Runs Python with docs/rprop_files.py at hand: a script of the project, or in the folder a text. */
function python(...args: string[]): string {
  const env = { ...process.env, PYTHONPATH: docs, PYTHONDONTWRITEBYTECODE: "1" };
  const cwd = args[0] === "-c" ? folder : ".";
  return execFileSync(PYTHON, args, { env, cwd, stdio: "pipe", encoding: "utf8" });
}

afterAll(() => rmSync(folder, { recursive: true }));

/** A seed with which no gradient comes so near to 0 that its sign is a matter of rounding (record_mlp.py). */
const { seed } = mlpCases().find(({ activation, loss }) => activation === "Tanh" && loss === "MSELoss")!;

function start() {
  manualSeed(seed);
  const [x, y] = [randn(33, 3), randn(33, 4)];
  const model = new Sequential(new Linear(3, 5), new Tanh(), new Linear(5, 4));
  return { x, y, model, optimizer: new Rprop(model.parameters()) };
}

const numbers = (model: Module) => Float32Array.from(model.parameters().flatMap((p) => p.toArray()));

describe.skipIf(!hasTorch && !process.env.CI)("between here and PyTorch", () => {
  const { x, y } = start();
  writeFileSync(at("data"), encodeTensors({ x, y }));

  /** Goes on for so many epochs there, from one file to another. */
  function trainThere(from: string, to: string, epochs: number) {
    python("tests/package/pytorch/train.py", from, at(to), at("data"), String(epochs));
    return decode(readFileSync(at(to)));
  }

  function trainHere({ model, optimizer }: Saved, epochs: number, to?: string) {
    fitSync(model, x, y, { optimizer: optimizer as Rprop, epochs });
    if (to) writeFileSync(at(to), encode({ model, optimizer: optimizer as Rprop }));
    return model;
  }

  const whole = numbers(trainHere(start(), 100));

  test("a run that began here goes on there and ends here, with the bits of one that stayed", () => {
    trainHere(start(), 30, "30");
    const back = trainThere(at("30"), "70", 40);
    expect(difference(numbers(trainHere(back, 30)), whole)).toBeNull();
  });

  test("a run that began there goes on here and ends there, with the same bits", () => {
    const back = trainThere(`new:${seed}`, "30", 30);
    expect(back.metadata).toEqual({ by: "PyTorch" });
    trainHere(back, 40, "70");
    expect(difference(numbers(trainThere(at("70"), "100", 30).model), whole)).toBeNull();
  });

  test("the two scripts of docs/PYTORCH.md print the same loss, as far as processors do", () => {
    const text = readFileSync("docs/PYTORCH.md", "utf8");
    const [there, here] = ["python", "js"].map(
      (language) => new RegExp(`^\`{3}${language}\\n(.*?)^\`{3}`, "ms").exec(text)?.[1],
    ) as [string, string];
    const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", here], {
      encoding: "utf8",
    });
    expect(printed).toBe("loss: 1.3083192110061646\n");
    const loss = Number(/^loss: (\S+)\n$/.exec(python("-c", there))?.[1]);
    // PyTorch 1.13 prints this number with 512-bit vectors, and the next above it with 256-bit ones.
    expect(Math.abs(loss / 1.3083192110061646 - 1)).toBeLessThan(2 ** -22);
  });

  const kept = `
from rprop_files import *
import sys
for name in sys.argv[1:]:
    model, optimizer, metadata = load(name)
    assert optimizer is None
    write_safetensors(name + "-y", {"y": model(read_safetensors("x")[0]["x"])}, {})
    save(name + "-again", model, metadata=metadata)`;

  test("modules that hold numbers, and modules within modules, mean the same there, and come back with every bit", () => {
    manualSeed(1);
    const x = randn(50, 3);
    const rows = [
      [1, 2, 3],
      [4, 5, 9],
    ];
    const targets = [
      [10, 1000],
      [20, 3000],
    ];
    const model = new Sequential(
      new Normalization(rows),
      new Sequential(new Linear(3, 4), new Tanh()),
      new Linear(4, 2, { bias: false }),
      new Normalization(targets, { invert: true }),
    );
    writeFileSync(at("every"), encode({ model, metadata: { unit: "°C" } }));
    writeFileSync(at("x"), encodeTensors({ x }));
    python("-c", kept, "every");
    const { y } = decodeTensors(readFileSync(at("every-y")));
    const worst = predict(model, x)
      .toArray()
      .map((value, i) => Math.abs((y?.data[i] ?? Number.NaN) / value - 1));
    expect(Math.max(...worst)).toBeLessThan(1e-6);
    const again = decode(readFileSync(at("every-again")));
    expect(fingerprint(again.model)).toBe(fingerprint(model));
    expect(again.metadata).toEqual({ unit: "°C" });
  });

  test.each([
    ["output", 2],
    ["probabilities", 2],
    ["probabilities", 1],
  ] as const)(
    "an Ensemble means the same there, and comes back with every bit: %s, outputs: %d",
    (average, outs) => {
      manualSeed(2);
      const x = randn(50, 3);
      const members = [
        new Sequential(new Normalization(x), new Linear(3, 4), new Tanh(), new Linear(4, outs)),
        new Linear(3, outs, { bias: false }),
        new Sequential(new Sequential(new Linear(3, outs))),
      ];
      const model = new Ensemble(members, { average });
      writeFileSync(at("ensemble"), encode({ model, metadata: { unit: "°C" } }));
      writeFileSync(at("x"), encodeTensors({ x }));
      python("-c", kept, "ensemble");
      const { y } = decodeTensors(readFileSync(at("ensemble-y")));
      expect(y?.shape).toEqual([50, outs]);
      const worst = predict(model, x)
        .toArray()
        .map((value, i) => Math.abs((y?.data[i] ?? Number.NaN) - value));
      expect(Math.max(...worst)).toBeLessThan(1e-6);
      const again = decode(readFileSync(at("ensemble-again")));
      expect(fingerprint(again.model)).toBe(fingerprint(model));
      expect(again.metadata).toEqual({ unit: "°C" });
    },
  );

  test("an Ensemble made there has its names here, and the optimizer of its members", () => {
    const program = `
from collections import OrderedDict
from rprop_files import *
first = nn.Sequential(OrderedDict(a=nn.Linear(2, 4), b=nn.Tanh(), c=nn.Linear(4, 3)))
model = Ensemble([first, nn.Linear(2, 3)], "probabilities")
optimizer = torch.optim.Rprop(model.parameters())
model(torch.ones(1, 2))[0, 0].backward()
optimizer.step()
save("made", model, optimizer)`;
    python("-c", program);
    const { model, optimizer } = decode(readFileSync(at("made")));
    const names = ["0.0.weight", "0.0.bias", "0.2.weight", "0.2.bias", "1.weight", "1.bias"];
    expect(Object.keys(model.stateDict())).toEqual(names);
    expect((model as Ensemble).average).toBe("probabilities");
    for (const parameter of model.parameters()) expect(optimizer?.state(parameter).step).toBe(1);
  });

  test("every activation means the same there, with its option, and where it does not the documentation says so", () => {
    const x = [
      ...new Generator(2).randn(1000).data.map((v) => 3 * v),
      0,
      -0,
      50,
      -50,
      Infinity,
      -Infinity,
      NaN,
    ];
    writeFileSync(at("x"), encodeTensors({ x: tensor(x, [x.length, 1]) }));
    for (const { name, model } of alone) writeFileSync(at(name), encode({ model }));
    python("-c", kept, ...alone.map(({ name }) => name));
    const documented = readFileSync("docs/PYTORCH.md", "utf8");
    for (const { name, model } of alone) {
      const y = decodeTensors(readFileSync(at(`${name}-y`))).y?.data as Float32Array;
      predict(model, x).data.forEach((own, i) => {
        const there = y[i] as number;
        // PyTorch 1.13 computes ELU as exp(x) − 1, which is right to 6e-8 and no better.
        if (Object.is(own, there) || Math.abs(own - there) <= 1e-6 * Math.abs(own) + 2e-7) return;
        expect(x[i], `${name} of ${x[i]}: ${own} here, ${there} there`).toBe(-Infinity);
        expect(documented).toContain(`\`${name}(-∞)\``);
      });
      expect(fingerprint(decode(readFileSync(at(`${name}-again`))).model)).toBe(fingerprint(model));
    }
  });

  test.each([
    [{ variant: "rprop+" as const }, "torch.optim.Rprop has no variant = rprop+"],
    [{ weightDecay: 0.5 }, "torch.optim.Rprop has no weight_decay = 0.5"],
    [{ bounds: [-9, 9] as const }, "torch.optim.Rprop has no bounds = [-9, 9]"],
    [{ nonFinite: "throw" as const }, "torch.optim.Rprop has no non_finite = throw"],
  ])("what PyTorch's optimizer does not have is refused there: %j", (options, message) => {
    const model = new Linear(2, 1);
    writeFileSync(at("beyond"), encode({ model, optimizer: new Rprop(model.parameters(), options) }));
    expect(() => python("-c", 'from rprop_files import load; load("beyond")')).toThrow(message);
  });

  test.each([
    ["a Dropout", "nn.Sequential(nn.Linear(1, 1), nn.Dropout())", "rprop has no Dropout"],
    ["a Softplus of another beta", "nn.Softplus(beta=2)", "rprop has no Softplus(beta=2"],
    ["a module that computes something else", "Twice(nn.Linear(1, 1))", "rprop has no Twice"],
    [
      "an Ensemble within a Sequential",
      "nn.Sequential(Ensemble([linear]), nn.Tanh())",
      "rprop has no Ensemble(",
    ],
    ["an Ensemble of an Ensemble", "Ensemble([Ensemble([linear])])", "rprop has no Ensemble("],
    ["an Ensemble of nothing", "Ensemble([])", "rprop has no Ensemble("],
    ["an Ensemble of another mean", 'Ensemble([linear], "median")', 'average: expected "output" or'],
    ["a member twice", "Ensemble([linear, linear])", "no parameter in two places"],
    ["weights in two places", "nn.Sequential(linear, nn.Tanh(), linear)", "no parameter in two places"],
    ["another optimizer", "linear, torch.optim.Adam(linear.parameters())", "rprop has no optimizer Adam"],
    [
      "the optimizer of another model",
      "linear, torch.optim.Rprop([nn.Parameter(torch.ones(1))])",
      "does not have",
    ],
    ["metadata that are no texts", "linear, None, {'epochs': 3}", "metadata: expected texts by name"],
    ["what is no model", "linear.state_dict()", "rprop has no <class 'collections.OrderedDict'> as a module"],
  ])("what is not here is refused there before anything is written: %s", (_, given, message) => {
    const program = `
from rprop_files import *
class Twice(nn.Sequential):
    def forward(self, x):
        return 2 * super().forward(x)
linear = nn.Linear(1, 1)
save("refused", ${given})`;
    expect(() => python("-c", program)).toThrow(message);
    expect(existsSync(at("refused"))).toBe(false);
  });

  test("names of a Sequential's own become numbers, the optimizer's too", () => {
    const program = `
from collections import OrderedDict
from rprop_files import *
model = nn.Sequential(OrderedDict(first=nn.Linear(2, 1), second=nn.Tanh()))
optimizer = torch.optim.Rprop(model.parameters())
model(torch.ones(1, 2)).sum().backward()
optimizer.step()
save("named", model, optimizer)`;
    python("-c", program);
    const { model, optimizer } = decode(readFileSync(at("named")));
    expect(Object.keys(model.stateDict())).toEqual(["0.weight", "0.bias"]);
    expect(optimizer?.state(model.parameters()[0]!).step).toBe(1);
  });

  test.each([
    ["a text", new TextEncoder().encode("a,b\n1,2\n"), "wrong: no safetensors file, or a part of one"],
    ["nothing", new Uint8Array(0), "wrong: no safetensors file, or a part of one"],
    ["tensors alone", encodeTensors({ x }), "wrong: a safetensors file, but none of rprop's"],
  ])("files of other kinds are refused there by name: %s", (_, bytes, message) => {
    writeFileSync(at("wrong"), bytes);
    expect(() => python("-c", 'from rprop_files import load; load("wrong")')).toThrow(message);
  });
});
