/**
 * The fidelity ledger: what each system does as the real product does, with the source and the proving test.
 * Rows lie beside the code (`fidelity.ts`); `docs/fidelity.md` and the list of switches come from them.
 */

export type Fidelity = 'proven' | 'documented' | 'simplified' | 'assumed' | 'absent'

/** A behaviour that can be chosen. Values are short words; the first paragraph of the row says what they mean. */
export interface SwitchSpec {
  /** `dialect`, `api-key-display` …: unique within its system. */
  readonly id: string
  readonly values: readonly string[]
  readonly default: string
}

export interface LedgerRow {
  /** `FID-<SYSTEM>-<AREA>-<n>`: named in comments and tests. */
  readonly id: string
  readonly behaviour: string
  readonly fidelity: Fidelity
  /** Where the claim comes from: a published page, an RFC section, or `none published`. */
  readonly source: string
  /** `path/of/test.ts: name of the test`; required where fidelity is `proven`. */
  readonly test?: string
  readonly switch?: SwitchSpec
}

/** Reads the value in force of a switch. @throws when the id is not in this system's ledger: a bug, not a user's mistake. */
export interface Switches {
  value(id: string): string
}
