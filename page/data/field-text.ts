import type { OptionText } from "rprop/table";

/** How notes and messages of rprop/table name the page's controls, in place of a program's options. */
export const fieldText: OptionText = (name, value) => {
  switch (name) {
    case "ignore":
      return "uncheck it";
    case "task":
      return `“as: ${value === "regress" ? "number" : "category"}”`;
    case "categories":
      return `“Maximum categories” of ${value}`;
    default:
      return `“${LABELS[name] ?? name}”`;
  }
};

const LABELS: Record<string, string> = {
  hidden: "Hidden units",
  log: "Learn its logarithm",
  keepRowNumbers: "Keep row numbers",
  loss: "Loss",
};
