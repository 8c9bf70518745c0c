import type { JournalEntry } from '#kit/journal.ts'
import type { Walk } from '../walkthrough.ts'
import { exchanges, lastNumber } from './exchanges.ts'

const KEPT_AS = 'dialpadNumber'

/** Remember how far Dialpad's journal is: for the setup of a step that counts what is sent. */
export async function markDialpad(walk: Walk): Promise<void> {
  walk.keep.set(KEPT_AS, String(await lastNumber(walk.control.dialpad)))
}

/** What Dialpad's SCIM server was asked since {@link markDialpad}, oldest first. */
export async function askedSince(walk: Walk, method: string, url: string): Promise<readonly JournalEntry[]> {
  return exchanges(walk.control.dialpad, { kind: 'scim', method, url, after: Number(walk.keep.get(KEPT_AS)) })
}
