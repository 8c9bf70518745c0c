import type { Lab } from './lab.ts'
import { DIALPAD_LABS } from './products/dialpad.ts'
import { ENTRA_CONNECTION_LABS } from './products/entra-connection.ts'
import { ENTRA_PEOPLE_LABS } from './products/entra-people.ts'
import { OKTA_LABS } from './products/okta.ts'

/** Every lab, by product; within a list in the order they are best tried. */
export const LABS: readonly Lab[] = [...ENTRA_CONNECTION_LABS, ...ENTRA_PEOPLE_LABS, ...OKTA_LABS, ...DIALPAD_LABS]

/** @returns the lab of that name, `undefined` when there is none. */
export function findLab(id: string): Lab | undefined {
  return LABS.find((each) => each.id === id)
}
