import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  decode,
  decodeTensors,
  encode,
  encodeTensors,
  fingerprint,
  fitSync,
  GELU,
  LeakyReLU,
  Linear,
  type Module,
  manualSeed,
  Normalization,
  predict,
  ReLU,
  Rprop,
  randn,
  type Saved,
  Sequential,
  Sigmoid,
  SiLU,
  Softplus,
  Tanh,
} from "../../src/index.js";
import { difference, mlpCases } from "../golden/golden.js";

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
    python("tests/pytorch/train.py", from, at(to), at("data"), String(epochs));
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

  test("the two scripts of docs/PYTORCH.md print the same", () => {
    const text = readFileSync("docs/PYTORCH.md", "utf8");
    const [there, here] = ["python", "js"].map(
      (language) => new RegExp(`^\`{3}${language}\\n(.*?)^\`{3}`, "ms").exec(text)?.[1],
    ) as [string, string];
    const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", here], {
      encoding: "utf8",
    });
    expect(printed).toBe("loss: 1.3083192110061646\n");
    expect(python("-c", there)).toBe(printed);
  });

  test("every module means the same there, and comes back with every bit", () => {
    manualSeed(1);
    const x = randn(50, 3);
    const middle = new Sequential(new Linear(3, 4), new LeakyReLU({ negativeSlope: -0.3 }), new Tanh());
    const model = new Sequential(
      ...[
        new Normalization([
          [1, 2, 3],
          [4, 5, 9],
        ]),
        middle,
        new Sigmoid(),
        new Linear(4, 5, { bias: false }),
      ],
      ...[new ReLU(), new GELU(), new Linear(5, 2), new SiLU(), new Softplus()],
      new Normalization(
        [
          [10, 1000],
          [20, 3000],
        ],
        { invert: true },
      ),
    );
    writeFileSync(at("every"), encode({ model, metadata: { unit: "°C" } }));
    writeFileSync(at("x"), encodeTensors({ x }));
    const program = `
from rprop_files import *
model, optimizer, metadata = load("every")
assert optimizer is None
write_safetensors("y", {"y": model(read_safetensors("x")[0]["x"])}, {})
save("again", model, metadata=metadata)`;
    python("-c", program);
    const { y } = decodeTensors(readFileSync(at("y")));
    const own = predict(model, x);
    const worst = own.toArray().map((value, i) => Math.abs((y?.data[i] ?? Number.NaN) / value - 1));
    expect(Math.max(...worst)).toBeLessThan(1e-6);
    const again = decode(readFileSync(at("again")));
    expect(fingerprint(again.model)).toBe(fingerprint(model));
    expect(again.metadata).toEqual({ unit: "°C" });
  });

  test.each([
    [{ variant: "rprop+" as const }, "torch.optim.Rprop has no variant = rprop+"],
    [{ weightDecay: 0.5 }, "torch.optim.Rprop has no weight_decay = 0.5"],
    [{ bounds: [-9, 9] as const }, "torch.optim.Rprop has no bounds = [-9, 9]"],
  ])("what PyTorch's optimizer does not have is refused there: %j", (options, message) => {
    const model = new Linear(2, 1);
    writeFileSync(at("beyond"), encode({ model, optimizer: new Rprop(model.parameters(), options) }));
    expect(() => python("-c", 'from rprop_files import load; load("beyond")')).toThrow(message);
  });
});
