import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lookAtWorld } from '#scenarios/explain/sight.ts'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { perform } from '../acts/act.ts'
import { LABS } from '../catalogue.ts'
import { fill, type HandStep, press, tick } from '../hands/steps.ts'
import { enterpriseApp, entraApp, registration } from '../hands/ways.ts'
import { workByHand } from '../hands/work-by-hand.ts'
import { judgeLab } from '../judge.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

const LAB_MS = 60_000

const BY_HAND = LABS.flatMap((lab) => (lab.mendByHand === undefined ? [] : [{ lab, steps: lab.mendByHand }]))

test('a dozen and more are mended by hand, some of every product', () => {
  expect(BY_HAND.length).toBeGreaterThanOrEqual(12)
  expect(new Set(BY_HAND.map(({ lab }) => lab.product))).toEqual(new Set(LABS.map(({ product }) => product)))
})

describe('an administrator at the pages mends', () => {
  test.each(BY_HAND.map(({ lab, steps }) => [lab.id, lab, steps] as const))(
    '%s',
    async (_id, lab, steps) => {
      await kit.control.kit.reset({ world: lab.world })
      await perform(kit, lab.breakIt)
      await workByHand(kit, steps)
      expect(judgeLab(lab, await lookAtWorld(kit.control))).toEqual({
        mended: true,
        found: ['The fault is not there any more.'],
      })
    },
    LAB_MS,
  )
})

const SAML_APP = 'Dialpad SAML'

/** What somebody might do who has guessed another cause, each saved and taken by the page. */
const GUESSED: readonly (readonly [lab: string, guess: string, steps: readonly HandStep[]])[] = [
  [
    'redirect-uri-missing',
    'the address with a slash at its end',
    [
      ...registration('Shift Planner', 'Authentication'),
      fill('Add URI', 'https://shifts.brightwave.example/signin-oidc/'),
      press('Save authentication settings'),
    ],
  ],
  [
    'public-client-flows-off',
    'a secret for the screen',
    [
      ...registration('Wallboard', 'Certificates & secrets'),
      press('New client secret'),
      fill('Description', 'For the hall'),
      press('Add'),
    ],
  ],
  [
    'app-permission-not-granted',
    'another secret',
    [
      ...registration('Night Export', 'Certificates & secrets'),
      press('New client secret'),
      fill('Description', 'Once more'),
      press('Add'),
    ],
  ],
  [
    'nobody-assigned',
    'the app switched off and on',
    [
      ...entraApp('Properties'),
      tick('No', true, 'Enabled for users to sign-in?'),
      press('Save'),
      ...entraApp('Properties'),
      tick('Yes', true, 'Enabled for users to sign-in?'),
      press('Save'),
    ],
  ],
  [
    'entra-saml-certificate',
    'another name for the person',
    [
      ...enterpriseApp(SAML_APP, 'Single sign-on'),
      press('Edit Attributes & Claims'),
      press('Unique User Identifier (Name ID)'),
      fill('Source attribute', 'user.mail'),
      press('Save'),
    ],
  ],
]

describe('what is done for another cause mends nothing', () => {
  test.each(GUESSED)(
    '%s: %s',
    async (id, _guess, steps) => {
      const lab = LABS.find((each) => each.id === id)
      if (lab === undefined) throw new Error(`There is no lab ${id}.`)
      await kit.control.kit.reset({ world: lab.world })
      await perform(kit, lab.breakIt)
      await workByHand(kit, steps)
      expect(judgeLab(lab, await lookAtWorld(kit.control)).mended).toBe(false)
    },
    LAB_MS,
  )
})
