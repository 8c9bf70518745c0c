import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { OKTA_SPEC } from '../../spec.ts'

/**
 * Sections 2, 3, 4 and 8 of the reference sheet, row by row: each names the tests that prove it, or the row of the ledger that says
 * how far it goes. A test is `file: title`, the file by its short name below.
 */

const ROOT = new URL('../../../../../', import.meta.url)
const HERE = 'idp/vendors/okta/provisioning/test'
const FILES: Readonly<Record<string, string>> = {
  matrix: `${HERE}/matrix.test.ts`,
  wire: `${HERE}/wire.test.ts`,
  log: `${HERE}/log-and-retries.test.ts`,
  life: `${HERE}/lifecycle.test.ts`,
  groups: `${HERE}/groups-and-imports.test.ts`,
  restart: `${HERE}/restart.test.ts`,
  tables: 'idp/vendors/okta/profiles/test/tables.test.ts',
  language: 'idp/vendors/okta/expression/expression.test.ts',
  org: 'scenarios/wire-tests/okta-provisioning.test.ts',
  surprises: 'scenarios/wire-tests/okta-surprises.test.ts',
  faults: 'scenarios/wire-tests/okta-faults.test.ts',
  kill: 'scenarios/wire-tests/okta-kill.test.ts',
  saml: 'scenarios/wire-tests/okta-saml.test.ts',
  directory: 'idp/vendors/okta/console/test/directory.test.ts',
  signin: 'idp/vendors/okta/sign-in/test/sign-in.test.ts',
}

const FIXTURES = 'wire: every request stands as its fixture has it'
const TABLE_3_7 = 'language: the language of reference sheet 3.7, item by item'

/** `[section, row, proofs]`. */
const ROWS: readonly (readonly [section: string, row: string, ...proofs: string[]])[] = [
  ['2.1', 'User-Agent, Accept, Accept-Charset, Content-Type, also on DELETE', FIXTURES],
  ['2.1', 'Accept-Encoding', 'FID-OKTA-PROVISIONING-23'],
  [
    '2.1',
    'Authorization: Bearer, or as typed',
    'matrix: unassign and reassign go by PUT, the Authorization header as typed',
  ],
  ['2.1', 'Basic, OAuth 2; https', 'FID-OKTA-PROVISIONING-35'],
  [
    '2.1',
    'response types are not looked at',
    'wire: a creation answered %i without meta and with more than was sent is taken',
  ],
  ['2.1', 'time-out', 'wire: a minute is waited for an answer, and an app that does not give one is a task'],
  ['2.1', 'encoding of filters', FIXTURES],
  ['2.1', 'filters used, calls never used', 'wire: of a whole story every request is one of the few the client knows'],
  ['2.1', '/Schemas, /ResourceTypes', 'FID-OKTA-PROVISIONING-36'],
  ['2.1', 'numbers are integers', 'wire: %s as a text breaks provisioning'],
  ['2.2', 'test credentials', 'matrix: test credentials and save: users, then groups'],
  [
    '2.2',
    'assign, step 1: an empty list or 404',
    'wire: a lookup answered by %s finds nobody, and the account is made',
  ],
  [
    '2.2',
    'assign, no match; 409 stops',
    'matrix: assign, no match: looked up and created, keys in order, with a password and the Okta id',
    'matrix: a creation answered %i is a task, and the person stays assigned',
  ],
  ['2.2', 'assign, match active', 'matrix: assign, match active: linked without asking and overwritten'],
  ['2.2', 'assign, match inactive', 'matrix: assign, match inactive: switched on, read, overwritten'],
  [
    '2.2',
    'profile change',
    'matrix: profile change: GET, then PUT of everything, which overwrites what was edited by hand',
  ],
  ['2.2', 'username change', 'matrix: username change: the same id, another userName'],
  [
    '2.2',
    'unassign',
    'matrix: unassign: PATCH active false, without a path',
    'wire: a deactivation answered %i is done',
  ],
  [
    '2.2',
    'deactivate; removed from the group; group unassigned',
    'matrix: removed from the assigned group: switched off, unless another assignment holds',
    'matrix: a group unassigned, or deleted, switches its members off',
  ],
  ['2.2', 'reassign', 'matrix: reassign: looked up, switched on, read, overwritten'],
  ['2.2', 'suspend, unsuspend, delete', 'matrix: suspend, unsuspend and delete send nothing'],
  ['2.2', 'password', 'matrix: a password is pushed by PATCH', FIXTURES],
  ['2.2', 'import', 'groups: pages of a hundred, groups after users, only active accounts offered'],
  [
    '2.2',
    'push group, create and members',
    'groups: created empty, then its members, then its name: the members that are assigned',
  ],
  ['2.2', 'push group, rename', 'groups: renamed where the setting is on; where it is off nothing is sent'],
  [
    '2.2',
    'unlink and delete; deactivate, unlink and leave',
    'groups: deactivated: nothing is sent; unlinked: the group is deleted, or left',
  ],
  [
    '2.2',
    'the wizard',
    'matrix: unassign and reassign go by PUT, the Authorization header as typed',
    'groups: an app of the wizard is sent the whole group',
  ],
  ['2.2', '501 to PATCH', 'wire: a deactivation answered 501 is a task; no PUT is tried instead'],
  ['2.3', 'lookup, create, update, deactivate, password: whole', FIXTURES],
  [
    '2.3',
    'schemas, unset and empty values',
    'wire: unset is left out, cleared is sent as an empty text, and without an enterprise value there is no such schema',
  ],
  [
    '2.3',
    'the id is the External ID',
    'surprises: 8.1 #1 a creation carries a password with Sync Password off, and the Okta user id; the id of the app is kept in Okta alone',
  ],
  ['2.3', 'an empty answer to a creation', 'matrix: a creation answered %i is a task, and the person stays assigned'],
  ['2.3', 'PUT echoes and overlays', 'matrix: assign, match active: linked without asking and overwritten'],
  [
    '2.3',
    'not mapped, create-only',
    'wire: an attribute that is not mapped, and one mapped on create only, still go out with their stored value',
  ],
  ['2.3', 'deleted from the profile', 'wire: an attribute deleted from the profile stays as the app had it'],
  ['2.3', 'PUT answered 204', 'matrix: an update answered 204 has failed; so has one whose user is gone'],
  ['2.3', 'when passwords are pushed', 'FID-OKTA-PROVISIONING-32'],
  [
    '2.4',
    'orders of calls and of the log',
    'log: new user, link, reassign, unassign, in the order of the sheet',
    'log: group push: the mapping, the group, its members',
  ],
  ['2.4', 'group push looks the name up', 'groups: with Import Groups off the name is looked up first'],
  [
    '2.4',
    'the unlinked account',
    'wire: after a reactivation whose profile push failed the account is unlinked: unassigning then sends nothing',
  ],
  ['2.4', 'the stale active', 'FID-OKTA-PROVISIONING-31'],
  [
    '2.5',
    'pages, groups, only active ones',
    'groups: pages of a hundred, groups after users, only active accounts offered',
  ],
  ['2.5', 'who is gone, the source of people', 'FID-OKTA-IMPORT-02', 'FID-OKTA-IMPORT-03'],
  ['2.5', 'safeguard', 'groups: more than a fifth gone is held back until an administrator resumes'],
  [
    '2.6',
    'preconditions, create, members, the name op',
    'groups: created empty, then its members, then its name: the members that are assigned',
  ],
  [
    '2.6',
    'removes before adds; deactivated members',
    'groups: removes come before adds, and somebody deactivated is neither',
  ],
  ['2.6', 'push now', 'groups: push now overwrites', FIXTURES],
  [
    '2.6',
    'existence check, deleted downstream',
    'groups: a group deleted in the app fails until it is unlinked and pushed again',
  ],
  ['2.6', 'description', 'FID-OKTA-PROVISIONING-36'],
  [
    '2.6',
    'duplicate name in a rule',
    'groups: by rule: what matches now and what will; a name the app has is only warned of',
  ],
  [
    '2.6',
    'same group for assign and push',
    'faults: Same group used for assign and push: members flap; separate groups',
    'FID-OKTA-PROVISIONING-31',
  ],
  ['2.6', 'the wizard', 'groups: an app of the wizard is sent the whole group', FIXTURES],
  ['2.7', 'lists', 'wire: Resources that are one object are no results', 'groups: an answer %i %s is told as it is'],
  ['2.7', 'GET id 404', 'matrix: an update answered 204 has failed; so has one whose user is gone'],
  ['2.7', 'POST', 'wire: a creation answered %i without meta and with more than was sent is taken'],
  ['2.7', 'error bodies', 'wire: an Error whose status is %s shows its detail verbatim'],
  [
    '2.7',
    'leniency and its end',
    'wire: emails of %s are refused',
    'wire: a lookup answered by %s finds nobody, and the account is made',
  ],
  ['2.8', '429 with seconds, without, with a date', 'log: with %s'],
  [
    '2.8',
    'repeated 429',
    'log: doubles with every repeat, and at the tenth attempt the job has failed for good; the queue goes on',
  ],
  [
    '2.8',
    'the whole queue, one order per user',
    'log: holds up the whole queue of the app, in its order, and no other app',
    'kill: of one person several times changed: what was ordered first is sent first, and the last word stands',
  ],
  ['2.8', '4xx, 5xx', 'log: %i is never tried again by itself'],
  ['2.8', 'group push retried', 'log: of a group push: the log says that it will be retried'],
  ['2.8', 'Retry Selected', 'surprises: 8.1 #11 429 alone tries again by itself; everything else waits in Tasks'],
  ['2.9', 'create, empty body, licences', 'matrix: a creation answered %i is a task, and the person stays assigned'],
  ['2.9', 'update, lookup, bad token', 'matrix: a token refused later: the lookup says so, and so does an update'],
  ['2.9', 'no match', 'matrix: Create Users off and no match: Matching user not found'],
  ['2.9', 'deactivate failed', 'wire: a deactivation answered 501 is a task; no PUT is tried instead'],
  ['2.9', 'group', 'groups: a group deleted in the app fails until it is unlinked and pushed again'],
  [
    '2.9',
    'buttons, the manual to-do',
    'faults: Deactivate Users off: leaver still active, deprovision task; enable, deactivate by hand',
  ],
  ['2.9', 'failure event', 'log: a failure in the log has the shape of the sheet, and no body of a request'],
  ['2.9', 'authentication_failure', 'log: a credential refused later is an authentication failure of the integration'],
  [
    '2.9',
    'sync jobs',
    'log: Provision User and Force Sync tell their beginning, and their end when the last one is done',
  ],
  ['2.9', 'types that are not written', 'FID-OKTA-PROVISIONING-33'],
  [
    '3.2',
    '31 base attributes and their rules',
    'tables: there are 31, and neither officeName nor licenseType is among them',
    'tables: %s is called %s',
    'tables: %s = "%s" is refused',
  ],
  ['3.2', 'languages on the wire', FIXTURES],
  [
    '3.3',
    'default profile and mappings',
    'tables: the default SCIM profile and its mappings',
    'tables: the entry of Dialpad holds the minimum of the sheet',
  ],
  [
    '3.3',
    'external names of sub-objects',
    FIXTURES,
    'groups: numbers: a typed element of a list reaches the Okta profile',
  ],
  [
    '3.4',
    'officeName and licenseType',
    'matrix: a custom attribute is sent where its namespace says, and without one silently not',
  ],
  ['3.4', 'no namespace', 'faults: officeName without namespace: office ignored; recreate with namespace'],
  ['3.4', 'reserved names', 'wire: an attribute of the external name %s collides with the core schema'],
  ['3.4', 'enum', 'faults: licenseType misspelt (`dialpad-talk`): 400; enum list'],
  ['3.4', 'read-back of the number', 'groups: numbers: a typed element of a list reaches the Okta profile'],
  [
    '3.5',
    "Dialpad's table",
    'org: the attribute table of the tutorial, row by row',
    'org: officeName is the Office, and wins over department',
  ],
  ['3.5', 'what is sent of the table', 'FID-OKTA-PROVISIONING-22'],
  [
    '3.6',
    'apply on',
    'tables: Create is computed at assignment only, Create and update at every change',
    'faults: Mapping set to Create: later changes lost; Create and update',
  ],
  ['3.6', 'null and empty', 'tables: null from an expression drops the attribute, an empty text stays one'],
  [
    '3.6',
    'individual, groups, arrays',
    'tables: the administrator beats the groups, the groups beat the mapping, the first group beats the others',
    'tables: arrays are combined across groups where the attribute says so, each value once',
  ],
  [
    '3.6',
    'priority change',
    'matrix: individual beats group, the highest group beats the others, and the arrow back gives it to the group',
  ],
  ['3.7', 'every item of the language', TABLE_3_7, 'language: the template %s'],
  ['3.7', 'case-sensitive names', 'language: what is wrong is told with its place'],
  ['3.7', 'group functions', 'matrix: group functions are not computed again when membership changes'],
  [
    '4.1',
    'states and transitions',
    'life: $status, $act: $becomes',
    'life: made %s',
    'life: a password chosen makes somebody pending, expired or in recovery active',
  ],
  ['4.1', 'locked out', 'signin: the tenth wrong password locks the account, tried in a row or all at once'],
  ['4.1', 'in transition', 'FID-OKTA-PROVISIONING-34'],
  ['4.2', 'staged, activated', 'matrix: somebody staged is provisioned when assigned'],
  ['4.2', 'suspend', 'matrix: suspend, unsuspend and delete send nothing'],
  ['4.2', 'lock, expire, reset', 'life: a lock, an expired password and a reset send nothing and leave the assignment'],
  [
    '4.2',
    'deactivate, reactivate',
    'matrix: reactivated: the group assignment comes back, the individual one does not',
  ],
  ['4.2', 'removed from the group, group deleted', 'matrix: a group unassigned, or deleted, switches its members off'],
  [
    '4.2',
    'app inactive',
    'matrix: an app made inactive is sent nothing, and what happens to people leaves its assignments alone',
  ],
  ['4.2', 'integration off', 'matrix: with the integration off nothing is sent, and assignments stay'],
  [
    '4.2',
    'Deactivate Users off',
    'life: a group deleted, with Deactivate Users off: the assignment goes, the account stays, and there is a task',
  ],
  ['4.3', 'unassign', 'life: unassign: the assignment alone is gone'],
  ['4.3', 'suspend', 'life: suspend: everything is kept, and nothing is sent'],
  ['4.3', 'deactivate', 'life: deactivate: assignment, roles and password are gone, groups are kept'],
  ['4.3', 'delete', 'life: the user name is free again after a deletion, and not before'],
  ['4.3', 'sessions', 'signin: ends with Sign out, after two idle hours, and when the state of the person changes'],
  [
    '4.4',
    'rows',
    'life: queued, created, changed, failed',
    'life: a creation that failed',
    'life: single sign-on alone; lastSync moves with pushes alone',
  ],
  ['4.4', 'removed rows', 'FID-OKTA-PROVISIONING-34'],
]

const SURPRISES = 16
/** Rows of 8.2 in the order of the sheet, by the beginning of their tests; those of single sign-on by the whole title. */
const FAULTS: readonly (readonly [file: string, begins: string])[] = [
  ['faults', 'Wrong or revoked API token'],
  ['faults', 'Token pasted with "Bearer " or a line break'],
  ['faults', 'Saved but To App all unticked'],
  ['faults', 'Assigned before enabling'],
  ['faults', 'Create Users off'],
  ['faults', 'Update User Attributes off'],
  ['faults', 'Deactivate Users off'],
  ['faults', 'Username format Okta username ≠ e-mail'],
  ['faults', 'Office name differs by a letter'],
  ['faults', 'officeName without namespace'],
  ['faults', 'licenseType misspelt'],
  ['faults', 'Mapping set to Create'],
  ['faults', 'Individual assignment overriding a group'],
  ['faults', 'Group priority wrong'],
  ['faults', 'Out of licences'],
  ['faults', 'Same person removed from group'],
  ['faults', 'Suspending a leaver in Okta'],
  ['faults', 'Same group used for assign and push'],
  ['faults', 'Rename a pushed group'],
  ['faults', 'Group deleted in Dialpad'],
  ['faults', 'Server 429 / slow'],
  ['faults', 'Import pulled 0 users'],
  ['saml', 'the issuer pasted with %s: another issuer'],
  ['saml', 'the certificate is accepted with its BEGIN and END lines, and without'],
  ['saml', 'an attribute named email, not Email: refused for the attribute'],
  ['saml', 'an app that was not assigned has no tile, and its address says 403 App Not Assigned'],
  ['saml', 'SP SSO URL and SP Entity ID swapped: the answer goes to the wrong place'],
  ['saml', 'a clock that is wrong: an assertion is not yet valid, or expired (%s)'],
]

const texts = new Map<string, string>()
function textOf(short: string): string {
  const path = FILES[short]
  const file = new URL(path ?? short, ROOT)
  expect(path !== undefined && existsSync(file), `${short} names no file of tests`).toBe(true)
  const known = texts.get(short) ?? readFileSync(file, 'utf8').replaceAll('\\', '')
  texts.set(short, known)
  return known
}

/** The title stands in the file as a whole string. */
function holds(short: string, title: string): boolean {
  return ["'", '"', '`'].some((quote) => textOf(short).includes(`${quote}${title}${quote}`))
}

const LEDGER = new Map(OKTA_SPEC.ledger.map((row) => [row.id, row]))

describe('sections 2 to 4 of the sheet', () => {
  test.each(ROWS.map(([section, row, ...proofs]) => ({ section, row, proofs })))('$section $row', ({ proofs }) => {
    expect(proofs.length).toBeGreaterThan(0)
    for (const proof of proofs) {
      if (proof.startsWith('FID-')) expect(LEDGER.has(proof), proof).toBe(true)
      else {
        const [short = '', title = ''] = proof.split(/: (.*)/s)
        expect(holds(short, title), proof).toBe(true)
      }
    }
  })
})

describe('section 8', () => {
  test.each(Array.from({ length: SURPRISES }, (_, index) => index + 1))('8.1 #%i', (number) => {
    expect(textOf('surprises')).toContain(`test('8.1 #${number} `)
  })

  test.each(FAULTS)('8.2 in %s: %s', (file, begins) => {
    expect(["'", '"', '`'].some((quote) => textOf(file).includes(`${quote}${begins}`))).toBe(true)
  })
})
