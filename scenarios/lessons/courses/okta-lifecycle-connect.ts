import { openConsole } from '#scenarios/walkthroughs/okta-directory.ts'
import { OKTA_LIFECYCLE } from '#scenarios/walkthroughs/okta-lifecycle/okta-lifecycle.ts'
import { turnToTab } from '#scenarios/walkthroughs/okta-pages.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { logInToDialpad } from '#scenarios/walkthroughs/ways-in.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { pictureOkta } from '#scenarios/walkthroughs/witness/okta.ts'
import type { Lesson } from '../lesson.ts'
import { appTab, CONSOLE, callsOf, lessonsOf, PORTAL, pathsSeen, portalPage, strayed } from './okta-lesson.ts'
import { formsOf } from './visits.ts'

const lesson = lessonsOf(OKTA_LIFECYCLE)

const API_KEYS = '/admin/company/authentication/api-keys'

/** Fill in Okta's form and press a button of it. */
async function enterToken(walk: Walk, token: string, button: string): Promise<void> {
  const desk = await walk.desk('okta')
  await desk.tick('Enable API Integration')
  await desk.fill('API Token', token)
  await desk.press(button)
}

/** A key of Dialpad, made as the portal makes them. */
async function makeKey(walk: Walk): Promise<string> {
  const desk = await walk.desk('dialpad')
  await desk.press('Add key')
  await desk.fill('Name', 'Okta provisioning')
  await desk.press('Save')
  return desk.read('API key')
}

/** Tick some features of To App, and leave the form by a button. */
async function tickFeatures(walk: Walk, features: readonly string[], button: string): Promise<void> {
  const desk = await walk.desk('okta')
  for (const feature of features) await desk.tick('Enable', true, { within: feature })
  await desk.press(button)
}

const featuresOf = async (walk: Walk) => (await pictureOkta(walk.control.okta)).app?.provisioning?.toApp

/** Seed 004 from the app's page to the four features: a token of Dialpad, tested, saved, and what it is to be used for. */
export const CONNECT_LESSONS: readonly Lesson[] = [
  lesson('004/api/1', {
    start: CONSOLE,
    wrong: [
      strayed(
        'The catalog was opened instead.',
        'There you add apps. Dialpad is added: it is in the list of Applications.',
        {
          to: '/admin/apps/add-app',
          async go(desk) {
            await desk.press('Applications', { within: 'Main' })
            await desk.press('Browse App Catalog')
          },
        },
      ),
      strayed('Stopped at the list of applications.', 'Press the name Dialpad in the list.', {
        to: '/admin/apps/active',
        go: (desk) => desk.press('Applications', { within: 'Main' }),
      }),
    ],
  }),
  lesson('004/api/2', {
    start: appTab('general'),
    wrong: [
      strayed(
        'Sign On was taken.',
        'Sign On is about SAML. Accounts in Dialpad are on the tab beside it, Provisioning.',
        {
          to: '/signon',
          go: (desk) => turnToTab(desk, 'Sign On'),
        },
      ),
      strayed('Import was taken.', 'Import reads accounts out of Dialpad. Accounts are made there by Provisioning.', {
        to: '/import',
        go: (desk) => turnToTab(desk, 'Import'),
      }),
    ],
  }),
  lesson('004/api/3', {
    start: appTab('provisioning'),
    wrong: [
      strayed('It was looked for under General.', 'General has labels and visibility. The button is on Provisioning.', {
        to: '/general',
        go: (desk) => turnToTab(desk, 'General'),
      }),
      strayed(
        'It was looked for under Import.',
        'Import too waits for the integration. Go back to Provisioning and press the button there.',
        {
          to: '/import',
          go: (desk) => turnToTab(desk, 'Import'),
        },
      ),
    ],
  }),
  lesson('004/token/1', {
    start: PORTAL,
    wrong: [
      {
        mistake: 'The token was looked for in Okta, under Security > API.',
        hint: 'Those are tokens of Okta itself. Dialpad gives out its own: in its admin settings, under Authentication.',
        async attempt(walk) {
          const desk = await openConsole(walk)
          await desk.press('API', { within: 'Main' })
          await desk.press('Tokens', { within: 'API tabs' })
        },
        shows: async (walk) => (await pathsSeen(walk, 'okta')).some((path) => path.endsWith('/api/tokens')),
      },
      {
        mistake: 'Dialpad refused the log-in: that account is no Company Admin’s.',
        hint: 'Who was added to Dialpad by hand has no password of their own there. Log in as the Company Admin.',
        async attempt(walk) {
          await logInToDialpad(await walk.desk('dialpad', 'employee'), PEOPLE.byHand.address)
        },
        shows: async (walk) => (await formsOf(walk, 'dialpad', { url: '/login', status: 401 })) > 0,
      },
    ],
  }),
  lesson(['004/token/2', '004/token/3', '004/api/4', '004/api/5'], {
    start: [portalPage(API_KEYS), appTab('provisioning/integration/edit')],
    hints: [
      'Two tabs: the key is made in Dialpad, under Authentication > API Keys, and pasted into Okta’s form.',
      'The value is shown once. Paste nothing but the value; Test asks Dialpad for users and groups, and Save does so again and stores it.',
      'Add key, Name, Save, copy API key; in Okta check Enable API Integration, paste into API Token, press Test API Credentials, then Save.',
    ],
    wrong: [
      {
        mistake: 'The token is none that Dialpad has given out.',
        hint: 'Dialpad has no key yet. Make one under Authentication > API Keys and paste its value.',
        attempt: (walk) => enterToken(walk, `00${'x'.repeat(40)}`, 'Test API Credentials'),
        async shows(walk) {
          const { keys } = await pictureDialpad(walk.control.dialpad)
          return keys.length === 0 && (await callsOf(walk, 'GET', 401)) > 0
        },
      },
      {
        mistake: 'Something was pasted along with the token: "Bearer " before it, or a line break.',
        hint: 'Dialpad answers 401. Okta adds "Bearer " by itself: paste the bare value.',
        attempt: async (walk) => enterToken(walk, `Bearer ${await makeKey(walk)}`, 'Test API Credentials'),
        shows: async (walk) => (await callsOf(walk, 'GET', 401)) > 0,
      },
      {
        mistake: 'The credentials were tested, and not saved.',
        hint: 'The green banner only says that they would do. Press Save: To App, To Okta and Integration appear then.',
        attempt: async (walk) => enterToken(walk, await makeKey(walk), 'Test API Credentials'),
        shows: async (walk) => (await callsOf(walk, 'GET', 200)) > 0,
      },
    ],
  }),
  lesson('004/app/1', {
    start: appTab('provisioning/to-app'),
    wrong: [
      strayed(
        'Edit of Integration was pressed.',
        'That form asks for the token. Choose To App at the left, and press its Edit.',
        {
          to: '/provisioning/integration/edit',
          async go(desk) {
            await desk.press('Integration', { within: 'Settings' })
            await desk.press('Edit')
          },
        },
      ),
      strayed('To Okta was opened.', 'It is the other direction, imports. Choose To App.', {
        to: '/provisioning/to-okta',
        go: (desk) => desk.press('To Okta', { within: 'Settings' }),
      }),
    ],
  }),
  lesson('004/app/2', {
    start: appTab('provisioning/to-app/edit'),
    wrong: [
      {
        mistake: 'Deactivate Users was left off.',
        hint: 'A leaver would stay active in Dialpad. Edit once more and check Enable beside Deactivate Users.',
        attempt: (walk) => tickFeatures(walk, ['Create Users', 'Update User Attributes', 'Sync Password'], 'Save'),
        async shows(walk) {
          const toApp = await featuresOf(walk)
          return toApp?.createUsers === true && !toApp.deactivateUsers
        },
      },
      {
        mistake: 'Update User Attributes was left off.',
        hint: 'An account would be made and keep its first title for ever. Edit once more and check it.',
        attempt: (walk) => tickFeatures(walk, ['Create Users', 'Deactivate Users', 'Sync Password'], 'Save'),
        async shows(walk) {
          const toApp = await featuresOf(walk)
          return toApp?.createUsers === true && !toApp.updateAttributes
        },
      },
      {
        mistake: 'Cancel was pressed: all boxes are off as before.',
        hint: 'Nothing will happen when somebody is assigned. Press Edit, check the four boxes and press Save.',
        attempt: (walk) => tickFeatures(walk, ['Create Users'], 'Cancel'),
        shows: async (walk) => (await pathsSeen(walk, 'okta')).some((path) => path.endsWith('/provisioning/to-app')),
      },
    ],
  }),
]
