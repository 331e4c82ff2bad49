import { newArray } from "../../array.js";
import { wrongValue } from "../../errors.js";
import type { Criterion } from "../../nn/losses/criterion.js";
import type { Module } from "../../nn/module.js";
import type { Rprop } from "../../optim/rprop.js";
import {
  copyIfInCoreMemory,
  Dataset,
  type ForEachRowBlock,
  type Rows,
  rowBytes,
  shapesOf,
} from "./dataset.js";
import { openSession, type Session } from "./session.js";
import type { TrainedState, Trainer } from "./trainer.js";

/** Trains on rows that are in memory: they are packed once, and everything is allocated before the first epoch. */
export class RowsTrainer implements Trainer {
  readonly state: TrainedState;
  readonly validate: (() => number) | null;
  readonly #session: Session;
  readonly #data: Dataset;
  /** Of gradients. */
  readonly #scale: number;
  readonly #train: ForEachRowBlock;
  readonly #loss: ForEachRowBlock;

  /**
   * @throws TypeError or RangeError for rows that do not fit the model or the loss, values that are not finite, a
   * prediction that the loss does not take, and an optimizer of other parameters
   */
  constructor(
    model: Module,
    rows: Rows,
    validation: Rows | null,
    criterion: Criterion,
    optimizer: Rprop | null,
  ) {
    const shapes = shapesOf(model, rows, criterion);
    const validationShapes =
      validation === null ? null : shapesOf(model, validation, criterion, "validation.");
    if (validation !== null && validationShapes?.targetColumns !== shapes.targetColumns) {
      throw wrongValue("validation.y", "targets of the same kind as y", validation.y);
    }
    const bytes = rowBytes(shapes) + (validationShapes === null ? 0 : rowBytes(validationShapes));
    const most = Math.max(shapes.rows, validationShapes?.rows ?? 0);
    const trainingRows = copyIfInCoreMemory(rows, shapes, bytes);
    const validationRows =
      validationShapes === null ? null : copyIfInCoreMemory(validation as Rows, validationShapes, bytes);

    this.#session = openSession(model, optimizer, shapes.columns, most, bytes);
    const { arena, network, leading, weights } = this.#session;
    this.state = weights;
    this.#train = (x, y, count) => network.train(x, y, count);
    this.#loss = (x, y, count) => network.loss(x, y, count);
    try {
      network.prepareLoss(criterion, shapes.targetColumns, most, arena);
      const validationSet =
        validationShapes === null
          ? null
          : new Dataset(validationRows as Rows, validationShapes, criterion, arena, "validation.");
      this.#data = new Dataset(trainingRows, shapes, criterion, arena);
      for (const stage of leading) {
        this.#data.transform(stage);
        validationSet?.transform(stage);
      }
      this.#scale = criterion.derivativeFactor * this.#data.meanFactor;
      this.validate = validationSet === null ? null : () => validationSet.loss(this.#loss);
      if (criterion.validatesPrediction) this.#validatePredictions(criterion, shapes.outputs);
    } catch (error) {
      arena.dispose();
      throw error;
    }
  }

  /** What the loss cannot take of the first predictions is refused before training; later it makes the loss NaN. */
  #validatePredictions(criterion: Criterion, outputs: number): void {
    const { network } = this.#session;
    network.pack();
    let first = 0;
    this.#data.sum((x, _, rows) => {
      const prediction = network.forward(x, rows).view.subarray(0, rows * outputs);
      const checked = newArray(Float32Array, rows * outputs); // stands for the targets, which Dataset has inspected
      criterion.validate("y", prediction, checked, rows, outputs, first);
      first += rows;
      return 0;
    });
  }

  measure(): number {
    const { network, weights } = this.#session;
    network.packForTraining();
    const loss = this.#data.loss(this.#train);
    weights.scaleGradients(this.#scale);
    return loss;
  }

  evaluate(): number {
    this.#session.network.pack();
    return this.#data.loss(this.#loss);
  }

  dispose(): void {
    this.#session.arena.dispose();
  }
}
