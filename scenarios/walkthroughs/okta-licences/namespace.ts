import { finding, missing } from '../finding.ts'
import { addAttribute, mapAttribute } from '../okta-pages.ts'
import type { Desk, Step } from '../walkthrough.ts'
import { pictureOkta } from '../witness/okta.ts'
import { letQueueEnd, markJournals, sentSince } from '../witness/okta-since.ts'
import { ATTRIBUTE, HOLDERS, NAMESPACE, pictureLicence, setLicence, TABLE, WHICH } from './licence.ts'

const PROFILE = 'Dialpad User'
const { displayName, variableName } = ATTRIBUTE
const namespaced = { article: 'faq', section: 'How does SCIM work across multiple offices?' } as const

/** Remove the attribute from Dialpad's profile: Profile Editor > Dialpad User > Delete. */
export async function deleteAttribute(desk: Desk): Promise<void> {
  await desk.press('Profile Editor', { within: 'Main' })
  await desk.press(PROFILE, { within: 'Profiles' })
  await desk.pressInRow(displayName, `Delete ${displayName}`)
  await desk.press(`Delete Attribute ${displayName}`)
  await desk.see('+ Add Attribute')
}

/** The attribute in both profiles, first in the way everybody does it wrong. */
export const NAMESPACE_STEPS: readonly Step[] = [
  {
    id: 'licences/2',
    title: 'Add the attribute to the Okta profile',
    say: `Directory > Profile Editor > User (default) > + Add Attribute: a string, Display name ${displayName}, Variable name ${variableName}. Okta has no such attribute of its own.`,
    source: TABLE,
    at: {
      page: 'Okta, Profile Editor, User (default)',
      labels: ['Profile Editor', 'User (default)', '+ Add Attribute', 'Display name', 'Variable name', 'Save'],
    },
    setup: markJournals,
    async solve(walk) {
      await addAttribute(await walk.desk('okta'), 'User (default)', ATTRIBUTE)
    },
    async check(walk) {
      const attribute = (await pictureOkta(walk.control.okta)).attribute('user', variableName)
      return attribute === undefined
        ? missing(`attribute ${variableName} in the Okta profile`)
        : finding(`${attribute.title} is in the profile of people, as ${attribute.name}.`)
    },
    hints: [
      'The value lives at the person; Dialpad only gets it by a mapping.',
      'Profile Editor stands under Directory.',
      `Open User (default), press + Add Attribute, and fill in ${displayName} and ${variableName}.`,
    ],
    wrong: [
      {
        mistake: 'The attribute is added to Dialpad’s profile alone.',
        sign: 'There is nothing to map it from: it can be set for each assignment by hand only.',
      },
      {
        mistake: 'The variable name is written with other letters.',
        sign: 'Expressions do not find it: case counts in attribute names.',
      },
    ],
  },
  {
    id: 'licences/3',
    title: 'Add it to Dialpad’s profile, and forget the namespace',
    say: `Profile Editor > ${PROFILE} > + Add Attribute with External name ${variableName} and nothing as External namespace. Okta takes it without a word.`,
    source: TABLE,
    at: {
      page: `Okta, Profile Editor, ${PROFILE}`,
      labels: [
        'Profile Editor',
        PROFILE,
        '+ Add Attribute',
        'Display name',
        'Variable name',
        'External name',
        'External namespace',
        'Save',
      ],
    },
    setup: markJournals,
    async solve(walk) {
      const external = { name: variableName, namespace: '' }
      await addAttribute(await walk.desk('okta'), PROFILE, { ...ATTRIBUTE, external })
    },
    async check(walk) {
      const attribute = (await pictureOkta(walk.control.okta)).attribute('app', variableName)
      if (attribute === undefined) return missing(`attribute ${variableName} in Dialpad's profile`)
      return finding(
        `External name ${attribute.externalName ?? 'none'}, external namespace ${attribute.externalNamespace ?? 'none'}.`,
        attribute.externalName === variableName,
        attribute.externalNamespace === undefined,
      )
    },
    hints: [
      'This is the mistake to know: do it on purpose once.',
      `The row of Dialpad in the Profile Editor is called ${PROFILE}.`,
      `+ Add Attribute, External name ${variableName}, External namespace left empty, Save.`,
    ],
    wrong: [
      {
        mistake: 'The external namespace is left empty without meaning to.',
        sign: 'The column External name of the profile shows the name alone, without a URN below it.',
      },
      {
        mistake: 'User personal is ticked.',
        sign: 'The value cannot be given for a group: the form of a group does not show it.',
      },
    ],
  },
  {
    id: 'licences/4',
    title: 'Map it',
    say: `Dialpad > Provisioning > To App: Show Unmapped Attributes, Edit beside ${displayName}, Map from Okta Profile, ${displayName}, Create and update, Save.`,
    source: TABLE,
    at: {
      page: 'Okta, Dialpad, Provisioning, To App',
      labels: [
        'Provisioning',
        'To App',
        'Show Unmapped Attributes',
        'Edit',
        'Attribute value',
        'Okta attribute',
        'Create and update',
        'Save',
      ],
    },
    setup: markJournals,
    async solve(walk) {
      await mapAttribute(await walk.desk('okta'), displayName, variableName)
    },
    async check(walk) {
      const mapped = (await pictureOkta(walk.control.okta)).mappedFrom(variableName)
      const sent = await sentSince(walk)
      return finding(
        `${variableName} is filled from ${mapped ?? 'nothing'}; nobody has a value yet, and ${sent.length} calls were made.`,
        mapped === `user.${variableName}`,
        sent.length === 0,
      )
    },
    hints: [
      'A mapping is one expression for each attribute of the app.',
      'What is not mapped stands below Show Unmapped Attributes.',
      `Choose Map from Okta Profile and ${displayName} | ${variableName}.`,
    ],
    wrong: [
      {
        mistake: 'Apply on is set to Create.',
        sign: 'Later changes of the value never arrive.',
      },
      {
        mistake: 'Same value for all users is chosen.',
        sign: 'Everybody has one licence, whatever their profile says.',
      },
    ],
  },
  {
    id: 'licences/5',
    title: 'Give somebody a licence that does not arrive',
    say: `Write dialpad_support into the profile of ${HOLDERS.support.name}. Okta sends her profile; without a namespace the attribute is not in it, and Dialpad's own dialpad_talk goes back. No error, no task.`,
    source: namespaced,
    at: { page: `Okta, People, ${HOLDERS.support.name}`, labels: ['People', 'Profile', 'Edit', displayName, 'Save'] },
    setup: markJournals,
    async solve(walk) {
      await setLicence(walk, HOLDERS.support.name, 'dialpad_support')
    },
    async check(walk) {
      const { account, person, okta, hasSent, found } = await pictureLicence(walk, HOLDERS.support.address)
      return finding(
        `${found} ${okta.tasks.length} tasks are open.`,
        account?.profile[variableName] === 'dialpad_support',
        hasSent('dialpad_talk'),
        !hasSent('dialpad_support'),
        person?.licence === 'talk',
        okta.tasks.length === 0,
      )
    },
    hints: [
      'An update is what Dialpad returned, with the values of Okta over it: what Okta cannot place stays as it was.',
      'The timeline of the kit home shows the PUT; the value is under the enterprise extension.',
      `Directory > People > ${HOLDERS.support.name} > Profile > Edit, ${displayName} dialpad_support, Save.`,
    ],
    wrong: [
      {
        mistake: 'The System Log is asked whether it worked.',
        sign: 'It says success: the profile was pushed. Bodies are not in it.',
      },
      {
        mistake: 'Force Sync is pressed.',
        sign: 'The same profile goes again, and again without the licence.',
      },
    ],
  },
  {
    id: 'licences/6',
    title: 'Delete the attribute and add it with its namespace',
    say: `External name and namespace cannot be changed later. Delete ${displayName} from ${PROFILE} and add it again with External namespace ${NAMESPACE}.`,
    source: namespaced,
    at: {
      page: `Okta, Profile Editor, ${PROFILE}`,
      labels: [
        'Profile Editor',
        PROFILE,
        `Delete ${displayName}`,
        `Delete Attribute ${displayName}`,
        '+ Add Attribute',
        'External name',
        'External namespace',
        'Save',
      ],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await deleteAttribute(desk)
      await addAttribute(desk, PROFILE, { ...ATTRIBUTE, external: { name: variableName, namespace: NAMESPACE } })
    },
    async check(walk) {
      const okta = await pictureOkta(walk.control.okta)
      const attribute = okta.attribute('app', variableName)
      if (attribute === undefined) return missing(`attribute ${variableName} in Dialpad's profile`)
      return finding(
        `External namespace ${attribute.externalNamespace ?? 'none'}; mapped from ${okta.mappedFrom(variableName) ?? 'nothing'}.`,
        attribute.externalNamespace === NAMESPACE,
        okta.mappedFrom(variableName) === undefined,
      )
    },
    hints: [
      'It is the enterprise extension of SCIM itself, not a schema of Dialpad.',
      'Deleting an attribute takes its mapping along.',
      `Delete beside ${displayName}, confirm, then + Add Attribute with ${NAMESPACE}.`,
    ],
    wrong: [
      {
        mistake: 'The old attribute is kept, and a second one is added under another variable name.',
        sign: `Two rows are called ${displayName}, and the one that is mapped is never sent.`,
      },
      {
        mistake: 'A namespace with the name of Dialpad in it is made up.',
        sign: 'The value goes out under a schema that Dialpad does not look at.',
      },
    ],
  },
  {
    id: 'licences/7',
    title: 'Map it again: the licence arrives',
    say: `Map ${displayName} once more. Saving computes everybody's account again: ${HOLDERS.support.name} differs, is pushed, and Dialpad changes her licence.`,
    source: WHICH,
    at: {
      page: 'Okta, Dialpad, Provisioning, To App',
      labels: [
        'Provisioning',
        'To App',
        'Show Unmapped Attributes',
        'Edit',
        'Attribute value',
        'Okta attribute',
        'Save',
      ],
    },
    setup: markJournals,
    async solve(walk) {
      await mapAttribute(await walk.desk('okta'), displayName, variableName)
      await letQueueEnd(walk)
    },
    async check(walk) {
      const { person, puts, hasSent, found } = await pictureLicence(walk, HOLDERS.support.address)
      return finding(found, hasSent('dialpad_support'), puts.length === 1, person?.licence === 'lite_support_agents')
    },
    hints: [
      'The value never left her Okta profile: only the way to Dialpad was missing.',
      'Nobody else has a value, so nobody else is pushed.',
      'The same clicks as before: Show Unmapped Attributes, Edit, Map from Okta Profile, Save.',
    ],
    wrong: [
      {
        mistake: 'The mapping is not made again.',
        sign: 'The attribute is there, with its namespace, and empty for everybody.',
      },
      {
        mistake: 'The licence has run out in her office.',
        sign: 'Dialpad answers 400 and there is a task: see what to do below.',
      },
    ],
  },
]
