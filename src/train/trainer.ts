/** What a run trains on and with. Parameters and the optimizer's state live here until publish(). */
export interface Trainer {
  /** The loss at the present parameters; the gradients stay for step(). */
  measure(): number;
  /** Loss only, at the present parameters. */
  evaluate(): number;
  /** The validation loss at the present parameters; null where there is no validation set. */
  readonly validate: (() => number) | null;
  /** One step of the optimizer along the gradients of the last measure(), whose loss is given (irprop+). Before it changes anything, it keeps what undo() needs. Throws RangeError under nonFinite: "throw", nothing changed. */
  step(loss: number): void;
  /** Back to before the last step(), optimizer state included. */
  undo(): void;
  /** Whether the last step() changed no parameter, bit for bit. */
  unchanged(): boolean;
  /** Remembers the present state (parameters and optimizer) as the best; comes back to it. */
  keepBest(): void;
  restoreBest(): void;
  /** Writes the parameters, rounded to float32, into the model. */
  publish(): void;
  /** publish(), and the optimizer's state into the optimizer. */
  finish(): void;
  /** Further fields for the result (moments: weight, bias in float64). */
  readonly extras?: object;
  dispose(): void;
}
