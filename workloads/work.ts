import type * as wasm from "rprop";
import { type Case, flopsOf } from "./cases.js";

/** Either core's. */
export type Library = typeof wasm;

/** A case's model and random rows for it, the same ones every time. */
export function workOf({ Linear, Sequential, Tanh, Generator }: Library, { rows, widths }: Case) {
  const generator = new Generator(0);
  const linears = widths.slice(1).map((outputs, i) => new Linear(widths[i]!, outputs, { generator }));
  const layers = linears.flatMap((linear, i) => (i === 0 ? [linear] : [new Tanh(), linear]));
  const x = generator.randn(rows, widths[0]!);
  const y = generator.randn(rows, widths.at(-1)!);
  return { model: new Sequential(...layers), x, y };
}

/** A run of fit without end: goes on by so many times `every` epochs, which take a good while beside asking for them. */
export function endlessRun(library: Library, work: Case) {
  const { model, x, y } = workOf(library, work);
  const every = Math.max(1, Math.round(1e6 / flopsOf(work)));
  const epochs = library.epochs(model, x, y, { epochs: 2 ** 40, every });
  const run = (times: number) => {
    for (let i = 0; i < times; i++) epochs.next();
  };
  return { every, run, end: () => void epochs.return?.() };
}
