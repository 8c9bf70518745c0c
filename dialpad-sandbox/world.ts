import { digitsOf, guidOf, lettersOf } from '#kit/ids.ts'
import { hashSeededPassword } from '#kit/secrets.ts'
import type { Writer } from '#kit/store/store.ts'
import type { KitShape } from '#kit/system/collections.ts'
import type { Seed } from '#kit/system/system.ts'
import { CAST_OFFICES, type CastPerson, COMPANY, TARGET_GROUP_MEMBERS, TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { CONNECTED_API_KEY, TENANT_ID } from '#kit/world/constants.ts'
import { parseWorld, type World } from '#kit/world/worlds.ts'
import { addApiKey } from './commands/api-keys.ts'
import { addUser, type NewUser } from './commands/create-user.ts'
import { addGroup } from './commands/groups.ts'
import { seedWork, type Work } from './commands/work.ts'
import { SYSTEM_ACTOR } from './domain/change-log.ts'
import { LICENCES } from './domain/licences.ts'
import { numberInArea } from './domain/numbers.ts'
import type { Company, DialpadShape, LicenceType, Office } from './records.ts'

/**
 * Dialpad's share of every world. Pure in the world's name: records are made by the commands that clicks and SCIM use, with ids
 * computed from names.
 */

/** A world's name without its size: `scale:500` and `scale:1000` agree about the ids they share. */
type WorldKind = World['kind']

/** Id of a seeded person, the same in SCIM, REST and portal: anybody can compute it, so that links need no talking. */
export function seededUserId(kind: WorldKind, handle: string): string {
  return digitsOf(`${kind}/user/${handle}`)
}

/** Id of a seeded Directory group. */
export function seededGroupId(kind: WorldKind, displayName: string): string {
  return digitsOf(`${kind}/group/${displayName}`)
}

/** Name of the group that the connected world has pushed. */
export const CONNECTED_GROUP = 'Dialpad Users'

/** Lines of the company's area codes that wait in the reserved pool; beyond those given out one by one. */
const RESERVED_LINES: Readonly<Record<string, readonly number[]>> = {
  Denver: [42, 43, 44, 45, 46, 47],
  Toronto: [42, 43],
  London: [142, 143],
}

const EXTRA_SEATS: Readonly<Record<string, Partial<Record<LicenceType, number>>>> = {
  Denver: { lite_support_agents: 4, agents: 2 },
  Toronto: { lite_support_agents: 2 },
  London: { agents: 2 },
}

const ENDLESS_SEATS: Office['seats'] = Object.fromEntries(LICENCES.map((licence) => [licence.type, null]))

/** The seed of the system's declaration. `fresh` has no company at all: signing up makes it. */
export function seedDialpad(tx: Writer<DialpadShape & KitShape>, seed: Seed): void {
  const world = parseWorld(seed.world)
  if (world === undefined) throw new Error(`No world is called ${seed.world}.`)
  const work = seedWork(tx, SYSTEM_ACTOR, seed.nowMs)
  switch (world.kind) {
    case 'fresh':
      return
    case 'empty':
      seedOpenCompany(work, world)
      return
    case 'brightwave':
      seedBrightwave(work, world)
      return
    case 'connected-entra':
      seedBrightwave(work, world)
      connectEntra(work, world)
      return
    case 'connected-okta':
      seedBrightwave(work, world)
      connectOkta(work, world)
      return
    case 'scale':
      seedScale(work, world)
      return
  }
}

/** For foreign test suites: nobody in it, any e-mail domain, seats without end; keys are made with `POST /_kit/api-keys`. */
function seedOpenCompany(work: Work, world: World): void {
  const company = addCompany(work, world, { name: 'Open Test Company', domains: ['test.example'], anyDomain: true })
  addOffice(work, world, company, {
    name: 'Main Office',
    country: 'US',
    areaCode: '720',
    timezone: 'US/Mountain',
    isPrimary: true,
    seats: ENDLESS_SEATS,
  })
}

function seedBrightwave(work: Work, world: World): void {
  const company = addCompany(work, world, {
    name: COMPANY.name,
    domains: [COMPANY.domain],
    anyDomain: false,
    microsoftTenantId: TENANT_ID,
  })
  for (const [index, { seats, ...office }] of CAST_OFFICES.entries()) {
    const bought = { talk: seats, ...EXTRA_SEATS[office.name] }
    reserveNumbers(work, addOffice(work, world, company, { ...office, isPrimary: index === 0, seats: bought }))
  }
  addAdministrator(work, world, company)
  for (const person of world.people.filter((each) => each.roles.includes('target-by-hand'))) {
    addPerson(work, world, company, person, { origin: 'portal' })
  }
}

/** What the sync of the directory's assigned group has left behind: its people, its group, and the key in use. */
function connectEntra(work: Work, world: World): void {
  const company = companyId(world)
  const key = addApiKey(
    work,
    {
      id: digitsOf(`${world.kind}/api-key`),
      companyId: company,
      name: 'Microsoft Entra provisioning',
      ownerId: seededUserId(world.kind, 'marta.silva'),
    },
    CONNECTED_API_KEY,
    undefined,
  )
  const sync: Work = seedWork(work.tx, { type: 'api_key', id: key.id, name: key.name }, work.nowMs)
  for (const handle of TARGET_GROUP_MEMBERS) {
    const person = world.people.find((each) => each.handle === handle)
    if (person === undefined) continue
    const scimExtras = provisionedExtras(person)
    const existing = sync.tx.get('users', seededUserId(world.kind, handle))
    if (existing === undefined) {
      addPerson(sync, world, sync.tx.get('companies', company), person, { origin: 'scim', scimExtras })
    } else {
      // Made by hand and matched by address: taken over with what the directory holds.
      sync.tx.put('users', existing.id, { ...existing, scimExtras, version: existing.version + 1 })
    }
  }
  addGroup(sync, {
    id: seededGroupId(world.kind, CONNECTED_GROUP),
    companyId: company,
    displayName: CONNECTED_GROUP,
    externalId: guidOf(`${TENANT_ID}/group/${CONNECTED_GROUP}`),
    memberIds: TARGET_GROUP_MEMBERS.map((handle) => seededUserId(world.kind, handle)),
  })
}

/** What the org's assigned group has left behind: its people, as its client creates them, and the key in use. No group is pushed. */
function connectOkta(work: Work, world: World): void {
  const company = companyId(world)
  const key = addApiKey(
    work,
    {
      id: digitsOf(`${world.kind}/api-key`),
      companyId: company,
      name: 'Okta provisioning',
      ownerId: seededUserId(world.kind, 'marta.silva'),
    },
    CONNECTED_API_KEY,
    undefined,
  )
  const sync: Work = seedWork(work.tx, { type: 'api_key', id: key.id, name: key.name }, work.nowMs)
  for (const handle of TARGET_GROUP_MEMBERS) {
    const person = world.people.find((each) => each.handle === handle)
    if (person === undefined) continue
    const scimExtras = oktaExtras(person)
    const existing = sync.tx.get('users', seededUserId(world.kind, handle))
    if (existing === undefined) {
      const placement = { kind: 'request', request: { department: person.department } } as const
      addPerson(sync, world, sync.tx.get('companies', company), person, { origin: 'scim', placement, scimExtras })
    } else {
      sync.tx.put('users', existing.id, { ...existing, scimExtras, version: existing.version + 1 })
    }
  }
}

/** The attributes without a field of their own that the org's client sends. */
function oktaExtras(person: CastPerson): Readonly<Record<string, unknown>> {
  return {
    externalId: lettersOf(`okta/user/${person.handle}`, '00u', 17),
    emails: [{ primary: true, value: addressOf(person), type: 'work' }],
    addresses: [{ type: 'work', country: person.country }],
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: person.department },
  }
}

/** The attributes without a field of their own that the directory's default mapping sends. */
function provisionedExtras(person: CastPerson): Readonly<Record<string, unknown>> {
  const email = addressOf(person)
  const fullName = `${person.givenName} ${person.familyName}`
  return {
    externalId: guidOf(`${TENANT_ID}/user/${person.handle}`),
    displayName: fullName,
    name: { formatted: fullName },
    emails: [{ value: email, type: 'work' }],
    addresses: [{ type: 'work', country: person.country }],
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
      department: person.department,
      physicalDeliveryOfficeName: person.office,
    },
  }
}

/** Seats for everybody and nobody in them but the administrator. */
function seedScale(work: Work, world: World): void {
  const company = addCompany(work, world, {
    name: COMPANY.name,
    domains: [COMPANY.domain],
    anyDomain: false,
    microsoftTenantId: TENANT_ID,
  })
  for (const [index, { seats: _, ...office }] of CAST_OFFICES.entries()) {
    const seats = { talk: world.people.length }
    addOffice(work, world, company, { ...office, isPrimary: index === 0, seats })
  }
  addAdministrator(work, world, company)
}

function companyId(world: World): string {
  return digitsOf(`${world.kind}/company`)
}

function addCompany(
  work: Work,
  world: World,
  input: Pick<Company, 'name' | 'domains' | 'anyDomain' | 'microsoftTenantId'>,
): Company {
  const company: Company = {
    id: companyId(world),
    ...input,
    scim: { officeField: 'physicalDeliveryOfficeName', mismatch: { kind: 'best' }, exhaustion: 'reject' },
    createdAt: work.now,
  }
  work.tx.put('companies', company.id, company)
  return company
}

function addOffice(work: Work, world: World, company: Company, input: Omit<Office, 'id' | 'companyId'>): Office {
  const office: Office = { id: digitsOf(`${world.kind}/office/${input.name}`), companyId: company.id, ...input }
  work.tx.put('offices', office.id, office)
  return office
}

function reserveNumbers(work: Work, office: Office): void {
  for (const line of RESERVED_LINES[office.name] ?? []) {
    const number = numberInArea(office.country, office.areaCode, line)
    if (number === undefined) continue
    work.tx.put('numbers', number, {
      number,
      companyId: office.companyId,
      officeId: office.id,
      areaCode: office.areaCode,
      status: 'reserved',
      since: work.now,
    })
  }
}

function addAdministrator(work: Work, world: World, company: Company): void {
  for (const person of world.people.filter((each) => each.roles.includes('target-admin'))) {
    addPerson(work, world, company, person, {
      origin: 'sign-up',
      isCompanyAdmin: true,
      passwordHash: hashSeededPassword(TRAINING_PASSWORD, `${world.kind}/${person.handle}`),
    })
  }
}

function addPerson(
  work: Work,
  world: World,
  company: Company | undefined,
  person: CastPerson,
  rest: Pick<NewUser, 'origin'> & Partial<NewUser>,
): void {
  if (company === undefined) throw new Error('The company is seeded before its people.')
  addUser(work, {
    id: seededUserId(world.kind, person.handle),
    companyId: company.id,
    email: addressOf(person),
    givenName: person.givenName,
    familyName: person.familyName,
    title: person.title,
    language: person.language,
    country: person.country,
    placement: { kind: 'request', request: { physicalDeliveryOfficeName: person.office } },
    state: 'active',
    ...rest,
  })
}

function addressOf(person: CastPerson): string {
  return `${person.handle}@${COMPANY.domain}`
}
