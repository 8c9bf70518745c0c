import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createScene, type Scene } from '../scene/scene.ts'
import { ENTRA_COMMANDS } from '../scene/tables.ts'
import { type Kit, startKit } from '../start-kit.ts'
import { countingRuns, type Fields, recordsOf, refusalOf, writtenBy } from './stage.ts'

const MARTA = 'marta.silva@brightwave.example'
const BEN = 'ben.castillo@brightwave.example'
const NEW = 'ada.byron@brightwave.example'
const GROUP = 'Dialpad Users'
const ACS = 'http://localhost:3999/acs'

let kit: Kit
let entra: Scene['entra']
const ran = new Set<string>()
beforeAll(async () => {
  kit = await startKit({ world: 'connected-entra' })
  entra = createScene({ ...kit.control, entra: countingRuns(kit.control.entra, ran) }).entra
})
afterAll(() => kit.close())
beforeEach(async () => {
  await kit.control.kit.reset({ world: 'connected-entra' })
})

const records = (collection: string) => recordsOf(kit.control.entra, collection)
const person = async (name: string): Promise<Fields | undefined> =>
  (await records('users')).find(({ userPrincipalName }) => userPrincipalName === name)
const group = async (name: string): Promise<Fields | undefined> =>
  (await records('groups')).find(({ displayName }) => displayName === name)
const app = async (name = 'Dialpad'): Promise<Fields | undefined> =>
  (await records('servicePrincipals')).find(({ displayName }) => displayName === name)
const job = async (): Promise<Fields> => (await records('provisioningJobs'))[0] ?? {}
async function mapping(kind: 'users' | 'groups' = 'users'): Promise<Fields> {
  return ((await job())['schema'] as Record<string, Fields>)[kind] ?? {}
}
const row = async (attribute: string): Promise<Fields | undefined> =>
  ((await mapping())['attributeMappings'] as Fields[]).find(
    ({ targetAttributeName }) => targetAttributeName === attribute,
  )
const activities = async () => (await records('auditEvents')).map(({ activity }) => activity)

test('people: added, changed, blocked, deleted, restored, deleted for good', async () => {
  const made = await entra.addPerson(NEW, { displayName: 'Ada Byron', jobTitle: 'Analyst', manager: MARTA })
  expect(made.password?.length).toBeGreaterThan(8)
  const { id: managerId } = (await person(MARTA)) ?? {}
  expect(await person(NEW)).toMatchObject({ id: made.id, jobTitle: 'Analyst', managerId, accountEnabled: true })
  await entra.editPerson(NEW, { jobTitle: null, department: 'Support', manager: null })
  const changed = await person(NEW)
  expect([changed?.['jobTitle'], changed?.['department'], changed?.['managerId']]).toEqual([
    undefined,
    'Support',
    undefined,
  ])
  expect((await entra.blockPerson(NEW)).accountEnabled).toBe(false)
  expect((await entra.unblockPerson(NEW)).accountEnabled).toBe(true)
  expect(await entra.resetPassword(NEW, { password: 'Correct-Horse-9' })).not.toHaveProperty('password')
  await entra.deletePerson(NEW)
  expect((await person(NEW))?.['deletedDateTime']).toBeDefined()
  await entra.restorePerson(NEW)
  expect((await person(NEW))?.['deletedDateTime']).toBeUndefined()
  await entra.deletePerson(made.id)
  await entra.erasePerson(NEW)
  expect(await person(NEW)).toBeUndefined()
  expect(await activities()).toEqual(expect.arrayContaining(['Add user', 'Update user', 'Delete user', 'Restore user']))
})

test('sign-in: passwords that expire, second factors, how often', async () => {
  expect(await entra.expirePassword(BEN)).toMatchObject({ mustChangePassword: true })
  expect(await entra.requireMfa(BEN)).toMatchObject({ mfa: 'enabled', authenticator: 'none' })
  expect(await entra.registerAuthenticator(BEN)).toMatchObject({ mfa: 'enforced', authenticator: 'registered' })
  const { codes, secondsLeft } = await entra.authenticatorCodes()
  expect(codes).toEqual([expect.objectContaining({ person: BEN, code: expect.stringMatching(/^\d{6}$/) })])
  expect(secondsLeft).toBeGreaterThan(0)
  expect(await entra.removeAuthenticator(BEN)).toMatchObject({ authenticator: 'none' })
  expect(await entra.requireMfa(BEN, { state: 'disabled' })).toMatchObject({ mfa: 'disabled' })
  expect(await entra.signInFrequency({ hours: 4 })).toEqual({ hours: 4 })
  expect(await records('signInFrequency')).toEqual([{ hours: 4 }])
  await entra.signInFrequency({ hours: null })
  expect(await records('signInFrequency')).toEqual([])
  await entra.resetPassword(BEN, { password: 'Correct-Horse-9' })
})

test('groups: with members, renamed, deleted and restored', async () => {
  const { id } = await entra.addGroup('Pilots', { members: [BEN], description: 'First' })
  await entra.editGroup('pilots', { name: 'Crew', description: null })
  await entra.addMember('Crew', { member: [MARTA, GROUP] })
  await entra.removeMember('Crew', { member: BEN })
  const members = (await records('groupMembers')).filter(({ groupId }) => groupId === id)
  expect(members.map(({ memberId }) => memberId).toSorted()).toEqual(
    [(await person(MARTA))?.['id'], (await group(GROUP))?.['id']].toSorted(),
  )
  await entra.deleteGroup('Crew')
  expect((await group('Crew'))?.['deletedDateTime']).toBeDefined()
  await entra.restoreGroup('Crew')
  expect((await group('Crew'))?.['deletedDateTime']).toBeUndefined()
})

test('apps: from the gallery by consent, of one’s own, with consents, assignments and properties', async () => {
  await entra.removeApp()
  expect([await app(), await records('provisioningJobs')]).toEqual([undefined, []])
  const { appId } = await entra.addApp({ by: MARTA })
  expect(await app()).toMatchObject({ id: appId, templateId: 'dialpad' })
  const grants = async () => (await records('permissionGrants')).filter(({ clientId }) => clientId === appId)
  expect(await grants()).toMatchObject([{ consentType: 'AllPrincipals' }])
  await entra.consent(BEN)
  expect((await grants()).map(({ consentType }) => consentType).toSorted()).toEqual(['AllPrincipals', 'Principal'])
  await entra.revokeConsent(BEN)
  await entra.revokeConsent()
  expect(await grants()).toEqual([])
  await entra.addApp({ name: 'Wiki' })
  expect(await app('Wiki')).toMatchObject({ templateId: 'scim' })
  await entra.assign([BEN, GROUP], { app: 'Wiki' })
  const { unassigned } = await entra.unassign(BEN, { app: 'Wiki' })
  expect(unassigned).toEqual([(await person(BEN))?.['id']])
  await entra.editApp({ app: 'Wiki', name: 'Our wiki', enabled: false, assignmentRequired: false, visible: false })
  expect(await app('Our wiki')).toMatchObject({
    accountEnabled: false,
    appRoleAssignmentRequired: false,
    visibleToUsers: false,
  })
})

test('consent: settings of the tenant, a request for approval and its review', async () => {
  await entra.removeApp()
  const settings = await entra.consentSettings({ users: 'block', requests: true, reviewers: [MARTA], days: 3 })
  expect(settings).toMatchObject({ users: 'block', requests: { enabled: true, reviewers: [MARTA], expireDays: 3 } })
  await expect(entra.consent(BEN, { app: 'Sample web app' })).rejects.toMatchObject({ code: 'needs_admin' })
  const { requestId } = await entra.requestApproval(BEN, { reason: 'Calls' })
  expect(await entra.reviewApproval({ decision: 'approve' })).toEqual({ requestId, state: 'Approved' })
  expect(await app()).toMatchObject({ templateId: 'dialpad' })
  await expect(entra.reviewApproval()).rejects.toMatchObject({ code: 'no_request' })
  expect(await entra.consentSettings({ users: 'low-impact', lowImpact: ['User.Read'] })).toMatchObject({
    users: 'low-impact',
    lowImpact: ['User.Read'],
  })
})

test('provisioning: stopped, changed, started, run, restarted, deleted and configured again', async () => {
  expect((await entra.stopProvisioning()).state).not.toBe('Active')
  await entra.setProperties({ scope: 'all', notificationEmail: MARTA, deletionThreshold: 5 })
  expect(await job()).toMatchObject({
    scope: 'all',
    notification: { enabled: true, email: MARTA },
    deletionGuard: { enabled: true, threshold: 5 },
  })
  await entra.setProperties({ scope: 'assigned', deletionThreshold: null, notificationEmail: null })
  expect(await job()).toMatchObject({ notification: { enabled: false }, deletionGuard: { enabled: false } })
  await entra.startProvisioning()
  expect(await entra.runCycle()).toMatchObject({ ended: 'completed' })
  await entra.restartProvisioning()
  expect(await entra.runCycle()).toMatchObject({ ended: 'completed' })
  expect(await entra.provisionOnDemand(BEN)).toMatchObject({ status: expect.any(String) })
  const { secret } = await kit.scene.issueKey('Other')
  await entra.setToken(secret)
  expect(await refusalOf(entra.setToken('wrong'))).toEqual([422, 'connection_failed'])
  await entra.setToken('wrong', { test: false })
  await entra.runCycle()
  expect((await records('provisioningLogs')).length + (await activities()).length).toBeGreaterThan(0)
  const [run] = await records('provisioningRuns')
  expect(JSON.stringify(run)).toMatch(/uarantine|Credential/)
  await entra.deleteConfiguration()
  expect(await records('provisioningJobs')).toEqual([])
  const input = { tenantUrl: 'https://dialpad.com/scim', token: secret, notificationEmail: MARTA, deletionThreshold: 9 }
  const { jobId } = await entra.configureProvisioning(input)
  expect(await job()).toMatchObject({ id: jobId, scope: 'assigned', deletionGuard: { enabled: true, threshold: 9 } })
})

test('staged deletions are allowed', async () => {
  await entra.setProperties({ notificationEmail: MARTA, deletionThreshold: 1 })
  await entra.unassign(GROUP)
  await entra.runCycle()
  const working = async () => (await records('provisioningLinks')).filter(({ active }) => active).length
  expect(await working()).toBeGreaterThan(1)
  await entra.allowDeletes()
  await entra.runCycle()
  expect(await working()).toBeLessThanOrEqual(1)
})

test('the mapping: rows, filters, actions, attributes, and back to the default', async () => {
  await entra.stopProvisioning()
  const before = await mapping()
  await entra.setMapping('title', { expression: 'ToUpper([jobTitle], )', defaultValue: 'None', apply: 'ObjectAddOnly' })
  expect(await row('title')).toMatchObject({
    source: { type: 'Function' },
    defaultValue: 'None',
    flowType: 'ObjectAddOnly',
  })
  await entra.setMapping('title', { source: 'department', defaultValue: null, matching: 7 })
  expect(await row('title')).toMatchObject({ source: { type: 'Attribute', name: 'department' }, matchingPriority: 7 })
  await entra.setMapping('title', { matching: false })
  expect(await row('title')).toMatchObject({ matchingPriority: 0 })
  await entra.removeMapping('title')
  expect(await row('title')).toBeUndefined()
  await entra.setMapping('title', { constant: 'Agent' })
  expect(await row('title')).toMatchObject({ source: { type: 'Constant', value: 'Agent' } })
  await entra.setMappingActions({ delete: false })
  expect((await mapping())['actions']).toEqual({ create: true, update: true, delete: false })
  const clauses = [{ attribute: 'department', operator: 'EQUALS' as const, value: 'Support' }]
  await entra.setScope({ filters: [{ title: 'Support', clauses }] })
  expect((await mapping())['scopingFilters']).toEqual([{ title: 'Support', clauses }])
  const extra = 'urn:ietf:params:scim:schemas:extension:Kit:2.0:User:desk'
  await entra.addTargetAttribute(extra)
  const listed = async () => JSON.stringify((await mapping())['targetAttributes'])
  expect(await listed()).toContain(extra)
  await entra.removeTargetAttribute(extra)
  expect(await listed()).not.toContain(extra)
  expect((await entra.restoreMapping()).changed).toBe(true)
  expect(await mapping()).toEqual(before)
})

test.each([
  ['add-app', { template: 'custom' }, [400, 'invalid_body']],
  ['add-app', {}, [409, 'ObjectConflict']],
  ['assign', { principal: 'Nobody' }, [404, 'unknown_principal']],
  ['assign', { principal: GROUP }, [422, 'Request_BadRequest']],
  ['assign', { principal: GROUP, app: 'Nothing' }, [404, 'unknown_app']],
  ['assign', { principal: BEN, role: 'Captain' }, [404, 'unknown_role']],
  ['unassign', { principal: MARTA }, [404, 'not_assigned']],
  ['revoke-consent', { person: BEN }, [404, 'no_consent']],
  ['configure-provisioning', { tenantUrl: 'https://dialpad.com/scim', token: 'x' }, [409, 'configured_already']],
  ['configure-provisioning', { tenantUrl: 'x', token: 'x', deletionThreshold: 4 }, [400, 'invalid_body']],
  ['set-token', { token: 'x', other: 1 }, [400, 'invalid_body']],
  ['set-properties', { deletionThreshold: 3, notificationEmail: null }, [422, 'invalid_properties']],
  ['start-provisioning', {}, [409, 'started_already']],
  ['restore-mapping', {}, [409, 'still_started']],
  ['allow-deletes', {}, [409, 'nothing_staged']],
  ['set-mapping', { attribute: 'title', source: 'a', constant: 'b' }, [400, 'invalid_body']],
  ['set-mapping', { attribute: 'title', source: 'nothing' }, [422, 'invalid_mapping']],
  ['set-mapping', { attribute: 'title', expression: 'Nope(' }, [422, 'invalid_mapping']],
  ['remove-mapping', { attribute: 'nothing' }, [404, 'unknown_attribute']],
  ['set-scope', { filters: [{ title: 'Empty', clauses: [] }] }, [422, 'invalid_mapping']],
  ['add-target-attribute', { name: 'desk' }, [422, 'invalid_mapping']],
  ['remove-target-attribute', { name: 'userName' }, [422, 'invalid_mapping']],
  ['add-person', { userPrincipalName: BEN, displayName: 'Ben' }, [409, 'ObjectConflict']],
  ['add-person', { userPrincipalName: 'x@other.example', displayName: 'X' }, [422, 'Request_BadRequest']],
  ['edit-person', { person: BEN, shoeSize: 43 }, [400, 'invalid_body']],
  ['restore-person', { person: BEN }, [404, 'unknown_person']],
  ['add-member', { group: 'Nobody', member: BEN }, [404, 'unknown_group']],
  ['add-group', { name: 'Half', members: [BEN, 'Nobody'] }, [404, 'unknown_principal']],
  ['retire-signing-key', { kid: 'nothing' }, [404, 'unknown_key']],
  ['add-saml-app', { name: 'X', identifier: 'no uri', replyUrl: ACS }, [422, 'Request_BadRequest']],
  ['edit-saml-app', { app: 'Dialpad', nameId: 'user.mail' }, [404, 'Request_ResourceNotFound']],
  ['add-redirect-uri', { uri: 'http://elsewhere.example/' }, [422, 'Request_BadRequest']],
  ['add-api-permission', { permission: 'Nothing.Read' }, [422, 'Request_BadRequest']],
] as const)('%s %j is refused, and nothing is changed', async (command, input, expected) => {
  const before = await writtenBy(kit.control.entra)
  expect(await refusalOf(kit.control.entra.run(command, input))).toEqual(expected)
  expect(await writtenBy(kit.control.entra)).toEqual(before)
})

test('the signing key: rolled over, the old one retired with it or later, the new one not', async () => {
  const keys = async () => {
    const answer = await fetch(`${kit.urls.entra}/common/discovery/v2.0/keys`)
    return ((await answer.json()) as { readonly keys: readonly { readonly kid: string }[] }).keys.map(({ kid }) => kid)
  }
  const [old] = await keys()
  const rolled = await entra.rollSigningKey()
  expect(rolled).toEqual({ signing: rolled.signing, alsoPublished: [old], retired: [] })
  expect(await keys()).toEqual([rolled.signing, old])
  expect(await refusalOf(kit.control.entra.run('retire-signing-key', { kid: rolled.signing }))).toEqual([
    409,
    'key_in_use',
  ])
  expect((await entra.retireSigningKey()).retired).toEqual([old])
  const again = await entra.rollSigningKey({ retire: true })
  expect(again).toMatchObject({ alsoPublished: [], retired: [rolled.signing] })
  expect(await keys()).toEqual([again.signing])
})

/** The registration of a name as it is stored. */
const registration = async (name: string): Promise<Fields> =>
  (await records('applications')).find(({ displayName }) => displayName === name) ?? {}

test('registrations: made, changed, deleted, restored; addresses and credentials come and go', async () => {
  const made = await entra.createAppRegistration('Reports', {
    platform: 'web',
    redirectUri: 'https://reports.example/signin',
    owner: BEN,
  })
  await entra.editAppRegistration('Reports', { publicClientFlows: true, tokenVersion: 2 })
  await entra.addRedirectUri({ app: 'Reports', platform: 'spa', uri: 'http://localhost:3999/' })
  await entra.removeRedirectUri({ app: 'Reports', uri: 'https://reports.example/signin' })
  expect(await registration('Reports')).toMatchObject({
    appId: made.clientId,
    isFallbackPublicClient: true,
    web: { redirectUris: [] },
    spa: { redirectUris: ['http://localhost:3999/'] },
  })

  const { keyId, secret } = await entra.addClientSecret('Reports', { days: 90 })
  expect(JSON.stringify(await records('applications')), 'a hash alone is kept').not.toContain(secret)
  await entra.expireClientSecret('Reports', { keyId })
  const [expired] = (await registration('Reports'))['secrets'] as Fields[]
  expect(Date.parse(String(expired?.['endDateTime']))).toBeLessThanOrEqual(Date.now() + 1000)
  await entra.removeClientSecret('Reports')
  const { certificate = '' } = await entra.addSamlApp({ name: 'Signer', identifier: 'urn:x:signer', replyUrl: ACS })
  expect((await entra.addCertificate({ app: 'Reports', certificate })).thumbprint).toMatch(/^[0-9A-F]{40}$/)
  await entra.removeCertificate('Reports')
  expect(await registration('Reports')).toMatchObject({ secrets: [], keyCredentials: [] })

  await entra.deleteAppRegistration('Reports')
  expect((await registration('Reports'))['deletedDateTime']).toBeDefined()
  await entra.restoreAppRegistration('Reports')
  expect((await registration('Reports'))['deletedDateTime']).toBeUndefined()
})

test('registrations: an API with scopes and roles, permissions to it, what an administrator grants, claims', async () => {
  await entra.createAppRegistration('Orders')
  await entra.createAppRegistration('Shop')
  const { applicationIdUri: orders } = await entra.exposeApi('Orders')
  expect(orders).toBe(`api://${(await registration('Orders'))['appId']}`)
  await entra.addScope({ app: 'Orders', name: 'read' })
  await entra.addScope({ app: 'Orders', name: 'write', who: 'admins' })
  await entra.authorizeClient({ app: 'Orders', client: 'Shop', scopes: ['read'] })
  await entra.addAppRole({ app: 'Orders', value: 'Orders.Feed', for: 'apps' })
  await entra.addAppRole({ app: 'Orders', value: 'Orders.Idle', enabled: false })
  await entra.removeAppRole({ app: 'Orders', value: 'Orders.Idle' })
  await entra.addApiPermission({ app: 'Shop', permission: ['User.Read', `${orders}/write`] })
  await entra.addApiPermission({ app: 'Shop', permission: `${orders}/Orders.Feed`, type: 'application' })
  expect(await registration('Shop')).toMatchObject({ requiredScopes: expect.arrayContaining([`${orders}/write`]) })
  const granted = await entra.grantAdminConsent('Shop')
  expect(granted.applicationPermissions).toEqual([`${orders}/Orders.Feed`])
  expect((await records('permissionGrants')).map(({ scope }) => scope)).toContain('write')
  await entra.revokeAdminConsent('Shop')
  expect((await records('permissionGrants')).map(({ scope }) => scope)).not.toContain('write')
  await entra.removeApiPermission({ app: 'Shop', permission: `${orders}/write` })
  await entra.removeScope({ app: 'Orders', name: 'write' })
  await entra.setGroupsClaim({ app: 'Shop', groups: 'SecurityGroup' })
  await entra.addOptionalClaims({ app: 'Shop', claims: ['email'] })
  expect(await registration('Shop')).toMatchObject({
    groupMembershipClaims: 'SecurityGroup',
    optionalClaims: { idToken: expect.arrayContaining([expect.objectContaining({ name: 'email' })]) },
  })
})

test('consent: the tenant’s settings, a request for approval, its review', async () => {
  await entra.removeApp('Dialpad')
  expect(await entra.consentSettings({ users: 'block', requests: true, reviewers: [MARTA] })).toBeDefined()
  const { requestId } = await entra.requestApproval(BEN, { reason: 'For calls' })
  expect(await entra.reviewApproval({ decision: 'approve' })).toMatchObject({ requestId, state: expect.any(String) })
  expect(await app(), 'approved, it is among the apps').toBeDefined()
  expect(await refusalOf(kit.control.entra.run('review-approval', {}))).toEqual([404, 'no_request'])
})

test('SAML: an app is set up, changed, given other claims and certificates, and switched off', async () => {
  const made = await entra.addSamlApp({
    name: 'Wallboard',
    identifier: 'https://wallboard.example/saml',
    replyUrl: ACS,
    claims: { Region: '"EMEA"' },
  })
  const settings = async (): Promise<Fields> => (await records('samlSettings'))[0] ?? {}
  await entra.editSamlApp('Wallboard', { nameId: 'user.mail', relayState: 'home', signingOption: 'both' })
  await entra.editSamlApp('Wallboard', { relayState: null })
  expect(await settings()).toMatchObject({ nameId: { source: 'user.mail' }, signingOption: 'both', replyUrls: [ACS] })
  expect(await settings()).not.toHaveProperty('relayState')
  const { claims } = await entra.setSamlClaim({ app: 'Wallboard', name: 'Region', source: null })
  expect(claims).not.toContain('Region')
  const rolled = await entra.rollSamlCertificate('Wallboard')
  expect(rolled.thumbprint).not.toBe(made.thumbprint)
  const back = await entra.activateSamlCertificate({ app: 'Wallboard', thumbprint: made.thumbprint ?? '' })
  expect(back.certificate).toBe(made.certificate)
  await entra.disableSaml('Wallboard')
  expect([await records('samlSettings'), await records('samlCertificates')]).toEqual([[], []])
})

test('a name two groups have is refused, and tells their ids', async () => {
  const first = await entra.addGroup('Twins')
  await entra.addGroup('Twins')
  const error = await entra.assign('Twins').catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ status: 409, code: 'ambiguous_group', hint: expect.stringContaining(first.id) })
})

test('every command was run', () => {
  expect([...ran].toSorted()).toEqual(Object.keys(ENTRA_COMMANDS).toSorted())
})
