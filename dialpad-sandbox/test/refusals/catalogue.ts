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
    status: 501,
    detail: '/scim/Bulk is not implemented',
  },
  {
    name: 'Me, which no key is anybody of',
    request: () => ['GET', '/Me'],
    status: 501,
    detail: '/scim/Me is not implemented',
  },
  {
    name: 'another method than POST on a search',
    request: () => ['GET', '/Users/.search'],
    status: 405,
    detail: 'GET is not supported by /scim/Users/.search',
  },
  {
    name: 'a search that is no SearchRequest',
    request: () => ['POST', '/.search', { filter: 'userName pr' }],
    status: 400,
    scimType: 'invalidSyntax',
    detail: /"schemas" holds urn:ietf:params:scim:api:messages:2\.0:SearchRequest/,
  },
  {
    name: 'an order by an attribute that does not exist',
    request: () => ['GET', '/Users?sortBy=shoeSize'],
    status: 400,
    scimType: 'invalidPath',
    detail: 'There is no attribute shoeSize to sort by.',
  },
  {
    name: 'an order that is none',
    request: () => ['GET', '/Users?sortBy=userName&sortOrder=up'],
    status: 400,
    scimType: 'invalidValue',
    detail: 'sortOrder must be ascending or descending.',
  },
  {
    name: 'a filter on a password',
    request: () => ['GET', '/Users?filter=password+sw+%22a%22'],
    status: 400,
    scimType: 'sensitive',
    detail: 'password is never shown, so nobody can filter on it.',
  },
  {
    name: 'a page from a place that is no number',
    request: () => ['GET', '/Users?startIndex=99999999999999999999'],
    status: 400,
    scimType: 'invalidValue',
    detail: 'startIndex must be a whole number.',
  },
  {
    name: 'a filter given twice',
    request: () => ['GET', '/Users?filter=title+pr&filter=active+pr'],
    status: 400,
    scimType: 'invalidValue',
    detail: 'filter must be given once, as a string.',
  },
  {
    name: 'a filter that is too long',
    request: () => ['GET', `/Users?filter=${encodeURIComponent(`title eq "${'x'.repeat(9_000)}"`)}`],
    status: 400,
    scimType: 'invalidFilter',
    detail: 'The expression is longer than 8192 characters.',
  },
  {
    name: 'a filter nested too deep',
    request: () => ['GET', `/Users?filter=${'('.repeat(500)}title+pr${')'.repeat(500)}`],
    status: 400,
    scimType: 'invalidFilter',
    detail: /nested deeper than 40 levels/,
  },
  {
    name: 'an id that no percent sign can be read in',
    request: () => ['GET', '/Users/%zz'],
    status: 400,
    scimType: 'invalidSyntax',
    detail: 'The request could not be read',
  },
  {
    name: 'a form, however it is spelt',
    request: () => ['POST', '/Users', 'userName=ines'],
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=klingon' },
    status: 415,
    detail: 'The Content-Type must be application/scim+json',
  },
  {
    name: 'a body packed in a way nobody knows',
    request: () => ['POST', '/Users', '{}'],
    headers: { 'content-encoding': 'klingon' },
    status: 415,
    detail: 'The encoding of the request body is not supported',
  },
  {
    name: 'a body said to be packed that is not',
    request: () => ['POST', '/Users', '{}'],
    headers: { 'content-encoding': 'gzip' },
    status: 400,
    scimType: 'invalidSyntax',
    detail: 'The request could not be read',
  },
  {
    name: 'a name that reaches an object’s prototype',
    request: () => ['POST', '/Users', `{"schemas":["${USER_URN}"],"userName":"a@brightwave.example","__proto__":{}}`],
    status: 400,
    scimType: 'invalidSyntax',
    detail: '"__proto__" is not allowed as an attribute name.',
  },
  {
    name: 'a value of another type',
    request: () => ['POST', '/Users', ines({ title: { text: 'Lead' } })],
    status: 400,
    scimType: 'invalidValue',
    detail: 'title must be a string.',
  },
  {
    name: 'two primary values',
    request: () => [
      'POST',
      '/Users',
      ines({
        emails: [
          { value: 'a@brightwave.example', primary: true },
          { value: 'b@brightwave.example', primary: true },
        ],
      }),
    ],
    status: 400,
    scimType: 'invalidValue',
    detail: 'Only one value of emails can be primary.',
  },
  {
    name: 'attributes to show that are no list, and nothing done',
    request: () => [
      'POST',
      '/.search',
      { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], attributes: [7] },
    ],
    status: 400,
    scimType: 'invalidValue',
    detail: 'attributes must be a list of attribute names.',
  },
  {
    name: 'a PATCH of what nobody has',
    request: (dialpad) => ['PATCH', `/Users/${marta(dialpad)}`, patch({ op: 'replace', path: 'ims[type eq "x"]' })],
    status: 400,
    scimType: 'invalidValue',
    detail: 'Operation 1 (replace) has no value.',
  },
  {
    name: 'a PATCH that would keep the server busy',
    request: (dialpad) => [
      'PATCH',
      `/Users/${marta(dialpad)}`,
      patch(
        { op: 'add', path: 'ims', value: Array.from({ length: 100_000 }, (_, index) => ({ value: `v${index}` })) },
        ...Array.from({ length: 900 }, (_, index) => ({ op: 'add', path: 'ims', value: [{ value: `w${index}` }] })),
      ),
    ],
    status: 413,
    detail: 'ims would have more than 1000 values.',
  },
  {
    name: 'a removal without a path',
    request: (dialpad) => ['PATCH', `/Users/${marta(dialpad)}`, patch({ op: 'remove', value: 'title' })],
    status: 400,
    scimType: 'noTarget',
    detail: 'Operation 1 removes something, so it needs a path.',
  },
  {
    name: 'a removal of what is required',
    request: (dialpad) => ['PATCH', `/Users/${marta(dialpad)}`, patch({ op: 'remove', path: 'userName' })],
    status: 400,
    scimType: 'mutability',
    detail: 'userName is required and cannot be removed.',
  },
  {
    name: 'a removal of what is selected and not there',
    arrange: ({ system }) => system.control.setSwitches({ 'dialect-create-missing-element': 'off' }),
    request: (dialpad) => ['PATCH', `/Users/${marta(dialpad)}`, patch({ op: 'remove', path: 'emails[type eq "fax"]' })],
    status: 400,
    scimType: 'noTarget',
    detail: 'emails[type eq "fax"] selects nothing.',
  },
  {
    name: 'a deletion of another version',
    request: (dialpad) => ['DELETE', `/Users/${marta(dialpad)}`],
    headers: { 'if-match': '"none", W/"98"' },
    status: 412,
    detail: /^The resource has changed: its version is/,
  },
  {
    name: 'a change of what must not be there',
    request: (dialpad) => ['PUT', `/Users/${marta(dialpad)}`, ines()],
    headers: { 'if-none-match': '*' },
    status: 412,
    detail: /^The resource is there, and its version is/,
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
