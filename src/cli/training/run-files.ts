import { oneLine } from "../../escapes.js";
import type { Content, StagedFiles } from "../../node/atomic-file.js";
import type { Explanation, TableModel, TrainedTable } from "../../table/index.js";
import { report } from "../results/report.js";
import type { Given } from "../shell/command-line.js";
import { checkDifferent, checkOutput, publish, staged } from "../shell/output-file.js";

/** What a run of training writes: the model, and the report where one is wanted. */
export class RunFiles {
  readonly model: string;
  readonly report: string | null;
  /** The model without its scores. */
  #unmeasured: StagedFiles | null = null;

  /** @throws UsageError for two files of one name */
  constructor({ out = "model.safetensors", report }: Given) {
    checkDifferent({ out, report });
    this.model = out;
    this.report = report ?? null;
  }

  /** @throws Failure where they cannot be written */
  async check(): Promise<void> {
    await checkOutput(this.model, "out");
    if (this.report !== null) await checkOutput(this.report, "report");
  }

  /** Keeps a model that is trained and not measured yet. The function that is returned puts it in its place, and says so. */
  async keep(model: TableModel): Promise<() => string> {
    const files = await staged([{ path: this.model, content: model.encode() }]);
    this.#unmeasured = files;
    return () => {
      publish(files);
      return this.#modelLine;
    };
  }

  /** Writes model and report in place of the model that was kept. A line for each. @param explain for the report @throws Failure */
  async write(result: TrainedTable, explain: () => Promise<Explanation>): Promise<string[]> {
    const outputs: Content[] = [{ path: this.model, content: result.model.encode() }];
    if (this.report !== null) outputs.push({ path: this.report, content: report(result, await explain()) });
    publish(await staged(outputs));
    this.#unmeasured?.discard();
    return [this.#modelLine, ...(this.report === null ? [] : [`report: ${oneLine(this.report)}`])];
  }

  get #modelLine(): string {
    return `model: ${oneLine(this.model)}`;
  }
}
