import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applicationByAppId, servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import { assignableRoles } from '#idp/core/directory/assignments.ts'
import type { Application } from '#idp/core/directory/records.ts'
import { hashSecret } from '#kit/secrets.ts'
import type { OpenedSystem } from '#kit/system/open-system.ts'
import { OTHER_TENANT, TENANT_ID } from '#kit/world/constants.ts'
import type { EntraShape } from '../../../collections.ts'
import { roleTemplateId } from '../../../roles.ts'
import { assignToApp } from '../../assignments.ts'
import { consentToApp } from '../../consent.ts'
import { grantAdminConsent, revokeAdminConsent } from '../admin-consent.ts'
import { addApiPermissions, removeApiPermission } from '../api-permissions.ts'
import { removeAppRole, saveAppRole } from '../app-roles.ts'
import { addCertificate, addClientSecret, expireClientSecrets, removeClientSecret } from '../credentials.ts'
import { deleteRegistration, deleteRegistrationPermanently, restoreRegistration } from '../deleted-registrations.ts'
import { authorizeClient, removeScope, saveScope, setApplicationIdUri } from '../expose-api.ts'
import { grantedPermissions, permissionLines } from '../granted-permissions.ts'
import { scopesOf } from '../permission-names.ts'
import { editRegistration, setRedirectUris } from '../properties.ts'
import { registerApplication } from '../register.ts'
import { addRegistrationOwners } from '../registration-owners.ts'
import { addOptionalClaims, setGroupsClaim } from '../token-configuration.ts'
import { KIT, makeCertificate, openDirectory, person } from './open-directory.ts'

let system: OpenedSystem<EntraShape>
let made = 0
beforeAll(async () => {
  system = await openDirectory()
})
afterAll(() => system.close())

const deps = {
  get system() {
    return system
  },
}
const register = async (name?: string): Promise<Application> => {
  made += 1
  return (await registerApplication(deps, KIT, { displayName: name ?? `App ${made}` })).application
}
const now = (application: Application): Application => {
  const found = system.store.get('applications', application.id)
  if (found === undefined) throw new Error('The registration is gone.')
  return found
}
const principalOf = ({ appId }: Application) => servicePrincipalByAppId(system.store, TENANT_ID, appId)
const audited = (application: Application): readonly string[] =>
  [...system.store.entries('auditEvents')]
    .map(([, event]) => event)
    .filter(({ targets }) => targets.some(({ id }) => id === application.id))
    .map(({ activity }) => activity)
const ROLE = { value: 'Report.Read', displayName: 'Reader', description: 'Reads reports.', isEnabled: true } as const
const SCOPE = {
  value: 'reports.read',
  type: 'User',
  isEnabled: true,
  adminConsentDisplayName: 'Read reports',
  adminConsentDescription: 'Reads reports for the person.',
} as const

describe('registering', () => {
  test('a member without any role registers, and owns the registration and its enterprise app', async () => {
    const george = person(system, 'george.mensah')
    const { application, app } = await registerApplication(deps, george, {
      displayName: ' Reports ',
      redirectUri: { platform: 'spa', uri: 'http://localhost:3000/auth' },
    })
    expect(application).toMatchObject({
      displayName: 'Reports',
      signInAudience: 'AzureADMyOrg',
      ownerIds: [george.userId],
      spa: { redirectUris: ['http://localhost:3000/auth'] },
      requiredScopes: ['User.Read'],
    })
    expect(app).toMatchObject({ appId: application.appId, displayName: 'Reports', ownerIds: [george.userId] })
    expect(audited(application)).toEqual(['Add application'])
    await editRegistration(deps, george, { applicationId: application.id, patch: { displayName: 'Reports 2' } })
    expect(principalOf(application)?.displayName).toBe('Reports 2')
  })

  test('a guest is refused, and so is another member who does not own it', async () => {
    await expect(
      registerApplication(deps, person(system, 'lucas.meyer_northpeak.example#ext#'), { displayName: 'X' }),
    ).rejects.toMatchObject({ code: 'role_needed', status: 403 })
    const application = await register()
    const edit = editRegistration(deps, person(system, 'george.mensah'), {
      applicationId: application.id,
      patch: { displayName: 'Mine' },
    })
    await expect(edit).rejects.toMatchObject({ code: 'role_needed' })
  })

  test.each([
    ['no name', { displayName: '  ' }, 'Name is required.'],
    ['a long name', { displayName: 'x'.repeat(121) }, 'at most 120'],
    [
      'a plain address',
      { displayName: 'X', redirectUri: { platform: 'web', uri: 'http://app.example/' } },
      'must start with "https"',
    ],
  ] as const)('%s is refused and nothing is made', async (_, input, words) => {
    const before = system.store.count('applications')
    await expect(registerApplication(deps, KIT, input)).rejects.toThrow(words)
    expect(system.store.count('applications')).toBe(before)
  })

  test('another tenant’s administrator does not find it', async () => {
    const application = await register()
    const [ingrid] = system.store.find('users', 'userPrincipalName', `ingrid.solberg@${OTHER_TENANT.domain}`)
    const edit = editRegistration(
      deps,
      { kind: 'person', userId: ingrid?.id ?? '' },
      {
        applicationId: application.id,
        patch: { displayName: 'Ours' },
      },
    )
    await expect(edit).rejects.toMatchObject({ code: 'Request_ResourceNotFound' })
  })
})

describe('redirect URIs', () => {
  test('are distinct over all platforms and at most 256', async () => {
    const { id: applicationId } = await register()
    const set = (uris: object) => setRedirectUris(deps, KIT, { applicationId, uris })
    await set({ web: ['https://a.example/', ''], spa: ['https://b.example/'] })
    await expect(set({ publicClient: ['https://a.example/'] })).rejects.toThrow('registered already')
    const many = Array.from({ length: 256 }, (_, index) => `https://a.example/${index}`)
    await expect(set({ web: many })).rejects.toThrow('at most 256')
    await set({ web: many, spa: [] })
    expect(system.store.get('applications', applicationId)?.web.redirectUris).toHaveLength(256)
  })
})

describe('client secrets', () => {
  test('are kept as a hash and a hint, and are in no journal and no audit event', async () => {
    const application = await register()
    const { secret, secretText } = await addClientSecret(deps, KIT, {
      applicationId: application.id,
      displayName: 'Nightly job',
    })
    expect(secretText).toMatch(/^[A-Za-z0-9]{3}8Q~[\w.~-]{34}$/)
    expect(secret).toMatchObject({
      hint: secretText.slice(0, 3),
      hash: hashSecret(secretText),
      displayName: 'Nightly job',
    })
    const days = (Date.parse(secret.endDateTime ?? '') - Date.parse(secret.startDateTime ?? '')) / 86_400_000
    expect(days).toBe(180)
    const kept = JSON.stringify([system.store.dump(), system.journal.read({ limit: 1000 })])
    expect(kept).not.toContain(secretText)
    expect(JSON.stringify(system.journal.read({ limit: 1000 }))).not.toContain(secret.hash)
    expect(audited(application)).toEqual([
      'Add application',
      'Update application – Certificates and secrets management',
    ])
    const [event] = [...system.store.entries('auditEvents')].map(([, each]) => each).slice(-1)
    expect(event?.targets[0]?.modified).toEqual([
      { name: 'KeyDescription', oldValue: '[]', newValue: expect.stringContaining('DisplayName=Nightly job') },
    ])
    expect(JSON.stringify(event)).not.toContain(secret.hash)
  })

  test('end when told, and are deleted by id', async () => {
    const application = await register()
    const at = { applicationId: application.id }
    const { secret } = await addClientSecret(deps, KIT, at)
    await expireClientSecrets(deps, KIT, at)
    expect((now(application).secrets[0]?.endDateTime ?? '') <= system.clock.iso()).toBe(true)
    await removeClientSecret(deps, KIT, { ...at, keyId: secret.keyId })
    expect(now(application).secrets).toEqual([])
    await expect(removeClientSecret(deps, KIT, { ...at, keyId: secret.keyId })).rejects.toMatchObject({
      code: 'Request_ResourceNotFound',
    })
  })

  test.each([
    ['an end before the start', { startDateTime: '2090-01-02T00:00:00.000Z', endDateTime: '2090-01-01T00:00:00.000Z' }],
    ['an end that has passed', { startDateTime: '2001-01-01T00:00:00.000Z', endDateTime: '2001-01-02T00:00:00.000Z' }],
  ])('%s is refused', async (_, instants) => {
    const { id } = await register()
    await expect(addClientSecret(deps, KIT, { applicationId: id, ...instants })).rejects.toMatchObject({
      field: 'endDateTime',
    })
  })
})

describe('certificates', () => {
  test('are kept once, and refused when they have expired in virtual time', async () => {
    const application = await register()
    const at = { applicationId: application.id }
    const { certificate } = makeCertificate(new Date('2020-01-01'), new Date('2099-01-01'))
    const { key } = await addCertificate(deps, KIT, { ...at, certificate })
    expect(key).toMatchObject({ displayName: 'CN=reports.brightwave.example' })
    await expect(addCertificate(deps, KIT, { ...at, certificate })).rejects.toThrow('uploaded already')
    const old = makeCertificate(new Date('2020-01-01'), new Date('2021-01-01'))
    await expect(addCertificate(deps, KIT, { ...at, certificate: old.certificate })).rejects.toThrow('has expired')
  })
})

describe('scopes and app roles', () => {
  test('the first scope names the API, values are unique, and what is enabled is not deleted', async () => {
    const application = await register()
    const at = { applicationId: application.id }
    const after = await saveScope(deps, KIT, { ...at, scope: SCOPE })
    expect(after.identifierUris).toEqual([`api://${application.appId}`])
    await expect(saveScope(deps, KIT, { ...at, scope: SCOPE })).rejects.toThrow("the value 'reports.read' already")
    const scopeId = scopesOf(after)[0]?.id ?? ''
    await expect(removeScope(deps, KIT, { ...at, scopeId })).rejects.toMatchObject({ field: 'isEnabled' })
    await saveScope(deps, KIT, { ...at, scopeId, scope: { ...SCOPE, isEnabled: false } })
    await removeScope(deps, KIT, { ...at, scopeId })
    expect(scopesOf(now(application))).toEqual([])
  })

  test('a role is offered by the enterprise app at once, and no longer when it is disabled', async () => {
    const application = await register()
    const at = { applicationId: application.id }
    const after = await saveAppRole(deps, KIT, { ...at, role: { ...ROLE, allowedMemberTypes: ['User'] } })
    const roleId = after.appRoles[0]?.id ?? ''
    const app = principalOf(application)
    expect(app && assignableRoles(app).map(({ displayName }) => displayName)).toEqual(['Reader'])
    const userId = person(system, 'ada.okafor').userId
    await assignToApp(deps, KIT, { appId: app?.id ?? '', principalIds: [userId], appRoleId: roleId })
    await expect(removeAppRole(deps, KIT, { ...at, roleId })).rejects.toThrow('Disable it before')
    await saveAppRole(deps, KIT, { ...at, roleId, role: { ...ROLE, allowedMemberTypes: ['User'], isEnabled: false } })
    await removeAppRole(deps, KIT, { ...at, roleId })
    expect(principalOf(application)?.appRoles).toEqual([])
  })

  test.each([
    ['a blank in the value', { value: 'Report Read' }, 'value'],
    ['no value', { value: '' }, 'value'],
    ['a dot in front', { value: '.read' }, 'value'],
    ['no display name', { displayName: '' }, 'roleDisplayName'],
    ['no description', { description: ' ' }, 'description'],
    ['nobody who can hold it', { allowedMemberTypes: [] }, 'allowedMemberTypes'],
  ])('a role with %s is refused beside its field', async (_, wrong, field) => {
    const { id } = await register()
    const role = { ...ROLE, allowedMemberTypes: ['User'] as const, ...wrong }
    await expect(saveAppRole(deps, KIT, { applicationId: id, role })).rejects.toMatchObject({ field })
  })

  test('an Application ID URI belongs to one application of the tenant', async () => {
    const [one, other] = [await register(), await register()]
    const uri = 'api://brightwave.example/shared'
    await setApplicationIdUri(deps, KIT, { applicationId: one.id, uri })
    await expect(setApplicationIdUri(deps, KIT, { applicationId: other.id, uri })).rejects.toMatchObject({
      code: 'ObjectConflict',
    })
  })

  test('authorized clients name scopes the API has, and lose them with the scope', async () => {
    const [api, client] = [await register(), await register()]
    const at = { applicationId: api.id }
    const scopeId = scopesOf(await saveScope(deps, KIT, { ...at, scope: SCOPE }))[0]?.id ?? ''
    await authorizeClient(deps, KIT, { ...at, clientId: client.appId, scopeIds: [scopeId] })
    expect(now(api).api?.preAuthorizedApplications).toEqual([
      { appId: client.appId, delegatedPermissionIds: [scopeId] },
    ])
    await expect(authorizeClient(deps, KIT, { ...at, clientId: 'me', scopeIds: [scopeId] })).rejects.toThrow('GUID')
    await expect(authorizeClient(deps, KIT, { ...at, clientId: client.appId, scopeIds: ['x'] })).rejects.toThrow(
      'no scope',
    )
    await saveScope(deps, KIT, { ...at, scopeId, scope: { ...SCOPE, isEnabled: false } })
    await removeScope(deps, KIT, { ...at, scopeId })
    expect(now(api).api?.preAuthorizedApplications).toEqual([])
  })
})

describe('API permissions and admin consent', () => {
  test('delegated and application permissions, of Graph and of an own API, are granted as asked for', async () => {
    const [api, client] = [await register('Reports API'), await register()]
    await saveScope(deps, KIT, { applicationId: api.id, scope: SCOPE })
    await saveAppRole(deps, KIT, { applicationId: api.id, role: { ...ROLE, allowedMemberTypes: ['Application'] } })
    const at = { applicationId: client.id }
    const name = `api://${api.appId}`
    await addApiPermissions(deps, KIT, { ...at, type: 'delegated', names: ['Mail.Read', `${name}/reports.read`] })
    await addApiPermissions(deps, KIT, { ...at, type: 'application', names: ['User.Read.All', `${name}/Report.Read`] })
    expect(grantedPermissions(system.store, TENANT_ID, client)).toEqual({ delegated: [], application: [] })
    await grantAdminConsent(deps, KIT, at)
    expect(grantedPermissions(system.store, TENANT_ID, client)).toEqual({
      delegated: ['User.Read', 'Mail.Read', `${name}/reports.read`],
      application: ['User.Read.All', `${name}/Report.Read`],
    })
    const grants = system.store.find('permissionGrants', 'client', principalOf(client)?.id ?? '')
    expect(grants.map(({ resourceId, scope }) => [resourceId, scope])).toEqual([
      [undefined, 'User.Read Mail.Read'],
      [principalOf(api)?.id, 'reports.read'],
    ])

    // The API takes another name, and its scope another value: what was granted stays granted.
    await setApplicationIdUri(deps, KIT, { applicationId: api.id, uri: 'api://brightwave.example/reports' })
    expect(now(client)).toMatchObject({
      requiredScopes: ['User.Read', 'Mail.Read', 'api://brightwave.example/reports/reports.read'],
      requiredRoles: ['User.Read.All', 'api://brightwave.example/reports/Report.Read'],
    })
    expect(principalOf(client)?.applicationPermissions).toEqual([
      'User.Read.All',
      'api://brightwave.example/reports/Report.Read',
    ])

    await removeApiPermission(deps, KIT, { ...at, type: 'delegated', name: 'Mail.Read' })
    const { configured, other } = permissionLines(system.store, TENANT_ID, now(client))
    expect(configured.every(({ isGranted }) => isGranted)).toBe(true)
    expect(other.map((line) => line.name)).toEqual(['Mail.Read'])
    await grantAdminConsent(deps, KIT, at)
    expect(permissionLines(system.store, TENANT_ID, now(client)).other).toEqual([])

    await revokeAdminConsent(deps, KIT, { ...at, permission: { type: 'application', name: 'User.Read.All' } })
    await revokeAdminConsent(deps, KIT, { ...at, permission: { type: 'delegated', name: 'User.Read' } })
    expect(grantedPermissions(system.store, TENANT_ID, client)).toEqual({
      delegated: ['api://brightwave.example/reports/reports.read'],
      application: ['api://brightwave.example/reports/Report.Read'],
    })
    await revokeAdminConsent(deps, KIT, at)
    expect(grantedPermissions(system.store, TENANT_ID, client)).toEqual({ delegated: [], application: [] })
  })

  test('what people have consented to for themselves stays', async () => {
    const client = await register()
    const ada = person(system, 'ada.okafor')
    await consentToApp(system, ada.userId, { clientId: client.appId, requested: [], forOrganization: false })
    await grantAdminConsent(deps, KIT, { applicationId: client.id })
    await revokeAdminConsent(deps, KIT, { applicationId: client.id })
    const grants = system.store.find('permissionGrants', 'client', principalOf(client)?.id ?? '')
    expect(grants.map(({ principalId }) => principalId)).toEqual([ada.userId])
  })

  test('an unknown permission, and one that was disabled, cannot be asked for', async () => {
    const [api, client] = [await register(), await register()]
    await saveScope(deps, KIT, { applicationId: api.id, scope: { ...SCOPE, isEnabled: false } })
    const at = { applicationId: client.id, type: 'delegated' as const }
    for (const name of ['Shoe.Size', `api://${api.appId}/reports.read`, 'api://nobody/reports.read']) {
      await expect(addApiPermissions(deps, KIT, { ...at, names: [name] })).rejects.toThrow('No API of this tenant')
    }
  })

  test('an owner asks but does not grant; application permissions of Graph need a Global Administrator', async () => {
    const george = person(system, 'george.mensah')
    const { application } = await registerApplication(deps, george, { displayName: 'Owned' })
    const at = { applicationId: application.id }
    await expect(grantAdminConsent(deps, george, at)).rejects.toMatchObject({ code: 'role_needed' })
    const jonas = person(system, 'jonas.weber')
    const roles = system.store.find('directoryRoles', 'user', jonas.userId).map((each) => each.roleTemplateId)
    expect(roles).toEqual([roleTemplateId('Application Administrator')])
    await grantAdminConsent(deps, jonas, at)
    await addApiPermissions(deps, george, { ...at, type: 'application', names: ['User.Read.All'] })
    await expect(grantAdminConsent(deps, jonas, at)).rejects.toThrow('Global Administrator or Privileged Role')
    expect(principalOf(application)?.applicationPermissions ?? []).toEqual([])
    await grantAdminConsent(deps, person(system, 'marta.silva'), at)
    expect(principalOf(application)?.applicationPermissions).toEqual(['User.Read.All'])
  })
})

describe('token configuration', () => {
  test('groups and optional claims go where the manifest has them', async () => {
    const application = await register()
    const at = { applicationId: application.id }
    await addOptionalClaims(deps, KIT, { ...at, tokenType: 'idToken', names: ['upn', 'ctry'] })
    await setGroupsClaim(deps, KIT, { ...at, groups: 'SecurityGroup', properties: { idToken: ['emit_as_roles'] } })
    expect(now(application)).toMatchObject({
      groupMembershipClaims: 'SecurityGroup',
      optionalClaims: {
        idToken: [{ name: 'upn' }, { name: 'ctry' }, { name: 'groups', additionalProperties: ['emit_as_roles'] }],
        accessToken: [{ name: 'groups', additionalProperties: [] }],
      },
    })
    await expect(addOptionalClaims(deps, KIT, { ...at, tokenType: 'idToken', names: ['idtyp'] })).rejects.toThrow(
      'no optional claim of ID tokens',
    )
    await setGroupsClaim(deps, KIT, { ...at, groups: null })
    expect(now(application).groupMembershipClaims).toBeUndefined()
  })
})

describe('deleting', () => {
  test('takes the enterprise app along, and a restore brings both back with assignments and consents', async () => {
    const application = await register()
    const at = { applicationId: application.id }
    const before = principalOf(application)
    const ada = person(system, 'ada.okafor')
    await assignToApp(deps, KIT, { appId: before?.id ?? '', principalIds: [ada.userId] })
    await grantAdminConsent(deps, KIT, at)
    await deleteRegistration(deps, KIT, at)
    expect(applicationByAppId(system.store, application.appId)).toBeUndefined()
    expect(principalOf(application)).toBeUndefined()
    expect(system.store.count('appRoleAssignments', 'resource', before?.id ?? '')).toBe(0)
    await expect(editRegistration(deps, KIT, { ...at, patch: {} })).rejects.toMatchObject({
      code: 'Request_ResourceNotFound',
    })
    await restoreRegistration(deps, KIT, at)
    expect(principalOf(application)).toEqual(before)
    expect(system.store.count('appRoleAssignments', 'resource', before?.id ?? '')).toBe(1)
    expect(grantedPermissions(system.store, TENANT_ID, application).delegated).toEqual(['User.Read'])
    expect(audited(application)).toEqual(['Add application', 'Delete application', 'Restore application'])
  })

  test('an API takes the consents to it along, and brings them back', async () => {
    const [api, client] = [await register(), await register()]
    const after = await saveScope(deps, KIT, { applicationId: api.id, scope: SCOPE })
    const name = `${after.identifierUris?.[0]}/reports.read`
    await addApiPermissions(deps, KIT, { applicationId: client.id, type: 'delegated', names: [name] })
    await grantAdminConsent(deps, KIT, { applicationId: client.id })
    await deleteRegistration(deps, KIT, { applicationId: api.id })
    expect(grantedPermissions(system.store, TENANT_ID, client).delegated).toEqual(['User.Read'])
    await restoreRegistration(deps, KIT, { applicationId: api.id })
    expect(grantedPermissions(system.store, TENANT_ID, client).delegated).toEqual(['User.Read', name])
  })

  test('is for good at once when told, and after 30 virtual days by itself', async () => {
    const [one, other] = [await register(), await register()]
    await deleteRegistration(deps, KIT, { applicationId: one.id })
    await deleteRegistrationPermanently(deps, KIT, { applicationId: one.id })
    expect(system.store.has('applications', one.id)).toBe(false)
    await deleteRegistration(deps, KIT, { applicationId: other.id })
    await system.control.moveClock({ kind: 'advance', duration: 'P29D' })
    expect(system.store.has('applications', other.id)).toBe(true)
    await system.control.moveClock({ kind: 'advance', duration: 'P2D' })
    expect(system.store.has('applications', other.id)).toBe(false)
    expect(system.store.has('deletedServicePrincipals', other.id)).toBe(false)
    expect(audited(other)).toContain('Hard Delete application')
  })
})

describe('owners', () => {
  test('manage the registration without a role', async () => {
    const application = await register()
    const rosa = person(system, 'rosa.jimenez')
    const edit = () =>
      editRegistration(deps, rosa, { applicationId: application.id, patch: { displayName: 'By Rosa' } })
    await expect(edit()).rejects.toMatchObject({ code: 'role_needed' })
    await addRegistrationOwners(deps, KIT, { applicationId: application.id, ownerIds: [rosa.userId] })
    expect((await edit()).displayName).toBe('By Rosa')
    const again = addRegistrationOwners(deps, KIT, { applicationId: application.id, ownerIds: [rosa.userId] })
    await expect(again).rejects.toThrow('is an owner already')
  })
})
