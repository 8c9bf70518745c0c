import { type Check, CLIENTS, type ClientName } from './certificate.ts'

/**
 * Everything that is checked, as data. What the clients send is decided by their engines; the reference sheets' sections on
 * provisioning say why each of these matters.
 */

type Row = readonly [name: string, does: string, expects: string]

/** What both vendors do in their own way. */
const COMMON: readonly Row[] = [
  ['create', 'POSTs the user where the lookup found nobody', 'a user with an id, as JSON'],
  ['create-status', 'reads the status of a creation', '201 Created (RFC 7644 §3.3); 200 is tolerated'],
  ['stable-id', 'keeps the id of a creation, and reads the account by it', 'that account, with the same id in it'],
  ['active', 'creates people as active', '"active": true in the stored user'],
  ['external-id', 'sends its own id as externalId', 'externalId kept and shown'],
  ['enterprise-extension', 'sends department and employee number in the enterprise extension', 'both kept and shown'],
  [
    'multi-valued',
    'sends the work e-mail address, a phone number and an address as lists',
    'all kept, with their types',
  ],
  ['unicode', 'sends names beyond ASCII', 'the same names shown'],
  ['special-characters', "looks up and creates a userName with ' # and ~", 'found and stored as sent'],
  ['match-hit', 'looks up somebody who is there already', 'exactly that account, so that none is made'],
  [
    'letter-case',
    'looks up a userName in other letter case than it is stored in',
    'the account: userName is not case-exact',
  ],
  ['many-at-once', 'creates many people, several at a time', 'an account of its own for each'],
  ['group-create', 'POSTs a group', '201 Created with an id'],
  ['group-members', 'adds every member', 'all of them in the group'],
  ['update', 'changes title, display name and family name', 'all of them stored'],
  ['update-extension', 'changes the department', 'the new department stored'],
  ['rename', 'changes the userName', 'the same account under the new name'],
  ['conflict', 'gives somebody a userName that is taken', '409 Conflict, and nothing changed'],
  ['member-remove', 'takes one member out', 'that one gone, the others kept'],
  ['member-add', 'adds one member to those there are', 'that one added, the others kept'],
  ['group-rename', 'renames the group', 'the new name stored'],
  ['group-delete', 'DELETEs the group', 'a success, and the group gone'],
  ['rate-limit', 'is asked to wait by 429', 'Retry-After in a form it understands'],
]

const ENTRA: readonly Row[] = [
  [
    'test-connection',
    'asks for a random userName before anything is saved',
    '200 with an empty list, as application/scim+json',
  ],
  ['wrong-token', 'does the same with a token that is wrong', '401'],
  ['match-miss', 'looks up somebody new by userName', '200 with an empty list and totalResults 0 as a number'],
  [
    'manager',
    'PATCHes the manager as a bare id, in a pass of its own',
    'manager stored, and shown as an object with value',
  ],
  ['group-read', 'GETs a group with excludedAttributes=members', 'the group without members'],
  [
    'update-multi-valued',
    'PATCHes emails[type eq "work"].value, and adds phoneNumbers[type eq "mobile"].value where there is none',
    'the address replaced, the phone number made',
  ],
  ['disable', 'PATCHes active to the text "False"', 'the account inactive'],
  ['enable', 'reads a disabled account by id, and PATCHes active to "True"', 'found, and active again'],
  ['soft-delete', 'PATCHes active to "False" when somebody goes to the recycle bin', 'the account inactive'],
  ['delete', 'DELETEs somebody who was deleted for good', 'a success, and 404 afterwards'],
  ['rematch', 'reads an account deleted in the app, looks it up again and creates it', '404, an empty list, 201'],
  ['update-flag', 'with aadOptscim062020: one replace without a path, keys as dotted paths', 'all of them stored'],
  ['disable-flag', 'with aadOptscim062020: replaces active by a boolean', 'the account inactive'],
  ['enable-flag', 'with aadOptscim062020: replaces active by true', 'the account active again'],
  ['member-remove-flag', 'with aadOptscim062020: removes members[value eq "…"]', 'that one gone, the others kept'],
]

const OKTA: readonly Row[] = [
  [
    'test-credentials',
    'lists /Users?startIndex=1&count=2 and /Groups?startIndex=1&count=100 before anything is saved',
    'complete lists, numbers as numbers',
  ],
  ['wrong-token', 'does the same with a token that is wrong', '401'],
  ['match-miss', 'looks up somebody new by userName', 'an empty list, or 404'],
  ['media-type', 'reads answers as SCIM or JSON', 'application/scim+json; other JSON types are tolerated'],
  ['unknown-id', 'reads an account that was deleted in the app', '404'],
  ['conflict-detail', 'shows the words of a refusal to the administrator', 'an Error with detail'],
  ['deactivate', 'deactivates somebody who is unassigned', 'the account inactive'],
  [
    'inactive-found',
    'looks up an inactive account when somebody is assigned again',
    'that account: inactive is not gone',
  ],
  ['reactivate', 'switches that account on again', 'the account active'],
  [
    'push-now',
    'overwrites all members (Push now), when somebody has left whose removal is never sent',
    'exactly the members that were sent',
  ],
  ['password', 'sends a new password', 'a success, whatever is done with it'],
  [
    'import',
    'reads all pages of users and groups, a hundred at a time',
    'everybody exactly once, totalResults as a number',
  ],
]

const rowsOf = (client: ClientName): readonly Row[] => (client === 'entra' ? ENTRA : OKTA)

/** In the order they are told. */
const ORDER: readonly string[] = [
  'test-connection',
  'test-credentials',
  'wrong-token',
  'match-miss',
  'create',
  'create-status',
  'media-type',
  'stable-id',
  'active',
  'external-id',
  'enterprise-extension',
  'multi-valued',
  'unicode',
  'special-characters',
  'match-hit',
  'letter-case',
  'many-at-once',
  'manager',
  'update',
  'update-extension',
  'update-multi-valued',
  'update-flag',
  'rename',
  'conflict',
  'conflict-detail',
  'password',
  'disable',
  'disable-flag',
  'deactivate',
  'enable',
  'enable-flag',
  'inactive-found',
  'reactivate',
  'soft-delete',
  'delete',
  'rematch',
  'unknown-id',
  'group-create',
  'group-members',
  'group-read',
  'member-remove',
  'member-add',
  'push-now',
  'group-rename',
  'member-remove-flag',
  'group-delete',
  'import',
  'rate-limit',
]

/** The checks of one client. */
export function checksOf(client: ClientName): readonly Check[] {
  return [...COMMON, ...rowsOf(client)]
    .toSorted(([one], [other]) => ORDER.indexOf(one) - ORDER.indexOf(other))
    .map(([name, does, expects]) => ({ id: `${client}.${name}` as const, client, does, expects }))
}

export const CHECKS: readonly Check[] = CLIENTS.flatMap(checksOf)
