/** An explanation in words, for the command, its report and the page. */
import { pluralize } from "../../errors.js";
import { oneLine } from "../../escapes.js";
import { formatNumber, withThousands } from "../../format-number.js";
import type { Explanation, TableExplanation } from "../explain/explanation.js";
import type { Importance } from "../explain/permutation-importance.js";
import type { WorstRow } from "../explain/worst-rows.js";
import { type Schema, shortened } from "../schema.js";
import { coefficientsSection } from "./coefficients-section.js";
import { dependenceSection } from "./dependence-section.js";
import { withError } from "./rounded.js";
import type { ExplanationSection } from "./section.js";

/**
 * An explanation in words: importance first, then partial dependence, coefficients and the worst rows, as far as they are there.
 *
 * @param explanation of `TableModel.explain` or of what `trainTable` returns
 * @param schema the model's
 * @returns a section for each of them
 * @throws TypeError for what is no explanation
 * @example
 * import { explanationSections, trainTable } from "rprop/table";
 * const rows = Array.from({ length: 60 }, (_, i) => ({ a: i % 10, b: i % 7, y: 3 * (i % 10) - (i % 7) }));
 * const { explain, schema } = await trainTable({ rows }, { target: "y", hidden: [] });
 * console.log(explanationSections(await explain(), schema).map(({ title }) => title)); // [ 'importance', 'partial dependence', 'coefficients' ]
 */
export function explanationSections(
  explanation: Explanation | TableExplanation,
  schema: Schema,
): ExplanationSection[] {
  const { coefficients, dependences } = explanation;
  const worst = "worst" in explanation ? explanation.worst : [];
  return [
    importanceSection(explanation),
    ...(dependences.length > 0 ? [dependenceSection(dependences, schema.target)] : []),
    ...(coefficients === null ? [] : [coefficientsSection(coefficients, schema)]),
    ...(worst.length > 0 ? [worstSection(worst, schema)] : []),
  ];
}

/** The question that is asked of an input that decides alone. */
export function decidingQuestion(column: string): string {
  return `${JSON.stringify(column)} alone decides nearly everything: does it know the answer (is it filled in after the target is known)?`;
}

function importanceSection({ score, importances, deciding, sampled }: Explanation): ExplanationSection {
  const told = importances.filter(({ isChance }) => !isChance);
  const others = importances.filter(({ isChance }) => isChance).map(({ column }) => JSON.stringify(column));
  const { name, value, baseline } = score;
  const shown = (number: number) => withThousands(formatNumber(number));
  const line = ({ column, importance, spread, share }: Importance) => [
    shortened(column, 40),
    withError(importance, spread),
    share === null ? "–" : `${Math.round(100 * share)} %`,
  ];
  return {
    title: "importance",
    table: told.length > 0 ? [["column", `${name} rises by`, "share"], ...told.map(line)] : [],
    remarks: [
      `The ${name} is ${shown(value)}, that of the baseline ${shown(baseline)}, on ${withThousands(pluralize(sampled, "row"))}. It rises where the values of a column are shuffled among the rows; share is of what the model gains over the baseline, and shares do not sum to 100 %.`,
      ...(others.length > 0
        ? [`No difference that can be told from chance: ${others.map(oneLine).join(", ")}.`]
        : []),
      ...deciding.map(decidingQuestion),
    ],
  };
}

/** @returns the rows by their lines, or by their numbers where the table has no lines */
function worstSection(worst: readonly WorstRow[], { target }: Schema): ExplanationSection {
  const hasLines = worst.every(({ line }) => line !== null);
  const isNumber = target.kind === "number";
  const shown = (value: number | string) =>
    typeof value === "number" && isNumber ? withThousands(formatNumber(value)) : shortened(String(value), 40);
  return {
    title: "worst predicted rows",
    table: [
      [hasLines ? "line" : "row", "actual", "predicted", isNumber ? "error" : "probability of actual"],
      ...worst.map(({ row, line, actual, predicted, error }) => [
        String(hasLines ? line : row),
        shown(actual),
        shown(predicted),
        isNumber ? shown(error) : formatNumber(1 - error),
      ]),
    ],
    remarks: [],
  };
}
