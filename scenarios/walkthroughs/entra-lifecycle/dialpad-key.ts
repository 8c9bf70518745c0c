import { finding, missing } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { logInToDialpad } from '../ways-in.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { exchanges } from '../witness/exchanges.ts'

/** Name of the key, in Dialpad's list. */
export const KEY_NAME = 'Microsoft Entra provisioning'
const YEAR_MS = 365 * 24 * 60 * 60 * 1000

const source = { article: '001', section: 'Setup Dialpad for provisioning' } as const

/** Seed 001, "Setup Dialpad for provisioning": an API key. */
export const DIALPAD_KEY_STEPS: readonly Step[] = [
  {
    id: '001/dialpad/1',
    title: 'Open the API keys of your company',
    say: 'Log in to Dialpad as Company Admin, open the admin settings, check that you look at My Company, and go to Authentication > API Keys.',
    source,
    at: { page: 'Dialpad, admin portal', labels: ['Admin settings', 'My Company', 'Authentication', 'API Keys'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await logInToDialpad(desk, PEOPLE.owner)
      await desk.press('Admin settings')
      await desk.see('My Company')
      await desk.see('Authentication', { within: 'Main' })
      await desk.press('API Keys', { within: 'Main' })
    },
    async check(walk) {
      const dialpad = await pictureDialpad(walk.control.dialpad)
      const visits = await exchanges(walk.control.dialpad, { url: '/authentication/api-keys', status: 200 })
      return finding(
        `${PEOPLE.owner} is Company Admin and has the page open; the company has ${dialpad.keys.length} keys.`,
        dialpad.person(PEOPLE.owner)?.isCompanyAdmin === true,
        visits.length > 0,
      )
    },
    hints: ['The portal is where "Log In > Use Dialpad online" leads, then "Admin settings".'],
    wrong: [
      {
        mistake: 'You are no Company Admin.',
        sign: 'The account page says that only a Company Admin can open the settings.',
      },
    ],
  },
  {
    id: '001/dialpad/2',
    title: 'Generate a key',
    say: 'Add a key: give it a name and a day on which it expires, at least two months from now.',
    source,
    at: { page: 'Dialpad, API Keys', labels: ['Add a key', 'Name', 'Expiration date', 'Save'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      const { now } = await walk.control.dialpad.clock()
      await desk.press('Add key')
      await desk.see('Add a key')
      await desk.fill('Name', KEY_NAME)
      await desk.fill('Expiration date', new Date(Date.parse(now) + YEAR_MS).toISOString().slice(0, 10))
      await desk.press('Save')
    },
    async check(walk) {
      const { keys } = await pictureDialpad(walk.control.dialpad)
      const key = keys.find((each) => each.name === KEY_NAME)
      return key === undefined
        ? missing(`key called "${KEY_NAME}"`)
        : finding(`A key "${key.name}" ending in ${key.last4}.`)
    },
  },
  {
    id: '001/dialpad/3',
    title: 'Copy the value of the key',
    say: 'Copy the value shown. It becomes the Secret Token in Entra, and Dialpad shows it only now.',
    source,
    at: { page: 'Dialpad, API Keys', labels: ['Select to show value', 'API key'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await desk.see('Select to show value')
      const value = await desk.read('API key')
      await desk.see('API key')
      walk.keep.setSecret('apiKey', value)
    },
    async check(walk) {
      const { keys } = await pictureDialpad(walk.control.dialpad)
      const value = walk.keep.get('apiKey')
      const key = keys.find((each) => each.name === KEY_NAME)
      if (key === undefined) return missing(`key called "${KEY_NAME}"`)
      return finding(`The value copied ends in ${key.last4}, as the key of the list does.`, value.endsWith(key.last4))
    },
    hints: ['Portals before 2024 could show the value again; the switch api-key-display brings that back.'],
    wrong: [
      {
        mistake: 'The page was left before the value was copied.',
        sign: 'The list shows the last four characters only; make another key.',
      },
    ],
  },
]
