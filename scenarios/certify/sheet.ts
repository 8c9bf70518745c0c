import type { Check, CheckId, CheckResult, Exchange, Outcome } from './certificate.ts'

/** What a judgement found: nothing, a failure in words, or something the client survives. */
export type Finding = string | { readonly warning: string } | undefined

export interface Evidence {
  /** Checks without which this one cannot be judged. */
  readonly needs?: readonly CheckId[]
  /** What went over the wire for it. */
  readonly exchanges?: readonly Exchange[]
}

/** Exchanges shown of one check: the last ones say most. */
const MOST_EXCHANGES = 4

/** The checks of a run, filled in one by one. */
export interface Sheet {
  /** Judge a check, unless one it needs has failed or was not reached itself. */
  judge(id: CheckId, evidence: Evidence, look: () => Finding | Promise<Finding>): Promise<void>
  /** Give a check up: the server gave no occasion for it. */
  pass(id: CheckId, why: string): void
  isReached(id: CheckId): boolean
  /** In the order of the catalogue. */
  results(): readonly CheckResult[]
}

export function createSheet(catalogue: readonly Check[]): Sheet {
  const results = new Map<CheckId, CheckResult>()
  const known = (id: CheckId): Check => {
    const check = catalogue.find((each) => each.id === id)
    if (check === undefined) throw new Error(`There is no check ${id}.`)
    return check
  }
  const note = (id: CheckId, outcome: Outcome, found?: string, exchanges: readonly Exchange[] = []): void => {
    results.set(id, { ...known(id), outcome, ...(found === undefined ? {} : { found }), exchanges })
  }
  const isReached = (id: CheckId): boolean => {
    const outcome = results.get(id)?.outcome
    return outcome === 'survived' || outcome === 'warned'
  }
  return {
    isReached,
    pass: (id, why) => note(id, 'not-reached', why),
    async judge(id, { needs = [], exchanges = [] }, look) {
      const missing = needs.find((each) => !isReached(each))
      if (missing !== undefined) {
        note(id, 'not-reached', `Needs ${missing}.`)
        return
      }
      const finding = await look()
      if (finding === undefined) note(id, 'survived')
      else if (typeof finding === 'string') note(id, 'failed', finding, exchanges.slice(-MOST_EXCHANGES))
      else note(id, 'warned', finding.warning, exchanges.slice(-MOST_EXCHANGES))
    },
    results: () =>
      catalogue.map((check) => results.get(check.id) ?? { ...check, outcome: 'not-reached', exchanges: [] }),
  }
}
