import { harmless, oneLine } from "../../escapes.js";
import { withThousands } from "../../format-number.js";
import type { ClassScores, Explanation, History, TrainedTable } from "../../table/index.js";
import { inputTexts, type Schema, shortened } from "../../table/schema.js";
import { explanationSections } from "../../table/text/explanation-sections.js";
import { countText } from "../../table/text/rounded.js";
import { classTable, scoredText, scoreLines, scoreWarnings } from "../../table/text/score-lines.js";
import { plot } from "../../view/index.js";
import * as svg from "../../view/svg.js";
import { DEPENDENCE_CSS, dependencePlots } from "./dependence-plots.js";
import { importanceChart } from "./importance-chart.js";
import { scatter } from "./scatter.js";
import { mistakes } from "./summary.js";

const CSS = `
:root { color-scheme: light dark; --line: #d5d8dd; --faint: #555; --shade: 0 114 178 }
@media (prefers-color-scheme: dark) { :root { --line: #3a3f48; --faint: #b4b9c2; --shade: 86 180 233 } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1rem; background: light-dark(#fff, #16181d); color: light-dark(#222, #e6e8eb); overflow-wrap: break-word }
h1 { font-size: 1.6rem; line-height: 1.2 } h2 { font-size: 1.15rem; margin-top: 2rem }
svg { max-width: 100%; height: auto }
div { overflow-x: auto }
table { border-collapse: collapse } th, td { text-align: left; padding: .25rem .75rem .25rem 0; vertical-align: top; border-bottom: 1px solid var(--line) }
th { font-weight: 600 } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
.confusion td, .confusion th { padding: .25rem .5rem }
.headline { font-size: 2rem; font-weight: 600; margin: .5rem 0 0 }
.faint { color: var(--faint) } ul { padding-left: 1.25rem }
pre { white-space: pre-wrap; border: 1px solid var(--line); border-radius: .3rem; padding: .5rem .75rem }
`;

/** Allows styles alone, whatever names and texts hold: no script, no request, no form. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A text as HTML. Control characters, and those that set the direction of writing, are shown as escapes. */
function escaped(text: string): string {
  return svg.escaped(harmless(text));
}

/** A name among other words, in one line; its direction of writing does not affect theirs. */
function isolated(name: string): string {
  return `<bdi>${svg.escaped(oneLine(name))}</bdi>`;
}

/** All of a run as one page that needs nothing else, no script either. */
export function report(
  { schema, history, fit, scores, pairs }: TrainedTable,
  explanation: Explanation,
): string {
  const { target } = schema;
  const file = history.file ?? "a table";
  const [headline, ...others] = scoreLines(scores, schema);
  const measured = scoredText(scores, history.scored);
  const { losses, validationLosses, loss, bestEpoch } = fit;
  const curves = {
    losses,
    ...(validationLosses !== null && { validationLosses }),
    ...(Number.isFinite(loss) && { loss }),
    bestEpoch,
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="generator" content="rprop">
<meta name="viewport" content="width=device-width">
<title>${escaped(oneLine(`${target.name} from ${file}`))}</title>
<style>${CSS}${DEPENDENCE_CSS}</style>
</head>
<body>
<h1>${isolated(target.name)} from ${isolated(file)}</h1>
<p class="headline">${escaped(`${headline[0]}: ${headline[1]}`)}</p>
<p class="faint">${escaped(headline[2])}; ${measured}</p>
${list(scoreWarnings(scores, schema, history.scored))}
${table(others)}
${scores.kind === "number" ? section("Predicted against actual", scatter(pairs, shortened(target.name, 40))) : ""}
${scores.kind === "category" && target.kind === "category" ? section("Classes", classes(scores, target.categories)) + section("Actual and predicted classes", confusion(scores.confusion, target.categories)) : ""}
${seen(explanation, schema)}
${section(history.options.networks === 1 ? "Losses" : "Losses of the first network", plot(curves))}
${section("Columns", columns(schema) + list(history.notes))}
${section("Run", table(Object.entries(facts(history))))}
<pre><code>${escaped(history.command ?? "")}</code></pre>
</body>
</html>
`;
}

function list(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join("\n")}</ul>`;
}

function section(title: string, content: string): string {
  return `<h2>${escaped(title)}</h2>\n<div>${content}</div>`;
}

function table(rows: readonly (readonly string[])[]): string {
  const lines = rows.map(([head = "", ...cells]) => {
    const rest = cells.map((cell) => `<td>${escaped(cell)}</td>`).join("");
    return `<tr><th scope="row">${escaped(head)}</th>${rest}</tr>`;
  });
  return `<div><table>\n${lines.join("\n")}\n</table></div>`;
}

/** What the model makes of the columns. The worst rows are none of it: rows of training do not know their lines. */
function seen(explanation: Explanation, schema: Schema): string {
  const { importances, dependences, score } = explanation;
  const said = explanationSections(explanation, schema);
  const remarks = (title: string) => said.find((each) => each.title === title)?.remarks ?? [];
  const plots = dependencePlots(dependences, schema.target);
  const [head = [], ...rows] = said.find((each) => each.title === "coefficients")?.table ?? [];
  const coefficients = numberTable(head, rows) + list(remarks("coefficients"));
  return [
    section("Importance", importanceChart(importances, score) + list(remarks("importance"))),
    plots === "" ? "" : section("Partial dependence", list(remarks("partial dependence")) + plots),
    rows.length === 0 ? "" : section("Coefficients", coefficients),
  ].join("\n");
}

/** Precision, recall and F1. */
function classes(scores: ClassScores, names: readonly string[]): string {
  const [head = [], ...rows] = classTable(
    scores,
    names.map((name) => shortened(name, 20)),
  );
  return numberTable(head, rows);
}

/** A table under a head, with numbers in all columns but the first. */
function numberTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]) =>
    row.map((cell, i) => `<${tag}${i > 0 ? ' class="number"' : ""}>${escaped(cell)}</${tag}>`).join("");
  return `<table>\n<tr>${cells("th", head)}</tr>\n${rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("\n")}\n</table>`;
}

/** More classes make a table that nobody reads. */
const MAX_CLASSES = 30;

/** Rows are actual classes; the deeper the shade, the larger the part of the row. */
function confusion(counts: ClassScores["confusion"], all: readonly string[]): string {
  const classes = all.map((name) => shortened(name, 20));
  if (classes.length > MAX_CLASSES) return list(mistakes(counts, classes));
  const head = classes.map((name) => `<th scope="col" class="number">${escaped(name)}</th>`).join("");
  const rows = counts.map((row, t) => {
    const whole = Math.max(
      1,
      row.reduce((a, b) => a + b, 0),
    );
    const cells = row.map(
      (count) =>
        `<td class="number" style="background: rgb(var(--shade) / ${(0.6 * (count / whole)).toFixed(2)})">${countText(count)}</td>`,
    );
    return `<tr><th scope="row">${escaped(classes[t] as string)}</th>${cells.join("")}</tr>`;
  });
  return `<p class="faint">a row for each actual class, a column for each predicted one</p>
<table class="confusion">
<tr><td></td>${head}</tr>
${rows.join("\n")}
</table>`;
}

function columns({ inputs }: Schema): string {
  return table(inputs.map(inputTexts));
}

function facts({ rows, options, epochs }: History): Record<string, string> {
  return {
    rows: withThousands(`${rows.training} for training, ${rows.validation} for validation`),
    ...Object.fromEntries(Object.entries(options).map(([name, value]) => [name, String(value)])),
    epochs: withThousands(
      `${epochs.completed}, maximum ${options.epochs}; the best after ${epochs.best}; ended by ${epochs.stopped}`,
    ),
  };
}
