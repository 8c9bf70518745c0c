import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import { exchanges, lastNumber } from '#scenarios/walkthroughs/witness/exchanges.ts'
import type { Marks } from '../classroom.ts'

/** What a system's journal says when its whole state was put in place of another. */
const REPLACED = /^(Reset to world |State replaced|Snapshot .+ restored)/

/**
 * Whether the world was replaced since a lesson began: reset, restored from a snapshot, put in by a program. Then the lesson stands
 * on ground that is no longer there.
 *
 * @returns what happened, as the first system that tells says it.
 */
export async function disturbedSince(kit: KitAccess, marks: Marks): Promise<string | undefined> {
  for (const { name } of SYSTEM_ADDRESSES) {
    if (name === 'kit') continue
    const client = kit.control[name]
    const mark = marks[name]
    const replaced = await exchanges(client, { kind: 'state', after: mark })
    const found = replaced.find(({ title }) => REPLACED.test(title))
    if (found !== undefined) return found.title
    // Numbers never go back, unless the journal itself is another one.
    if ((await lastNumber(client)) < mark) return 'The journal began anew'
  }
  return undefined
}
