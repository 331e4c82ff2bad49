/** Tables of results: mean ranks, lifts over one network, and where a table became worse. */
import { table as markdown } from "../tables.js";
import { mean, pairedT, ranksOf } from "./scores.js";
import type { BenchTable } from "./tables.js";

/** The scores of all methods on one split of one table. */
export interface Row {
  readonly table: BenchTable;
  readonly classify: boolean;
  readonly part: number;
  readonly scores: Record<string, number>;
}

/** Of a t distribution with three degrees of freedom, two-sided at 5 %. */
const CRITICAL_T = 3.18;

/** @param isLong whether scores of each table follow the means */
export function report(rows: readonly Row[], isLong = true): string {
  return [false, true]
    .map((classify) => rows.filter((row) => row.classify === classify))
    .filter((some) => some.length > 0)
    .map((some) => section(some, some[0]?.classify ?? false, isLong))
    .join("\n\n");
}

function section(rows: readonly Row[], classify: boolean, isLong: boolean): string {
  const methods = Object.keys(rows[0]?.scores ?? {});
  const names = [...new Set(rows.map(nameOf))];
  const perTable = names.map((name) => {
    const own = rows.filter((row) => nameOf(row) === name);
    return {
      name,
      scores: methods.map((method) => mean(own.map((row) => row.scores[method] as number))),
      logs: methods.map((method) =>
        own.map((row) => Math.log((row.scores[method] as number) / (row.scores["one network"] as number))),
      ),
    };
  });
  const ranks = perTable.map(({ scores }) => ranksOf(scores));
  const summary = methods.map((method, m) => {
    const changes = perTable.map(({ logs }) => mean(logs[m] as number[]));
    const worse = perTable
      .filter(({ logs }) => pairedT(logs[m] as number[]) > CRITICAL_T)
      .map(({ name }) => name);
    return [
      method,
      mean(ranks.map((each) => each[m] as number)).toFixed(2),
      `${(100 * mean(changes)).toFixed(1)} %`,
      `${perTable.filter((_, t) => (changes[t] as number) < 0).length} of ${names.length}`,
      worse.length === 0 || method === "one network" ? "–" : String(worse.length),
    ];
  });
  const worst = perTable
    .filter(({ logs }) => pairedT(logs[0] as number[]) > CRITICAL_T)
    .map(({ name }) => name);
  return [
    `### ${classify ? "Classes, log loss" : "Numbers, RMSE"}: ${names.length} tables`,
    markdown(
      ["method", "mean rank", "change to one network", "better on", "significantly worse on"],
      summary,
      1,
    ),
    `rprop significantly worse than one network: ${worst.join(", ") || "none"}.`,
    ...(isLong
      ? [
          markdown(
            ["table", ...methods],
            perTable.map(({ name, scores }) => [name, ...scores.map((score) => score.toPrecision(4))]),
            1,
          ),
        ]
      : []),
  ].join("\n\n");
}

const nameOf = ({ table }: Row) => `${table.package}/${table.name}`;
