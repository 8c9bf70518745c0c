import { finding, missing } from '../finding.ts'
import { openApp, turnToTab } from '../okta-pages.ts'
import type { Step } from '../walkthrough.ts'
import { pictureOkta } from '../witness/okta.ts'
import { markJournals, pagesSince, sentSince } from '../witness/okta-since.ts'
import { tellOpened } from '../witness/pages-opened.ts'
import { KEPT } from './hero.ts'
import { TOKEN_STEPS } from './token.ts'

const source = { article: '004', section: 'Enable API Access' } as const

/** To the form with the token: what comes before it is there to be read. */
const OPENING_STEPS: readonly Step[] = [
  {
    id: '004/api/1',
    title: 'Navigate to your Dialpad app',
    say: 'Navigate to your Dialpad app in Okta.',
    source,
    at: { page: 'Okta, Applications', labels: ['Applications', 'Dialpad'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await openApp(desk)
      await desk.see('View Logs')
    },
    async check(walk) {
      const { app } = await pictureOkta(walk.control.okta)
      if (app === undefined) return missing('Dialpad among the apps of the org')
      const seen = await pagesSince(walk, 'okta', `/admin/app/${app.name}/instance/${app.id}`)
      return finding(await tellOpened(walk, 'okta', `The page of ${app.label}`, seen), seen > 0)
    },
    hints: [
      'In the left navigation of the Admin Console.',
      'Applications lists the apps of the org; Dialpad is one of them since it was added.',
      'Press Applications > Applications, then Dialpad in the list.',
    ],
    wrong: [
      { mistake: 'The app was never added.', sign: 'Dialpad is not in the list: add it from the catalog first.' },
      { mistake: 'The list is filtered by Inactive.', sign: 'Dialpad is missing from it though it was added.' },
    ],
  },
  {
    id: '004/api/2',
    title: 'Select Provisioning',
    say: 'Select the tab Provisioning.',
    source,
    at: { page: 'Okta, Dialpad', labels: ['Provisioning'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await turnToTab(desk, 'Provisioning')
      await desk.see('Provisioning is not enabled')
    },
    async check(walk) {
      const seen = await pagesSince(walk, 'okta', '/provisioning')
      const { app } = await pictureOkta(walk.control.okta)
      const state = app?.provisioning?.configured === true ? 'configured already' : 'not configured yet'
      const opened = await tellOpened(walk, 'okta', 'The tab Provisioning', seen)
      return finding(`${opened} Provisioning is ${state}.`, seen > 0, app?.provisioning?.configured === false)
    },
    hints: [
      'Under the title of the app is a row of tabs.',
      'The third of them is about accounts in the app; it says that provisioning is not enabled.',
      'Press Provisioning, between Sign On and Import.',
    ],
    wrong: [
      {
        mistake: 'Sign On was taken.',
        sign: 'It speaks of SAML: single sign-on and provisioning know nothing of each other.',
      },
      { mistake: 'Import was taken.', sign: 'It reads accounts out of Dialpad, and makes none there.' },
    ],
  },
  {
    id: '004/api/3',
    title: 'Configure API Integration',
    say: 'Navigate to API Integration and select Configure API Integration.',
    source,
    at: { page: 'Okta, Dialpad, Provisioning', labels: ['API Integration', 'Configure API Integration'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await desk.see('API Integration')
      await desk.press('Configure API Integration')
      await desk.see('Enable API Integration')
    },
    async check(walk) {
      const seen = await pagesSince(walk, 'okta', '/provisioning/integration/edit')
      return finding(await tellOpened(walk, 'okta', 'The form of the integration', seen), seen > 0)
    },
    hints: [
      'The tab has one button as long as nothing is configured.',
      'It opens a form with a single box in it.',
      'Press Configure API Integration.',
    ],
    wrong: [
      { mistake: 'You hold a role that does not change apps.', sign: 'The text is there, the button is not.' },
      {
        mistake: 'Waiting for To App to appear by itself.',
        sign: 'The rail at the left comes with the first Save, not before.',
      },
    ],
  },
]

const SAVING_STEPS: readonly Step[] = [
  {
    id: '004/api/4',
    title: 'Enter the token and test it',
    say: 'Check Enable API Integration, enter the API token, and select Test API Credentials to see that the two can talk.',
    source,
    at: {
      page: 'Okta, Dialpad, Provisioning, Integration',
      labels: ['Enable API Integration', 'API Token', 'Test API Credentials', 'Dialpad was verified successfully!'],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await desk.tick('Enable API Integration')
      await desk.fill('API Token', walk.keep.get(KEPT.apiToken))
      await desk.press('Test API Credentials')
      await desk.see('Dialpad was verified successfully!')
    },
    async check(walk) {
      const users = await sentSince(walk, 'GET', '/scim/Users?startIndex=1&count=2')
      const groups = await sentSince(walk, 'GET', '/scim/Groups')
      const isGood = (entry: (typeof users)[number]): boolean => entry.response?.status === 200
      return finding(
        `Okta read users (${users.map((entry) => entry.response?.status).join(', ') || 'not asked'}) and groups (${groups.map((entry) => entry.response?.status).join(', ') || 'not asked'}) of Dialpad.`,
        users.some(isGood),
        groups.some(isGood),
      )
    },
    hints: [
      "In Okta's form, which asks for nothing but a token: the address of Dialpad is part of the catalog's entry.",
      'The credentials appear when the box is checked. The test asks Dialpad for two users and, with Import Groups, for groups.',
      'Check Enable API Integration, paste into API Token, press Test API Credentials and wait for the green banner.',
    ],
    wrong: [
      {
        mistake: 'The token was pasted with "Bearer " before it, or was revoked.',
        sign: 'A red banner: Error authenticating: Unauthorized. Errors reported by remote server.',
      },
      { mistake: 'Save was pressed without a test.', sign: 'Save tests too: with a bad token nothing is stored.' },
    ],
  },
  {
    id: '004/api/5',
    title: 'Save',
    say: 'Everything syncs: select Save. At the left appear To App, To Okta and Integration.',
    source,
    at: { page: 'Okta, Dialpad, Provisioning', labels: ['Save', 'To App', 'To Okta', 'Integration'] },
    async solve(walk) {
      const desk = await walk.desk('okta')
      await desk.press('Save')
      await desk.see('To App', { within: 'Settings' })
      await desk.see('To Okta', { within: 'Settings' })
      await desk.see('Integration', { within: 'Settings' })
    },
    async check(walk) {
      const { app } = await pictureOkta(walk.control.okta)
      const provisioning = app?.provisioning
      if (provisioning === undefined) return missing('provisioning of Dialpad')
      const on = Object.entries(provisioning.toApp).filter(([, value]) => value === true)
      return finding(
        `The integration is ${provisioning.enabled ? 'on' : 'off'}; features enabled: ${on.length}.`,
        provisioning.enabled,
        provisioning.configured,
        on.length === 0,
      )
    },
    hints: [
      'Under the test, at the foot of the form.',
      'Save once more tests and stores. Nothing is provisioned by it: every feature is off until To App is edited.',
      'Press Save and look for the rail Settings at the left.',
    ],
    wrong: [
      {
        mistake: 'You believe it provisions from now on.',
        sign: 'All boxes of To App are off; whoever is assigned now gets a red mark and no account.',
      },
      {
        mistake: 'Import Groups was cleared.',
        sign: 'A question: Disable Import Groups? Pushed groups are then looked up by name.',
      },
    ],
  },
]

/** Seed 004, "Enable API Access", with the token made in Dialpad on the way. */
export const API_STEPS: readonly Step[] = [...OPENING_STEPS, ...TOKEN_STEPS, ...SAVING_STEPS]
