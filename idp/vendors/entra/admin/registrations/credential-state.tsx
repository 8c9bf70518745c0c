import type { Application } from '#idp/core/directory/records.ts'
import { Badge } from '#kit/ui/badge.tsx'

const SOON_MS = 30 * 24 * 60 * 60 * 1000

/** Whether a credential counts, at a virtual instant. */
export type CredentialState = 'Current' | 'Expiring soon' | 'Expired'

/** @param endDateTime Absent: it does not end. */
export function credentialState(endDateTime: string | undefined, nowIso: string): CredentialState {
  if (endDateTime === undefined) return 'Current'
  if (endDateTime <= nowIso) return 'Expired'
  return Date.parse(endDateTime) - Date.parse(nowIso) <= SOON_MS ? 'Expiring soon' : 'Current'
}

const WORST_FIRST: readonly CredentialState[] = ['Expired', 'Expiring soon', 'Current']
const TONES = { Current: 'success', 'Expiring soon': 'warning', Expired: 'danger' } as const

/** The state of one credential. */
export function CredentialBadge({ state }: { readonly state: CredentialState }) {
  return <Badge tone={TONES[state]}>{state}</Badge>
}

/** The worst state among a registration's credentials; `undefined` without any. */
export function worstState({ secrets, keyCredentials = [] }: Application, nowIso: string): CredentialState | undefined {
  const states = [...secrets, ...keyCredentials].map(({ endDateTime }) => credentialState(endDateTime, nowIso))
  return WORST_FIRST.find((state) => states.includes(state))
}
