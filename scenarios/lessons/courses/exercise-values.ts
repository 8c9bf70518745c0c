import { RENAMED } from '#scenarios/walkthroughs/okta-lifecycle/hero.ts'
import { GROUP, PEOPLE, SALES } from '#scenarios/walkthroughs/people.ts'
import type { Course, Lesson } from '../lesson.ts'

/** What is to be typed or chosen in an exercise, where the instruction leaves it to the reader and the check cannot. */
export interface ExerciseValue {
  /** Label of the field, or what it is: `Job title`, `Sign in as`. */
  readonly what: string
  readonly value: string
}

type Values = Readonly<Record<string, readonly ExerciseValue[]>>

const value = (what: string, text: string): ExerciseValue => ({ what, value: text })
const OWNER = value('Sign in as', PEOPLE.owner)
const APPLICATIONS = value('Sign in as', PEOPLE.applications)
const FIRST = value('Person', PEOPLE.first.name)
const MAIL = value('Notification Email', 'it-ops@brightwave.example')
const SCOPE = value('Scope', 'Sync only assigned users and groups')
const KEY = value('Name of the key', 'Microsoft Entra provisioning')
/** Somebody who may edit people and groups, which an administrator of apps may not. */
const COLLEAGUE = value('Sign in, in a separate browser, as', PEOPLE.owner)
const LICENCE_MAPPING = [
  value('Attribute value', 'Map from Okta Profile'),
  value('Okta attribute', 'License type | licenseType'),
  value('Apply', 'Create and update'),
]
const LICENCE_TYPE = [
  value('Display name', 'License type'),
  value('Variable name', 'licenseType'),
  value('External namespace, in the profile of Dialpad', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'),
  value('Attribute member', 'Dialpad Talk = dialpad_talk'),
  value('Attribute member', 'Dialpad Talk (Lite) = dialpad_lite'),
  value('Attribute member', 'Dialpad Contact Center = dialpad_support'),
  value('Attribute member', 'Dialpad Sell = dialpad_sell'),
  value('Attribute member', 'Dialpad TfB Offer = dialpad_tfb'),
]

/** By course, then by the id of an instruction. */
const VALUES: Readonly<Record<string, Values>> = {
  'entra-signup': {
    '003/gallery/1': [OWNER],
    '003/gallery/9': [
      value('Company name', 'Brightwave'),
      value('Number of employees', '10-49'),
      value('Office name', 'Denver'),
      value('Area code', '720'),
    ],
    '003/key/5': [value('Name of the key', 'Entra ID')],
    '003/assign/1': [FIRST],
    '003/config/10': [MAIL],
    '003/config/20': [SCOPE],
  },
  'entra-classic': {
    '000/dialpad/1': [OWNER],
    '000/dialpad/2': [KEY],
    '000/gallery/1': [APPLICATIONS],
    '000/gallery/7': [OWNER],
    '000/assign/1': [FIRST],
    '000/config/6': [MAIL],
    '000/config/12': [SCOPE],
  },
  'entra-lifecycle': {
    '001/dialpad/1': [OWNER],
    '001/dialpad/2': [KEY],
    '001/gallery/1': [APPLICATIONS],
    '001/gallery/6': [OWNER],
    '001/assign/1': [FIRST],
    '001/assign/2': [value('Group', GROUP)],
    '001/config/9': [MAIL],
    '001/config/12': [FIRST],
    '001/limits/1': [value('Group', GROUP), value('Group name', `${GROUP} (all)`)],
    'life/1': [value('Job title', 'Senior Support Agent')],
    'life/2': [value('Group', `${GROUP} (all)`)],
    'life/6': [value('Duration', 'P30D')],
  },
  'okta-lifecycle': {
    'okta-sso/add/1': [OWNER],
    'okta-sso/sp/1': [OWNER],
    '004/token/2': [value('Name of the key', 'Okta provisioning')],
    '004/assign/7': [FIRST],
    '004/attributes/1': [value('First name', RENAMED.firstName)],
    '004/attributes/2': [value('Person', RENAMED.half), value('Last name', RENAMED.lastName)],
    '004/attributes/3': [value('Person', RENAMED.name), value('Username and Primary email', RENAMED.address)],
    '004/attributes/4': [value('Person', RENAMED.name)],
    '004/attributes/5/1': [value('Display name', 'Office name'), value('Variable name', 'officeName')],
    '004/attributes/5/2': [
      value('Display name', 'Office name'),
      value('Variable name', 'officeName'),
      value('External namespace', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'),
    ],
    '004/attributes/5/3': [
      value('Attribute value', 'Map from Okta Profile'),
      value('Okta attribute', 'Office name | officeName'),
    ],
    '004/attributes/5/4': [value('Person', RENAMED.name)],
    '004/attributes/6': [value('Person', RENAMED.name), value('Country code', 'CA')],
    '004/attributes/7': [value('Person', RENAMED.name), value('Preferred language', 'fr_CA')],
    '004/attributes/8': [value('Person', RENAMED.name), value('Title', 'Senior Support Agent')],
    '004/attributes/9/1': LICENCE_TYPE,
    '004/attributes/9/2': LICENCE_MAPPING,
    '004/attributes/9/3': [value('Person', RENAMED.name)],
    'okta-saml/idp/1': [value('Sign in as', RENAMED.address)],
    'okta-saml/sp/1': [value('Sign in as', RENAMED.address)],
    'life/1': [value('Preferred language', 'en_GB')],
    'life/3': [value('Person', RENAMED.name)],
    'life/4/sso': [value('Sign in as', RENAMED.address)],
    'life/5/sso': [value('Sign in as', PEOPLE.supporter.address)],
  },
  'entra-progress': {
    'progress/1': [APPLICATIONS],
    'progress/2': [OWNER, FIRST],
  },
  'entra-on-demand': {
    'on-demand/1': [APPLICATIONS],
    'on-demand/3': [COLLEAGUE, value('Person', PEOPLE.joins.name)],
    'on-demand/6': [COLLEAGUE, value('Person', PEOPLE.joins.name), value('Job title', 'Senior Account Executive')],
    'on-demand/10': [COLLEAGUE, value('Group', SALES)],
  },
  'entra-logs': {
    'logs/1': [APPLICATIONS],
    'logs/2': [value('Group', SALES), value('Person', PEOPLE.blocked.name)],
    'logs/9': [value('Status', 'All')],
    'logs/13': [
      COLLEAGUE,
      value('Person', PEOPLE.elsewhere.name),
      value('Office location', 'London'),
      value('Status', 'All'),
    ],
  },
  'entra-scoping': {
    'scoping/1': [APPLICATIONS],
    'scoping/7': [value('Person', PEOPLE.seller.name)],
    'scoping/8': [COLLEAGUE, value('Person', PEOPLE.supporter.name)],
    'scoping/9': [value('Scoping Filter Title', 'Without department')],
  },
  'entra-quarantine': {
    'quarantine/1': [APPLICATIONS],
    'quarantine/2': [MAIL],
    'quarantine/3': [OWNER],
    'quarantine/4': [COLLEAGUE, FIRST],
    'quarantine/8': [value('Duration', 'PT6H')],
    'quarantine/10': [value('Name of the key', 'Microsoft Entra, second key')],
  },
  'entra-deletions': {
    'deletions/1': [APPLICATIONS],
    'deletions/2': [MAIL],
    'deletions/8': [value('Group', GROUP)],
  },
  'sign-in': {
    'sign-in/consent/1': [OWNER],
    'sign-in/consent/3': [value('Sign in as', PEOPLE.byHand.address)],
    'sign-in/saml/1': [OWNER],
    'sign-in/trouble/1': [value('Sign in as', PEOPLE.byHand.address)],
    'sign-in/trouble/2': [value('Sign in as', PEOPLE.byHand.address)],
    'sign-in/trouble/3': [value('Sign in as', PEOPLE.byHand.address)],
    'sign-in/trouble/4': [value('Group', GROUP), value('Sign in as', PEOPLE.byHand.address)],
    'sign-in/trouble/5': [value('Sign in as', PEOPLE.byHand.address)],
    'sign-in/trouble/6': [OWNER],
  },
  leaver: {
    'leaver/1': [OWNER],
    'leaver/2': [value('Sign in as', PEOPLE.leaves.address)],
    'leaver/4': [value('Sign in as', PEOPLE.leaves.address)],
    'leaver/5': [OWNER],
    'leaver/6': [value('Sign in as', PEOPLE.leaves.address)],
    'leaver/7': [OWNER],
    'leaver/12': [value('Sign in as', PEOPLE.leaves.address)],
    'leaver/13': [OWNER],
  },
  'okta-push-groups': {
    'push/1': [OWNER],
    'push/4': [FIRST],
    'push/5': [value('Person', PEOPLE.seller.name)],
    'push/8': [value('Person', PEOPLE.leaves.name)],
    'push/15': [value('Person', PEOPLE.seller.name)],
    'push/20': [value('Rule name', 'Phone groups')],
    'push/21': [value('Description', 'Everybody who plans shifts'), value('Person', PEOPLE.supporter.name)],
  },
  'okta-licences': {
    'licences/1': [OWNER],
    'licences/2': LICENCE_TYPE.slice(0, 2),
    'licences/3': LICENCE_TYPE.slice(0, 2),
    'licences/4': LICENCE_MAPPING,
    'licences/5': [value('Person', 'Ada Okafor')],
    'licences/6': [...LICENCE_TYPE.slice(0, 3), value('External name', 'licenseType')],
    'licences/7': LICENCE_MAPPING,
    'licences/9': [value('Person', PEOPLE.seller.name)],
    'licences/10': [value('Person', PEOPLE.supporter.name)],
    'licences/12': [value('Person', PEOPLE.supporter.name)],
    'licences/13': [value('External name', 'licenseType'), ...LICENCE_TYPE, ...LICENCE_MAPPING],
    'licences/14': [FIRST],
    'licences/15': [value('Person', PEOPLE.byHand.name)],
    'licences/16': [OWNER, value('Quantity', '1')],
    'licences/17': [OWNER, value('Person', PEOPLE.leaves.name)],
    'licences/19': [
      value('Name of the group', 'Dialpad Sellers'),
      value('Description', 'Who sells by phone'),
      value('Person', PEOPLE.supporter.name),
    ],
    'licences/20': [
      value('Name of the group', 'Dialpad Supporters'),
      value('Description', 'Who answers by phone'),
      value('Person', PEOPLE.supporter.name),
    ],
  },
  'okta-import-numbers': {
    'numbers/1': [OWNER],
    'numbers/4': [OWNER],
    'numbers/6': [value('Display name', 'Dialpad Phone'), value('Variable name', 'dialpadPhone')],
    'numbers/8': [value('Person', 'Ada Okafor')],
    'numbers/10': [OWNER, value('Duration', 'P1D')],
    'numbers/11': [OWNER],
    'numbers/13': [OWNER],
  },
}

/** The values of a lesson, each once, in the order of its instructions; none where the instructions name all. */
export function valuesOf(course: Course, lesson: Lesson): readonly ExerciseValue[] {
  const all = lesson.steps.flatMap((id) => VALUES[course.id]?.[id] ?? [])
  return all.filter(
    ({ what, value: text }, index) => all.findIndex((each) => each.what === what && each.value === text) === index,
  )
}
