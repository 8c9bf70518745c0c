import type { Lab } from '#scenarios/labs/lab.ts'

/** What a grade asks of somebody. */
export const GRADES: Readonly<Record<Lab['grade'], string>> = {
  1: '1: one look tells',
  2: '2: compare two systems',
  3: '3: the sign is far from the cause',
}
