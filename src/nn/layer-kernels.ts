import type { Block, Core, Totals } from "../core/contract/core.js";

/** Where the numbers of a layer are: its own, or the copies that a run trains. */
export interface LayerBuffers {
  readonly core: Core;
  /** Of the layer's parameters, or else of its buffers. */
  readonly blocks: readonly Block[];
  /** The gradient of each parameter while rows are summed. */
  readonly totals: readonly Totals[];
  /** Room for the weights as products read them: for forward, and for backward. They may be the same. */
  readonly panels: readonly Block[];
}

/** What a layer computes for rows of so many columns. Blocks are row-major, and shaped as in Core. */
export interface LayerKernels {
  /** To be called before forward when weights may have changed. */
  packForward?(): void;
  forward(x: Block, y: Block, rows: number, columns: number): void;
  /** Adds to the totals. */
  gradParameters?(x: Block, dy: Block, rows: number): void;
  /** To be called before gradInput when weights may have changed. */
  packBackward?(): void;
  /** dx may be dy where there are no parameters. y is what forward made of x. */
  gradInput(x: Block, y: Block, dy: Block, dx: Block, rows: number, columns: number): void;
}
