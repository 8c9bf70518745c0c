import type { Tone } from '#kit/ui/look.ts'
import type { OktaUserStatus } from '../../collections.ts'

/** Words of a state in lists (reference sheet 1.11), with its tone; in the order of the filter. */
export const STATUSES: readonly { readonly status: OktaUserStatus; readonly label: string; readonly tone: Tone }[] = [
  { status: 'STAGED', label: 'Staged', tone: 'neutral' },
  { status: 'PROVISIONED', label: 'Pending user action', tone: 'warning' },
  { status: 'ACTIVE', label: 'Active', tone: 'success' },
  { status: 'RECOVERY', label: 'Password reset', tone: 'warning' },
  { status: 'LOCKED_OUT', label: 'Locked out', tone: 'danger' },
  { status: 'PASSWORD_EXPIRED', label: 'Password expired', tone: 'warning' },
  { status: 'SUSPENDED', label: 'Suspended', tone: 'warning' },
  { status: 'DEPROVISIONED', label: 'Deactivated', tone: 'neutral' },
]

export function statusWords(status: OktaUserStatus): { readonly label: string; readonly tone: Tone } {
  return STATUSES.find((each) => each.status === status) ?? { label: status, tone: 'neutral' }
}
