import { toC, toJavaScript, toOnnx } from "../export/index.js";
import { readModel } from "./results/model-file.js";
import type { Command, Given } from "./shell/command-line.js";
import { OK, UsageError } from "./shell/failure.js";
import { checkDifferent, checkReplaceable, write } from "./shell/output-file.js";
import { print } from "./shell/terminal.js";
import { inputNames, type Schema } from "./table/schema.js";

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
    notes:
      "Prints what the numbers mean that go in and come out. Files of earlier runs are replaced, others are not.",
  },
  async run([modelPath], given) {
    const formats = (Object.keys(FORMATS) as Format[]).filter((format) => given[format] !== undefined);
    if (formats.length === 0)
      throw new UsageError("rprop export: --onnx FILE, --js FILE or --c FILE is missing");
    checkDifferent(Object.fromEntries(formats.map((format) => [format, given[format]])));
    const { model, description } = await readModel(modelPath as string);
    const files = formats.map((format) => [given[format] as string, written(model, format, given)] as const);
    for (const [path] of files) await checkReplaceable(path);
    for (const [path, content] of files) await write(path, content);
    const paths = files.map(([path]) => path).join(", ");
    await print(`${paths}\n${description === null ? "" : `\n${meaningOf(description.schema)}\n`}`);
    return OK;
  },
};

function written(model: Parameters<typeof toOnnx>[0], format: Format, { name }: Given): string | Uint8Array {
  if (format === "onnx" || name === undefined) return FORMATS[format](model);
  try {
    return FORMATS[format](model, { name });
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/^"name"/, "--name"), { cause: error });
  }
}

/** What goes in and comes out, number by number. */
function meaningOf({ inputs, target }: Schema): string {
  const names = inputNames(inputs);
  const width = String(names.length - 1).length;
  const lines = names.map((name, i) => `  x[${String(i).padStart(width)}]  ${name}`);
  const outs =
    target.kind === "number"
      ? [`  y[0]  ${target.name}`]
      : target.classes.map((name, i) => `  y[${i}]  logit of ${target.name} = ${name}`);
  const flags = names.some((name) => name.includes(" = ")) ? ["  (x is 1 where an = holds, else 0)"] : [];
  return ["a row goes in as", ...lines, ...flags, "and comes out as", ...outs].join("\n");
}
