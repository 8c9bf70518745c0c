import { finding, missing } from '../finding.ts'
import { addAttribute, openPerson } from '../okta-pages.ts'
import { addressOf, PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { pictureOkta } from '../witness/okta.ts'
import { tellRun } from '../witness/okta-imports.ts'
import { markJournals, pagesSince } from '../witness/okta-since.ts'
import { importNow, numbersOf, PHONE, pictureRun } from './importing.ts'
import { NEWCOMER } from './match.ts'

const { displayName, variableName } = PHONE
const source = { article: 'okta-numbers', section: 'Configuration Process' } as const

const EXTERNAL = {
  name: "phoneNumbers.^[type=='Dialpad'].value",
  namespace: 'urn:ietf:params:scim:schemas:core:2.0:User',
}
export const LEAD = { name: 'Ada Okafor', address: addressOf('ada.okafor') }
/** Everybody who has Dialpad by now. */
const HOLDERS = [
  LEAD.address,
  PEOPLE.supporter.address,
  PEOPLE.leaves.address,
  PEOPLE.seller.address,
  PEOPLE.byHand.address,
  PEOPLE.owner,
  NEWCOMER.address,
]

/** Dialpad's numbers into Okta's profiles. */
export const NUMBER_STEPS: readonly Step[] = [
  {
    id: 'numbers/5',
    title: 'Add the attribute to the Okta profile',
    say: `Directory > Profile Editor > User (default) > + Add Attribute: a string, Display name ${displayName}, Variable name ${variableName}.`,
    source,
    at: {
      page: 'Okta, Profile Editor, User (default)',
      labels: ['Profile Editor', 'User (default)', '+ Add Attribute', 'Display name', 'Variable name', 'Save'],
    },
    setup: markJournals,
    async solve(walk) {
      await addAttribute(await walk.desk('okta'), 'User (default)', PHONE)
    },
    async check(walk) {
      const attribute = (await pictureOkta(walk.control.okta)).attribute('user', variableName)
      return attribute === undefined
        ? missing(`attribute ${variableName} in the Okta profile`)
        : finding(`${attribute.title} is in the profile of people.`)
    },
    hints: [
      'Three things are needed: a place in Okta, a place to read from, and the way between them.',
      'The profile of people is called User (default).',
      `+ Add Attribute, ${displayName}, ${variableName}, Save.`,
    ],
    wrong: [
      {
        mistake: 'Primary phone is used instead, to save the attribute.',
        sign: 'Numbers that were typed there are overwritten by every import.',
      },
      {
        mistake: 'The variable name is written with other letters than in Dialpad’s profile.',
        sign: 'It works as well; only the mapping has to say both names, and case counts.',
      },
    ],
  },
  {
    id: 'numbers/6',
    title: 'Add it to Dialpad’s profile',
    say: `Profile Editor > Dialpad User > + Add Attribute, with External name ${EXTERNAL.name} and External namespace ${EXTERNAL.namespace}, exactly so: of the phone numbers the one whose type is Dialpad.`,
    source,
    at: {
      page: 'Okta, Profile Editor, Dialpad User',
      labels: [
        'Profile Editor',
        'Dialpad User',
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
      await addAttribute(await walk.desk('okta'), 'Dialpad User', { ...PHONE, external: EXTERNAL })
    },
    async check(walk) {
      const attribute = (await pictureOkta(walk.control.okta)).attribute('app', variableName)
      if (attribute === undefined) return missing(`attribute ${variableName} in Dialpad's profile`)
      return finding(
        `${attribute.name} is read from ${attribute.externalName} of ${attribute.externalNamespace}.`,
        attribute.externalName === EXTERNAL.name,
        attribute.externalNamespace === EXTERNAL.namespace,
      )
    },
    hints: [
      'It is the one thing of Dialpad’s SCIM answers that its help tells word for word.',
      'The namespace is the core schema here, not the enterprise extension of the licence.',
      `Display name ${displayName}, Variable name ${variableName}, then the two external fields.`,
    ],
    wrong: [
      {
        mistake: 'type is written with another value, or in small letters.',
        sign: 'The attribute stays empty after every import: no phone number has that type.',
      },
      {
        mistake: 'primary==true is written instead of the type.',
        sign: 'It works until somebody has another number that is primary.',
      },
    ],
  },
  {
    id: 'numbers/7',
    title: 'Map it to Okta',
    say: `Profile Editor > Mappings beside Dialpad User, tab Dialpad to Okta User: ${displayName} from appuser.${variableName}, Apply mapping on user create and update, Save Mappings, Apply updates now.`,
    source,
    at: {
      page: 'Okta, Profile Editor, Mappings',
      labels: [
        'Profile Editor',
        'Mappings of Dialpad User',
        'Dialpad to Okta User',
        `Source expression of ${displayName}`,
        `Apply mapping of ${displayName}`,
        'Save Mappings',
        'Apply updates now',
      ],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await desk.press('Profile Editor', { within: 'Main' })
      await desk.press('Mappings of Dialpad User')
      await desk.see('Dialpad to Okta User')
      await desk.fill(`Source expression of ${displayName}`, `appuser.${variableName}`)
      await desk.choose(`Apply mapping of ${displayName}`, 'Apply mapping on user create and update')
      await desk.press('Save Mappings')
      await desk.press('Apply updates now')
      await desk.see('The mappings were saved')
    },
    async check(walk) {
      const picture = await pictureRun(walk)
      const mapped = picture.mappedFrom(variableName)
      return finding(
        `${variableName} of people is filled from ${mapped ?? 'nothing'}; ${LEAD.name} has ${numbersOf(picture, LEAD.address).inOkta ?? 'no number'} in Okta yet.`,
        mapped === `appuser.${variableName}`,
        numbersOf(picture, LEAD.address).inOkta === undefined,
      )
    },
    hints: [
      'A mapping says which value goes where; it fetches none.',
      'Mappings has a tab for each direction, and this one is open first.',
      `Write appuser.${variableName} beside ${displayName}, choose the arrow, Save Mappings, Apply updates now.`,
    ],
    wrong: [
      {
        mistake: 'The mapping is made on the tab Okta User to Dialpad.',
        sign: 'The import changes nothing: the profile in Okta stays empty.',
      },
      {
        mistake: 'The arrow stays at Do not map.',
        sign: 'Nothing was changed: an expression without an arrow maps nothing.',
      },
    ],
  },
  {
    id: 'numbers/8',
    title: 'Import the numbers',
    say: `Import Now once more. Then open the profile of ${LEAD.name}: ${displayName} is her number in Dialpad. So it is for everybody who has Dialpad.`,
    source,
    at: {
      page: 'Okta, Dialpad, Import, and People',
      labels: ['Import Now', 'Last import', 'People', 'Profile', displayName],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await importNow(walk)
      await openPerson(desk, LEAD.name)
      await desk.press('Profile', { within: `${LEAD.name} tabs` })
      await desk.see(displayName)
    },
    async check(walk) {
      const picture = await pictureRun(walk)
      const { run, okta, dialpad, written } = picture
      const opened = await pagesSince(walk, 'okta', `/user/${okta.person(LEAD.address)?.id}/profile`)
      const pairs = HOLDERS.map((address) => numbersOf(picture, address))
      const same = pairs.filter(({ inOkta, inDialpad }) => inOkta !== undefined && inOkta === inDialpad)
      return finding(
        `${tellRun(run)} ${same.length} of ${HOLDERS.length} people have their number in Okta; ${LEAD.name}: ${numbersOf(picture, LEAD.address).inOkta ?? 'none'}; ${written.length} profile was sent, of the account that was linked by hand.`,
        run?.state === 'DONE',
        same.length === HOLDERS.length,
        written.every(
          ({ request }) => request?.method === 'PUT' && request.url?.includes(String(dialpad.person(PEOPLE.owner)?.id)),
        ),
        opened > 0,
      )
    },
    hints: [
      'Numbers flow one way. What Okta holds otherwise goes out with the first change of a profile: an account that was linked is overwritten then.',
      'Values come with an import, not with a push.',
      `Import > Import Now; then Directory > People > ${LEAD.name} > Profile.`,
    ],
    wrong: [
      {
        mistake: 'Force Sync is pressed instead of Import Now.',
        sign: 'Profiles are sent to Dialpad; nothing is read from it.',
      },
      {
        mistake: 'Somebody with a Support license is looked at.',
        sign: 'They have no number: that license comes without one.',
      },
    ],
  },
]
