import { openDialpadSettings } from '../dialpad-portal.ts'
import { finding } from '../finding.ts'
import type { Step } from '../walkthrough.ts'
import { markJournals } from '../witness/okta-since.ts'
import { pictureSeats } from '../witness/seats.ts'
import { ATTRIBUTE, HOLDERS, OUT, pictureLicence, retryTask, setLicence } from './licence.ts'

const { displayName, variableName } = ATTRIBUTE
const NONE_LEFT = 'No available Talk (Lite) licenses'
const LITE_OFFICE = 'Denver'
const TFB_OFFICE = 'Toronto'

/** Licences that run out: a task, and the two ways Dialpad has. */
export const EXHAUSTION_STEPS: readonly Step[] = [
  {
    id: 'licences/15',
    title: 'Lite: there is none',
    say: `Write dialpad_lite into the profile of ${HOLDERS.lite.name}. His office owns no such license: Dialpad refuses, and the task carries its words.`,
    source: OUT,
    at: {
      page: 'Okta, Tasks',
      labels: ['People', 'Profile', 'Edit', displayName, 'Save', 'Tasks', NONE_LEFT],
    },
    setup: markJournals,
    async solve(walk) {
      await setLicence(walk, HOLDERS.lite.name, 'dialpad_lite')
      const desk = await walk.desk('okta')
      await desk.press('Tasks', { within: 'Main' })
      await desk.see(NONE_LEFT)
    },
    async check(walk) {
      const { person, puts, okta, hasSent, found } = await pictureLicence(walk, HOLDERS.lite.address)
      return finding(
        `${found} ${okta.tasks.at(-1) ?? 'No task.'}`,
        okta.person(HOLDERS.lite.address)?.profile[variableName] === 'dialpad_lite',
        hasSent('dialpad_lite'),
        puts.at(-1)?.response?.status === 400,
        person?.licence === 'talk',
        okta.tasks.some((message) => message.includes(NONE_LEFT)),
      )
    },
    hints: [
      'Licences belong to an office, by kind: one that is free in London helps nobody in Denver.',
      'What Okta calls License Limit Exceeded is the text of the app; Dialpad has its own words.',
      `${HOLDERS.lite.name} > Profile > Edit, ${displayName} dialpad_lite, Save; then Dashboard > Tasks.`,
    ],
    wrong: [
      {
        mistake: 'It is left alone, as Entra’s next cycle would mend it.',
        sign: 'Nothing happens: Okta has no cycle, and tries nothing but 429 again.',
      },
      {
        mistake: 'Somebody is unassigned to make room.',
        sign: 'It frees a license of another kind; the task fails as before.',
      },
    ],
  },
  {
    id: 'licences/16',
    title: 'Buy one, then Retry',
    say: `In Dialpad, Licenses > Purchase licenses: office ${LITE_OFFICE}, Talk (Lite), one, Next, Confirm Purchase. Then Dashboard > Tasks in Okta, tick the task, Retry Selected: now it is the right thing to do.`,
    source: OUT,
    at: {
      page: 'Dialpad, Licenses, and Okta, Tasks',
      labels: [
        'Licenses',
        'Purchase licenses',
        'Office',
        'License',
        'Quantity',
        'Next',
        'Confirm Purchase',
        'Tasks',
        'Retry Selected',
      ],
    },
    setup: markJournals,
    async solve(walk) {
      const portal = await openDialpadSettings(walk)
      await portal.press('Licenses', { within: 'Main' })
      await portal.press('Purchase licenses')
      await portal.choose('Office', LITE_OFFICE)
      await portal.choose('License', 'Talk (Lite)')
      await portal.fill('Quantity', '1')
      await portal.press('Next')
      await portal.press('Confirm Purchase')
      await portal.see(`purchased for ${LITE_OFFICE}.`)
      await retryTask(walk, NONE_LEFT)
    },
    async check(walk) {
      const { person, account, okta, found } = await pictureLicence(walk, HOLDERS.lite.address)
      const owned = await pictureSeats(walk.control.dialpad, LITE_OFFICE)
      return finding(
        `${LITE_OFFICE} owns ${owned['lite_lines'] ?? 0} Talk (Lite). ${found} ${okta.tasks.length} tasks are open.`,
        owned['lite_lines'] === 1,
        person?.licence === 'lite_lines',
        account?.syncState === 'SYNCHRONIZED',
        okta.tasks.length === 0,
      )
    },
    hints: [
      'The cause lies in Dialpad, so nothing in Okta notices that it is gone.',
      'Licenses stands in the menu of My Company; the purchase asks twice.',
      'Purchase licenses, Denver, Talk (Lite), 1, Next, Confirm Purchase; then Tasks, Retry Selected.',
    ],
    wrong: [
      {
        mistake: 'It is bought for another office.',
        sign: 'The retry fails with the same words: they name the office.',
      },
      {
        mistake: 'The purchase is thought to be enough.',
        sign: 'The license lies unused, and the task stays open until somebody retries.',
      },
    ],
  },
  {
    id: 'licences/17',
    title: 'TfB: let Dialpad buy',
    say: `In Dialpad, Authentication > SCIM: When licenses run out, Auto-purchase, Save. Then write dialpad_tfb into the profile of ${HOLDERS.tfb.name}: no refusal, and one license more on the invoice.`,
    source: OUT,
    at: {
      page: 'Dialpad, SCIM, and Okta, People',
      labels: [
        'SCIM',
        'When licenses run out',
        'Auto-purchase',
        'Save',
        'People',
        'Profile',
        'Edit',
        displayName,
        'Save',
      ],
    },
    setup: markJournals,
    async solve(walk) {
      const portal = await openDialpadSettings(walk)
      await portal.press('SCIM', { within: 'Main' })
      await portal.see('When licenses run out')
      await portal.tick('Auto-purchase')
      await portal.press('Save')
      await setLicence(walk, HOLDERS.tfb.name, 'dialpad_tfb')
    },
    async check(walk) {
      const { person, okta, hasSent, found } = await pictureLicence(walk, HOLDERS.tfb.address)
      const owned = await pictureSeats(walk.control.dialpad, TFB_OFFICE)
      return finding(
        `${TFB_OFFICE} owns ${owned['magenta_lines'] ?? 0} of it. ${found} ${okta.tasks.length} tasks are open.`,
        hasSent('dialpad_tfb'),
        person?.licence === 'magenta_lines',
        owned['magenta_lines'] === 1,
        okta.tasks.length === 0,
      )
    },
    hints: [
      'Editions of the article tell both: that users cannot be created, and that Dialpad bills for more.',
      'The setting is on the page that shows the Tenant URL.',
      `SCIM, Auto-purchase, Save; then ${HOLDERS.tfb.name} > Profile > Edit, ${displayName} dialpad_tfb.`,
    ],
    wrong: [
      {
        mistake: 'Auto-purchase stays on for good.',
        sign: 'Nothing ever fails, and the invoice grows with every typing error.',
      },
      {
        mistake: 'It is expected to mend what failed before.',
        sign: 'Tasks that were open stay open: they have to be retried.',
      },
    ],
  },
]
