import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { applicationByAppId, servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { Application } from '#idp/core/directory/records.ts'
import { hashSecret } from '#kit/secrets.ts'
import type { Visitor } from '#kit/test/visitor.ts'
import { OTHER_TENANT, SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { makeCertificate } from '../../../commands/registrations/test/open-directory.ts'
import { type RunningAdmin, startAdmin } from '../../test/start-admin.ts'

let admin: RunningAdmin
let marta: Visitor
let made = 0
/** Address of the registration a test has made. */
let at: string

beforeAll(async () => {
  admin = await startAdmin()
  marta = await admin.signIn('marta.silva')
})
afterAll(() => admin.close())

const registration = (): Application => {
  const found = admin.system.store.get('applications', at.split('/').at(-1) ?? '')
  if (found === undefined) throw new Error('The registration is gone.')
  return found
}
const principal = () => servicePrincipalByAppId(admin.system.store, TENANT_ID, registration().appId)

/** Register by the page, as Marta. */
beforeEach(async () => {
  made += 1
  await marta.open('/admin/registrations/new')
  await marta.submit('/new', { displayName: `Reports ${made}`, accounts: 'AzureADMyOrg' })
  at = marta.path
})

describe('registering', () => {
  test('New registration: name, account type, platform and redirect URI, then the Overview with every id', async () => {
    await marta.open('/admin')
    await marta.follow('App registrations')
    await marta.follow('New registration')
    expect(marta.title).toBe('Register an application')
    expect(marta.text).toContain('Accounts in this organizational directory only (Brightwave only - Single tenant)')
    await marta.submit('/new', {
      displayName: 'Portal <b>',
      accounts: 'AzureADMultipleOrgs',
      platform: 'spa',
      redirectUri: 'http://localhost:3000/auth',
    })
    expect(marta.title).toBe('Portal <b>')
    expect(marta.html).not.toContain('Portal <b>')
    at = marta.path
    const { appId, id } = registration()
    for (const words of [
      'Successfully created application Portal <b>.',
      `Application (client) ID ${appId}`,
      `Object ID ${id}`,
      `Directory (tenant) ID ${TENANT_ID}`,
      'Supported account types Multiple organizations',
      'Redirect URIs 0 web, 1 spa, 0 public client',
      'Client credentials Add a certificate or secret',
    ]) {
      expect(marta.text).toContain(words)
    }
    await marta.follow('Portal <b>')
    await marta.open('/admin/registrations?q=port')
    expect(marta.linkTo('Portal <b>')).toBe(at)
  })

  test.each([
    ['no name', { displayName: ' ' }, 'Name is required.'],
    ['no account type', { accounts: '' }, 'Choose who can use the application.'],
    [
      'a redirect URI without a platform',
      { redirectUri: 'https://a.example/' },
      'Select a platform for the redirect URI.',
    ],
    [
      'a plain address',
      { platform: 'web', redirectUri: 'http://a.example/' },
      'must start with "https" or "http://localhost"',
    ],
    [
      'http://127.0.0.1',
      { platform: 'web', redirectUri: 'http://127.0.0.1/' },
      'must start with "https" or "http://localhost"',
    ],
    ['a fragment', { platform: 'web', redirectUri: 'https://a.example/#x' }, 'must not contain a fragment'],
  ])('%s is refused beside its field, and what was typed stays', async (_, typed, words) => {
    const before = admin.system.store.count('applications')
    await marta.open('/admin/registrations/new')
    await marta.submit('/new', { displayName: 'Kept', accounts: 'AzureADMyOrg', ...typed })
    expect(marta.status).toBe(422)
    expect(marta.text).toContain(words)
    if (!('displayName' in typed)) expect(marta.valueOf('displayName')).toBe('Kept')
    expect(admin.system.store.count('applications')).toBe(before)
  })

  test('Endpoints are those of this origin', async () => {
    await marta.open(at)
    await marta.follow('Endpoints')
    expect(marta.text).toContain(`${admin.origin}/${TENANT_ID}/oauth2/v2.0/token`)
    expect(marta.text).toContain(`${admin.origin}/${TENANT_ID}/v2.0/.well-known/openid-configuration`)
  })
})

describe('who may', () => {
  test('a member without a role registers and manages their own, and no other', async () => {
    const george = await admin.signIn('george.mensah')
    await george.open('/admin/registrations')
    expect(george.status).toBe(200)
    await george.follow('New registration')
    await george.submit('/new', { displayName: 'By George', accounts: 'AzureADMyOrg' })
    expect(george.title).toBe('By George')
    const own = george.path
    await george.follow('Owners')
    expect(george.text).toContain('George Mensah')
    await george.open('/admin/registrations?tab=owned')
    expect(george.text).toContain('1 application found')
    expect(george.linkTo('By George')).toBe(own)
    await george.open(`${at}/branding`)
    expect(george.html).toContain('disabled')
    const pages = ['authentication/add', 'credentials/new', 'credentials/upload', 'roles/new', 'expose/uri', 'delete']
    for (const page of [
      ...pages,
      'permissions/add',
      'token-configuration/groups',
      'owners/add',
      'permissions/consent',
    ]) {
      await george.open(`${at}/${page}`)
      expect([page, george.status, george.title]).toEqual([page, 403, "You don't have access"])
    }
    await george.open(own)
    const csrf = george.valueOf('_csrf') ?? ''
    await george.post(`${at}/credentials/new`, { _csrf: csrf, expires: '180' }, { origin: admin.origin })
    expect(george.status).toBe(403)
    expect(registration().secrets).toEqual([])
    await george.open(`${own}/permissions`)
    expect(george.html).toContain('Granting admin consent needs the role')
    await george.open(`${own}/permissions/consent`)
    expect(george.status).toBe(403)
  })

  test('a Global Reader reads every page and changes nothing', async () => {
    const oskar = await admin.signIn('oskar.lindqvist')
    const pages = 'branding authentication credentials token-configuration permissions expose roles owners manifest'
    for (const page of ['', ...pages.split(' ')]) {
      await oskar.open(`${at}/${page}`.replace(/\/$/, ''))
      expect([page, oskar.status]).toEqual([page, 200])
    }
    await oskar.open(`${at}/branding`)
    await oskar.submit('/branding', { displayName: 'Changed', homepage: '' })
    expect(oskar.status).toBe(403)
    expect(oskar.text).toContain(`Owner of Reports ${made}`)
  })

  test('a guest is refused the whole of it', async () => {
    const lucas = await admin.signIn('lucas.meyer_northpeak.example#ext#')
    await lucas.open('/admin/registrations')
    expect(lucas.status).toBe(403)
  })

  test('another tenant’s administrator finds none of it', async () => {
    const ingrid = await admin.signIn('ingrid.solberg', OTHER_TENANT.domain)
    await ingrid.open('/admin/registrations')
    expect(ingrid.linkTo('Sample web app')).toBeUndefined()
    for (const page of ['', '/credentials', '/manifest', '/manifest/download', '/permissions', '/delete']) {
      await ingrid.open(`${at}${page}`)
      expect([page, ingrid.status]).toEqual([page, 404])
    }
  })

  test('a forged form changes nothing, multipart ones included', async () => {
    await marta.post(`${at}/delete`, {})
    expect(marta.status).toBe(403)
    const form = new FormData()
    form.append('certificate', new Blob(['x']), 'x.cer')
    const answer = await fetch(`${admin.origin}${at}/credentials/upload`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    })
    expect([302, 303, 401, 403]).toContain(answer.status)
    expect(registration().keyCredentials).toBeUndefined()
  })
})

describe('Branding & properties', () => {
  test('name and home page are saved, for the enterprise app too; a bad address is refused', async () => {
    await marta.open(`${at}/branding`)
    await marta.submit('/branding', { displayName: 'Monthly reports', homepage: 'https://reports.example/' })
    expect(marta.text).toContain('The properties of Monthly reports were saved.')
    expect(principal()).toMatchObject({ displayName: 'Monthly reports', homepage: 'https://reports.example/' })
    await marta.submit('/branding', { displayName: 'Monthly reports', homepage: 'javascript:alert(1)' })
    expect(marta.status).toBe(422)
    expect(marta.text).toContain('The home page URL must be a valid URL')
  })
})

describe('Authentication', () => {
  test('Add a platform, redirect URIs, logout URL, account types, public client flows', async () => {
    await marta.open(at)
    await marta.follow('Authentication')
    expect(marta.text).toContain('No platform is configured')
    await marta.follow('Add a platform')
    await marta.follow('Web')
    expect(marta.text).toContain('Configure Web')
    await marta.submit('/add/web', { redirectUri: 'https://a.example/cb', logoutUrl: 'https://a.example/out' })
    expect(marta.text).toContain('Web was configured')
    await marta.submit('/authentication', {
      web: ['https://a.example/cb', 'https://a.example/two', ''],
      accounts: 'AzureADMultipleOrgs',
      publicClientFlows: 'yes',
    })
    expect(registration()).toMatchObject({
      web: { redirectUris: ['https://a.example/cb', 'https://a.example/two'], logoutUrl: 'https://a.example/out' },
      signInAudience: 'AzureADMultipleOrgs',
      isFallbackPublicClient: true,
    })
    await marta.submit('/authentication', { web: ['https://a.example/cb', 'https://*.example/'] })
    expect(marta.status).toBe(422)
    expect(marta.text).toContain('https://*.example/: The redirect URI must not contain a wildcard')
    expect(marta.html).toContain('value="https://*.example/"')
    expect(registration().web.redirectUris).toHaveLength(2)
  })

  test('mobile and desktop: suggested and custom URIs', async () => {
    await marta.open(`${at}/authentication/add/publicClient`)
    await marta.submit('/add/publicClient', { redirectUri: '' })
    expect(marta.status).toBe(422)
    await marta.submit('/add/publicClient', {
      suggested: [`msal${registration().appId}://auth`],
      redirectUri: 'com.example.reports://auth',
    })
    expect(registration().publicClient.redirectUris).toEqual([
      `msal${registration().appId}://auth`,
      'com.example.reports://auth',
    ])
  })
})

describe('Certificates & secrets', () => {
  test('a new secret is shown once, then by its first characters; deleting it asks first', async () => {
    await marta.open(`${at}/credentials`)
    expect(marta.text).toContain('No client secrets have been created for this application')
    await marta.follow('New client secret')
    expect(marta.text).toContain('Recommended: 180 days (6 months)')
    await marta.submit('/credentials/new', { description: 'Nightly', expires: '365', start: '', end: '' })
    expect(marta.status).toBe(200)
    const secret = /id="secret-once"[^>]*value="([^"]+)"/.exec(marta.html)?.[1] ?? ''
    expect(secret).toHaveLength(40)
    const [kept] = registration().secrets
    expect(kept).toMatchObject({ displayName: 'Nightly', hash: hashSecret(secret), hint: secret.slice(0, 3) })
    expect(Math.round((Date.parse(kept?.endDateTime ?? '') - Date.parse(kept?.startDateTime ?? '')) / 86_400_000)).toBe(
      365,
    )
    const journal = JSON.stringify(admin.system.journal.read({ limit: 5000 }))
    expect(journal).not.toContain(secret)
    expect(journal).toContain('A client secret of')
    await marta.open(`${at}/credentials`)
    expect(marta.html).not.toContain(secret)
    expect(marta.text).toContain(`Nightly`)
    expect(marta.text).toContain(`${secret.slice(0, 3)}******************`)
    await marta.follow('Delete Nightly')
    expect(marta.text).toContain('Do you want to delete this client secret?')
    await marta.submit('/delete')
    expect(registration().secrets).toEqual([])
  })

  test('custom dates: the end is asked for, after the start, within 24 months', async () => {
    const send = async (start: string, end: string): Promise<string> => {
      await marta.open(`${at}/credentials/new`)
      await marta.submit('/credentials/new', { description: '', expires: 'custom', start, end })
      return `${marta.status} ${marta.text}`
    }
    expect(await send('', '')).toContain('Enter when the secret ends.')
    expect(await send('2090-02-01', '2090-01-01')).toContain('The end is after the start.')
    expect(await send('2090-01-01', '2093-01-01')).toContain('24 months at most')
    expect(await send('2001-01-01', '2001-02-01')).toContain('The end has passed already.')
    expect(registration().secrets).toEqual([])
    expect(await send('2090-01-01', '2091-01-01')).toContain('200 ')
    expect(registration().secrets[0]).toMatchObject({
      startDateTime: '2090-01-01T00:00:00.000Z',
      endDateTime: '2091-01-01T00:00:00.000Z',
    })
  })

  test('the list and the page tell an expired secret from one that expires soon, in virtual time', async () => {
    await admin.system.control.moveClock({ kind: 'frozen', frozen: false })
    await marta.open(`${at}/credentials/new`)
    await marta.submit('/credentials/new', { description: 'Quarter', expires: '90', start: '', end: '' })
    const line = async (): Promise<string> => {
      await marta.open(`/admin/registrations?q=Reports ${made}`)
      return marta.text
    }
    expect(await line()).toContain('Current')
    await admin.advance('P65D')
    marta = await admin.signIn('marta.silva')
    expect(await line()).toContain('Expiring soon')
    await admin.advance('P30D')
    marta = await admin.signIn('marta.silva')
    expect(await line()).toContain('Expired')
    await marta.open(`${at}/credentials`)
    expect(marta.text).toContain('Expired')
  })

  test('a certificate is uploaded as a file, with its thumbprint and dates; a private key is refused', async () => {
    const { certificate, privateKeyPem } = makeCertificate(new Date('2026-01-01'), new Date('2099-01-01'))
    await marta.open(`${at}/credentials/upload`)
    expect(marta.html).toContain('enctype="multipart/form-data"')
    expect(marta.html).toContain('type="file"')
    await marta.submit('/upload', { certificate: privateKeyPem, description: '' })
    expect(marta.status).toBe(422)
    expect(marta.text).toContain('holds a private key')
    expect(marta.html).not.toContain(privateKeyPem.slice(40, 100))
    await marta.submit('/upload', { certificate: 'junk', description: '' })
    expect(marta.text).toContain('is not an X.509 certificate')
    await marta.submit('/upload', { certificate, description: 'Signing' })
    expect(marta.text).toContain(registration().keyCredentials?.[0]?.thumbprint)
    expect(marta.text).toContain('Signing')
    expect(marta.text).toContain('Jan 1, 2099')
    await marta.follow('Delete Signing')
    await marta.submit('/delete')
    expect(registration().keyCredentials).toEqual([])
  })
})

describe('Token configuration', () => {
  test('optional claims by token type, and the groups claim', async () => {
    await marta.open(`${at}/token-configuration`)
    await marta.follow('Add optional claim')
    await marta.submit('/add', { claim: ['upn', 'ctry'] })
    expect(marta.text).toContain('upn User principal name of the person ID')
    await marta.follow('Add groups claim')
    await marta.submit('/groups', {})
    expect(marta.text).toContain('Select a group type.')
    await marta.submit('/groups', {
      groups: 'SecurityGroup',
      idTokenRoles: 'true',
      accessTokenFormat: 'cloud_displayname',
    })
    expect(registration()).toMatchObject({
      groupMembershipClaims: 'SecurityGroup',
      optionalClaims: {
        idToken: [{ name: 'upn' }, { name: 'ctry' }, { name: 'groups', additionalProperties: ['emit_as_roles'] }],
        accessToken: [{ name: 'groups', additionalProperties: ['cloud_displayname'] }],
      },
    })
    await marta.follow('Delete upn from ID tokens')
    await marta.submit('/delete')
    await marta.follow('Delete groups from ID tokens')
    await marta.submit('/delete')
    expect(registration().groupMembershipClaims).toBeUndefined()
    expect(registration().optionalClaims?.idToken.map(({ name }) => name)).toEqual(['ctry'])
  })
})

describe('API permissions', () => {
  test('application permissions of Graph, granted by the page, reach the tokens of the app', async () => {
    await marta.open(`${at}/permissions`)
    expect(marta.text).toContain('User.Read Microsoft Graph Delegated Sign in and read user profile No')
    await marta.follow('Add a permission')
    await marta.follow('Microsoft Graph')
    await marta.follow('Application permissions')
    await marta.submit('/add/graph', { permission: ['User.Read.All', 'Group.Read.All'] })
    expect(marta.text).toContain('Not granted for Brightwave')
    await marta.follow('Grant admin consent for Brightwave')
    expect(marta.text).toContain(
      'Do you want to grant consent for the requested permissions for all accounts in Brightwave?',
    )
    await marta.submit('/consent')
    expect(marta.text).toContain('Successfully granted admin consent for the requested permissions.')
    expect(marta.text).toContain('Granted for Brightwave')
    expect(principal()?.applicationPermissions).toEqual(['User.Read.All', 'Group.Read.All'])
    await marta.follow('Remove permission Group.Read.All')
    await marta.submit('/remove')
    expect(marta.text).toContain('Other permissions granted for Brightwave')
    await marta.follow('Revoke admin consent for Group.Read.All')
    await marta.submit('/revoke')
    expect(principal()?.applicationPermissions).toEqual(['User.Read.All'])
    expect(marta.text).not.toContain('Other permissions granted')
  })

  test('an Application Administrator grants delegated permissions, not application permissions of Graph', async () => {
    const jonas = await admin.signIn('jonas.weber')
    await jonas.open(`${at}/permissions/consent`)
    await jonas.submit('/consent')
    expect(jonas.text).toContain('Successfully granted admin consent')
    await marta.open(`${at}/permissions/add/graph?type=application`)
    await marta.submit('/add/graph', { permission: 'User.Read.All' })
    await jonas.open(`${at}/permissions`)
    expect(jonas.html).toContain('needs the role Global Administrator or Privileged Role Administrator')
    await jonas.open(`${at}/permissions/consent`)
    expect(jonas.status).toBe(403)
  })

  test('nothing ticked, and permissions nobody offers, are refused', async () => {
    await marta.open(`${at}/permissions/add/graph`)
    await marta.submit('/add/graph', {})
    expect(marta.text).toContain('Select at least one permission.')
    await marta.submit('/add/graph', { permission: 'Shoe.Size' })
    expect(marta.status).toBe(422)
    expect(registration().requiredScopes).toEqual(['User.Read'])
    await marta.open(`${at}/permissions/add/nothing`)
    expect(marta.status).toBe(404)
  })
})

describe('Expose an API and App roles', () => {
  test('scopes, authorized clients and roles; another application asks for them under My APIs', async () => {
    const [api, apiId] = [at, registration().appId]
    await marta.open(`${api}/expose`)
    await marta.follow('Add a scope')
    await marta.submit('/scopes/new', {
      value: 'reports read',
      adminConsentDisplayName: 'Read',
      adminConsentDescription: 'R',
    })
    expect(marta.text).toContain('no blanks')
    await marta.submit('/scopes/new', {
      value: 'reports.read',
      adminConsentDisplayName: 'Read',
      adminConsentDescription: 'R',
    })
    expect(marta.text).toContain(`Application ID URI api://${apiId}`)
    await marta.follow(`api://${apiId}/reports.read`)
    await marta.follow('Delete this scope')
    await marta.submit('/delete')
    expect(marta.text).toContain("The scope 'reports.read' is enabled. Disable it before it is deleted.")

    await marta.follow('Edit Application ID URI')
    await marta.submit('/uri', { identifierUris: 'api://reports' })
    expect(marta.text).toContain('must be api://')
    await marta.submit('/uri', { identifierUris: 'api://brightwave.example/reports' })
    await marta.follow('Add a client application')
    await marta.submit('/clients/new', { clientId: SAMPLE_WEB_APP.appId })
    expect(marta.text).toContain('Select at least one scope.')
    const scopeId = registration().api?.oauth2PermissionScopes[0]?.id ?? ''
    await marta.submit('/clients/new', { clientId: SAMPLE_WEB_APP.appId, scopeIds: scopeId })
    expect(marta.text).toContain(`${SAMPLE_WEB_APP.appId} Sample web app api://brightwave.example/reports/reports.read`)

    await marta.follow('App roles')
    await marta.follow('Create app role')
    await marta.submit('/roles/new', {
      roleDisplayName: 'Jobs',
      value: 'Jobs.Run',
      description: 'Runs',
      allowedMemberTypes: 'both',
    })
    expect(marta.text).toContain('Jobs Runs Users/Groups, Applications Jobs.Run')
    await marta.follow('Create app role')
    await marta.submit('/roles/new', {
      roleDisplayName: 'Jobs 2',
      value: 'jobs.run',
      description: 'Runs',
      allowedMemberTypes: 'users',
    })
    expect(marta.text).toContain("Another app role has the value 'jobs.run' already.")

    await marta.follow('Assign users and groups in the enterprise app')
    await marta.follow('Add user/group')
    expect(marta.text).toContain('Select a role Jobs')

    await marta.open('/admin/registrations/new')
    await marta.submit('/new', { displayName: `Client of ${made}`, accounts: 'AzureADMyOrg' })
    at = marta.path
    await marta.open(`${at}/permissions/add?tab=mine`)
    await marta.follow(`Reports ${made}`)
    const name = 'api://brightwave.example/reports/reports.read'
    const key = api.split('/').at(-1) ?? ''
    await marta.submit(`/add/${key}`, { permission: name })
    await marta.open(`${at}/permissions/add/${key}?type=application`)
    await marta.submit(`/add/${key}`, { permission: 'api://brightwave.example/reports/Jobs.Run' })
    await marta.follow('Grant admin consent for Brightwave')
    await marta.submit('/consent')
    expect(principal()?.applicationPermissions).toEqual(['api://brightwave.example/reports/Jobs.Run'])
    expect(registration().requiredScopes).toEqual(['User.Read', name])
  })

  test('a role is disabled before it is deleted', async () => {
    await marta.open(`${at}/roles/new`)
    const role = { roleDisplayName: 'Writers', value: 'Write', description: 'W', allowedMemberTypes: 'users' }
    await marta.submit('/roles/new', { ...role, enabled: 'true' })
    const { id } = registration().appRoles[0] ?? { id: '' }
    await marta.open(`${at}/roles/${id}/delete`)
    await marta.submit('/delete')
    expect(marta.text).toContain('Disable it before it is deleted.')
    await marta.open(`${at}/roles/${id}`)
    await marta.submit(`/roles/${id}`, { ...role, enabled: [] })
    expect(marta.text).toContain('Disabled')
    await marta.open(`${at}/roles/${id}/delete`)
    await marta.submit('/delete')
    expect(registration().appRoles).toEqual([])
  })
})

describe('Owners', () => {
  test('are picked and removed', async () => {
    const [rosa] = admin.system.store.find('users', 'userPrincipalName', 'rosa.jimenez@brightwave.example')
    await marta.open(`${at}/owners`)
    await marta.follow('Add owners')
    await marta.submit('/owners/add', { q: 'rosa', do: 'search' })
    await marta.submit('/owners/add', { id: rosa?.id ?? '', do: 'select' })
    expect(marta.text).toContain('Rosa Jimenez')
    await marta.follow('Remove owner Rosa Jimenez')
    await marta.submit('/remove')
    expect(registration().ownerIds).not.toContain(rosa?.id)
  })
})

describe('Manifest', () => {
  const manifest = async (): Promise<Record<string, unknown>> => {
    await marta.open(`${at}/manifest`)
    return JSON.parse(marta.valueOf('manifest') ?? '') as Record<string, unknown>
  }
  const save = async (value: unknown): Promise<void> => {
    await marta.open(`${at}/manifest`)
    await marta.submit('/manifest', { manifest: typeof value === 'string' ? value : JSON.stringify(value) })
  }

  test('is saved as it is shown, and changes what it says', async () => {
    const shown = await manifest()
    await save(shown)
    expect(marta.text).toContain('was saved')
    await save({ ...shown, groupMembershipClaims: 'All', web: { redirectUris: ['http://127.0.0.1/cb'] } })
    expect(registration()).toMatchObject({
      groupMembershipClaims: 'All',
      web: { redirectUris: ['http://127.0.0.1/cb'] },
    })
    expect(JSON.stringify(shown)).not.toContain('hash')
  })

  test.each([
    ['no JSON', '{', 'This is not JSON'],
    ['a list', '[]', 'one JSON object'],
    ['a read-only property', { appId: 'x' }, "'appId' is read-only"],
    ['an unknown property', { shoeSize: 1 }, "Invalid property 'shoeSize'"],
    ['a wildcard', { web: { redirectUris: ['https://*.example'] } }, 'wildcard'],
    ['a secret', { passwordCredentials: [{ keyId: '11111111-2222-4333-8444-555555555555' }] }, 'addPassword'],
    [
      'an unknown permission',
      {
        requiredResourceAccess: [
          {
            resourceAppId: '00000003-0000-0000-c000-000000000000',
            resourceAccess: [{ id: '11111111-2222-4333-8444-555555555555', type: 'Scope' }],
          },
        ],
      },
      'has no Scope with the id',
    ],
    ['implicit flow', { web: { implicitGrantSettings: { enableIdTokenIssuance: true } } }, 'web.implicitGrantSettings'],
  ])('%s is refused, and nothing is changed', async (_, value, words) => {
    const before = registration()
    await save(value)
    expect(marta.status).toBe(422)
    expect(marta.text).toContain(words)
    expect(registration()).toEqual(before)
  })
})

describe('deleting', () => {
  test('asks first; the registration waits among the deleted ones, is restored, deleted permanently', async () => {
    const { appId, displayName } = registration()
    await marta.open(at)
    await marta.follow('Delete')
    expect(marta.text).toContain('Delete app registration?')
    await marta.submit('/delete')
    expect(marta.path).toBe('/admin/registrations?tab=deleted')
    expect(applicationByAppId(admin.system.store, appId)).toBeUndefined()
    expect(marta.text).toContain(displayName)
    await marta.open(at)
    expect(marta.status).toBe(404)
    await marta.open('/admin/registrations?tab=deleted')
    await marta.submit(`${at}/restore`)
    expect(marta.title).toBe(displayName)
    expect(principal()?.appId).toBe(appId)
    await marta.open(`${at}/delete`)
    await marta.submit('/delete')
    await marta.follow(`Delete permanently ${displayName}`)
    await marta.submit('/purge')
    expect(marta.text).toContain(`${displayName} was deleted permanently.`)
    expect(admin.system.store.has('applications', at.split('/').at(-1) ?? '')).toBe(false)
  })
})
