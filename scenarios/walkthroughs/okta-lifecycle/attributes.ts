import type { Step } from '../walkthrough.ts'
import { type AttributeRow, attributeStep, fullName, inside } from './attribute-step.ts'
import { LICENSE_STEPS, OFFICE_NAME_STEPS } from './custom-attributes.ts'
import { ENTERPRISE_URN, HERO, RENAMED } from './hero.ts'

/** An office by its exact name: what Dialpad takes a department for. */
const OFFICE = 'London'

function workCountry(addresses: unknown): unknown {
  if (!Array.isArray(addresses)) return undefined
  return addresses.find((each: { readonly type?: string }) => each.type === 'work')?.country
}

const STANDARD_ROWS = {
  firstName: {
    id: '004/attributes/1',
    attribute: 'First Name',
    field: 'Name',
    say: `Change the first name of ${HERO.name}. First Name and Last Name combined are the Name in Dialpad.`,
    name: HERO.name,
    changes: { 'First name': RENAMED.firstName },
    inRequest: (body) => inside(body, 'name', 'givenName'),
    sent: RENAMED.firstName,
    inDialpad: fullName,
    shown: RENAMED.half,
    what: 'Nothing has to be mapped: First name flows into Given name by the mappings of To App, on create and update.',
    wrong: [
      {
        mistake: 'Display name was changed instead.',
        sign: 'Okta sends nothing: it is not among the mappings of Dialpad.',
      },
      { mistake: 'Update User Attributes is off.', sign: 'Okta sends nothing; the old name stays.' },
    ],
  },
  lastName: {
    id: '004/attributes/2',
    attribute: 'Last Name',
    field: 'Name',
    say: 'Change the last name too. The other half of the Name follows.',
    name: RENAMED.half,
    changes: { 'Last name': RENAMED.lastName },
    inRequest: (body) => inside(body, 'name', 'familyName'),
    sent: RENAMED.lastName,
    inDialpad: fullName,
    shown: RENAMED.name,
    what: 'Every push carries the whole profile: Okta reads the account, lays its values over it, and writes it back.',
    wrong: [
      {
        mistake: 'The name was corrected by hand in Dialpad.',
        sign: 'The next push of anything else puts the name of Okta back.',
      },
      { mistake: 'The field was emptied.', sign: 'The form refuses: Last name is required.' },
    ],
  },
  username: {
    id: '004/attributes/3',
    attribute: 'Username',
    field: 'Email',
    say: 'The name has changed, so the address does: change Username and Primary email. Username becomes the Email, handle@domain, and the account stays the same.',
    name: RENAMED.name,
    changes: { Username: RENAMED.address, 'Primary email': RENAMED.address },
    inRequest: ({ userName }) => userName,
    sent: RENAMED.address,
    inDialpad: ({ emails }) => emails[0],
    shown: RENAMED.address,
    what: 'What Dialpad is sent comes from Sign On > Application username format. Username and Primary email are to agree, so that either format gives the address.',
    wrong: [
      {
        mistake: 'Only Username was changed, with the format Email.',
        sign: 'Dialpad keeps the old address, and logs in by it.',
      },
      {
        mistake: 'The user name was typed by hand when the app was assigned.',
        sign: 'It no longer follows the person: edit the assignment.',
      },
    ],
  },
  department: {
    id: '004/attributes/4',
    attribute: 'department',
    field: 'Office',
    say: `Department is the Office in Dialpad, by its exact name: type ${OFFICE} and they move.`,
    name: RENAMED.name,
    changes: { Department: OFFICE },
    inRequest: (body) => inside(body, ENTERPRISE_URN, 'department'),
    sent: OFFICE,
    inDialpad: ({ office }) => office,
    shown: OFFICE,
    what: "It is the biggest trap of the table: neither a team nor one of Dialpad's own departments, but an office.",
    wrong: [
      {
        mistake: `"london", or "${OFFICE} Office".`,
        sign: 'No office has that name: by the country, or by the SCIM settings, another one is taken.',
      },
      {
        mistake: 'A team is in Department, as with everybody else here.',
        sign: 'It is sent, matches no office, and the country decides.',
      },
    ],
  },
  country: {
    id: '004/attributes/6',
    attribute: 'countryCode',
    field: 'Country',
    say: 'Country code is the Country. It also decides about the office when no name does.',
    name: RENAMED.name,
    changes: { 'Country code': 'CA' },
    inRequest: ({ addresses }) => workCountry(addresses),
    sent: 'CA',
    inDialpad: ({ country }) => country,
    shown: 'CA',
    what: 'Two letters as ISO 3166 writes them. Nobody moves by it who has an office by name.',
    wrong: [
      { mistake: 'The name of the country was typed.', sign: 'Okta refuses the form: the value is no country code.' },
      {
        mistake: 'You expect a number of that country.',
        sign: 'A number comes from the office; who has one keeps it.',
      },
    ],
  },
  language: {
    id: '004/attributes/7',
    attribute: 'preferredLanguage',
    field: 'Language',
    say: 'Preferred language is the Language.',
    name: RENAMED.name,
    changes: { 'Preferred language': 'fr_CA' },
    inRequest: ({ preferredLanguage }) => preferredLanguage,
    sent: 'fr-CA',
    inDialpad: ({ language }) => language,
    shown: 'fr-CA',
    what: 'A language tag. An Okta profile writes it with an underscore, the request with a hyphen.',
    wrong: [
      {
        mistake: 'Locale was changed instead.',
        sign: 'Okta sends nothing: Locale is not among the mappings of Dialpad.',
      },
      { mistake: 'The name of the language was typed.', sign: 'Okta refuses the form: the value is no language code.' },
    ],
  },
  title: {
    id: '004/attributes/8',
    attribute: 'title',
    field: 'Job Title',
    say: 'Title is the Job Title.',
    name: RENAMED.name,
    changes: { Title: 'Senior Support Agent' },
    inRequest: ({ title }) => title,
    sent: 'Senior Support Agent',
    inDialpad: ({ title }) => title,
    shown: 'Senior Support Agent',
    what: 'The plainest row: one attribute of the core schema under the same name.',
    wrong: [
      {
        mistake: 'The mapping of Title says Apply on: Create.',
        sign: 'New people have their title, and changes of it are lost.',
      },
      {
        mistake: 'User type was changed instead.',
        sign: 'Okta sends nothing: it is not among the mappings of Dialpad.',
      },
    ],
  },
} as const satisfies Readonly<Record<string, AttributeRow>>

/** Seed 004, "Okta attributes mapped to Dialpad": the table from its first row to its last. */
export const ATTRIBUTE_STEPS: readonly Step[] = [
  attributeStep(STANDARD_ROWS.firstName),
  attributeStep(STANDARD_ROWS.lastName),
  attributeStep(STANDARD_ROWS.username),
  attributeStep(STANDARD_ROWS.department),
  ...OFFICE_NAME_STEPS,
  attributeStep(STANDARD_ROWS.country),
  attributeStep(STANDARD_ROWS.language),
  attributeStep(STANDARD_ROWS.title),
  ...LICENSE_STEPS,
]
