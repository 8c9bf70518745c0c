import type { Reader } from '#kit/store/store.ts'
import { licenceName } from '../domain/licences.ts'
import { displayName } from '../domain/user-states.ts'
import type { DialpadShape, DialpadUser } from '../records.ts'
import { numbersOf } from './assign-numbers.ts'

/** A person for the journal: words of the product, no password, no pinned identity. */
export function userInWords(reader: Reader<DialpadShape>, user: DialpadUser): Readonly<Record<string, string>> {
  return {
    email: user.emails[0] ?? '',
    name: displayName(user),
    state: user.state,
    title: user.title ?? '',
    office: reader.get('offices', user.officeId)?.name ?? '',
    licence: licenceName(user.licence),
    number: numbersOf(reader, user.id)
      .map((number) => number.number)
      .join(', '),
  }
}
