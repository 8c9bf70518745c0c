import { describe, expect, test } from 'vitest'
import { SAMPLE_WEB_APP } from '#kit/world/constants.ts'
import { useDesk } from './desk.ts'

const desk = useDesk()

describe('API permissions', () => {
  test('application permissions of Graph, granted by the page, reach the tokens of the app', async () => {
    await desk.marta.open(`${desk.at}/permissions`)
    expect(desk.marta.text).toContain('User.Read Microsoft Graph Delegated Sign in and read user profile No')
    await desk.marta.follow('Add a permission')
    await desk.marta.follow('Microsoft Graph')
    await desk.marta.follow('Application permissions')
    await desk.marta.submit('/add/graph', { permission: ['User.Read.All', 'Group.Read.All'] })
    expect(desk.marta.text).toContain('Not granted for Brightwave')
    await desk.marta.follow('Grant admin consent for Brightwave')
    expect(desk.marta.text).toContain(
      'Do you want to grant consent for the requested permissions for all accounts in Brightwave?',
    )
    await desk.marta.submit('/consent')
    expect(desk.marta.text).toContain('Successfully granted admin consent for the requested permissions.')
    expect(desk.marta.text).toContain('Granted for Brightwave')
    expect(desk.principal()?.applicationPermissions).toEqual(['User.Read.All', 'Group.Read.All'])
    await desk.marta.follow('Remove permission Group.Read.All')
    await desk.marta.submit('/remove')
    expect(desk.marta.text).toContain('Other permissions granted for Brightwave')
    await desk.marta.follow('Revoke admin consent for Group.Read.All')
    await desk.marta.submit('/revoke')
    expect(desk.principal()?.applicationPermissions).toEqual(['User.Read.All'])
    expect(desk.marta.text).not.toContain('Other permissions granted')
  })

  test('an Application Administrator grants delegated permissions, not application permissions of Graph', async () => {
    const jonas = await desk.admin.signIn('jonas.weber')
    await jonas.open(`${desk.at}/permissions/consent`)
    await jonas.submit('/consent')
    expect(jonas.text).toContain('Successfully granted admin consent')
    await desk.marta.open(`${desk.at}/permissions/add/graph?type=application`)
    await desk.marta.submit('/add/graph', { permission: 'User.Read.All' })
    await jonas.open(`${desk.at}/permissions`)
    expect(jonas.html).toContain('needs the role Global Administrator or Privileged Role Administrator')
    await jonas.open(`${desk.at}/permissions/consent`)
    expect(jonas.status).toBe(403)
  })

  test('nothing ticked, and permissions nobody offers, are refused', async () => {
    await desk.marta.open(`${desk.at}/permissions/add/graph`)
    await desk.marta.submit('/add/graph', {})
    expect(desk.marta.text).toContain('Select at least one permission.')
    await desk.marta.submit('/add/graph', { permission: 'Shoe.Size' })
    expect(desk.marta.status).toBe(422)
    expect(desk.registration().requiredScopes).toEqual(['User.Read'])
    await desk.marta.open(`${desk.at}/permissions/add/nothing`)
    expect(desk.marta.status).toBe(404)
  })
})

describe('Expose an API and App roles', () => {
  test('scopes, authorized clients and roles; another application asks for them under My APIs', async () => {
    const [api, apiId] = [desk.at, desk.registration().appId]
    await desk.marta.open(`${api}/expose`)
    await desk.marta.follow('Add a scope')
    await desk.marta.submit('/scopes/new', {
      value: 'reports read',
      adminConsentDisplayName: 'Read',
      adminConsentDescription: 'R',
    })
    expect(desk.marta.text).toContain('no blanks')
    await desk.marta.submit('/scopes/new', {
      value: 'reports.read',
      adminConsentDisplayName: 'Read',
      adminConsentDescription: 'R',
    })
    expect(desk.marta.text).toContain(`Application ID URI api://${apiId}`)
    await desk.marta.follow(`api://${apiId}/reports.read`)
    await desk.marta.follow('Delete this scope')
    await desk.marta.submit('/delete')
    expect(desk.marta.text).toContain("The scope 'reports.read' is enabled. Disable it before it is deleted.")

    await desk.marta.follow('Edit Application ID URI')
    await desk.marta.submit('/uri', { identifierUris: 'api://reports' })
    expect(desk.marta.text).toContain('must be api://')
    await desk.marta.submit('/uri', { identifierUris: 'api://brightwave.example/reports' })
    await desk.marta.follow('Add a client application')
    await desk.marta.submit('/clients/new', { clientId: SAMPLE_WEB_APP.appId })
    expect(desk.marta.text).toContain('Select at least one scope.')
    const scopeId = desk.registration().api?.oauth2PermissionScopes[0]?.id ?? ''
    await desk.marta.submit('/clients/new', { clientId: SAMPLE_WEB_APP.appId, scopeIds: scopeId })
    expect(desk.marta.text).toContain(
      `${SAMPLE_WEB_APP.appId} Sample web app api://brightwave.example/reports/reports.read`,
    )

    await desk.marta.follow('App roles')
    await desk.marta.follow('Create app role')
    await desk.marta.submit('/roles/new', {
      roleDisplayName: 'Jobs',
      value: 'Jobs.Run',
      description: 'Runs',
      allowedMemberTypes: 'both',
    })
    expect(desk.marta.text).toContain('Jobs Runs Users/Groups, Applications Jobs.Run')
    await desk.marta.follow('Create app role')
    await desk.marta.submit('/roles/new', {
      roleDisplayName: 'Jobs 2',
      value: 'jobs.run',
      description: 'Runs',
      allowedMemberTypes: 'users',
    })
    expect(desk.marta.text).toContain("Another app role has the value 'jobs.run' already.")

    await desk.marta.follow('Assign users and groups in the enterprise app')
    await desk.marta.follow('Add user/group')
    expect(desk.marta.text).toContain('Select a role Jobs')

    await desk.marta.open('/admin/registrations/new')
    await desk.marta.submit('/new', { displayName: `Client of ${desk.name}`, accounts: 'AzureADMyOrg' })
    desk.turnTo(desk.marta.path)
    await desk.marta.open(`${desk.at}/permissions/add?tab=mine`)
    await desk.marta.follow(`${desk.name}`)
    const name = 'api://brightwave.example/reports/reports.read'
    const key = api.split('/').at(-1) ?? ''
    await desk.marta.submit(`/add/${key}`, { permission: name })
    await desk.marta.open(`${desk.at}/permissions/add/${key}?type=application`)
    await desk.marta.submit(`/add/${key}`, { permission: 'api://brightwave.example/reports/Jobs.Run' })
    await desk.marta.follow('Grant admin consent for Brightwave')
    await desk.marta.submit('/consent')
    expect(desk.principal()?.applicationPermissions).toEqual(['api://brightwave.example/reports/Jobs.Run'])
    expect(desk.registration().requiredScopes).toEqual(['User.Read', name])
  })

  test('a role is disabled before it is deleted', async () => {
    await desk.marta.open(`${desk.at}/roles/new`)
    const role = { roleDisplayName: 'Writers', value: 'Write', description: 'W', allowedMemberTypes: 'users' }
    await desk.marta.submit('/roles/new', { ...role, enabled: 'true' })
    const { id } = desk.registration().appRoles[0] ?? { id: '' }
    await desk.marta.open(`${desk.at}/roles/${id}/delete`)
    await desk.marta.submit('/delete')
    expect(desk.marta.text).toContain('Disable it before it is deleted.')
    await desk.marta.open(`${desk.at}/roles/${id}`)
    await desk.marta.submit(`/roles/${id}`, { ...role, enabled: [] })
    expect(desk.marta.text).toContain('Disabled')
    await desk.marta.open(`${desk.at}/roles/${id}/delete`)
    await desk.marta.submit('/delete')
    expect(desk.registration().appRoles).toEqual([])
  })
})
