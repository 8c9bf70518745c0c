import { DIALPAD_KEY_STEPS, KEY_NAME } from '../entra-lifecycle/dialpad-key.ts'
import { finding, missing } from '../finding.ts'
import type { Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { retell } from './retell.ts'

const section = 'Setup Dialpad for provisioning'

/** Seed 000, "Setup Dialpad for provisioning": a key whose value can be shown again, as it could in 2019. */
export const CLASSIC_KEY_STEPS: readonly Step[] = [
  {
    ...retell(DIALPAD_KEY_STEPS, '001/dialpad/1', {
      id: '000/dialpad/1',
      source: { article: '000', section, also: '002/key/1' },
    }),
    async setup(walk) {
      await walk.control.dialpad.setSwitch('api-key-display', 'click-to-show')
    },
  },
  retell(DIALPAD_KEY_STEPS, '001/dialpad/2', {
    id: '000/dialpad/2',
    source: { article: '000', section, also: '002/key/2' },
  }),
  {
    id: '000/dialpad/3',
    title: 'Show the value and copy it',
    say: 'Select Click to show value beside the new key and copy what is shown. It becomes the Secret Token.',
    source: { article: '000', section },
    at: { page: 'Dialpad, API Keys', labels: ['Click to show value'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await desk.press('API Keys', { within: 'Main' })
      await desk.pressInRow(KEY_NAME, 'Click to show value')
      walk.keep.setSecret('apiKey', await desk.copyInRow(KEY_NAME))
    },
    async check(walk) {
      const [key] = (await pictureDialpad(walk.control.dialpad)).keys
      if (key === undefined) return missing('API key')
      return finding(
        `The value copied ends in ${key.last4}, as the key of the list does.`,
        walk.keep.get('apiKey').endsWith(key.last4),
      )
    },
    hints: ['Since 2024 a value is shown once, when the key is made; the switch api-key-display chooses.'],
  },
]
