import { describe, expect, test } from 'vitest'
import { applicationByAppId } from '#idp/core/directory/applications.ts'
import { OTHER_TENANT, TENANT_ID } from '#kit/world/constants.ts'
import { useDesk } from './desk.ts'

const desk = useDesk()

describe('registering', () => {
  test('New registration: name, account type, platform and redirect URI, then the Overview with every id', async () => {
    await desk.marta.open('/admin')
    await desk.marta.follow('App registrations')
    await desk.marta.follow('New registration')
    expect(desk.marta.title).toBe('Register an application')
    expect(desk.marta.text).toContain(
      'Accounts in this organizational directory only (Brightwave only - Single tenant)',
    )
    await desk.marta.submit('/new', {
      displayName: 'Portal <b>',
      accounts: 'AzureADMultipleOrgs',
      platform: 'spa',
      redirectUri: 'http://localhost:3000/auth',
    })
    expect(desk.marta.title).toBe('Portal <b>')
    expect(desk.marta.html).not.toContain('Portal <b>')
    desk.turnTo(desk.marta.path)
    const { appId, id } = desk.registration()
    for (const words of [
      'Successfully created application Portal <b>.',
      `Application (client) ID ${appId}`,
      `Object ID ${id}`,
      `Directory (tenant) ID ${TENANT_ID}`,
      'Supported account types Multiple organizations',
      'Redirect URIs 0 web, 1 spa, 0 public client',
      'Client credentials Add a certificate or secret',
    ]) {
      expect(desk.marta.text).toContain(words)
    }
    await desk.marta.follow('Portal <b>')
    await desk.marta.open('/admin/registrations?q=port')
    expect(desk.marta.linkTo('Portal <b>')).toBe(desk.at)
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
    const before = desk.admin.system.store.count('applications')
    await desk.marta.open('/admin/registrations/new')
    await desk.marta.submit('/new', { displayName: 'Kept', accounts: 'AzureADMyOrg', ...typed })
    expect(desk.marta.status).toBe(422)
    expect(desk.marta.text).toContain(words)
    if (!('displayName' in typed)) expect(desk.marta.valueOf('displayName')).toBe('Kept')
    expect(desk.admin.system.store.count('applications')).toBe(before)
  })

  test('Endpoints are those of this origin', async () => {
    await desk.marta.open(desk.at)
    await desk.marta.follow('Endpoints')
    expect(desk.marta.text).toContain(`${desk.admin.origin}/${TENANT_ID}/oauth2/v2.0/token`)
    expect(desk.marta.text).toContain(`${desk.admin.origin}/${TENANT_ID}/v2.0/.well-known/openid-configuration`)
  })
})

describe('who may', () => {
  test('a member without a role registers and manages their own, and no other', async () => {
    const george = await desk.admin.signIn('george.mensah')
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
    await george.open(`${desk.at}/branding`)
    expect(george.html).toContain('disabled')
    const pages = ['authentication/add', 'credentials/new', 'credentials/upload', 'roles/new', 'expose/uri', 'delete']
    for (const page of [
      ...pages,
      'permissions/add',
      'token-configuration/groups',
      'owners/add',
      'permissions/consent',
    ]) {
      await george.open(`${desk.at}/${page}`)
      expect([page, george.status, george.title]).toEqual([page, 403, "You don't have access"])
    }
    await george.open(own)
    const csrf = george.valueOf('_csrf') ?? ''
    await george.post(`${desk.at}/credentials/new`, { _csrf: csrf, expires: '180' }, { origin: desk.admin.origin })
    expect(george.status).toBe(403)
    expect(desk.registration().secrets).toEqual([])
    await george.open(`${own}/permissions`)
    expect(george.html).toContain('Granting admin consent needs the role')
    await george.open(`${own}/permissions/consent`)
    expect(george.status).toBe(403)
  })

  test('a Global Reader reads every page and changes nothing', async () => {
    const oskar = await desk.admin.signIn('oskar.lindqvist')
    const pages = 'branding authentication credentials token-configuration permissions expose roles owners manifest'
    for (const page of ['', ...pages.split(' ')]) {
      await oskar.open(`${desk.at}/${page}`.replace(/\/$/, ''))
      expect([page, oskar.status]).toEqual([page, 200])
    }
    await oskar.open(`${desk.at}/branding`)
    await oskar.submit('/branding', { displayName: 'Changed', homepage: '' })
    expect(oskar.status).toBe(403)
    expect(oskar.text).toContain(`Owner of ${desk.name}`)
  })

  test('a guest is refused the whole of it', async () => {
    const lucas = await desk.admin.signIn('lucas.meyer_northpeak.example#ext#')
    await lucas.open('/admin/registrations')
    expect(lucas.status).toBe(403)
  })

  test('another tenant’s administrator finds none of it', async () => {
    const ingrid = await desk.admin.signIn('ingrid.solberg', OTHER_TENANT.domain)
    await ingrid.open('/admin/registrations')
    expect(ingrid.linkTo('Sample web app')).toBeUndefined()
    for (const page of ['', '/credentials', '/manifest', '/manifest/download', '/permissions', '/delete']) {
      await ingrid.open(`${desk.at}${page}`)
      expect([page, ingrid.status]).toEqual([page, 404])
    }
  })

  test('a forged form changes nothing, multipart ones included', async () => {
    await desk.marta.post(`${desk.at}/delete`, {})
    expect(desk.marta.status).toBe(403)
    const form = new FormData()
    form.append('certificate', new Blob(['x']), 'x.cer')
    const answer = await fetch(`${desk.admin.origin}${desk.at}/credentials/upload`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    })
    expect([302, 303, 401, 403]).toContain(answer.status)
    expect(desk.registration().keyCredentials).toBeUndefined()
  })
})

describe('Branding & properties', () => {
  test('name and home page are saved, for the enterprise app too; a bad address is refused', async () => {
    await desk.marta.open(`${desk.at}/branding`)
    await desk.marta.submit('/branding', { displayName: 'Monthly reports', homepage: 'https://reports.example/' })
    expect(desk.marta.text).toContain('The properties of Monthly reports were saved.')
    expect(desk.principal()).toMatchObject({ displayName: 'Monthly reports', homepage: 'https://reports.example/' })
    await desk.marta.submit('/branding', { displayName: 'Monthly reports', homepage: 'javascript:alert(1)' })
    expect(desk.marta.status).toBe(422)
    expect(desk.marta.text).toContain('The home page URL must be a valid URL')
  })
})

describe('Owners', () => {
  test('are picked and removed', async () => {
    const [rosa] = desk.admin.system.store.find('users', 'userPrincipalName', 'rosa.jimenez@brightwave.example')
    await desk.marta.open(`${desk.at}/owners`)
    await desk.marta.follow('Add owners')
    await desk.marta.submit('/owners/add', { q: 'rosa', do: 'search' })
    await desk.marta.submit('/owners/add', { id: rosa?.id ?? '', do: 'select' })
    expect(desk.marta.text).toContain('Rosa Jimenez')
    await desk.marta.follow('Remove owner Rosa Jimenez')
    await desk.marta.submit('/remove')
    expect(desk.registration().ownerIds).not.toContain(rosa?.id)
  })
})

describe('Manifest', () => {
  const manifest = async (): Promise<Record<string, unknown>> => {
    await desk.marta.open(`${desk.at}/manifest`)
    return JSON.parse(desk.marta.valueOf('manifest') ?? '') as Record<string, unknown>
  }
  const save = async (value: unknown): Promise<void> => {
    await desk.marta.open(`${desk.at}/manifest`)
    await desk.marta.submit('/manifest', { manifest: typeof value === 'string' ? value : JSON.stringify(value) })
  }

  test('is saved as it is shown, and changes what it says', async () => {
    const shown = await manifest()
    await save(shown)
    expect(desk.marta.text).toContain('was saved')
    await save({ ...shown, groupMembershipClaims: 'All', web: { redirectUris: ['http://127.0.0.1/cb'] } })
    expect(desk.registration()).toMatchObject({
      groupMembershipClaims: 'All',
      web: { redirectUris: ['http://127.0.0.1/cb'] },
    })
    expect(JSON.stringify(shown)).not.toContain('hash')
  })

  test('is not saved over what a second administrator changed meanwhile', async () => {
    const shown = await manifest()
    const naomi = await desk.admin.signIn('naomi.clarke')
    await naomi.open(`${desk.at}/roles/new`)
    await naomi.submit('/roles/new', {
      roleDisplayName: 'Writers',
      value: 'Write',
      description: 'Write',
      allowedMemberTypes: 'users',
    })
    await desk.marta.submit('/manifest', { manifest: JSON.stringify(shown) })
    expect(desk.marta.status).toBe(422)
    expect(desk.marta.text).toContain('Somebody has changed this since you opened the page.')
    expect(desk.registration().appRoles).toHaveLength(1)
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
    const before = desk.registration()
    await save(value)
    expect(desk.marta.status).toBe(422)
    expect(desk.marta.text).toContain(words)
    expect(desk.registration()).toEqual(before)
  })
})

describe('deleting', () => {
  test('a form that another administrator’s deletion has overtaken is answered with what is not there', async () => {
    const naomi = await desk.admin.signIn('naomi.clarke')
    await desk.marta.open(`${desk.at}/roles/new`)
    await naomi.open(`${desk.at}/delete`)
    await naomi.submit('/delete')
    await desk.marta.submit('/roles/new', {
      roleDisplayName: 'Late',
      value: 'Late',
      description: 'Late',
      allowedMemberTypes: 'users',
    })
    expect(desk.marta.status).toBe(404)
    expect(desk.marta.text).toContain('or it has been deleted')
  })

  test('asks first; the registration waits among the deleted ones, is restored, deleted permanently', async () => {
    const { appId, displayName } = desk.registration()
    await desk.marta.open(desk.at)
    await desk.marta.follow('Delete')
    expect(desk.marta.text).toContain('Delete app registration?')
    await desk.marta.submit('/delete')
    expect(desk.marta.path).toBe('/admin/registrations?tab=deleted')
    expect(applicationByAppId(desk.admin.system.store, appId)).toBeUndefined()
    expect(desk.marta.text).toContain(displayName)
    await desk.marta.open(desk.at)
    expect(desk.marta.status).toBe(404)
    await desk.marta.open('/admin/registrations?tab=deleted')
    await desk.marta.submit(`${desk.at}/restore`)
    expect(desk.marta.title).toBe(displayName)
    expect(desk.principal()?.appId).toBe(appId)
    await desk.marta.open(`${desk.at}/delete`)
    await desk.marta.submit('/delete')
    await desk.marta.follow(`Delete permanently ${displayName}`)
    await desk.marta.submit('/purge')
    expect(desk.marta.text).toContain(`${displayName} was deleted permanently.`)
    expect(desk.admin.system.store.has('applications', desk.at.split('/').at(-1) ?? '')).toBe(false)
  })
})
