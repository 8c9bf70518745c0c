import { finding } from '../finding.ts'
import { openConsole } from '../okta-directory.ts'
import { addAttribute, beginToAssign, editProfile, mapAttribute, openAppTab } from '../okta-pages.ts'
import { PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { pictureOkta } from '../witness/okta.ts'
import { formsSince, letQueueEnd, markJournals, methodsOf, sentSince } from '../witness/okta-since.ts'
import { ATTRIBUTE, HOLDERS, NAMESPACE, pictureLicence, TABLE, VALUES } from './licence.ts'
import { deleteAttribute } from './namespace.ts'

const { displayName, variableName } = ATTRIBUTE

/** A list that keeps values away which Dialpad would refuse. */
export const LIST_STEPS: readonly Step[] = [
  {
    id: 'licences/13',
    title: 'Make it a list',
    say: `Delete ${displayName} from Dialpad's profile and add it as an enumerated list of the five values, then map it. Values that are in use already go out once more and change nothing.`,
    source: TABLE,
    at: {
      page: 'Okta, Profile Editor, Dialpad User',
      labels: [
        `Delete ${displayName}`,
        '+ Add Attribute',
        'External namespace',
        'Define enumerated list of values',
        'Attribute members',
        'Save',
        'To App',
        'Okta attribute',
        'Save',
      ],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await deleteAttribute(desk)
      await addAttribute(desk, 'Dialpad User', {
        ...ATTRIBUTE,
        external: { name: variableName, namespace: NAMESPACE },
        members: VALUES.map(({ product, value }) => `${product} = ${value}`),
      })
      await mapAttribute(desk, displayName, variableName)
      await letQueueEnd(walk)
    },
    async check(walk) {
      const { okta, dialpad, found } = await pictureLicence(walk, HOLDERS.sell.address)
      const members = okta.attribute('app', variableName)?.members?.map(({ value }) => value) ?? []
      return finding(
        `The list has ${members.length === 0 ? 'no values' : `${members.length} values: ${members.join(', ')}`}. ${found}`,
        members.length === VALUES.length,
        VALUES.every(({ value }) => members.includes(value)),
        okta.mappedFrom(variableName) === `user.${variableName}`,
        dialpad.person(HOLDERS.sell.address)?.licence === 'agents',
        dialpad.person(HOLDERS.support.address)?.licence === 'lite_support_agents',
      )
    },
    hints: [
      'A list is checked where an administrator assigns: the mistake does not get as far as Dialpad.',
      'The members are written one a line, display name = value.',
      `Tick Define enumerated list of values and write lines such as Dialpad Talk = dialpad_talk.`,
    ],
    wrong: [
      {
        mistake: 'Display name and value are swapped.',
        sign: 'The drop-down looks right, and Dialpad refuses Dialpad Talk.',
      },
      {
        mistake: 'A product is bought later and not added to the list.',
        sign: 'Nobody can be assigned with it: the value is not among the members.',
      },
    ],
  },
  {
    id: 'licences/14',
    title: 'The list refuses what is not in it',
    say: `The profile of ${PEOPLE.first.name} says dialpad-sell. Assign her: Save and Go Back is refused, and Dialpad is not asked. Choose Dialpad Talk from the list and save again.`,
    source: TABLE,
    at: {
      page: 'Okta, Dialpad, Assignments',
      labels: [
        'Assign',
        'Assign to People',
        'Save and Go Back',
        'The value must be one of',
        displayName,
        'Save and Go Back',
        'Done',
      ],
    },
    async setup(walk) {
      await editProfile(await openConsole(walk), PEOPLE.first.name, { [displayName]: 'dialpad-sell' })
      await markJournals(walk)
    },
    async solve(walk) {
      const desk = await walk.desk('okta')
      await openAppTab(desk, 'Assignments')
      await beginToAssign(desk, PEOPLE.first.name)
      await desk.press('Save and Go Back')
      await desk.see('The value must be one of')
      await desk.choose(displayName, 'Dialpad Talk')
      await desk.press('Save and Go Back')
      await desk.press('Done')
      await letQueueEnd(walk)
    },
    async check(walk) {
      const okta = await pictureOkta(walk.control.okta)
      const account = okta.account(PEOPLE.first.address)
      if (account === undefined) return finding(`${PEOPLE.first.name} is not assigned.`, false)
      const asked = methodsOf(await sentSince(walk))
      const refused = await formsSince(walk, '/assignments/assign/people/', 422)
      const { person, found } = await pictureLicence(walk, PEOPLE.first.address)
      return finding(
        `${found} The form was refused ${refused} times; Dialpad was asked once it agreed: ${asked}.`,
        refused > 0,
        asked === 'GET, POST',
        account.profile[variableName] === 'dialpad_talk',
        account.scope === 'USER',
        person?.licence === 'talk',
      )
    },
    hints: [
      'The review of an assignment shows what the mapping gives, right or wrong.',
      'A value that the list does not hold stays visible in the drop-down.',
      `Choose Dialpad Talk under ${displayName} and press Save and Go Back again.`,
    ],
    wrong: [
      {
        mistake: 'The profile is left as it is.',
        sign: 'She keeps what was chosen here: a value of the administrator wins over the mapping.',
      },
      {
        mistake: 'The list is expected to check profiles too.',
        sign: 'It does not: a profile takes any text, as long as its own attribute is no list.',
      },
    ],
  },
]
