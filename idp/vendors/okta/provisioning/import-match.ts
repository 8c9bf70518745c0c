import { userNameOf } from '../apps/user-name.ts'
import { appUserOf } from '../assignments/settle.ts'
import type { OktaUser } from '../collections.ts'
import { mappedValue } from '../profiles/app-profile.ts'
import { expressionScope } from '../profiles/expression-scope.ts'
import { mappingOf } from '../profiles/read.ts'
import type { Profile } from '../profiles/records.ts'
import type { Change } from './queue.ts'
import type { ImportRow } from './records.ts'
import type { ConnectedApp } from './target.ts'

/** Whom an imported account belongs to (reference sheet 1.7, To Okta: General; User Creation & Matching). */

/** An account as it was read. */
export type ImportedAccount = Pick<ImportRow, 'externalId' | 'userName' | 'profile'>

export type Match = Pick<ImportRow, 'match' | 'userId'>

/** What an account would be called in Okta by "Okta username format"; the e-mail address where a format gives nothing. */
export function loginOfAccount(change: Change, app: ConnectedApp, { userName, profile }: ImportedAccount): string {
  const { usernameFormat, customUsername } = app.provisioning.toOkta
  const email = String(profile['email'] ?? '')
  const byFormat = (): string => {
    switch (usernameFormat) {
      case 'email':
        return email
      case 'app-username':
        return userName
      case 'custom': {
        const scope = expressionScope(change.tx, change.clock, { app, account: { ...profile, userName } })
        return userNameOf({ format: 'custom', custom: customUsername ?? '', pushStatus: 'PUSH' }, scope)
      }
    }
  }
  return byFormat() || email || userName
}

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value).toLowerCase())
const nameOf = (first: unknown, last: unknown): string => `${textOf(first)}\u0000${textOf(last)}`

/** People by a key, each key once read through everybody; people without a value have no key. */
function peopleBy(
  users: Iterable<OktaUser>,
  key: (user: OktaUser) => string,
): ReadonlyMap<string, readonly OktaUser[]> {
  const found = new Map<string, OktaUser[]>()
  for (const user of users) {
    const value = key(user)
    if (value === '') continue
    const same = found.get(value)
    if (same === undefined) found.set(value, [user])
    else same.push(user)
  }
  return found
}

/**
 * The matching of one import: an exact match by the user name of the chosen format, by e-mail, or by an attribute the administrator
 * chose (what the mapping to Okta gives for it); a partial match by first and last name where it is allowed. Nobody who has an
 * account in the app already is proposed. Everybody is read through once at most, and only where the settings need it.
 */
export function createMatcher(change: Change, app: ConnectedApp): (account: ImportedAccount) => Match {
  const { tx } = change
  const { exactMatch, matchAttribute, allowPartial } = app.provisioning.toOkta
  const everybody = (): readonly OktaUser[] => Array.from(tx.entries('users'), ([, user]) => user)
  const isFree = ({ id }: OktaUser): boolean => appUserOf(tx, app.id, id)?.externalId === undefined
  const property =
    matchAttribute === undefined ? undefined : mappingOf(tx, app.id, 'to-user').properties[matchAttribute]
  const byAttribute =
    exactMatch === 'custom' && matchAttribute !== undefined
      ? peopleBy(everybody(), ({ profile }) => textOf(profile[matchAttribute]))
      : new Map<string, readonly OktaUser[]>()
  const byName = allowPartial
    ? peopleBy(everybody(), ({ profile }) => nameOf(profile.firstName, profile.lastName))
    : new Map<string, readonly OktaUser[]>()

  const exactOf = (account: ImportedAccount): readonly OktaUser[] => {
    switch (exactMatch) {
      case 'username':
        return tx.find('users', 'login', loginOfAccount(change, app, account).toLowerCase())
      case 'email':
        return tx.find('users', 'email', textOf(account.profile['email']))
      case 'custom': {
        if (property === undefined) return []
        const { profile, userName } = account
        const scope = expressionScope(tx, change.clock, { app, account: { ...profile, userName } })
        return byAttribute.get(textOf(mappedValue(property, scope))) ?? []
      }
    }
  }

  return (account) => {
    const exact = exactOf(account).find(isFree)
    if (exact !== undefined) return { match: 'exact', userId: exact.id }
    const { givenName, familyName } = account.profile as Profile
    const partial = byName.get(nameOf(givenName, familyName))?.find(isFree)
    return partial === undefined ? { match: 'new' } : { match: 'partial', userId: partial.id }
  }
}
