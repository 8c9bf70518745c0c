import { displayName, holdsSeat, primaryEmail } from '../domain/user-states.ts'
import type { DialpadUser } from '../records.ts'
import type { DialpadSystem } from './work.ts'

/** The ways in that say no to somebody who is suspended or deleted. */
type Door = 'session' | 'password' | 'microsoft' | 'refresh-token' | 'saml' | 'api-key' | 'invitation'

const NAMES: Readonly<Record<Door, string>> = {
  session: 'Browser session',
  password: 'Email and password',
  microsoft: 'Log in with Microsoft',
  'refresh-token': 'Tokens of the Microsoft login',
  saml: 'Single sign-on with SAML',
  'api-key': 'API key',
  invitation: 'Invitation',
}

/** `type` of the journal's note about a door. */
const DOOR = 'door'

/**
 * Tell the journal that somebody was turned away, so that their story has every door and when it was found closed. Writes no state.
 * @param why Absent: what their account is, suspended or deleted.
 */
export function noteTurnedAway(system: DialpadSystem, door: Door, user: DialpadUser, why?: string): void {
  // In parentheses, last: a title that ends with a state tells that it was entered.
  const reason = why ?? (holdsSeat(user.state) ? 'no longer valid' : `the account is ${user.state}`)
  system.journal.record({
    kind: 'state',
    subject: primaryEmail(user),
    title: `${NAMES[door]} of ${displayName(user)} refused (${reason})`,
    change: { type: DOOR, id: user.id, after: { door: NAMES[door], reason } },
  })
}
