import { newArray } from "../array.js";
import { BLOCK_ROWS } from "../core/contract/core.js";
import { noRows } from "../errors.js";
import type { Layer } from "../nn/layer.js";
import { type Criterion, checkLoss } from "../nn/losses/criterion.js";
import { checkModule, type Module } from "../nn/module.js";
import { Tensor } from "../tensor.js";
import { countRowsAndColumns, snapshot, type Values } from "../values.js";
import { Arena } from "./trainers/arena.js";
import { type Shapes, shapesOf, targetValues } from "./trainers/dataset.js";
import { type LayerNumbers, Network } from "./trainers/network.js";

/** Copies of a model's numbers, freed after the call: the model's own blocks stay unplaced. */
function copiesIn(arena: Arena): LayerNumbers {
  const memoryOf = ({ blocks, panels, widths }: Layer) => {
    const [ins, outs] = widths ?? [0, 0];
    return {
      core: arena.core,
      blocks: blocks.map((block) => arena.copyOf(block)),
      totals: [],
      panels: panels.slice(0, 1).map(() => arena.panels(ins, outs)), // nothing goes backward
    };
  };
  return { memoryOf, trains: () => false };
}

/**
 * Computes what a model makes of rows: the numbers that forward gives, in a tensor of their own. The model's
 * outputs and gradients are left as they are, so that it can be called between forward and backward; memory
 * holds 256 rows at a time.
 *
 * @param model any model
 * @param x rows × features, as model.forward takes them
 * @returns a tensor in JavaScript memory, rows × outputs, the caller's
 * @throws TypeError or RangeError for what is no module or not such rows; Error after dispose()
 * @example
 * import { Linear, predict } from "rprop";
 * console.log(predict(new Linear(3, 2), [[1, 2, 3]]).shape); // [ 1, 2 ]
 */
export function predict(model: Module, x: Values): Tensor {
  checkModel(model);
  const [rows, columns] = countRowsAndColumns("x", x, model.width);
  const data = snapshot(x, rows * columns);
  if (model.members !== null)
    return model.meanOf(model.members.map((member) => predict(member, Tensor.over([rows, columns], data))));
  const outputs = model.outputColumns(columns);
  const result = newArray(Float32Array, rows * outputs);
  forEachRowBlock(model.layers(), rows, columns, (network, arena) => {
    const input = arena.floats(Math.min(rows, BLOCK_ROWS) * columns);
    return (row, count) => {
      input.view.set(data.subarray(row * columns, (row + count) * columns));
      result.set(network.forward(input, count).view.subarray(0, count * outputs), row * outputs);
    };
  });
  return Tensor.over([rows, outputs], result);
}

/**
 * Measures the loss of a model on rows: the value that forward and the loss give by hand. The model is left
 * as it is.
 *
 * @param model any model
 * @param x at least one row, as model.forward takes them
 * @param y targets, as the loss takes them
 * @param loss such as new MSELoss()
 * @returns the loss, NaN or infinite where numbers overflow
 * @throws TypeError or RangeError for what does not fit; Error after dispose()
 * @example
 * import { evaluate, Linear, MSELoss } from "rprop";
 * const linear = new Linear(1, 1);
 * linear.loadStateDict({ weight: [[1]], bias: [0] });
 * console.log(evaluate(linear, [1, 2, 3], [2, 4, 3], new MSELoss()).toFixed(4)); // 1.6667
 */
export function evaluate(model: Module, x: Values, y: Values, loss: Criterion): number {
  checkModel(model);
  checkLoss("loss", loss);
  const shapes = shapesOf(model, { x, y }, loss);
  const { rows, outputs, targetColumns } = shapes;
  if (rows === 0) throw noRows("x");
  const targets = snapshot(y, rows * targetColumns);
  const { layers, columns, features } = measured(model, x, loss, shapes);
  const parts = loss.validate("y", null, targetValues(targets, rows, targetColumns), rows, outputs);
  const average = loss.meanFactor("y", parts);
  let sum = 0;
  forEachRowBlock(layers, rows, columns, (network, arena) => {
    const blockRows = Math.min(rows, BLOCK_ROWS);
    const [input, target] = [arena.floats(blockRows * columns), arena.floats(blockRows * targetColumns)];
    network.prepareLoss(loss, targetColumns, rows, arena);
    return (row, count) => {
      const aim = targets.subarray(row * targetColumns, (row + count) * targetColumns);
      input.view.set(features.subarray(row * columns, (row + count) * columns));
      target.view.set(aim);
      if (loss.validatesPrediction) {
        const prediction = network.forward(input, count).view.subarray(0, count * outputs);
        loss.validate("y", prediction, targetValues(aim, count, targetColumns), count, outputs, row);
      }
      sum += network.loss(input, target, count);
    };
  });
  return Math.fround(sum * average);
}

/** What the loss is measured behind: the layers and their rows, or no layer and what the members of an ensemble have made of the rows. */
function measured(model: Module, x: Values, loss: Criterion, { rows, columns, outputs }: Shapes) {
  if (model.members === null)
    return { layers: model.layers(), columns, features: snapshot(x, rows * columns) };
  const output = predict(model, x);
  const { data } = loss.takesLogits ? model.logitsOf(output) : output;
  return { layers: [], columns: outputs, features: data };
}

/** @throws TypeError for what is no module; Error after dispose() */
function checkModel(model: Module): void {
  checkModule("model", model);
  model.checkAlive();
}

/** Calls what make makes for every row block, in order; network runs the layers, in memory that lasts as long. */
function forEachRowBlock(
  layers: readonly Layer[],
  rows: number,
  columns: number,
  make: (network: Network, arena: Arena) => (row: number, count: number) => void,
): void {
  const arena = new Arena(0);
  try {
    const network = new Network(layers, columns, rows, arena, copiesIn(arena));
    const visit = make(network, arena);
    network.pack();
    for (let row = 0; row < rows; row += BLOCK_ROWS) visit(row, Math.min(rows - row, BLOCK_ROWS));
  } finally {
    arena.dispose();
  }
}
