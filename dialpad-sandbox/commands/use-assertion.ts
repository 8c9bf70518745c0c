import type { DialpadSystem } from './work.ts'

/** Old records looked at whenever one is added. */
const SWEEP_STEP = 16

/**
 * Use an assertion up: it signs in once (SAML profiles §4.1.4.5). Of two requests that come at once with the same one, one gets `true`.
 *
 * @param usableUntilMs Wall milliseconds until which the assertion would be accepted again: kept until then and no longer.
 * @param nowMs Wall time.
 * @returns whether this is its first use.
 */
export function useAssertion(
  system: Pick<DialpadSystem, 'store'>,
  assertion: { readonly companyId: string; readonly assertionId: string; readonly usableUntilMs: number },
  nowMs: number,
): Promise<boolean> {
  const { companyId, assertionId, usableUntilMs } = assertion
  const id = `${companyId}/${assertionId}`
  return system.store.transact((tx) => {
    if (tx.count('usedAssertions', 'id', id) > 0) return false
    // Ordered by their ends: what is over comes first.
    for (const [key, used] of tx.after('usedAssertions', null, SWEEP_STEP)) {
      if (used.usableUntilMs <= nowMs) tx.delete('usedAssertions', key)
    }
    tx.put('usedAssertions', `${String(usableUntilMs).padStart(16, '0')}/${id}`, { id, usableUntilMs })
    return true
  })
}
