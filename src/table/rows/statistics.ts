/** Means and standard deviations of columns, from rows that come in pieces. */
export class Statistics {
  rows = 0;
  readonly #means: Float64Array;
  /** Σ (x − mean)² by the formula of Welford (1962). */
  readonly #squares: Float64Array;

  constructor(readonly columns: number) {
    this.#means = new Float64Array(columns);
    this.#squares = new Float64Array(columns);
  }

  add(data: Float32Array): void {
    const { columns } = this;
    const [means, squares] = [this.#means, this.#squares];
    for (let at = 0; at < data.length; ) {
      const share = 1 / ++this.rows;
      for (let c = 0; c < columns; c++) {
        const value = data[at++] as number;
        const difference = value - (means[c] as number);
        const mean = (means[c] as number) + difference * share;
        means[c] = mean;
        squares[c] = (squares[c] as number) + difference * (value - mean);
      }
    }
  }

  get means(): Float64Array {
    return this.#means;
  }

  /** Of the population. */
  get stds(): Float64Array {
    return this.#squares.map((sum) => Math.sqrt(sum / this.rows));
  }
}
