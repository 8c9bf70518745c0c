import { hash } from 'node:crypto'
import { badValue } from '#idp/core/directory/refusal.ts'

/** Hidden field of a form that saves a page as a whole: {@link markOf} what the page showed. */
export const SHOWN_FIELD = 'shown'

/** A short mark of what a page shows: another one when anything of it is another. */
export function markOf(shown: unknown): string {
  return hash('sha256', JSON.stringify(shown), 'base64url').slice(0, 16)
}

/**
 * Keep one administrator from undoing unseen what another has saved since the page was opened.
 * @param sent What the form sent as {@link SHOWN_FIELD}; a form without it is not held to it.
 * @param stored What the page would show now.
 * @throws {DirectoryRefusal} `Request_BadRequest` for the form as a whole.
 */
export function mustBeAsShown(sent: string | undefined, stored: unknown): void {
  if (sent === undefined || sent === markOf(stored)) return
  throw badValue(
    '',
    'Somebody has changed this since you opened the page. Discard shows what is stored now; Save puts what you typed in its place.',
  )
}
