import { describe, expect, test } from 'vitest'
import { hashSecret } from '#kit/secrets.ts'
import { makeCertificate } from '../../../commands/registrations/test/open-directory.ts'
import { useDesk } from './desk.ts'

const desk = useDesk()

describe('Authentication', () => {
  test('Add a platform, redirect URIs, logout URL, account types, public client flows', async () => {
    await desk.marta.open(desk.at)
    await desk.marta.follow('Authentication')
    expect(desk.marta.text).toContain('No platform is configured')
    await desk.marta.follow('Add a platform')
    await desk.marta.follow('Web')
    expect(desk.marta.text).toContain('Configure Web')
    await desk.marta.submit('/add/web', { redirectUri: 'https://a.example/cb', logoutUrl: 'https://a.example/out' })
    expect(desk.marta.text).toContain('Web was configured')
    await desk.marta.submit('/authentication', {
      web: ['https://a.example/cb', 'https://a.example/two', ''],
      accounts: 'AzureADMultipleOrgs',
      publicClientFlows: 'yes',
    })
    expect(desk.registration()).toMatchObject({
      web: { redirectUris: ['https://a.example/cb', 'https://a.example/two'], logoutUrl: 'https://a.example/out' },
      signInAudience: 'AzureADMultipleOrgs',
      isFallbackPublicClient: true,
    })
    await desk.marta.submit('/authentication', { web: ['https://a.example/cb', 'https://*.example/'] })
    expect(desk.marta.status).toBe(422)
    expect(desk.marta.text).toContain('https://*.example/: The redirect URI must not contain a wildcard')
    expect(desk.marta.html).toContain('value="https://*.example/"')
    expect(desk.registration().web.redirectUris).toHaveLength(2)
  })

  test('of several redirect URIs those at fault are marked, each with what is wrong with it', async () => {
    await desk.marta.open(`${desk.at}/authentication/add/web`)
    await desk.marta.submit('/add/web', { redirectUri: 'https://a.example/cb' })
    await desk.marta.submit('/authentication', {
      web: ['https://a.example/cb', 'http://a.example/', 'https://a.example/#x', 'https://a.example/cb'],
    })
    expect(desk.marta.status).toBe(422)
    const wrong = [...desk.marta.html.matchAll(/<input[^>]*aria-invalid="true"[^>]*>/g)].map(
      ([input]) => /id="([^"]+)"/.exec(input)?.[1],
    )
    expect(wrong).toEqual(['field-web-1', 'field-web-2', 'field-web-3'])
    for (const words of ['must start with "https"', 'must not contain a fragment', 'is in the lists already']) {
      expect(desk.marta.text).toContain(words)
    }
  })

  test('a 257th redirect URI is refused, and what was typed stays', async () => {
    await desk.marta.open(`${desk.at}/authentication/add/web`)
    await desk.marta.submit('/add/web', { redirectUri: 'https://a.example/0' })
    await desk.marta.submit('/authentication', {
      web: Array.from({ length: 257 }, (_, index) => `https://a.example/${index}`),
    })
    expect(desk.marta.status).toBe(422)
    expect(desk.marta.text).toContain('A registration has at most 256 redirect URIs.')
    expect(desk.marta.html).toContain('value="https://a.example/256"')
    expect(desk.registration().web.redirectUris).toEqual(['https://a.example/0'])
  })

  test('what a second administrator saved meanwhile is not undone unseen', async () => {
    const naomi = await desk.admin.signIn('naomi.clarke')
    await desk.marta.open(`${desk.at}/authentication`)
    await naomi.open(`${desk.at}/authentication/add/web`)
    await naomi.submit('/add/web', { redirectUri: 'https://naomi.example/cb' })
    await desk.marta.submit('/authentication', { accounts: 'AzureADMultipleOrgs' })
    expect(desk.marta.status).toBe(422)
    expect(desk.marta.text).toContain('Somebody has changed this since you opened the page.')
    expect(desk.registration().web.redirectUris).toEqual(['https://naomi.example/cb'])
    await desk.marta.submit('/authentication', { web: ['https://marta.example/cb'] })
    expect(desk.marta.status).toBe(200)
    expect(desk.registration()).toMatchObject({
      web: { redirectUris: ['https://marta.example/cb'] },
      signInAudience: 'AzureADMultipleOrgs',
    })
  })

  test('mobile and desktop: suggested and custom URIs', async () => {
    await desk.marta.open(`${desk.at}/authentication/add/publicClient`)
    await desk.marta.submit('/add/publicClient', { redirectUri: '' })
    expect(desk.marta.status).toBe(422)
    await desk.marta.submit('/add/publicClient', {
      suggested: [`msal${desk.registration().appId}://auth`],
      redirectUri: 'com.example.reports://auth',
    })
    expect(desk.registration().publicClient.redirectUris).toEqual([
      `msal${desk.registration().appId}://auth`,
      'com.example.reports://auth',
    ])
  })
})

describe('Certificates & secrets', () => {
  test('a new secret is shown once, then by its first characters; deleting it asks first', async () => {
    await desk.marta.open(`${desk.at}/credentials`)
    expect(desk.marta.text).toContain('No client secrets have been created for this application')
    await desk.marta.follow('New client secret')
    expect(desk.marta.text).toContain('Recommended: 180 days (6 months)')
    await desk.marta.submit('/credentials/new', { description: 'Nightly', expires: '365', start: '', end: '' })
    expect(desk.marta.status).toBe(200)
    const secret = /id="secret-once"[^>]*value="([^"]+)"/.exec(desk.marta.html)?.[1] ?? ''
    expect(secret).toHaveLength(40)
    const [kept] = desk.registration().secrets
    expect(kept).toMatchObject({ displayName: 'Nightly', hash: hashSecret(secret), hint: secret.slice(0, 3) })
    expect(Math.round((Date.parse(kept?.endDateTime ?? '') - Date.parse(kept?.startDateTime ?? '')) / 86_400_000)).toBe(
      365,
    )
    const journal = JSON.stringify(desk.admin.system.journal.read({ limit: 5000 }))
    expect(journal).not.toContain(secret)
    expect(journal).toContain('A client secret of')
    await desk.marta.open(`${desk.at}/credentials`)
    expect(desk.marta.html).not.toContain(secret)
    expect(desk.marta.text).toContain(`Nightly`)
    expect(desk.marta.text).toContain(`${secret.slice(0, 3)}******************`)
    await desk.marta.follow('Delete Nightly')
    expect(desk.marta.text).toContain('Do you want to delete this client secret?')
    await desk.marta.submit('/delete')
    expect(desk.registration().secrets).toEqual([])
  })

  test('custom dates: the end is asked for, after the start, within 24 months', async () => {
    const send = async (start: string, end: string): Promise<string> => {
      await desk.marta.open(`${desk.at}/credentials/new`)
      await desk.marta.submit('/credentials/new', { description: '', expires: 'custom', start, end })
      return `${desk.marta.status} ${desk.marta.text}`
    }
    expect(await send('', '')).toContain('Enter when the secret ends.')
    expect(await send('2090-02-01', '2090-01-01')).toContain('The end is after the start.')
    expect(await send('2090-01-01', '2093-01-01')).toContain('24 months at most')
    expect(await send('2001-01-01', '2001-02-01')).toContain('The end has passed already.')
    expect(desk.registration().secrets).toEqual([])
    expect(await send('2090-01-01', '2091-01-01')).toContain('200 ')
    expect(desk.registration().secrets[0]).toMatchObject({
      startDateTime: '2090-01-01T00:00:00.000Z',
      endDateTime: '2091-01-01T00:00:00.000Z',
    })
  })

  test('the list and the page tell an expired secret from one that expires soon, in virtual time', async () => {
    await desk.admin.system.control.moveClock({ kind: 'frozen', frozen: false })
    await desk.marta.open(`${desk.at}/credentials/new`)
    await desk.marta.submit('/credentials/new', { description: 'Quarter', expires: '90', start: '', end: '' })
    const line = async (): Promise<string> => {
      await desk.marta.open(`/admin/registrations?q=${desk.name}`)
      return desk.marta.text
    }
    expect(await line()).toContain('Current')
    await desk.admin.advance('P65D')
    await desk.signInAgain()
    expect(await line()).toContain('Expiring soon')
    await desk.admin.advance('P30D')
    await desk.signInAgain()
    expect(await line()).toContain('Expired')
    await desk.marta.open(`${desk.at}/credentials`)
    expect(desk.marta.text).toContain('Expired')
  })

  test('a certificate is uploaded as a file, with its thumbprint and dates; a private key is refused', async () => {
    const { certificate, privateKeyPem } = makeCertificate(new Date('2026-01-01'), new Date('2099-01-01'))
    await desk.marta.open(`${desk.at}/credentials/upload`)
    expect(desk.marta.html).toContain('enctype="multipart/form-data"')
    expect(desk.marta.html).toContain('type="file"')
    await desk.marta.submit('/upload', { certificate: privateKeyPem, description: '' })
    expect(desk.marta.status).toBe(422)
    expect(desk.marta.text).toContain('holds a private key')
    expect(desk.marta.html).not.toContain(privateKeyPem.slice(40, 100))
    await desk.marta.submit('/upload', { certificate: 'junk', description: '' })
    expect(desk.marta.text).toContain('is not an X.509 certificate')
    await desk.marta.submit('/upload', { certificate, description: 'Signing' })
    expect(desk.marta.text).toContain(desk.registration().keyCredentials?.[0]?.thumbprint)
    expect(desk.marta.text).toContain('Signing')
    expect(desk.marta.text).toContain('Jan 1, 2099')
    await desk.marta.follow('Delete Signing')
    await desk.marta.submit('/delete')
    expect(desk.registration().keyCredentials).toEqual([])
  })
})

describe('Token configuration', () => {
  test('optional claims by token type, and the groups claim', async () => {
    await desk.marta.open(`${desk.at}/token-configuration`)
    await desk.marta.follow('Add optional claim')
    await desk.marta.submit('/add', { claim: ['upn', 'ctry'] })
    expect(desk.marta.text).toContain('upn User principal name of the person ID')
    expect(desk.registration().requiredScopes).toEqual(['User.Read'])
    await desk.marta.follow('Add optional claim')
    await desk.marta.submit('/add', { claim: ['given_name', 'email', 'acct'], permissions: 'true' })
    expect(desk.registration().requiredScopes).toEqual(['User.Read', 'profile', 'email'])
    for (const name of ['given_name', 'email', 'acct']) {
      await desk.marta.follow(`Delete ${name} from ID tokens`)
      await desk.marta.submit('/delete')
    }
    await desk.marta.follow('Add groups claim')
    await desk.marta.submit('/groups', {})
    expect(desk.marta.text).toContain('Select a group type.')
    await desk.marta.submit('/groups', {
      groups: 'SecurityGroup',
      idTokenRoles: 'true',
      accessTokenFormat: 'cloud_displayname',
    })
    expect(desk.registration()).toMatchObject({
      groupMembershipClaims: 'SecurityGroup',
      optionalClaims: {
        idToken: [{ name: 'upn' }, { name: 'ctry' }, { name: 'groups', additionalProperties: ['emit_as_roles'] }],
        accessToken: [{ name: 'groups', additionalProperties: ['cloud_displayname'] }],
      },
    })
    await desk.marta.follow('Delete upn from ID tokens')
    await desk.marta.submit('/delete')
    await desk.marta.follow('Delete groups from ID tokens')
    await desk.marta.submit('/delete')
    expect(desk.registration().groupMembershipClaims).toBeUndefined()
    expect(desk.registration().optionalClaims?.idToken.map(({ name }) => name)).toEqual(['ctry'])
  })
})
