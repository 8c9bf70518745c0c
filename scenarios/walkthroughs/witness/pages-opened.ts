import type { SystemName } from '#contract/addresses.ts'
import type { Walk } from '../walkthrough.ts'
import { exchanges } from './exchanges.ts'

const LABELS: Readonly<Record<SystemName, string>> = {
  kit: 'the kit',
  entra: 'Entra',
  okta: 'Okta',
  dialpad: 'Dialpad',
}
/** Pages named when another one was meant: enough to recognise where one has been. */
const MOST_NAMED = 3
/** Longest part of an address shown; some hold a token. */
const LONGEST_PATH = 60

/** Words for how often: `not yet`, `once`, `3 times`. */
export function oftenOf(times: number): string {
  return times === 0 ? 'not yet' : times === 1 ? 'once' : `${times} times`
}

/**
 * A page that was to be opened, for a finding: that it was, or which pages of the system were opened instead, the last ones.
 *
 * @param what As a sentence begins with it: `The gallery`, `API Keys`.
 * @param times How often it was opened, as the check found.
 */
export async function tellOpened(walk: Walk, system: SystemName, what: string, times: number): Promise<string> {
  if (times > 0) return `${what}: opened ${oftenOf(times)}.`
  const pages = await exchanges(walk.control[system], { kind: 'http-in', method: 'GET', status: 200 })
  const paths = pages
    .filter(({ response }) => response?.headers?.['content-type']?.startsWith('text/html') === true)
    .map(({ request }) => request?.url?.split('?', 1)[0]?.slice(0, LONGEST_PATH) ?? '')
  const last = [...new Set(paths.reverse())].slice(0, MOST_NAMED)
  return last.length === 0
    ? `${what}: not opened yet, and no other page of ${LABELS[system]} either.`
    : `${what}: not opened yet. Opened of ${LABELS[system]} instead, the last first: ${last.join(', ')}.`
}
