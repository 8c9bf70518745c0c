import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { createPlainBrowser } from '#scenarios/runner/plain/plain-browser.ts'
import { createPlainDesk } from '#scenarios/runner/plain/plain-desk.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { signInToEntra, signInToOkta } from '#scenarios/walkthroughs/ways-in.ts'
import { perform } from '../acts/act.ts'
import { CONSENT_LABS } from '../products/sign-in/consent.ts'
import { SAML_LABS } from '../products/sign-in/saml.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

const LAB_MS = 60_000

/** Whether somebody of the company gets into Dialpad with Okta, or with Microsoft, by the protocol and with a fresh browser. */
async function getsIn(provider: 'Okta' | 'Microsoft'): Promise<boolean> {
  const desk = createPlainDesk(createPlainBrowser(Object.values(kit.urls)), kit.urls.dialpad, () => {})
  try {
    await desk.open(provider === 'Okta' ? '/saml/sso/okta/brightwave.example' : '/login')
    if (provider === 'Okta') await signInToOkta(desk, PEOPLE.supporter.address)
    else {
      await desk.press('Log in with Microsoft')
      await signInToEntra(desk, PEOPLE.byHand.address)
    }
    await desk.open('/app')
    await desk.see('Signed in as')
    return true
  } catch {
    return false
  }
}

describe('nobody gets in while it is broken, and everybody does when it is mended', () => {
  test.each([...SAML_LABS, ...CONSENT_LABS].map((lab) => [lab.id, lab] as const))(
    '%s',
    async (_id, { world, breakIt, solve }) => {
      const provider = world === 'connected-okta' ? 'Okta' : 'Microsoft'
      await kit.control.kit.reset({ world })
      await perform(kit, breakIt)
      expect(await getsIn(provider)).toBe(false)
      await perform(kit, solve)
      expect(await getsIn(provider)).toBe(true)
    },
    LAB_MS,
  )
})
