import { userByEmail } from '../serve.ts'
import type { ServedRest } from '../serve-rest.ts'

/** What the REST API refuses, and in which words: one row per rule. */
export interface RestRefusalCase {
  readonly name: string
  readonly request: (served: ServedRest) => readonly [method: string, path: string, body?: object | string]
  readonly headers?: Readonly<Record<string, string>>
  readonly status: number
  readonly reason: string
  readonly message: string | RegExp
}

const tomas = (served: ServedRest) => userByEmail(served.system, 'tomas.berg@brightwave.example')
const marta = (served: ServedRest) => userByEmail(served.system, 'marta.silva@brightwave.example')
const newUser = (served: ServedRest, more: object): readonly [string, string, object] => [
  'POST',
  '/users',
  { email: 'ines.moreau@brightwave.example', office_id: tomas(served).officeId, ...more },
]
const update = (served: ServedRest, body: object): readonly [string, string, object] => [
  'PATCH',
  `/users/${tomas(served).id}`,
  body,
]
const LICENSES =
  'license: Invalid option: expected one of "admins"|"agents"|"dpde_all"|"dpde_one"|"lite_lines"|"lite_support_agents"|"magenta_lines"|"talk"'

const bad = { status: 400, reason: 'badRequest' } as const
const missing = { status: 404, reason: 'notFound' } as const

export const REST_REFUSALS: readonly RestRefusalCase[] = [
  { name: 'an unknown user', request: () => ['GET', '/users/1'], ...missing, message: 'User 1 not found' },
  { name: 'an id that is none', request: () => ['GET', '/users/tomas'], ...missing, message: 'User tomas not found' },
  {
    name: 'me with a company key',
    request: () => ['GET', '/users/me'],
    ...bad,
    message: "'me' can only be used with a user level API key; this is a company API key",
  },
  {
    name: 'a user without an address',
    request: (served) => ['POST', '/users', { office_id: tomas(served).officeId }],
    ...bad,
    message: /^email: /,
  },
  {
    name: 'a user without an office',
    request: () => ['POST', '/users', { email: 'ines.moreau@brightwave.example' }],
    ...bad,
    message: 'office_id: must be an integer',
  },
  {
    name: 'an office nobody has',
    request: (served) => newUser(served, { office_id: '1' }),
    ...missing,
    message: 'Office 1 not found',
  },
  {
    name: 'the licence that the prose names and the enumeration lacks',
    request: (served) => newUser(served, { license: 'support' }),
    ...bad,
    message: LICENSES,
  },
  {
    name: 'the same in an update',
    request: (served) => update(served, { license: 'support' }),
    ...bad,
    message: LICENSES,
  },
  {
    name: 'a licence no office owns',
    request: (served) => newUser(served, { license: 'dpde_all' }),
    ...bad,
    message: 'No available dpde_all licenses',
  },
  {
    name: 'no licence left',
    request: (served) => newUser(served, { license: 'magenta_lines' }),
    ...bad,
    message: 'No available T-Mobile for Business licenses in office Denver',
  },
  {
    name: 'an address of a foreign domain',
    request: (served) => newUser(served, { email: 'ines@elsewhere.example' }),
    ...bad,
    message: 'Domain not associated with this company',
  },
  {
    name: 'an address that is none',
    request: (served) => newUser(served, { email: 'ines' }),
    ...bad,
    message: '"ines" is not an email address',
  },
  {
    name: 'an address somebody has, in another case',
    request: (served) => newUser(served, { email: 'Tomas.Berg@brightwave.example' }),
    status: 409,
    reason: 'conflict',
    message: 'A user with the email Tomas.Berg@brightwave.example already exists',
  },
  {
    name: 'a member the operation does not have',
    request: (served) => newUser(served, { department: 'Sales' }),
    ...bad,
    message: 'Unrecognized key: "department"',
  },
  {
    name: 'a truth value as text',
    request: (served) => newUser(served, { auto_assign: 'true' }),
    ...bad,
    message: /^auto_assign: /,
  },
  {
    name: 'a name of two lines',
    request: (served) => update(served, { first_name: 'Tomas\nBerg' }),
    ...bad,
    message: 'first_name: must be a single line',
  },
  {
    name: 'no address at all',
    request: (served) => update(served, { emails: [] }),
    ...bad,
    message: 'A user needs at least one email address',
  },
  {
    name: 'a number that is to be assigned by writing it',
    request: (served) => update(served, { phone_numbers: ['+17205550144'] }),
    ...bad,
    message: '+17205550144 is not assigned to this user: phone_numbers can only re-order or remove numbers',
  },
  {
    name: 'an extension',
    request: (served) => update(served, { extension: '101' }),
    ...bad,
    message: 'Extensions are turned off for this company',
  },
  {
    name: 'a state that cannot be set',
    request: (served) => update(served, { state: 'deleted' }),
    ...bad,
    message: 'state: Invalid option: expected one of "active"|"suspended"',
  },
  {
    name: 'an office to administer that nobody has',
    request: (served) => update(served, { admin_office_ids: [1] }),
    ...missing,
    message: 'Office 1 not found',
  },
  {
    name: 'suspending the last Company Admin',
    request: (served) => ['PATCH', `/users/${marta(served).id}`, { state: 'suspended' }],
    ...bad,
    message: 'marta.silva@brightwave.example is the last Company Admin and cannot be suspended',
  },
  {
    name: 'demoting the last Company Admin',
    request: (served) => ['PATCH', `/users/${marta(served).id}`, { is_super_admin: false }],
    ...bad,
    message: 'marta.silva@brightwave.example is the last Company Admin and cannot be demoted',
  },
  {
    name: 'deleting the last Company Admin',
    request: (served) => ['DELETE', `/users/${marta(served).id}`],
    ...bad,
    message: 'marta.silva@brightwave.example is the last Company Admin and cannot be deleted',
  },
  {
    name: 'a state to filter by that there is not',
    request: () => ['GET', '/users?state=retired'],
    ...bad,
    message: 'state: Invalid option: expected one of "active"|"cancelled"|"deleted"|"pending"|"suspended"|"all"',
  },
  {
    name: 'a number to filter by that is none',
    request: () => ['GET', '/users?number=555'],
    ...bad,
    message: 'number: must be a number in E.164 form, such as +17205550142',
  },
  {
    name: 'a body that is no JSON',
    request: () => ['POST', '/users', '{"email":'],
    ...bad,
    message: 'The request body is not valid JSON',
  },
  {
    name: 'a body that is no object',
    request: () => ['POST', '/users', '[]'],
    ...bad,
    message: /^Invalid input: expected object/,
  },
  {
    name: 'no body',
    request: () => ['POST', '/users'],
    ...bad,
    message: 'The request needs a JSON body with Content-Type application/json',
  },
  {
    name: 'a form for a body',
    request: () => ['POST', '/users', 'email=ines'],
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    ...bad,
    message: 'The request needs a JSON body with Content-Type application/json',
  },
  {
    name: 'a body of two megabytes',
    request: () => ['POST', '/users', JSON.stringify({ email: 'x'.repeat(2_000_000) })],
    status: 413,
    reason: 'requestTooLarge',
    message: 'The request body is too large',
  },
  {
    name: 'a body without a bottom',
    request: () => ['POST', '/offices', `{"routing_options":{"open":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`],
    ...bad,
    message: 'The request body is nested too deeply',
  },
  {
    name: 'half a group to not be disturbed for',
    request: (served) => ['PATCH', `/users/${tomas(served).id}/togglednd`, { do_not_disturb: true, group_id: 1 }],
    ...bad,
    message: 'group_id and group_type go together',
  },
  {
    name: 'a group the person is no operator of',
    request: (served) => [
      'PATCH',
      `/users/${tomas(served).id}/togglednd`,
      { do_not_disturb: true, group_id: tomas(served).officeId, group_type: 'office' },
    ],
    ...missing,
    message: /^Operator \d+ not found$/,
  },
  {
    name: 'a room for an operator',
    request: (served) => [
      'POST',
      `/offices/${tomas(served).officeId}/operators`,
      { operator_id: '7', operator_type: 'room' },
    ],
    ...missing,
    message: 'room 7 not found',
  },
  {
    name: 'an address nothing is at',
    request: () => ['GET', '/people'],
    ...missing,
    message: 'There is nothing at /api/v2/people',
  },
  {
    name: 'a method an address does not know',
    request: () => ['PUT', '/users'],
    status: 405,
    reason: 'httpMethodNotAllowed',
    message: 'PUT is not supported by /api/v2/users',
  },
  {
    name: 'what the simulation leaves out',
    request: () => ['POST', '/sms', { text: 'Hello' }],
    status: 501,
    reason: 'notImplemented',
    message: 'POST /api/v2/sms is not part of this simulation',
  },
  {
    name: 'a call',
    request: (served) => ['POST', `/users/${tomas(served).id}/initiate_call`, {}],
    status: 501,
    reason: 'notImplemented',
    message: /is not part of this simulation$/,
  },
  {
    name: 'a webhook to no address of the web',
    request: () => ['POST', '/webhooks', { hook_url: 'file:///etc/hosts' }],
    ...bad,
    message: 'hook_url must be a complete address that starts with https:// or http://',
  },
  {
    name: 'a subscription without a webhook',
    request: () => ['POST', '/subscriptions/changelog', { endpoint_id: '1' }],
    ...missing,
    message: 'Webhook 1 not found',
  },
]
