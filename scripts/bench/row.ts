/** A row of the table of numbers: what is measured, what is hoped for, what came out. */

export interface BenchOptions {
  /** Fewer sizes, fewer and shorter runs: for a first look. */
  readonly quick: boolean
  /** Folder for data and messages of this run; emptied afterwards. */
  readonly scratch: string
  /** Tell the person at the terminal how far it is. */
  progress(line: string): void
}

/** One measured line. */
export interface Line {
  readonly row: string
  /** `1,000 users`; absent where there is nothing to vary. */
  readonly at?: string
  readonly value: string
  /** Share of the ceiling, and multiple of the usual pick. */
  readonly ratios?: Readonly<Record<string, number>>
  readonly note?: string
}

export interface Row {
  /** As it is named on the command line. */
  readonly name: string
  readonly goal: string
  measure(options: BenchOptions): Promise<readonly Line[]>
}
