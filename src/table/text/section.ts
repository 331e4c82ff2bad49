/** A table with its title, and what has to be known to read it. */
export interface ExplanationSection {
  /** What the table shows. */
  readonly title: string;
  /** Rows of as many cells, the head first; none where there is nothing to show. */
  readonly table: readonly (readonly string[])[];
  /** Sentences. */
  readonly remarks: readonly string[];
}
