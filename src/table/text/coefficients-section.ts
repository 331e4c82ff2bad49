import { formatNumber, withThousands } from "../../format-number.js";
import type { Coefficients } from "../explain/coefficients.js";
import { isLog } from "../rows/log-target.js";
import { type Schema, shortened } from "../schema.js";
import type { ExplanationSection } from "./section.js";

/** A linear model as a table: a line for the intercept, and for each input or category of it. */
export function coefficientsSection(
  { classes, against, intercept, inputs }: Coefficients,
  { target }: Pick<Schema, "target">,
): ExplanationSection {
  const shown = (value: number) => withThousands(formatNumber(value));
  const name = JSON.stringify(target.name);
  const hasCategories = inputs.some(({ category }) => category !== null);
  const heads = classes.length > 1 ? classes.map((text) => shortened(text, 20)) : ["coefficient"];
  const odds = classes.length === 1 ? JSON.stringify(classes[0]) : "each class";
  const what =
    against === null
      ? `${isLog(target) ? "The logarithm of " : ""}${name} changes by its coefficient where an input is larger by 1.`
      : `The log-odds of ${odds} against ${JSON.stringify(against)} change by its coefficient where an input is larger by 1.`;
  return {
    title: "coefficients",
    table: [
      ["input", ...heads],
      ["intercept", ...intercept.map(shown)],
      ...inputs.map(({ column, category, values }) => [
        shortened(category === null ? column : `${column} = ${category}`, 60),
        ...values.map(shown),
      ]),
    ],
    remarks: [
      what,
      ...(hasCategories
        ? [
            "The coefficient of a category is added where a row has it, and none where the category is missing: compare those of one column with each other.",
          ]
        : []),
    ],
  };
}
