import { COMPANY } from '#kit/world/cast.ts'
import { PEOPLE } from '../people.ts'

/** Who leaves, and what is theirs. */

export const LEAVER = PEOPLE.leaves

/** Their own browser, in which a tab stays open; and another one, in which nobody is signed in. */
export const THEIR_BROWSER = 'leaver'
export const ELSEWHERE = 'leaver elsewhere'
export const AT_HOME = 'leaver at home'

/** Name of the key they make. */
export const KEY_NAME = 'Reports at night'

/** Keys of `walk.keep`. */
export const KEPT = { key: 'leaversKey' } as const

/** Path of the Login Url that Dialpad's SAML page shows for the provider Custom. */
export const LOGIN_PATH = `/saml/sso/custom/${COMPANY.domain}`
