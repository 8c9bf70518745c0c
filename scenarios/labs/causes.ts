import { createHash } from 'node:crypto'
import type { Cause, Lab } from './lab.ts'

/** The four causes to choose from: the same order each time, and the right one anywhere in it. */
export function causesOf({ id, right, wrong }: Lab): readonly Cause[] {
  const place = ({ cause }: Cause): string => createHash('sha256').update(`${id}:${cause}`).digest('hex')
  return [right, ...wrong].sort((one, other) => place(one).localeCompare(place(other)))
}

/** What was the cause elsewhere, as a choice that is wrong here. */
export const ruledOut = ({ cause }: Cause, because: string): Cause => ({ cause, because })
