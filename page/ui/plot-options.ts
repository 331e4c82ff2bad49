import uPlot from "uplot";
import { logarithmicTicks } from "./axis.js";
import { number } from "./number.js";
import { color, FONT } from "./theme.js";

/** How the curves of a loss chart look: epochs from 0, losses on a logarithmic axis. @param onPointer is called when it moves */
export function plotOptions(height: number, onPointer: () => void): uPlot.Options {
  const faint = () => color("faint");
  const axis = (label: string): uPlot.Axis => ({
    label,
    stroke: faint,
    font: FONT,
    labelFont: FONT,
    labelSize: 18,
    labelGap: 0,
    grid: { stroke: () => color("line"), width: 0.5 },
    ticks: { stroke: () => color("line"), width: 1, size: 5 },
  });
  return {
    width: 0,
    height,
    padding: [8, 12, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      x: { time: false, range: (_, __, last) => [0, Math.max(last ?? 0, 10)] },
      y: {
        distr: 3,
        range: (_, low, high) => (low === null ? [0.01, 1] : uPlot.rangeLog(low, high, 10, false)),
      },
    },
    axes: [
      {
        ...axis("epoch"),
        size: 28,
        values: (_, splits) => splits.map((epoch) => epoch.toLocaleString("en")),
      },
      {
        ...axis("loss (log scale)"),
        size: 60,
        splits: (_, __, low, high) => logarithmicTicks(low, high),
        filter: (_, splits) => splits,
        values: (_, splits) => splits.map((loss) => number(loss)),
      },
    ],
    series: [
      {},
      { stroke: () => color("low"), width: 2, points: { show: false } },
      { stroke: () => color("high"), width: 2, dash: [6, 4], points: { show: false } },
    ],
    hooks: { setCursor: [onPointer] },
  };
}
