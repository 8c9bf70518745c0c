import type { Walk } from '../walkthrough.ts'
import { type DialpadPerson, pictureDialpad } from '../witness/dialpad.ts'
import { type OktaAccount, type OktaPerson, pictureOkta } from '../witness/okta.ts'
import { sentSince } from '../witness/okta-since.ts'
import { KEPT } from './hero.ts'

export type Sent = Awaited<ReturnType<typeof sentSince>>

/** Both sides of the hero, when nothing is under way any more. */
export async function picture(walk: Walk): Promise<{
  readonly sent: Sent
  readonly okta: OktaPerson | undefined
  readonly account: OktaAccount | undefined
  readonly dialpad: DialpadPerson | undefined
  /** Licenses in use at the office they are in. */
  readonly seats: number
}> {
  const sent = await sentSince(walk)
  const okta = await pictureOkta(walk.control.okta)
  const dialpad = await pictureDialpad(walk.control.dialpad)
  const person = dialpad.person(walk.keep.get(KEPT.dialpadId))
  return {
    sent,
    okta: okta.person(walk.keep.get(KEPT.oktaId)),
    account: okta.account(walk.keep.get(KEPT.oktaId)),
    dialpad: person,
    seats: dialpad.seatsTaken(person?.office ?? ''),
  }
}
