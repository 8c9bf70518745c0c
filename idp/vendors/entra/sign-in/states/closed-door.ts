import type { DirectoryUser } from '#idp/core/directory/records.ts'
import type { JournalEntry } from '#kit/journal.ts'
import type { AadstsCode } from '../aadsts.ts'

/** Errors by which an app is closed to somebody, whatever they type, and why it is. */
const REASONS: Readonly<Partial<Record<AadstsCode, string>>> = {
  50057: 'sign-in is blocked',
  50105: 'not assigned to the app',
  7000112: 'the app is disabled',
}

/**
 * What the journal notes beside a refused sign-in when a door was found closed, so that the story of the person has it with the time that
 * took; nothing for other errors.
 *
 * @param app Its name, of which the door has its own.
 */
export function closedDoorOf(
  user: DirectoryUser,
  app: string,
  code: AadstsCode,
): Pick<JournalEntry, 'change'> | undefined {
  const reason = REASONS[code]
  if (reason === undefined) return undefined
  const after = { door: `Sign-in at Entra to ${app}`, reason: `AADSTS${code}: ${reason}` }
  return { change: { type: 'door', id: user.id, after } }
}
