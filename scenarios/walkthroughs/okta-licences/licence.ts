import { editProfile } from '../okta-pages.ts'
import { addressOf, PEOPLE } from '../people.ts'
import type { Walk } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureOkta } from '../witness/okta.ts'
import { letQueueEnd, sentSince } from '../witness/okta-since.ts'

/** The attribute, in both profiles. */
export const ATTRIBUTE = { displayName: 'License type', variableName: 'licenseType' } as const

/** Where Dialpad looks for custom attributes: not a schema of its own. */
export const NAMESPACE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** The article's table: value, product as it calls it, and what Dialpad keeps. */
export const VALUES = [
  { value: 'dialpad_talk', product: 'Dialpad Talk', licence: 'talk' },
  { value: 'dialpad_lite', product: 'Dialpad Talk (Lite)', licence: 'lite_lines' },
  { value: 'dialpad_support', product: 'Dialpad Contact Center', licence: 'lite_support_agents' },
  { value: 'dialpad_sell', product: 'Dialpad Sell', licence: 'agents' },
  { value: 'dialpad_tfb', product: 'Dialpad TfB Offer', licence: 'magenta_lines' },
] as const

/** Who gets which of the five. */
export const HOLDERS = {
  support: { name: 'Ada Okafor', address: addressOf('ada.okafor'), office: 'Denver' },
  sell: PEOPLE.seller,
  talk: PEOPLE.supporter,
  lite: PEOPLE.byHand,
  tfb: PEOPLE.leaves,
} as const

/** The first row of article 004's table speaks of it. */
export const TABLE = { article: '004', section: 'Okta attributes mapped to Dialpad' } as const
export const WHICH = {
  article: 'faq',
  section: 'How do I specify which license is assigned when provisioning a Dialpad user?',
} as const
export const OUT = { article: 'faq', section: "What happens if we're out of licenses for our office?" } as const

/** Set the attribute on somebody's Okta profile, and let the push run. */
export async function setLicence(walk: Walk, name: string, value: string): Promise<void> {
  await editProfile(await walk.desk('okta'), name, { [ATTRIBUTE.displayName]: value })
  await letQueueEnd(walk)
}

/** Where somebody's licence stands in both systems, and the profiles that were sent since the step began. */
export async function pictureLicence(walk: Walk, address: string) {
  const puts = await sentSince(walk, 'PUT', '/scim/Users/')
  const okta = await pictureOkta(walk.control.okta)
  const dialpad = await pictureDialpad(walk.control.dialpad)
  const account = okta.account(address)
  const person = dialpad.person(address)
  const bodies = puts.map(({ request }) => request?.body ?? '')
  const value = account?.profile[ATTRIBUTE.variableName]
  return {
    okta,
    dialpad,
    account,
    person,
    puts,
    /** Whether a profile with this licence was sent. */
    hasSent: (licenseType: string) => bodies.some((body) => body.includes(`"licenseType":"${licenseType}"`)),
    found: `${address.split('@')[0]}: ${typeof value === 'string' && value !== '' ? value : 'no value'} in Okta, ${person?.licence ?? 'no account'} in Dialpad; ${puts.length} profiles were sent, answered ${puts.map(({ response }) => response?.status ?? '?').join(', ') || 'nothing'}.`,
  }
}

/** Dashboard > Tasks: tick what says `text`, Retry Selected. */
export async function retryTask(walk: Walk, text: string): Promise<void> {
  const desk = await walk.desk('okta')
  await desk.press('Tasks', { within: 'Main' })
  await desk.see(text)
  await desk.tick('Select')
  await desk.press('Retry Selected')
  await desk.see('will be tried again.')
  await letQueueEnd(walk)
}
