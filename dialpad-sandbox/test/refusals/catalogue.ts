import { issueApiKey, revokeApiKey } from '../../commands/api-keys.ts'
import { createUser } from '../../commands/create-user.ts'
import { setCompanyAdmin } from '../../commands/update-user.ts'
import { SYSTEM_ACTOR } from '../../domain/change-log.ts'
import { ENTERPRISE_URN, GROUP_URN, ines, patch, type ServedDialpad, USER_URN, userByEmail } from '../serve.ts'

/** What the SCIM server refuses, and in which words: one row per rule. */
export interface RefusalCase {
  readonly name: string
  /** Brings the refusal about. */
  readonly arrange?: (dialpad: ServedDialpad) => Promise<unknown>
  /** Headers of the request that only what was arranged tells. */
  readonly arrangeHeaders?: (dialpad: ServedDialpad) => Promise<Readonly<Record<string, string>>>
  readonly request: (dialpad: ServedDialpad) => readonly [method: string, path: string, body?: object | string]
  readonly headers?: Readonly<Record<string, string>>
  readonly status: number
  readonly scimType?: string
  readonly detail: string | RegExp
}

const marta = (dialpad: ServedDialpad): string => userByEmail(dialpad.system, 'marta.silva@brightwave.example').id
const bearer = (secret: string): Readonly<Record<string, string>> => ({ authorization: `Bearer ${secret}` })

async function keyOf(
  dialpad: ServedDialpad,
  expiresAt?: string,
): Promise<{ readonly id: string; readonly secret: string }> {
  const owner = userByEmail(dialpad.system, 'marta.silva@brightwave.example')
  const input = { companyId: owner.companyId, name: 'Other', ownerId: owner.id, expiresAt }
  const { key, secret } = await issueApiKey(dialpad.system, SYSTEM_ACTOR, input)
  return { id: key.id, secret }
}

export const KEY_REFUSALS: readonly RefusalCase[] = [
  {
    name: 'no key at all',
    request: () => ['GET', '/Users'],
    headers: { authorization: '' },
    status: 401,
    detail: 'Invalid API key',
  },
  {
    name: 'an unknown key',
    request: () => ['GET', '/Users'],
    headers: bearer('no-such-key'),
    status: 401,
    detail: 'Invalid API key',
  },
  {
    name: 'another scheme than Bearer',
    request: () => ['GET', '/Users'],
    headers: { authorization: 'Basic bWFydGE6eA==' },
    status: 401,
    detail: 'Invalid API key',
  },
  {
    name: 'a truncated key',
    arrangeHeaders: (dialpad) => Promise.resolve(bearer(dialpad.key.slice(0, -1))),
    request: () => ['GET', '/Users'],
    status: 401,
    detail: 'Invalid API key',
  },
  {
    name: 'an expired key',
    async arrangeHeaders(dialpad) {
      const { secret } = await keyOf(dialpad, '2026-03-02T09:30:00.000Z')
      dialpad.clock.nowMs += 30 * 60_000
      return bearer(secret)
    },
    request: () => ['GET', '/Users'],
    status: 401,
    detail: 'Invalid API key',
  },
  {
    name: 'a revoked key',
    async arrangeHeaders(dialpad) {
      const { id, secret } = await keyOf(dialpad)
      await revokeApiKey(dialpad.system, SYSTEM_ACTOR, id)
      return bearer(secret)
    },
    request: () => ['GET', '/Users'],
    status: 401,
    detail: 'Invalid API key',
  },
  {
    name: 'a key of somebody who is no Company Admin any more',
    async arrange({ system }) {
      await setCompanyAdmin(system, SYSTEM_ACTOR, userByEmail(system, 'tomas.berg@brightwave.example').id, true)
      await setCompanyAdmin(system, SYSTEM_ACTOR, userByEmail(system, 'marta.silva@brightwave.example').id, false)
    },
    request: () => ['GET', '/Users'],
    status: 403,
    detail: 'Company admin API key required',
  },
  {
    name: 'an unknown address, without a key',
    request: () => ['GET', '/Nothing'],
    headers: { authorization: '' },
    status: 401,
    detail: 'Invalid API key',
  },
]

export const MESSAGE_REFUSALS: readonly RefusalCase[] = [
  {
    name: 'a body that is no JSON',
    request: () => ['POST', '/Users', '{"userName": '],
    status: 400,
    scimType: 'invalidSyntax',
    detail: 'The request body is not valid JSON',
  },
  {
    name: 'an empty body',
    request: () => ['POST', '/Users', ''],
    status: 400,
    scimType: 'invalidSyntax',
    detail: 'The request body is not valid JSON',
  },
  {
    name: 'a body of another media type',
    request: () => ['POST', '/Users', 'userName=ines'],
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 415,
    detail: 'The Content-Type must be application/scim+json',
  },
  {
    name: 'a body that is too large',
    request: () => ['POST', '/Users', `{"nickName":"${'x'.repeat(9 << 20)}"}`],
    status: 413,
    detail: 'The request body is too large',
  },
  {
    name: 'a list for a body',
    request: () => ['POST', '/Users', '[]'],
    status: 400,
    scimType: 'invalidSyntax',
    detail: 'The body is not a JSON object.',
  },
  {
    name: 'an unknown address',
    request: () => ['GET', '/Nothing'],
    status: 404,
    detail: 'There is no SCIM endpoint /scim/Nothing',
  },
  {
    name: 'Bulk, which is not supported',
    request: () => ['POST', '/Bulk', {}],
    status: 404,
    detail: 'There is no SCIM endpoint /scim/Bulk',
  },
  {
    name: 'a method that the address does not know',
    request: () => ['DELETE', '/Users'],
    status: 405,
    detail: 'DELETE is not supported by /scim/Users',
  },
  { name: 'an unknown user', request: () => ['GET', '/Users/17'], status: 404, detail: 'User 17 not found' },
  { name: 'an unknown group', request: () => ['DELETE', '/Groups/17'], status: 404, detail: 'Group 17 not found' },
  {
    name: 'an unknown schema',
    request: () => ['GET', '/Schemas/urn:none'],
    status: 404,
    detail: 'Schema urn:none not found',
  },
  {
    name: 'a filtered discovery document',
    request: () => ['GET', '/Schemas?filter=id+eq+%22x%22'],
    status: 403,
    detail: 'Discovery documents cannot be filtered',
  },
  {
    name: 'a filter that cannot be read',
    request: () => ['GET', '/Users?filter=userName+is+%22x%22'],
    status: 400,
    scimType: 'invalidFilter',
    detail: /"is" is not an operator/,
  },
  {
    name: 'a filter on an attribute that does not exist',
    request: () => ['GET', '/Users?filter=shoeSize+eq+%2243%22'],
    status: 400,
    scimType: 'invalidFilter',
    detail: /shoeSize/,
  },
  {
    name: 'a count that is no number',
    request: () => ['GET', '/Users?count=many'],
    status: 400,
    scimType: 'invalidValue',
    detail: 'count must be a whole number.',
  },
  {
    name: 'a PATCH without operations',
    request: (dialpad) => ['PATCH', `/Users/${marta(dialpad)}`, patch()],
    status: 400,
    scimType: 'invalidSyntax',
    detail: '"Operations" must be a list of at least one operation.',
  },
  {
    name: 'a PATCH of the id',
    request: (dialpad) => ['PATCH', `/Users/${marta(dialpad)}`, patch({ op: 'replace', path: 'id', value: '1' })],
    status: 400,
    scimType: 'mutability',
    detail: 'id is read-only.',
  },
  {
    name: 'a PATCH of a path that cannot be read',
    request: (dialpad) => ['PATCH', `/Users/${marta(dialpad)}`, patch({ op: 'replace', path: 'emails[', value: '1' })],
    status: 400,
    scimType: 'invalidPath',
    detail: /cannot be read/,
  },
  {
    name: 'a version that has passed',
    request: (dialpad) => ['PATCH', `/Users/${marta(dialpad)}`, patch({ op: 'replace', path: 'title', value: 'CTO' })],
    headers: { 'if-match': 'W/"99"' },
    status: 412,
    detail: /^The resource has changed: its version is W\/"\d+"$/,
  },
]

export const USER_REFUSALS: readonly RefusalCase[] = [
  {
    name: 'a user without userName',
    request: () => ['POST', '/Users', { schemas: [USER_URN] }],
    status: 400,
    scimType: 'invalidValue',
    detail: 'userName is required.',
  },
  {
    name: 'a userName that is no address',
    request: () => ['POST', '/Users', ines({ userName: 'ines.moreau' })],
    status: 400,
    scimType: 'invalidValue',
    detail: '"ines.moreau" is not an email address',
  },
  {
    name: 'an address of a foreign domain',
    request: () => ['POST', '/Users', ines({ userName: 'ines@elsewhere.example' })],
    status: 400,
    scimType: 'invalidValue',
    detail: 'Domain not associated with this company',
  },
  {
    name: 'an address that somebody has, in other case',
    request: () => ['POST', '/Users', ines({ userName: 'Tomas.Berg@brightwave.example' })],
    status: 409,
    scimType: 'uniqueness',
    detail: 'A user with the email Tomas.Berg@brightwave.example already exists',
  },
  {
    name: 'a change to an address that somebody has',
    request: (dialpad) => [
      'PATCH',
      `/Users/${marta(dialpad)}`,
      patch({ op: 'replace', path: 'userName', value: 'tomas.berg@brightwave.example' }),
    ],
    status: 409,
    scimType: 'uniqueness',
    detail: 'A user with the email tomas.berg@brightwave.example already exists',
  },
  {
    name: 'an unknown licence',
    request: () => ['POST', '/Users', ines({}, { department: 'Denver', licenseType: 'dialpad talk' })],
    status: 400,
    scimType: 'invalidValue',
    detail: '"dialpad talk" is not a license type',
  },
  {
    name: 'no licence left',
    request: () => ['POST', '/Users', ines({}, { officeName: 'London', licenseType: 'dialpad_support' })],
    status: 400,
    scimType: 'invalidValue',
    detail: 'No available Support licenses in office London',
  },
  {
    name: 'an office nobody has, where the company creates no such users',
    async arrange({ system }) {
      const [company] = system.store.page('companies', 0, 1)
      if (company === undefined) return
      const scim = { ...company.scim, mismatch: { kind: 'reject' } as const }
      await system.store.transact((tx) => tx.put('companies', company.id, { ...company, scim }))
    },
    request: () => ['POST', '/Users', ines({}, { department: 'Lyon' })],
    status: 400,
    scimType: 'invalidValue',
    detail: 'No office matches "Lyon"',
  },
  {
    name: 'suspending the last Company Admin',
    request: (dialpad) => ['PATCH', `/Users/${marta(dialpad)}`, patch({ op: 'replace', path: 'active', value: false })],
    status: 400,
    scimType: 'mutability',
    detail: 'marta.silva@brightwave.example is the last Company Admin and cannot be suspended',
  },
  {
    name: 'deleting the last Company Admin',
    request: (dialpad) => ['DELETE', `/Users/${marta(dialpad)}`],
    status: 400,
    scimType: 'mutability',
    detail: 'marta.silva@brightwave.example is the last Company Admin and cannot be deleted',
  },
  {
    name: 'reactivating somebody when no licence is left',
    async arrange({ system }) {
      const owner = userByEmail(system, 'marta.silva@brightwave.example')
      const london = system.store.find('offices', 'name', `${owner.companyId}/London`)[0]
      if (london === undefined) return
      const base = {
        companyId: owner.companyId,
        givenName: 'A',
        familyName: 'B',
        placement: { kind: 'office', officeId: london.id } as const,
        origin: 'portal' as const,
      }
      const email = (name: string): string => `${name}@brightwave.example`
      await createUser(system, SYSTEM_ACTOR, { ...base, email: email('resting'), state: 'suspended' })
      for (let n = 0; n < 8; n += 1) {
        await createUser(system, SYSTEM_ACTOR, { ...base, email: email(`agent${n}`), state: 'active' })
      }
    },
    request: (dialpad) => [
      'PATCH',
      `/Users/${userByEmail(dialpad.system, 'resting@brightwave.example').id}`,
      patch({ op: 'replace', path: 'active', value: true }),
    ],
    status: 400,
    scimType: 'invalidValue',
    detail: 'No available Connect licenses in office London',
  },
]

const group = (displayName: string, members: readonly string[] = []): object => ({
  schemas: [GROUP_URN],
  displayName,
  members: members.map((value) => ({ value })),
})

export const GROUP_REFUSALS: readonly RefusalCase[] = [
  {
    name: 'a group without a name',
    request: () => ['POST', '/Groups', { schemas: [GROUP_URN] }],
    status: 400,
    scimType: 'invalidValue',
    detail: 'displayName is required.',
  },
  {
    name: 'a group of a name that exists, in other case',
    async arrange(dialpad) {
      await dialpad.scim('POST', '/Groups', group('Sales'))
    },
    request: () => ['POST', '/Groups', group('SALES')],
    status: 409,
    scimType: 'uniqueness',
    detail: 'A group named SALES already exists',
  },
  {
    name: 'a member nobody knows',
    request: () => ['POST', '/Groups', group('Sales', ['17'])],
    status: 400,
    scimType: 'invalidValue',
    detail: 'Member 17 is not a user of this company',
  },
  {
    name: 'a User schema on a group',
    request: () => ['POST', '/Groups', { schemas: [USER_URN, ENTERPRISE_URN], displayName: 'Sales' }],
    status: 400,
    scimType: 'invalidSyntax',
    detail: `"schemas" must hold ${GROUP_URN}.`,
  },
]
