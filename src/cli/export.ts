import { oneLine } from "../escapes.js";
import { toC, toJavaScript, toOnnx } from "../export/index.js";
import { shortest } from "../format-number.js";
import type { Module } from "../index.js";
import { isLog } from "../table/rows/log-target.js";
import { inputNames, type Schema } from "../table/schema.js";
import { modelAt } from "./results/operands.js";
import type { Command, Given } from "./shell/command-line.js";
import { Failure, OK, UsageError } from "./shell/failure.js";
import { Interruption } from "./shell/interruption.js";
import { checkDifferent, checkOutput, publish, staged } from "./shell/output-file.js";
import { print } from "./shell/terminal.js";

const FORMATS = { onnx: toOnnx, js: toJavaScript, c: toC };
type Format = keyof typeof FORMATS;

/** rprop export */
export const exportModel: Command = {
  signature: {
    name: "export",
    summary: "Writes a model for other programs: as ONNX, JavaScript or C.",
    operands: ["model.safetensors"],
    options: {
      onnx: { value: "FILE", help: "for runtimes of ONNX" },
      js: { value: "FILE", help: "a module with one function, which needs no library" },
      c: { value: "FILE", help: "a function in C99, which needs no library" },
      name: { value: "NAME", help: "of the function in JavaScript and C (default predict)" },
    },
    notes: `Prints what the numbers mean that go in and come out. Files of earlier runs are replaced, others
are not.`,
  },
  async run([modelPath], given) {
    const formats = (Object.keys(FORMATS) as Format[]).filter((format) => given[format] !== undefined);
    if (formats.length === 0)
      throw new UsageError("rprop export: --onnx FILE, --js FILE or --c FILE is missing");
    if (given.name !== undefined && given.js === undefined && given.c === undefined)
      throw new UsageError("--name: functions are written by --js and --c alone");
    checkDifferent(Object.fromEntries(formats.map((format) => [format, given[format]])));
    const { model, description } = await modelAt(modelPath as string);
    const files = formats.map((format) => {
      return {
        path: given[format] as string,
        format,
        content: written(modelPath as string, model, format, given),
      };
    });
    for (const { path, format } of files) await checkOutput(path, format);
    const paths = files.map(({ path }) => oneLine(path)).join(", ");
    const interruption = new Interruption();
    publish(await staged(files));
    interruption.leaveBy(() => paths);
    await print(
      `${paths}\n${description === null ? "" : `\n${meaningOf(description.schema, outputOf(model))}\n`}`,
    );
    return OK;
  },
};

/** @throws UsageError for a name that no function can have; Failure for a model that cannot be written so */
function written(path: string, model: Module, format: Format, { name }: Given): string | Uint8Array {
  try {
    return format === "onnx" || name === undefined
      ? FORMATS[format](model)
      : FORMATS[format](model, { name });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { message } = error;
    const isName = message.startsWith('"name"');
    throw isName
      ? new UsageError(message.replace('"name"', "--name"), { cause: error })
      : new Failure(`${oneLine(path)}: ${oneLine(message)}`, { cause: error });
  }
}

/** What a number that comes out is of a category. */
function outputOf(model: Module): string {
  const architecture = model.architecture();
  const isMean = architecture.type === "Ensemble" && architecture.average === "probabilities";
  return isMean ? "probability" : "logit";
}

/** What goes in and comes out, number by number. */
function meaningOf({ inputs, target }: Schema, output: string): string {
  const names = inputs.flatMap((input) => {
    const parts = inputNames([input]);
    if (input.kind === "category") return parts;
    const means = input.kind === "date" ? input.means : [input.mean];
    return parts.map((part, i) =>
      input.kind === "date" && part.includes(" = ")
        ? part
        : `${part}; ${shortest(Math.fround(means[i] as number))} where it is missing`,
    );
  });
  const width = String(names.length - 1).length;
  const lines = names.map((name, i) => `  x[${String(i).padStart(width)}]  ${name}`);
  const outs =
    target.kind === "number"
      ? [
          `  y[0]  ${isLog(target) ? `natural logarithm of ${oneLine(target.name)}, which is exp(y[0])` : oneLine(target.name)}`,
        ]
      : target.categories.map((name, i) => `  y[${i}]  ${output} of ${oneLine(`${target.name} = ${name}`)}`);
  const flags = names.some((name) => name.includes(" = ")) ? ["  (x is 1 where an = holds, else 0)"] : [];
  return ["a row goes in as", ...lines, ...flags, "and comes out as", ...outs].join("\n");
}
