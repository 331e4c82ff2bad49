import { Ensemble, type Module } from "../../index.js";
import { inUnits, outputsOf } from "../outputs.js";
import { outputWidth, type Target } from "../schema.js";

/** What a model makes of rows, and what each network of an ensemble does; one network is its own only member. */
export interface MemberOutputs {
  /** Numbers in the units of the table, or rows × classes: probabilities. */
  readonly model: Float32Array;
  readonly members: readonly Float32Array[];
}

/** Every network is asked once: the model's outputs are the mean of theirs, as Ensemble has it. */
export function memberOutputs(module: Module, target: Target, x: Float32Array, rows: number): MemberOutputs {
  const whole = (outputs: Float32Array) => inUnits(target, outputs);
  if (!(module instanceof Ensemble)) {
    const model = whole(outputsOf(module, target, x, rows));
    return { model, members: [model] };
  }
  const members = module.modules.map((member) => outputsOf(member, target, x, rows));
  const isMean = (target.kind === "number") === (module.average === "output");
  const model = isMean ? meanOf(members, rows * outputWidth(target)) : outputsOf(module, target, x, rows);
  return { model: whole(model), members: members.map(whole) };
}

function meanOf(members: readonly Float32Array[], size: number): Float32Array {
  return Float32Array.from(
    { length: size },
    (_, i) => members.reduce((sum, outputs) => sum + (outputs[i] as number), 0) / members.length,
  );
}
