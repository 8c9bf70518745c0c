import { openConsole } from '../okta-directory.ts'
import { openAppTab } from '../okta-pages.ts'
import type { Desk, Walk } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureOkta } from '../witness/okta.ts'
import { pictureImports } from '../witness/okta-imports.ts'
import { sentSince } from '../witness/okta-since.ts'

/** The attribute, in both profiles, as the article calls it. */
export const PHONE = { displayName: 'Dialpad Phone', variableName: 'dialpadPhone' } as const

/** Import > Import Now, signed in again where a session has ended; what it says afterwards is to be seen by the caller. */
export async function importNow(walk: Walk): Promise<Desk> {
  const desk = await openConsole(walk)
  await openAppTab(desk, 'Import')
  await desk.press('Import Now')
  await desk.see('Last import')
  return desk
}

/** Tick a user of Import Results and confirm. */
export async function confirm(desk: Desk, userName: string, activate: boolean): Promise<void> {
  await desk.tick(`Select ${userName}`)
  if (activate) await desk.tick('Auto-activate users after confirmation')
  await desk.press('Confirm Assignments')
  await desk.see('1 user was confirmed.')
}

/** Where imports stand, and what Dialpad was asked and told since the step began. */
export async function pictureRun(walk: Walk) {
  const sent = await sentSince(walk)
  const okta = await pictureOkta(walk.control.okta)
  const imports = await pictureImports(walk.control.okta)
  const dialpad = await pictureDialpad(walk.control.dialpad)
  const read = sent.filter(({ request }) => request?.method === 'GET')
  return {
    okta,
    dialpad,
    ...imports,
    read,
    /** Calls that change something. */
    written: sent.filter(({ request }) => request?.method !== 'GET'),
    /** Whether users were read from the first page on. */
    hasReadUsers: read.some(({ request }) => request?.url?.includes('/scim/Users?startIndex=1&count=100')),
    hasReadGroups: read.some(({ request }) => request?.url?.includes('/scim/Groups?startIndex=1&count=100')),
  }
}

/** Number of somebody in Okta, and that in Dialpad. */
export function numbersOf({ okta, dialpad }: Awaited<ReturnType<typeof pictureRun>>, address: string) {
  const number = okta.person(address)?.profile[PHONE.variableName]
  return {
    inOkta: typeof number === 'string' && number !== '' ? number : undefined,
    inDialpad: dialpad.person(address)?.numbers[0],
  }
}
