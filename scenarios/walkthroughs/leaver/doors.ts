import type { JournalEntry } from '#kit/journal.ts'
import { durationText } from '#scenarios/home/story/doors.ts'
import type { Walk } from '../walkthrough.ts'
import { exchanges, lastNumber } from '../witness/exchanges.ts'
import { KEPT, LEAVER } from './leaver-person.ts'

/** What the journals tell of the doors of the one who leaves. */

const since = (system: 'entra' | 'dialpad'): string => `leaver/${system}`

/** Remember how far both journals are: for the setup of a step. */
export async function markDoors(walk: Walk): Promise<void> {
  for (const system of ['entra', 'dialpad'] as const) {
    walk.keep.set(since(system), String(await lastNumber(walk.control[system])))
  }
}

/** Refusals that Dialpad has told since {@link markDoors}, by the names of their doors. */
export async function refusedSince(walk: Walk): Promise<readonly string[]> {
  const after = Number(walk.keep.get(since('dialpad')))
  const entries = await exchanges(walk.control.dialpad, { kind: 'state', after })
  return entries.filter(isTheirs).map(doorOf)
}

/** How often a page of Dialpad was shown to anybody since {@link markDoors}. */
export async function shownSince(walk: Walk, path: string): Promise<number> {
  const after = Number(walk.keep.get(since('dialpad')))
  const entries = await exchanges(walk.control.dialpad, {
    kind: 'http-in',
    method: 'GET',
    url: path,
    status: 200,
    after,
  })
  return entries.filter(({ request }) => request?.url?.split('?', 1)[0]?.endsWith(path) === true).length
}

/** Sign-ins that Entra itself has refused since {@link markDoors}, because of the missing assignment. */
export async function unassignedSince(walk: Walk): Promise<number> {
  const after = Number(walk.keep.get(since('entra')))
  const entries = await exchanges(walk.control.entra, { kind: 'oidc', status: 403, after })
  return entries.filter(({ response }) => response?.body?.includes(NOT_ASSIGNED) === true).length
}

/** Code of Entra for somebody who is not assigned to an app that requires it. */
export const NOT_ASSIGNED = 'AADSTS50105'

/** The SAML logins of theirs that Dialpad accepted since {@link markDoors}. */
export async function samlAcceptedSince(walk: Walk): Promise<number> {
  const after = Number(walk.keep.get(since('dialpad')))
  const entries = await exchanges(walk.control.dialpad, { kind: 'saml', after })
  return entries.filter(({ title, subject }) => title === 'SAML answer accepted' && subject === LEAVER.address).length
}

/** What the REST API of Dialpad said to calls since {@link markDoors}. */
export async function restAnswersSince(walk: Walk): Promise<readonly number[]> {
  const after = Number(walk.keep.get(since('dialpad')))
  const entries = await exchanges(walk.control.dialpad, { kind: 'http-in', url: '/api/v2/company', after })
  return entries.flatMap(({ response }) => response?.status ?? [])
}

/** Their script asks the REST API for the company, with the key they have made. */
export async function callWithTheirKey(walk: Walk): Promise<number> {
  const { status } = await walk.fetch(`${walk.urls.dialpad}/api/v2/company`, {
    headers: { authorization: `Bearer ${walk.keep.get(KEPT.key)}` },
  })
  return status
}

/** The moment they were taken out of the assigned group, the last one; `undefined` before. */
async function departureOf(walk: Walk): Promise<JournalEntry | undefined> {
  const entries = await exchanges(walk.control.entra, { kind: 'state' })
  return entries.findLast(({ title }) => title.startsWith(`${LEAVER.name} was removed from the group`))
}

/** Each door with the time from the departure to its first refusal: by the clock of the systems, and on the wall. */
export async function timesOf(walk: Walk): Promise<readonly string[]> {
  const departure = await departureOf(walk)
  if (departure === undefined) return []
  const from = Date.parse(departure.at)
  const own = (await exchanges(walk.control.dialpad, { kind: 'state' })).filter(
    (entry) => isTheirs(entry) || entry.title === `User ${LEAVER.address} suspended`,
  )
  const first = new Map<string, JournalEntry>()
  for (const entry of own) {
    if (Date.parse(entry.at) >= from && !first.has(doorOf(entry))) first.set(doorOf(entry), entry)
  }
  return [...first].map(([door, { at, virtualAt }]) => {
    const virtual = durationText(Date.parse(virtualAt) - Date.parse(departure.virtualAt))
    return `${door} after ${virtual} (${durationText(Date.parse(at) - from)} on the wall)`
  })
}

const isTheirs = ({ subject, change }: JournalEntry): boolean =>
  change?.type === 'door' && subject?.toLowerCase() === LEAVER.address

/** `Browser session of Chloe Nguyen refused (…)` */
const doorOf = ({ title }: JournalEntry): string =>
  title.startsWith('User ') ? 'Record of the directory' : (title.split(` of ${LEAVER.name} `)[0] ?? title)
