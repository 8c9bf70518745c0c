import { finding, missing } from '../finding.ts'
import type { Step } from '../walkthrough.ts'
import { pictureOkta } from '../witness/okta.ts'
import { markJournals, pagesSince } from '../witness/okta-since.ts'
import { tellOpened } from '../witness/pages-opened.ts'

const source = { article: '004', section: 'Provisioning to App (Dialpad)' } as const

/** The rows of "Provisioning to App", in their order. */
const FEATURES = ['Create Users', 'Update User Attributes', 'Deactivate Users', 'Sync Password'] as const

/** Seed 004, "Provisioning to App (Dialpad)". */
export const TO_APP_STEPS: readonly Step[] = [
  {
    id: '004/app/1',
    title: 'Edit Provisioning to App',
    say: 'Select Edit beside Provisioning to App.',
    source,
    at: { page: 'Okta, Dialpad, Provisioning, To App', labels: ['Provisioning to App', 'Edit'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await desk.press('To App', { within: 'Settings' })
      await desk.see('Provisioning to App')
      await desk.press('Edit')
      await desk.see('Cancel')
    },
    async check(walk) {
      const seen = await pagesSince(walk, 'okta', '/provisioning/to-app/edit')
      return finding(await tellOpened(walk, 'okta', 'To App, for editing', seen), seen > 0)
    },
    hints: [
      'Provisioning > To App, which Save has opened.',
      'The boxes are grey as long as the page is only read.',
      'Press Edit, at the right of Provisioning to App.',
    ],
    wrong: [
      { mistake: 'Edit of Integration was pressed.', sign: 'The form asks for the token again.' },
      { mistake: 'To Okta is open.', sign: 'It speaks of imports: the other direction.' },
    ],
  },
  {
    id: '004/app/2',
    title: 'Check all fields and save',
    say: 'Check the fields you want, here all of them: Create Users, Update User Attributes, Deactivate Users, Sync Password. Select Save.',
    source,
    at: { page: 'Okta, Dialpad, Provisioning, To App', labels: [...FEATURES, 'Save'] },
    async solve(walk) {
      const desk = await walk.desk('okta')
      for (const feature of FEATURES) {
        await desk.see(feature)
        await desk.tick('Enable', true, { within: feature })
      }
      await desk.press('Save')
      await desk.see('Go to Profile Editor')
    },
    async check(walk) {
      const toApp = (await pictureOkta(walk.control.okta)).app?.provisioning?.toApp
      if (toApp === undefined) return missing('provisioning of Dialpad')
      const { createUsers, updateAttributes, deactivateUsers, syncPassword } = toApp
      const words = (isOn: boolean): string => (isOn ? 'on' : 'off')
      return finding(
        `Create Users ${words(createUsers)}, Update User Attributes ${words(updateAttributes)}, Deactivate Users ${words(deactivateUsers)}, Sync Password ${words(syncPassword)}.`,
        createUsers,
        updateAttributes,
        deactivateUsers,
        syncPassword,
      )
    },
    hints: [
      'Four rows, each with a box called Enable.',
      'Each does one thing: accounts appear, follow their person, are suspended with them. A password is of no use to Dialpad under single sign-on; the article checks it all the same.',
      'Check Enable four times and press Save.',
    ],
    wrong: [
      {
        mistake: 'Deactivate Users was left off.',
        sign: 'A leaver stays active in Dialpad, and Tasks asks somebody to deprovision by hand.',
      },
      { mistake: 'Update User Attributes was left off.', sign: 'Accounts appear, and an old title stays for ever.' },
      { mistake: 'Save was forgotten.', sign: 'The boxes are grey and empty again when the page is opened anew.' },
    ],
  },
]
