import { type Diagnoser, dialpadPage } from '../diagnoser.ts'
import { type MendingPage, named } from '../finding.ts'
import type { Sight } from '../sight.ts'
import type { DialpadPerson } from '../systems/dialpad.ts'
import { waiting } from './entra-mapping.ts'

/** The company's own settings, whoever provisions. */

const FIELDS = ['physicalDeliveryOfficeName', 'officeName', 'department'] as const
const scimPage = dialpadPage('company/authentication/scim', 'Authentication > SCIM')

const provisioned = ({ dialpad }: Sight): readonly DialpadPerson[] =>
  dialpad.people.filter(({ state }) => state === 'active' || state === 'pending')

/** Whether one word becomes the other by one or two letters: a slip, not another place. */
function isNear(one: string, other: string): boolean {
  if (one === other || Math.abs(one.length - other.length) > 2) return false
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1]
    for (const [j, against] of [...other].entries()) {
      const [above = 0, left = 0, before = 0] = [row[j + 1], next[j], row[j]]
      next.push(Math.min(above + 1, left + 1, before + (letter === against ? 0 : 1)))
    }
    row = next
  }
  return (row.at(-1) ?? 3) <= 2
}

/** Where the directory keeps what it says of somebody. */
function personPage({ entra, okta }: Sight, { id }: DialpadPerson): MendingPage {
  const link = entra.links.find(({ targetId }) => targetId === id)
  if (link !== undefined)
    return { system: 'entra', path: `/admin/users/${link.sourceId}/properties`, label: 'Entra, Users > Properties' }
  const row = okta.assigned.find(({ externalId }) => externalId === id)
  if (row !== undefined) return { system: 'okta', path: `/admin/user/${row.userId}`, label: 'Okta, Directory > People' }
  return scimPage
}

export const DIALPAD_DIAGNOSERS: readonly Diagnoser[] = [
  {
    fault: 'dialpad-company-unpaid',
    source: 'dialpad 7.1 (23)',
    look({ dialpad: { company } }) {
      if (company?.paymentFailedAt === undefined) return undefined
      return {
        headline: 'The company has not paid Dialpad: it is on hold, and then suspended.',
        evidence: [`The payment failed ${company.paymentFailedAt}.`],
        page: dialpadPage('company/billing', 'Billing'),
      }
    },
  },
  {
    fault: 'dialpad-office-renamed',
    source: 'dialpad F6',
    look(sight) {
      const { dialpad } = sight
      for (const { action, note, target } of dialpad.officeChanges.toReversed()) {
        const old = action === 'office_updated' ? /^name (.+?) → /.exec(note)?.[1] : undefined
        if (old === undefined || dialpad.offices.some(({ name }) => name === old)) continue
        const people = provisioned(sight).filter((person) => dialpad.officeAsked(dialpad.officeWords(person)) === old)
        if (people.length === 0) continue
        return {
          headline: `An office was renamed in Dialpad, and directories still say "${old}".`,
          evidence: [
            `Change log: ${target.name}: ${note}.`,
            `Still provisioned with "${old}": ${named(people.map(({ emails }) => emails[0] ?? ''))}.`,
          ],
          page: dialpadPage(`offices/${target.id}`, `My Company, Offices > ${target.name}`),
        }
      }
      return undefined
    },
  },
  {
    fault: 'office-misspelt',
    source: 'dialpad F6, okta 8.2',
    look(sight) {
      const { dialpad } = sight
      const renamed = dialpad.officeChanges.flatMap(({ action, note }) =>
        action === 'office_updated' ? [/^name (.+?) → /.exec(note)?.[1]] : [],
      )
      for (const person of provisioned(sight)) {
        const asked = dialpad.officeAsked(dialpad.officeWords(person))
        if (asked === undefined || renamed.includes(asked) || dialpad.offices.some(({ name }) => name === asked))
          continue
        const meant = dialpad.offices.find(({ name }) => isNear(name, asked))
        if (meant === undefined) continue
        return {
          headline: `The directory says that ${person.emails[0]} works in "${asked}"; Dialpad has an office ${meant.name}, and compares names exactly.`,
          evidence: [
            `Sent: "${asked}". Offices: ${named(dialpad.offices.map(({ name }) => name))}.`,
            `${person.emails[0]} is in ${dialpad.offices.find(({ id }) => id === person.officeId)?.name}.`,
          ],
          page: personPage(sight, person),
        }
      }
      return undefined
    },
  },
  {
    fault: 'dialpad-office-field-wrong',
    source: 'dialpad F7',
    look(sight) {
      const { dialpad } = sight
      const field = dialpad.company?.scim.officeField
      if (field === undefined) return undefined
      const words = provisioned(sight).map((person) => dialpad.officeWords(person))
      const offices = new Set(dialpad.offices.map(({ name }) => name))
      const matches = (name: string) => words.filter((word) => offices.has(word[name] ?? '')).length
      const filled = words.filter((word) => word[field] !== undefined).length
      const better = FIELDS.find((name) => name !== field && matches(name) > 0)
      if (filled === 0 || matches(field) > 0 || better === undefined) return undefined
      return {
        headline: 'Dialpad reads the office from an attribute that holds something else.',
        evidence: [
          `Office Specification Field: ${field}. Of ${filled} people none has an office's name there.`,
          `${better} holds an office's name for ${matches(better)} of them.`,
        ],
        page: scimPage,
      }
    },
  },
  {
    fault: 'dialpad-office-refused',
    source: 'dialpad 1.5, F6',
    look(sight) {
      const { dialpad, entra } = sight
      if (dialpad.company?.scim.mismatch.kind !== 'reject') return undefined
      const refused = waiting(sight).filter(({ id }) => /office matches/i.test(entra.failure(id) ?? ''))
      const [first] = refused
      if (first === undefined) return undefined
      return {
        headline: 'People whose office Dialpad does not know get no account: the company refuses them.',
        evidence: [
          'Mismatch: do not create the user.',
          `${named(refused.map(({ userPrincipalName, physicalDeliveryOfficeName }) => `${userPrincipalName} (office ${physicalDeliveryOfficeName})`))}: ${entra.failure(first.id)}`,
        ],
        page: scimPage,
      }
    },
  },
  {
    fault: 'dialpad-seats-exhausted',
    source: 'dialpad F10, 1.7',
    look(sight) {
      const { dialpad, entra, okta } = sight
      const words = /licen[cs]e|seat/i
      const failures = [
        ...entra.inScope.flatMap(({ id }) => entra.failure(id) ?? []),
        ...okta.openTasks.map(({ message }) => message),
      ].filter((text) => words.test(text) && /no available|left|exhaust/i.test(text))
      const full = dialpad.fullOffices
      if (failures.length === 0 || full.length === 0) return undefined
      return {
        headline: 'An office has no license left, and the company buys none by itself.',
        evidence: [
          `No Connect license left in: ${named(full.map(({ name }) => name))}. Exhaustion: ${dialpad.company?.scim.exhaustion}.`,
          `Refused: ${failures[0]}`,
        ],
        page: dialpadPage(`offices/${full[0]?.id}/licenses`, 'Office > Licenses'),
      }
    },
  },
]
