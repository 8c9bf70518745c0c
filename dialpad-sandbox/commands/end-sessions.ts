import type { DialpadWriter } from './work.ts'

/** Name, in the data of a session, of why it was ended; the value is what {@link endSessionsOf} writes. */
export const ENDED = 'ended'

/**
 * End the sessions of somebody who is suspended or deleted, for good and in the transaction that does it: a later reactivation does not
 * bring them back. What they carried is gone with them, the tokens of a Microsoft login above all. The record stays until its browser
 * asks once more, so that the page can say why.
 *
 * @returns how many.
 */
export function endSessionsOf(tx: DialpadWriter, userId: string): number {
  const keys = [...tx.findKeys('kitSessions', 'subject', userId)]
  for (const key of keys) {
    const session = tx.get('kitSessions', key)
    if (session !== undefined) tx.put('kitSessions', key, { ...session, data: { [ENDED]: 'account' } })
  }
  return keys.length
}
