import { pluralize } from "../errors.js";
import { oneLine } from "../escapes.js";
import { withThousands } from "../format-number.js";
import type { Content } from "../node/atomic-file.js";
import { type Begun, type Course, type TrainedTable, trainTable } from "../table/index.js";
import { tooLarge } from "../table/wording.js";
import { report } from "./results/report.js";
import { scoresText } from "./results/summary.js";
import { Clock } from "./shell/clock.js";
import type { Command, Given } from "./shell/command-line.js";
import { DIVERGED, OK } from "./shell/failure.js";
import { Interruption } from "./shell/interruption.js";
import { checkDifferent, checkOutput, publish, staged } from "./shell/output-file.js";
import { print, printedWidth, say } from "./shell/terminal.js";
import { csvOptionsOf } from "./table/csv-options.js";
import { TableFile } from "./table/table-file.js";
import { epochsShown } from "./training/epochs-shown.js";
import { type Options, signature, trainOptionsOf } from "./training/options.js";

/** rprop train */
export const trainCommand: Command = { signature, run };

async function run([path]: readonly string[], given: Given, command: string): Promise<number> {
  const options = trainOptionsOf(given);
  const csv = csvOptionsOf(given);
  const { out = "model.safetensors", report: page } = given;
  checkDifferent({ out, report: page });
  const tell: (words: string) => void = given.quiet === undefined ? say : () => {};
  const interruption = new Interruption();
  const clock = new Clock();
  const file = await TableFile.open(path as string, true);
  await checkOutput(out, "out");
  if (page !== undefined) await checkOutput(page, "report");

  let unmeasured: Awaited<ReturnType<typeof staged>> | null = null;
  const result = await trained(file, {
    ...options,
    csv,
    command,
    name: file.path,
    onProgress: file.onProgress,
    onNote: tell,
    onDescribed({ rows, columns }) {
      clock.lap("surveying");
      tell(`${file.name}: ${withThousands(`${pluralize(rows, "row")}, ${pluralize(columns, "column")}`)}`);
    },
    onBegin(begun) {
      clock.lap("reading");
      for (const line of beginning(begun)) tell(line);
      interruption.wait("stopping, with the best model so far (Ctrl-C again leaves at once)");
    },
    stop: () => interruption.requested,
    onEpoch: given.quiet === undefined ? epochsShown(interruption) : () => true,
    async onTrained(model, fit) {
      clock.lap("training");
      const files = await staged([{ path: out, content: model.encode() }]);
      unmeasured = files;
      interruption.leaveBy(() => {
        publish(files);
        return `model: ${oneLine(out)}`;
      });
      tell(endOf(fit, interruption.requested, options));
    },
  });
  const outputs: Content[] = [{ path: out, content: result.model.encode() }];
  if (page !== undefined) outputs.push({ path: page, content: report(result) });
  publish(await staged(outputs));
  (unmeasured as Awaited<ReturnType<typeof staged>> | null)?.discard();
  const paths = [`model: ${oneLine(out)}`, ...(page === undefined ? [] : [`report: ${oneLine(page)}`])];
  interruption.leaveBy(() => paths.join("\n"));
  clock.lap("measuring");

  const work = { bytes: file.bytes, milliseconds: clock.laps };
  await print(
    given.json === undefined
      ? summaryOf(result, paths)
      : jsonOf(result, { model: out, report: page ?? null }, work),
  );
  interruption.dispose();
  return interruption.exitCode ?? (result.fit.stopReason === "diverged" ? DIVERGED : OK);
}

async function trained(file: TableFile, options: Parameters<typeof trainTable>[1]): Promise<TrainedTable> {
  try {
    return await trainTable(file.read, options);
  } catch (error) {
    throw file.failureOf(error);
  }
}

const READING = {
  memory: "",
  "every epoch": " that are read anew for each epoch",
  moments: ", by their moments",
};

function beginning({ widths, rows: { training, validation }, wanted, reading }: Begun): string[] {
  const others = validation > 0 ? `${validation} held back` : "none held back";
  const line = `training ${widths.join(" → ")} on ${pluralize(training, "row")}${READING[reading]}, ${others}`;
  const fewer = `${pluralize(validation, "row")} held back, not ${wanted}: there is no memory for more`;
  return (validation < wanted ? [fewer, line] : [line]).map(withThousands);
}

function summaryOf({ scores, schema, history }: TrainedTable, paths: readonly string[]): string {
  const title =
    history.rows.validation > 0 ? "on rows held back" : "on the rows trained on, as none were held back";
  return `${scoresText(title, scores, schema, printedWidth())}\n\n${paths.join("\n")}\n`;
}

function jsonOf({ history, schema, fit }: TrainedTable, files: object, work: object): string {
  const { target, inputs } = schema;
  const { loss, validationLoss } = fit;
  return `${JSON.stringify({ ...history, ...files, target, inputs, loss, validationLoss, ...work })}\n`;
}

function endOf({ stopReason, completed, bestEpoch }: Course, interrupted: boolean, options: Options): string {
  const epochs = pluralize(completed, "epoch");
  const best = `the best model, after ${bestEpoch}, is kept`;
  const reasons = {
    patience: `ended after ${epochs}, of which the last ${options.patience} were no better; ${best}`,
    limit: `ended after all ${epochs}; ${best}`,
    diverged: `diverged after ${epochs}: ${tooLarge(options.optionText)}; ${best}`,
    converged: `converged after ${epochs}; ${best}`,
    stopped: `interrupted after ${epochs}; ${best}`,
    target: "",
  };
  return withThousands(interrupted ? reasons.stopped : reasons[stopReason]);
}
