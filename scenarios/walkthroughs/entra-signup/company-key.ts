import { finding, missing } from '../finding.ts'
import type { Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { exchanges } from '../witness/exchanges.ts'

const source = { article: '003', section: 'Get Dialpad API Key' } as const

const KEY_NAME = 'Entra ID'
const QUARTER_MS = 90 * 24 * 60 * 60 * 1000

/** Seed 003, "Get Dialpad API Key". */
export const COMPANY_KEY_STEPS: readonly Step[] = [
  {
    id: '003/key/1',
    title: 'Open Company Settings',
    say: 'Go to the Dialpad Admin Portal: Company Settings.',
    source,
    at: { page: 'Dialpad, admin portal', labels: ['Dialpad Admin Portal', 'Company Settings'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await desk.see('Dialpad Admin Portal')
      await desk.press('Admin settings')
      await desk.press('Company Settings', { within: 'Main' })
    },
    async check(walk) {
      const seen = await exchanges(walk.control.dialpad, { url: '/admin/company', status: 200 })
      return finding('The company settings are open.', seen.length > 0)
    },
  },
  {
    id: '003/key/3',
    title: 'Go to API Keys and add one',
    say: 'Navigate to Authentication, select API Keys, and select Add key.',
    source,
    at: { page: 'Dialpad, API Keys', labels: ['Authentication', 'API Keys', 'Add key'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await desk.see('Authentication', { within: 'Main' })
      await desk.press('API Keys', { within: 'Main' })
      await desk.press('Add key')
    },
    async check(walk) {
      const { keys } = await pictureDialpad(walk.control.dialpad)
      const opened = await exchanges(walk.control.dialpad, { url: '/api-keys/new', status: 200 })
      return finding(`The form is open; there are ${keys.length} keys.`, opened.length > 0, keys.length === 0)
    },
  },
  {
    id: '003/key/5',
    title: 'Name the key, set a date, save',
    say: 'Name the key, set an expiration date two months from now or later, and select Save.',
    source,
    at: { page: 'Dialpad, API Keys', labels: ['Name', 'Expiration date', 'Save'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      const { now } = await walk.control.dialpad.clock()
      await desk.fill('Name', KEY_NAME)
      await desk.fill('Expiration date', new Date(Date.parse(now) + QUARTER_MS).toISOString().slice(0, 10))
      await desk.press('Save')
    },
    async check(walk) {
      const { keys } = await pictureDialpad(walk.control.dialpad)
      const key = keys.find((each) => each.name === KEY_NAME)
      return key === undefined ? missing(`key called "${KEY_NAME}"`) : finding(`A key ending in ${key.last4}.`)
    },
  },
  {
    id: '003/key/6',
    title: 'Copy the key',
    say: 'Copy the key: it will not be visible again.',
    source,
    at: { page: 'Dialpad, API Keys', labels: ['It will not be visible again', 'API key'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await desk.see('It will not be visible again')
      walk.keep.setSecret('apiKey', await desk.read('API key'))
      await desk.see('API key')
    },
    async check(walk) {
      const { status } = await walk.fetch(`${walk.urls.dialpad}/scim/Users?count=1`, {
        headers: { authorization: `Bearer ${walk.keep.get('apiKey')}` },
      })
      const answered = await exchanges(walk.control.dialpad, { kind: 'scim', url: '/scim/Users', status: 200 })
      return finding(`SCIM answers the key with ${status}.`, status === 200, answered.length > 0)
    },
  },
]
