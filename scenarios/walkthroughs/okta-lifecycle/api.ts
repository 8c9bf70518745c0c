import { finding, missing } from '../finding.ts'
import { openApp, turnToTab } from '../okta-pages.ts'
import type { Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureOkta } from '../witness/okta.ts'
import { markJournals, pagesSince, sentSince } from '../witness/okta-since.ts'
import { KEPT } from './hero.ts'

const source = { article: '004', section: 'Enable API Access' } as const

/** Name of the key, in Dialpad's list. */
const KEY_NAME = 'Okta provisioning'

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
      return finding(`The page of ${app.label} was opened ${seen} times.`, seen > 0)
    },
    hints: [
      'In the left navigation of the Admin Console.',
      'Applications lists the apps of the org; Dialpad is one of them since it was added.',
      'Press Applications > Applications, then Dialpad in the list.',
    ],
    wrong: [
      { mistake: 'The app was never added.', sign: 'No apps found: add it from the catalog first.' },
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
      return finding(`The tab is open; provisioning is ${state}.`, seen > 0, app?.provisioning?.configured === false)
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
      return finding(`The form of the integration was opened ${seen} times.`, seen > 0)
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

const TOKEN_STEPS: readonly Step[] = [
  {
    id: '004/token/1',
    title: 'Open the API keys of Dialpad',
    say: 'Okta has to be given a new Dialpad API token. In the tab with the admin settings of Dialpad go to Authentication > API Keys.',
    source,
    at: { page: 'Dialpad, admin portal', labels: ['Authentication', 'API Keys'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await desk.see('Authentication', { within: 'Main' })
      await desk.press('API Keys', { within: 'Main' })
    },
    async check(walk) {
      const seen = await pagesSince(walk, 'dialpad', '/authentication/api-keys')
      const { keys } = await pictureDialpad(walk.control.dialpad)
      return finding(`API Keys was opened ${seen} times; the company has ${keys.length} keys.`, seen > 0)
    },
    hints: [
      "In Dialpad's admin portal, not in Okta. Leave the tab with Okta's form open.",
      'Log In > Use Dialpad online leads to your account, and Admin settings from there to the portal.',
      'Press Admin settings, then API Keys under Authentication.',
    ],
    wrong: [
      {
        mistake: 'You are no Company Admin.',
        sign: 'The account page says that only a Company Admin can open the settings.',
      },
      {
        mistake: 'You look for the token in Okta, under Security > API.',
        sign: "Those are Okta's own tokens; Dialpad answers them with 401.",
      },
    ],
  },
  {
    id: '004/token/2',
    title: 'Generate a key',
    say: 'Add a key and name it after what uses it.',
    source,
    at: { page: 'Dialpad, API Keys', labels: ['Add key', 'Name', 'Save'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await desk.press('Add key')
      await desk.fill('Name', KEY_NAME)
      await desk.press('Save')
      await desk.see('API key')
    },
    async check(walk) {
      const { keys } = await pictureDialpad(walk.control.dialpad)
      const key = keys.find((each) => each.name === KEY_NAME)
      return key === undefined
        ? missing(`key called "${KEY_NAME}"`)
        : finding(`A key "${key.name}" ending in ${key.last4}.`, key.revokedAt === undefined)
    },
    hints: [
      'On API Keys.',
      'A name is all it needs. Basic access includes users and SCIM; no additional scope does.',
      `Press Add key, type ${KEY_NAME} into Name, press Save.`,
    ],
    wrong: [
      {
        mistake: 'An expiration date soon to come.',
        sign: 'Provisioning stops on that day: tasks in Okta say the credentials are invalid.',
      },
      {
        mistake: 'The admin who made the key is no admin any more.',
        sign: 'The list says so beside the key, and SCIM answers 401.',
      },
    ],
  },
  {
    id: '004/token/3',
    title: 'Copy its value',
    say: 'Copy the value. It is shown this once.',
    source,
    at: { page: 'Dialpad, API Keys', labels: ['It will not be visible again', 'API key'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await desk.see('It will not be visible again')
      walk.keep.setSecret(KEPT.apiToken, await desk.read('API key'))
      await desk.see('API key')
    },
    async check(walk) {
      const { keys } = await pictureDialpad(walk.control.dialpad)
      const key = keys.find((each) => each.name === KEY_NAME)
      const isIt = key !== undefined && walk.keep.get(KEPT.apiToken).endsWith(key.last4)
      return finding(`The value copied ${isIt ? 'is' : 'is not'} that of the key "${KEY_NAME}".`, isIt)
    },
    hints: [
      'Above the list of keys, right after Save.',
      'Copy the whole value, nothing before or after it.',
      'Press the button beside API key, or select the text and copy it.',
    ],
    wrong: [
      {
        mistake: 'The page was left before the value was copied.',
        sign: 'The list shows the last four characters only: make another key.',
      },
      {
        mistake: '"Bearer " or a line break was copied along.',
        sign: 'Test API Credentials says Error authenticating.',
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
        `The integration is ${provisioning.enabled ? 'on' : 'off'}; of its features ${on.length} are.`,
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
