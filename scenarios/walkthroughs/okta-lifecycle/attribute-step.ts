import { finding, missing } from '../finding.ts'
import { type Entry, editProfile } from '../okta-pages.ts'
import type { Step } from '../walkthrough.ts'
import { type DialpadPerson, pictureDialpad } from '../witness/dialpad.ts'
import { markJournals, methodsOf, sentSince } from '../witness/okta-since.ts'
import { KEPT } from './hero.ts'

export const ATTRIBUTES_SOURCE = { article: '004', section: 'Okta attributes mapped to Dialpad' } as const

/** A SCIM user as far as rows look at it. */
export type Wire = Readonly<Record<string, unknown>>

/** One row of the article's table, as a change of a profile and what becomes of it. */
export interface AttributeRow {
  readonly id: string
  /** As the table calls them. */
  readonly attribute: string
  readonly field: string
  readonly say: string
  /** Whose profile, by the name they have at this point. */
  readonly name: string
  /** By the labels of the profile's form. */
  readonly changes: Readonly<Record<string, Entry>>
  /** Where the request has it, and with which value. */
  readonly inRequest: (body: Wire) => unknown
  readonly sent: string
  /** Where Dialpad has it, and with which value. */
  readonly inDialpad: (person: DialpadPerson) => string | undefined
  readonly shown: string
  /** The second hint: what to do. */
  readonly what: string
  readonly wrong: NonNullable<Step['wrong']>
}

/** A member of a member of a request: of `name`, `givenName`. */
export function inside(body: Wire, outer: string, inner: string): unknown {
  const holder = body[outer]
  return typeof holder === 'object' && holder !== null ? (holder as Wire)[inner] : undefined
}

/** Name as Dialpad shows it. */
export function fullName({ givenName, familyName }: DialpadPerson): string {
  return `${givenName} ${familyName}`
}

/** The step of a row: change the profile, and find the value in the request and in Dialpad's field. */
export function attributeStep(row: AttributeRow): Step {
  const labels = Object.keys(row.changes)
  const acts = Object.entries(row.changes).map(([label, entry]) =>
    typeof entry === 'string' ? `type ${entry} into ${label}` : `choose ${entry.choose} for ${label}`,
  )
  return {
    id: row.id,
    title: `${row.attribute} becomes ${row.field}`,
    say: row.say,
    source: ATTRIBUTES_SOURCE,
    at: { page: 'Okta, People, Profile', labels: ['Profile', 'Edit', ...labels, 'Save'] },
    setup: markJournals,
    async solve(walk) {
      await editProfile(await walk.desk('okta'), row.name, row.changes)
    },
    async check(walk) {
      const id = walk.keep.get(KEPT.dialpadId)
      const sent = await sentSince(walk, undefined, `/scim/Users/${id}`)
      const person = (await pictureDialpad(walk.control.dialpad)).person(id)
      if (person === undefined) return missing(`account ${id} in Dialpad`)
      const put = sent.findLast((entry) => entry.request?.method === 'PUT')
      const value = row.inRequest(JSON.parse(put?.request?.body ?? '{}') as Wire)
      const shown = row.inDialpad(person)
      return finding(
        `Okta sent ${methodsOf(sent)}${put === undefined ? '' : `, with ${value === undefined ? 'no value' : `"${String(value)}"`}`}; ${row.field} in Dialpad is "${shown ?? ''}".`,
        sent.every(({ request }) => request?.method === 'GET' || request?.method === 'PUT'),
        put?.response?.status === 200,
        value === row.sent,
        shown === row.shown,
      )
    },
    hints: [
      `Directory > People, then the tab Profile of ${row.name}.`,
      row.what,
      `Press Edit, ${acts.join(' and ')}, press Save.`,
    ],
    wrong: row.wrong,
  }
}
