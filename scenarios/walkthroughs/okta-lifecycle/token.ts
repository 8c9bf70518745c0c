import { finding, missing } from '../finding.ts'
import type { Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { markJournals, pagesSince } from '../witness/okta-since.ts'
import { tellOpened } from '../witness/pages-opened.ts'
import { KEPT } from './hero.ts'

const source = { article: '004', section: 'Enable API Access' } as const

/** Name of the key, in Dialpad's list. */
const KEY_NAME = 'Okta provisioning'

/** Seed 004, "Enable API Access": the token Okta asks for is made in Dialpad. */
export const TOKEN_STEPS: readonly Step[] = [
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
      return finding(
        `${await tellOpened(walk, 'dialpad', 'API Keys', seen)} Keys of the company: ${keys.length}.`,
        seen > 0,
      )
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
