import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { createPlainBrowser } from '#scenarios/runner/plain/plain-browser.ts'
import { createPlainDesk } from '#scenarios/runner/plain/plain-desk.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { signInToEntra, signInToOkta } from '#scenarios/walkthroughs/ways-in.ts'
import { perform } from '../acts/act.ts'
import { createAdminDesks } from '../hands/work-by-hand.ts'
import type { Lab } from '../lab.ts'
import { ACCESS_LABS } from '../products/sign-in/access.ts'
import { CONSENT_LABS } from '../products/sign-in/consent.ts'
import { ENTRA_SAML_LABS } from '../products/sign-in/entra-saml.ts'
import { PROVIDER_LABS } from '../products/sign-in/provider.ts'
import { REGISTRATION_LABS } from '../products/sign-in/registrations.ts'
import { SAML_LABS } from '../products/sign-in/saml.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

const LAB_MS = 60_000

/** Where each way into Dialpad begins. */
const BEGINS = {
  'Okta by SAML': '/saml/sso/okta/brightwave.example',
  'Entra by SAML': '/saml/sso/custom/brightwave.example',
  Microsoft: '/login',
} as const
type Way = keyof typeof BEGINS

/** Whether somebody of the company gets into Dialpad that way, by the protocol and with a fresh browser. */
async function getsIn(way: Way): Promise<boolean> {
  const desk = createPlainDesk(createPlainBrowser(Object.values(kit.urls)), kit.urls.dialpad, () => {})
  try {
    await desk.open(BEGINS[way])
    if (way === 'Microsoft') await desk.press('Log in with Microsoft')
    if (way === 'Okta by SAML') await signInToOkta(desk, PEOPLE.supporter.address)
    else await signInToEntra(desk, PEOPLE.byHand.address)
    await desk.open('/app')
    await desk.see('Signed in as')
    return true
  } catch {
    return false
  }
}

/** Strikes one person, who is not the one who tries here. */
const ONE_PERSON = 'blocked-person-tried'

const by = (way: Way, labs: readonly Lab[]) => labs.map((lab) => [lab.id, way, lab] as const)

describe('nobody gets in while it is broken, and everybody does when it is mended', () => {
  test.each([
    ...by('Okta by SAML', SAML_LABS),
    ...by('Microsoft', [...CONSENT_LABS, ...ACCESS_LABS.filter(({ id }) => id !== ONE_PERSON), ...PROVIDER_LABS]),
    ...by('Entra by SAML', ENTRA_SAML_LABS),
  ])(
    '%s, with %s',
    async (_id, way, { world, breakIt, solve }) => {
      await kit.control.kit.reset({ world })
      await perform(kit, breakIt)
      expect(await getsIn(way)).toBe(false)
      await perform(kit, solve)
      expect(await getsIn(way)).toBe(true)
    },
    LAB_MS,
  )
})

/** Refused by the token endpoint, which tells nobody but the application and the log. */
const AT_THE_TOKEN_ENDPOINT = REGISTRATION_LABS.filter(({ id }) => id.startsWith('client-'))

describe('an application is refused where nobody sees it, and the sign-in logs tell the number', () => {
  test.each(AT_THE_TOKEN_ENDPOINT.map((lab) => [lab.id, lab] as const))(
    '%s',
    async (_id, { world, breakIt, source }) => {
      await kit.control.kit.reset({ world })
      await perform(kit, breakIt)
      const desk = await createAdminDesks(kit).at('entra', '/admin/sign-in-logs')
      await desk.press('Service principal sign-ins')
      await desk.openRow('Night Export', 'Failure')
      await desk.see(source.replace('AADSTS', ''))
    },
    LAB_MS,
  )
})
