import type { SystemName } from '#contract/addresses.ts'
import type { JournalEntry } from '#kit/journal.ts'
import type { Walk } from '../walkthrough.ts'
import { exchanges, lastNumber } from './exchanges.ts'

/** What happened since a step began: journals by number, so that what an earlier step did does not count for this one. */

const keptAs = (system: SystemName): string => `${system}Since`

/** Remember how far the journals of the org and of Dialpad are: for the setup of a step. */
export async function markJournals(walk: Walk): Promise<void> {
  await letQueueEnd(walk)
  for (const system of ['okta', 'dialpad'] as const) {
    walk.keep.set(keptAs(system), String(await lastNumber(walk.control[system])))
  }
}

/** Let the org do what it has queued: everything sent is then answered, and in the journals. */
export async function letQueueEnd(walk: Walk): Promise<void> {
  await walk.control.okta.call('POST', '/jobs/run', {})
}

/** How often a page of the org or of Dialpad was shown since {@link markJournals}; `path` is part of its address. */
export async function pagesSince(walk: Walk, system: 'okta' | 'dialpad', path: string): Promise<number> {
  const after = Number(walk.keep.get(keptAs(system)))
  const found = await exchanges(walk.control[system], { kind: 'http-in', method: 'GET', url: path, status: 200, after })
  return found.length
}

/** How often a form of the org was sent to `path` since {@link markJournals}, and answered with `status`: 422 is a refusal. */
export async function formsSince(walk: Walk, path: string, status: number): Promise<number> {
  const after = Number(walk.keep.get(keptAs('okta')))
  return (await exchanges(walk.control.okta, { kind: 'http-in', method: 'POST', url: path, status, after })).length
}

/** What Dialpad's SCIM server was asked since {@link markJournals}, oldest first, when nothing is under way any more. */
export async function sentSince(walk: Walk, method?: string, url: string = '/scim/'): Promise<readonly JournalEntry[]> {
  await letQueueEnd(walk)
  const after = Number(walk.keep.get(keptAs('dialpad')))
  return exchanges(walk.control.dialpad, { kind: 'scim', url, after, ...(method === undefined ? {} : { method }) })
}

/** The methods of some exchanges in their order: `GET, POST`. */
export function methodsOf(entries: readonly JournalEntry[]): string {
  return entries.map(({ request }) => request?.method ?? '?').join(', ') || 'nothing'
}

/** What Dialpad noted about answers of the identity provider since {@link markJournals}, by the title of the note. */
export async function samlSince(walk: Walk, title: string): Promise<readonly JournalEntry[]> {
  const after = Number(walk.keep.get(keptAs('dialpad')))
  const entries = await exchanges(walk.control.dialpad, { kind: 'saml', after })
  return entries.filter((entry) => entry.title === title)
}
