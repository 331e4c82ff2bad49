import { count, number } from "../ui/number.js";
import type { SpeedReport } from "./report.js";

/** A line of a table: a number with its bar. */
export interface Line {
  name: string;
  value: string;
  note: string;
  /** Of the longest bar, 0 to 1; null for a line that has none. */
  share: number | null;
  /** Of the JavaScript core, or gradient descent: what the others are compared with. */
  baseline: boolean;
}

export interface Group {
  name: string;
  lines: Line[];
}

export function epochGroups({ epochs }: SpeedReport): Group[] {
  return epochs.map(({ model, times }) => {
    const known = times.filter(({ time }) => !Number.isNaN(time));
    const longest = Math.max(...known.map(({ time }) => time));
    const shortest = Math.min(...known.map(({ time }) => time));
    const lines = known.map(({ core, time }): Line => {
      const note = time > shortest ? `${number(time / shortest, 3)} ×` : "";
      const name = core === "wasm" ? "WebAssembly" : "JavaScript";
      return { name, value: duration(time), note, share: time / longest, baseline: core === "js" };
    });
    return { name: model, lines };
  });
}

export function raceGroups({ races }: SpeedReport): Group[] {
  return races.map(({ model, loss, runners, times }) => {
    const timed = runners.map(({ rate, epochs, outcome }) => {
      const time = epochs * times[rate === undefined ? 0 : 1];
      return outcome === "reached" && !Number.isNaN(time) ? time : null;
    });
    const longest = Math.max(...timed.filter((time) => time !== null));
    const lines = runners.map(({ rate, epochs, outcome }, i): Line => {
      const name = rate === undefined ? "Rprop" : `gradient descent, rate ${rate}`;
      const needed = count(epochs, "epoch");
      const note =
        outcome === "reached" ? needed : outcome === "diverged" ? `diverges: ${needed}` : `not in ${needed}`;
      const time = timed[i] as number | null;
      const share = time === null ? null : time / longest;
      return { name, value: time === null ? "–" : duration(time), note, share, baseline: rate !== undefined };
    });
    return { name: `${model}, to a loss of ${number(loss, 3)}`, lines };
  });
}

/** The tables as plain text, to be kept or sent. */
export function linesText(report: SpeedReport, about: string): string {
  const block = (title: string, groups: Group[]) => [
    title,
    ...groups.flatMap(({ name, lines }) => [
      `  ${name}`,
      ...lines.map((line) => `    ${line.name.padEnd(28)}${line.value.padStart(10)}  ${line.note}`.trimEnd()),
    ]),
  ];
  const { epochs, races } = report;
  return [
    `rprop, ${about}`,
    ...(epochs.length > 0 ? block("Time of an epoch of fit", epochGroups(report)) : []),
    ...(races.length > 0 ? block("To the same loss, both in the same loop by hand", raceGroups(report)) : []),
  ].join("\n");
}

/** Three digits at most and a unit, from nanoseconds. */
export function duration(nanoseconds: number): string {
  const units = ["ns", "µs", "ms", "s"];
  let value = nanoseconds;
  while (value >= 999.5 && units.length > 1) {
    value /= 1000;
    units.shift();
  }
  return `${number(value, 3)} ${units[0]}`;
}
