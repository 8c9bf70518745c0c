import type { Invitation } from '../records.ts'

/** Invitations (reference sheet 2.1): good for one use, and removed with the person when nobody uses them. */

/** "Unused invites are removed after a while": how long that is, is not published. */
export const INVITATION_DAYS = 30
const INVITATION_MS = INVITATION_DAYS * 24 * 3_600_000

/** When the invitation and the pending person are removed, virtual milliseconds. */
export function removalTime(invitation: Pick<Invitation, 'sentAt'>): number {
  return Date.parse(invitation.sentAt) + INVITATION_MS
}

/** Computed when read: the removal may not have run yet. */
export function isInvitationOpen(invitation: Invitation, nowMs: number): boolean {
  return nowMs < removalTime(invitation)
}

/** `ada.okafor@…` → Ada, Okafor: a name to start from, which the invited person confirms. */
export function nameFromEmail(email: string): { readonly givenName: string; readonly familyName: string } {
  const handle = email.slice(0, email.lastIndexOf('@'))
  const [first = '', ...rest] = handle.split(/[._-]+/).filter((part) => part !== '')
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
  return { givenName: capital(first), familyName: rest.map(capital).join(' ') }
}
