/**
 * The shared cast: one invented company, its people and groups. Each system turns them into its own records.
 * Every name, address and number is made up; the domain is reserved for examples (RFC 2606).
 */

export const COMPANY = { name: 'Brightwave', domain: 'brightwave.example' } as const

/** Sign-in password of everybody in every world. Public on purpose: it protects nothing but a simulation. */
export const TRAINING_PASSWORD = 'Practice-2026!'

export type CastRole =
  | 'global-administrator'
  | 'application-administrator'
  | 'cloud-application-administrator'
  | 'global-reader'
  | 'app-owner'
  | 'guest'
  | 'blocked'
  | 'staged'
  | 'suspended'
  /** Administrator of the target company, by e-mail and password. */
  | 'target-admin'
  /** Has an account in the target that was made by hand, before any directory was connected. */
  | 'target-by-hand'

export interface CastPerson {
  /** Local part of the address and seed of every id: unique in a world. */
  readonly handle: string
  readonly givenName: string
  readonly familyName: string
  readonly title: string
  readonly department: string
  readonly office: string
  /** ISO 3166 alpha-2. */
  readonly country: string
  /** BCP 47. */
  readonly language: string
  readonly managerHandle?: string
  readonly roles: readonly CastRole[]
}

export interface CastGroup {
  readonly name: string
  readonly description: string
  /** Handles of direct members. */
  readonly members: readonly string[]
  /** Names of groups inside it. */
  readonly nested: readonly string[]
}

function person(
  handle: string,
  title: string,
  department: string,
  [office, country, language]: readonly [string, string, string],
  managerHandle: string | undefined,
  roles: readonly CastRole[] = [],
  names?: readonly [string, string],
): CastPerson {
  const [given = '', family = ''] =
    names ?? handle.split('.').map((part) => part.charAt(0).toUpperCase() + part.slice(1))
  return {
    handle,
    givenName: given,
    familyName: family,
    title,
    department,
    office,
    country,
    language,
    ...(managerHandle ? { managerHandle } : {}),
    roles,
  }
}

const DENVER = ['Denver', 'US', 'en-US'] as const
const TORONTO = ['Toronto', 'CA', 'en-CA'] as const
const LONDON = ['London', 'GB', 'en-GB'] as const

/** The people of the worlds. Each system turns them into records of its own. */
export const CAST_PEOPLE: readonly CastPerson[] = [
  person('marta.silva', 'IT Director', 'IT', DENVER, undefined, ['global-administrator', 'target-admin']),
  person('jonas.weber', 'Identity Engineer', 'IT', LONDON, 'marta.silva', ['application-administrator']),
  person('naomi.clarke', 'Cloud Administrator', 'IT', DENVER, 'marta.silva', ['cloud-application-administrator']),
  person('oskar.lindqvist', 'Security Auditor', 'IT', LONDON, 'marta.silva', ['global-reader']),
  person('helen.park', 'Telephony Lead', 'IT', TORONTO, 'marta.silva', ['app-owner']),
  person('ada.okafor', 'Support Lead', 'Support', DENVER, 'marta.silva'),
  person('ben.castillo', 'Support Agent', 'Support', DENVER, 'ada.okafor'),
  person('chloe.nguyen', 'Support Agent', 'Support', TORONTO, 'ada.okafor'),
  person('dmitri.volkov', 'Support Agent', 'Support', LONDON, 'ada.okafor'),
  person('elif.demir', 'Support Agent', 'Support', DENVER, 'ada.okafor'),
  person('farah.haddad', 'Sales Director', 'Sales', DENVER, 'marta.silva'),
  person('george.mensah', 'Account Executive', 'Sales', LONDON, 'farah.haddad'),
  person('hana.suzuki', 'Account Executive', 'Sales', TORONTO, 'farah.haddad'),
  person('ines.moreau', 'Account Executive', 'Sales', ['Lyon Part-Dieu', 'FR', 'fr-FR'], 'farah.haddad'),
  person('kenji.sato', 'Account Executive', 'Sales', ['Osaka', 'JP', 'ja-JP'], 'farah.haddad'),
  person('tomas.berg', 'Sales Engineer', 'Sales', DENVER, 'farah.haddad', ['target-by-hand']),
  person('lena.fischer', 'Sales Operations', 'Sales', LONDON, 'farah.haddad'),
  person('priya.raman', 'People Partner', 'People', TORONTO, 'marta.silva'),
  person('quentin.adler', 'Payroll Specialist', 'People', DENVER, 'priya.raman', ['staged']),
  person('rosa.jimenez', 'Recruiter', 'People', DENVER, 'priya.raman'),
  person('samuel.oduya', 'Finance Manager', 'Finance', LONDON, 'marta.silva'),
  person('tessa.vandijk', 'Accountant', 'Finance', DENVER, 'samuel.oduya', [], ['Tessa', 'van Dijk']),
  person('umar.rashid', 'Facilities Coordinator', 'Operations', TORONTO, 'marta.silva', ['suspended']),
  person('victor.hale', 'Contractor', 'Operations', DENVER, 'umar.rashid', ['blocked']),
  person('zoe.obrien', 'Office Manager', 'Operations', DENVER, 'umar.rashid', [], ['Zoë', "O'Brien"]),
  person('lucas.meyer', 'Partner Consultant', 'Operations', LONDON, undefined, ['guest']),
]

const inDepartment = (department: string): readonly string[] =>
  CAST_PEOPLE.filter((each) => each.department === department).map((each) => each.handle)

/** The groups of the worlds, by handles of the people in them. */
export const CAST_GROUPS: readonly CastGroup[] = [
  { name: 'Sales', description: 'Everybody who sells', members: inDepartment('Sales'), nested: [] },
  { name: 'Support', description: 'Everybody who answers customers', members: inDepartment('Support'), nested: [] },
  {
    name: 'All Staff',
    description: 'The whole company, by nesting',
    members: ['marta.silva', ...inDepartment('People'), ...inDepartment('Finance')],
    nested: ['Sales', 'Support'],
  },
]

/** Members of the group that is meant for the target app: its name carries the product's, so the directories add it. */
export const TARGET_GROUP_MEMBERS: readonly string[] = [
  'ada.okafor',
  'ben.castillo',
  'chloe.nguyen',
  'george.mensah',
  'tomas.berg',
]

/** The offices of the company as the telephone system knows them. */
export const CAST_OFFICES = [
  { name: 'Denver', country: 'US', areaCode: '720', timezone: 'US/Mountain', seats: 20 },
  { name: 'Toronto', country: 'CA', areaCode: '416', timezone: 'America/Toronto', seats: 8 },
  { name: 'London', country: 'GB', areaCode: '20', timezone: 'Europe/London', seats: 8 },
] as const
