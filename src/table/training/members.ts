/** Trains the networks of a model, each on rows that are drawn for it. */
import { isExhausted } from "../../errors.js";
import { Ensemble, Generator, type Module, type OnEpoch, Rprop } from "../../index.js";
import {
  type Division,
  type RowNumbers,
  type ValidationDraw,
  validationOf,
  validationRows,
} from "../rows/division.js";
import { type Reading, type TrainingRows, trainingRows, type WholeRows } from "../rows/whole-rows.js";
import { outputWidth, type Target } from "../schema.js";
import { TableError } from "../table-error.js";
import type { TrainSettings } from "../train-options.js";
import { type LossWord, lossOf, networkOf } from "./network.js";
import { type Course, runTraining } from "./training-run.js";

/** A trained network. */
export interface Member {
  readonly module: Module;
  readonly course: Course;
  /** The rows that it was trained on and stopped by; null where they were read anew for each epoch. */
  readonly division: Division | null;
}

/** What all networks of a model have in common. */
export interface MemberPlan {
  readonly target: Target;
  readonly loss: LossWord;
  readonly reading: Reading;
  readonly settings: TrainSettings;
}

/** Weight decays are float32. */
const MAX_DECAY = 3e38;

/** A network before training. @throws TableError where there is no memory for it */
export function memberBefore({ target, settings }: MemberPlan, rows: TrainingRows, seed: number): Module {
  const { hidden, activation, optionText } = settings;
  try {
    return networkOf(target, hidden, activation, rows.x, rows.y, new Generator(seed));
  } catch (error) {
    if (!isExhausted(error)) throw error;
    const widths = [rows.x.columns, ...hidden, outputWidth(target)].join(" → ");
    throw new TableError(
      `there is no memory for a network of ${widths}: ${optionText("hidden")} takes fewer units`,
      "memory",
      { cause: error },
    );
  }
}

export async function trainMember(
  module: Module,
  { loss, settings }: MemberPlan,
  rows: TrainingRows,
  onEpoch: OnEpoch,
): Promise<Course> {
  const { epochs, patience, stop, signal, variant, decay } = settings;
  const raw = Math.min(MAX_DECAY, decay * decayUnit(loss, rows.y.stds[0] as number));
  const [weights, biases] = [/\.weight$/, /\.bias$/].map((which) =>
    module
      .namedParameters()
      .filter(([name]) => which.test(name))
      .map(([, parameter]) => parameter),
  );
  const optimizer = new Rprop([{ params: weights ?? [], weightDecay: raw }, { params: biases ?? [] }], {
    variant,
  });
  const run = { loss: lossOf(loss, rows.y), optimizer, epochs, patience, ...(signal && { signal }) };
  return runTraining(module, rows, run, stop, onEpoch);
}

/** What a decay is multiplied by, so that it does the same whatever unit the target has: losses have its square, L1 the unit itself. */
function decayUnit(loss: LossWord, std: number): number {
  if (loss === "crossentropy") return 1;
  return loss === "l1" ? std : std ** 2;
}

/** The rows of one network. */
export function divisionFor(
  draw: ValidationDraw,
  { settings }: MemberPlan,
  whole: WholeRows,
  rows: RowNumbers,
  seed: number,
): Division {
  return validationOf(draw, rows, validationRows(settings.validation, rows.length), whole.strata, seed);
}

/**
 * Networks on some rows, each with first weights and validation rows by a seed of its own, until training is stopped. One
 * whose loss has never been finite is no member.
 *
 * @param onTrained called after each of them
 */
export async function trainMembers(
  plan: MemberPlan,
  whole: WholeRows,
  rows: RowNumbers,
  seeds: readonly number[],
  onTrained: () => unknown,
): Promise<Member[]> {
  const members: Member[] = [];
  for (const seed of seeds) {
    if (plan.settings.stop()) break;
    const division = divisionFor("stratified", plan, whole, rows, seed);
    const chosen = trainingRows(whole, division, plan.reading);
    const module = memberBefore(plan, chosen, seed);
    const course = await trainMember(module, plan, chosen, () => true);
    if (!hasNeverBeenFinite(course)) members.push({ module, course, division });
    await onTrained();
  }
  return members;
}

export function hasNeverBeenFinite({ stopReason, completed }: Course): boolean {
  return stopReason === "diverged" && completed === 0;
}

/** The members as one model. */
export function together(members: readonly Pick<Member, "module">[], target: Target): Module {
  const modules = members.map(({ module }) => module);
  const average = target.kind === "number" ? "output" : "probabilities";
  return modules.length === 1 ? (modules[0] as Module) : new Ensemble(modules, { average });
}
