import { ON_FLIP_BACK, ON_FLIP_MOVE, ON_FLIP_STAY, type RpropRule } from "../../src/core/contract/core.js";
import { filled, grouped, type Workload } from "./workload.js";

const stay: RpropRule = {
  etaMinus: 0.5,
  etaPlus: Math.fround(1.2),
  minStep: Math.fround(1e-6),
  maxStep: 50,
  maximize: false,
  onFlip: ON_FLIP_STAY,
  weightDecay: 0,
  lower: -Infinity,
  upper: Infinity,
};

const rules: [string, RpropRule][] = [
  ["rprop", stay],
  ["rprop, rprop-", { ...stay, onFlip: ON_FLIP_MOVE }],
  ["rprop, rprop+", { ...stay, onFlip: ON_FLIP_BACK }],
  ["rprop, decay, bounds", { ...stay, weightDecay: 0.01, lower: -100, upper: 100 }],
];

/** A step, of every variant or only the default: four arrays are read, and three written. */
export function rprop(count: number, variants = rules.length): Workload[] {
  return rules.slice(0, variants).map(([kernel, rule]) => ({
    kernel,
    shape: grouped(count),
    work: 28 * count,
    unit: "GB/s",
    on(core) {
      const [data, grad, prev, step] = [1, 2, 3, 4].map((seed) => filled(core, count, seed));
      return { run: () => core.rprop(data!, grad!, prev!, step!, rule), result: () => data!.view };
    },
  }));
}
