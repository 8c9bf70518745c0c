import { addressOf, PEOPLE } from '../people.ts'

/** The one whose life is followed, and what becomes of them. */

/** As they are in the beginning. */
export const HERO = PEOPLE.first

/** First name, last name and address after they were changed, one after the other. */
export const RENAMED = {
  firstName: 'Elifnur',
  lastName: 'Aydin',
  half: 'Elifnur Demir',
  name: 'Elifnur Aydin',
  address: addressOf('elifnur.aydin'),
} as const

/** Ids that later steps find them by: name and address do not last. Keys of `walk.keep`. */
export const KEPT = {
  oktaId: 'heroInOkta',
  dialpadId: 'heroInDialpad',
  apiToken: 'apiToken',
  loginUrl: 'loginUrl',
} as const

/** Browser of the person, apart from the administrator's. */
export const THEIR_BROWSER = 'employee'

/** Where Dialpad reads what is no part of the core schema. */
export const ENTERPRISE_URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
