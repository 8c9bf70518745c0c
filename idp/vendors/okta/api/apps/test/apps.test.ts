import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readXml } from '#kit/saml/read-xml.ts'
import type { Answer } from '#kit/test/call.ts'
import { generateCertificate } from '../../../saml/certificate-commands.ts'
import { oktaGroupIdOf, oktaUserIdOf } from '../../../world.ts'
import { type RunningApi, startApi } from '../../test/start-api.ts'

type Json = Record<string, unknown>

let api: RunningApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

const placeholder = (expression: string): string => `\${${expression}}`
const source = (attribute: string): string => placeholder(`source.${attribute}`)

const listOf = (answer: Answer): Json[] => JSON.parse(answer.text) as Json[]

async function add(label: string, more: Json = {}, query = ''): Promise<Json> {
  const body = { name: 'dialpad', label, signOnMode: 'SAML_2_0', ...more }
  const answer = await api.ask('POST', `/api/v1/apps${query}`, { body })
  expect(answer.status, answer.text).toBe(200)
  return answer.json()
}

async function refusal(method: string, path: string, body?: object, token?: string): Promise<readonly unknown[]> {
  const options = { ...(body === undefined ? {} : { body }), ...(token === undefined ? {} : { token }) }
  const answer = await api.ask(method, `/api/v1${path}`, options)
  const { errorCode, errorCauses } = answer.json()
  return [answer.status, errorCode, ...(errorCauses as Json[]).map(({ errorSummary }) => errorSummary)]
}

const events = async (target: string): Promise<readonly string[]> =>
  api.system.store.find('systemLog', 'target', target).map(({ eventType }) => eventType)

describe('adding an app', () => {
  test('from the catalog: active, signed on by SAML, nothing provisioned', async () => {
    const app = await add('Dialpad')
    expect(app).toMatchObject({
      id: expect.stringMatching(/^0oa\w{17}$/),
      name: 'dialpad',
      label: 'Dialpad',
      status: 'ACTIVE',
      signOnMode: 'SAML_2_0',
      features: [],
      accessibility: { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null },
      visibility: { autoSubmitToolbar: true, hide: { iOS: false, web: false }, appLinks: { dialpad_link: true } },
      credentials: {
        userNameTemplate: { template: source('login'), type: 'BUILT_IN', pushStatus: 'PUSH' },
        signing: { kid: expect.stringMatching(/^\w{27}$/) },
      },
      settings: {
        app: { acsURL: null, entityID: null },
        notifications: { vpn: { network: { connection: 'DISABLED' } } },
        implicitAssignment: false,
      },
    })
    const { created, lastUpdated, id, _links } = app as {
      created: string
      lastUpdated: string
      id: string
      _links: Json
    }
    expect(created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(lastUpdated).toBe(created)
    expect(Object.keys(_links).sort()).toEqual([
      'appLinks',
      'deactivate',
      'groups',
      'help',
      'metadata',
      'self',
      'users',
    ])
    expect((_links['users'] as Json)['href']).toBe(`${api.origin}/api/v1/apps/${id}/users`)
    expect((await api.ask('GET', `/api/v1/apps/${id}`)).json()).toEqual(app)
  })

  test('with its settings, in one call; what is named is kept, the rest is as the catalog has it', async () => {
    const app = await add('Phones of Denver', {
      visibility: { hide: { web: true } },
      credentials: { userNameTemplate: { template: source('email'), type: 'BUILT_IN' } },
      settings: {
        app: { acsURL: 'https://dialpad.com/saml/sso/okta/brightwave.example', entityID: 'https://dialpad.com/x' },
        notes: { admin: 'Ask Marta' },
        signOn: {
          defaultRelayState: '/app',
          attributeStatements: [
            { type: 'EXPRESSION', name: 'Email', values: ['user.email'] },
            { type: 'GROUP', name: 'groups', filterType: 'STARTS_WITH', filterValue: 'Sup' },
          ],
        },
      },
    })
    expect(app).toMatchObject({
      visibility: { autoSubmitToolbar: true, hide: { iOS: false, web: true } },
      credentials: { userNameTemplate: { template: source('email'), type: 'BUILT_IN' } },
      settings: {
        app: { acsURL: 'https://dialpad.com/saml/sso/okta/brightwave.example', entityID: 'https://dialpad.com/x' },
        notes: { admin: 'Ask Marta', enduser: null },
        signOn: {
          defaultRelayState: '/app',
          attributeStatements: [
            { type: 'EXPRESSION', name: 'Email', values: ['user.email'] },
            { type: 'GROUP', name: 'groups', filterType: 'STARTS_WITH', filterValue: 'Sup' },
          ],
        },
      },
    })
    expect(await events(String(app['id']))).toEqual(['application.lifecycle.create'])
  })

  test('without a name: an app of the integration wizard, with the addresses among its sign-on settings', async () => {
    const app = await add('Desk Phones', {
      name: undefined,
      settings: { signOn: { ssoAcsUrl: 'https://phones.example/acs', audience: 'phones' } },
    })
    expect(app).toMatchObject({
      name: expect.stringMatching(/^deskphones_/),
      settings: {
        app: {},
        signOn: {
          ssoAcsUrl: 'https://phones.example/acs',
          recipient: 'https://phones.example/acs',
          audience: 'phones',
        },
      },
    })
  })

  test('of the wizard: Single Logout is among its sign-on settings, and the catalog has none', async () => {
    const plain = await api.ask('POST', '/api/v1/apps', { body: { label: 'Leave', signOnMode: 'SAML_2_0' } })
    const path = `/api/v1/apps/${plain.json()['id']}`
    expect(plain.json()).toMatchObject({ settings: { signOn: { slo: { enabled: false } } } })
    const [certificate] = api.system.store.find('samlCertificates', 'owner', String(plain.json()['id']))
    const slo = { enabled: true, issuer: 'leave', logoutUrl: 'https://leave.example/slo' }
    const x5c = [certificate?.certificate ?? '']
    const put = (signOn: Json) => api.ask('PUT', path, { body: { label: 'Leave', settings: { signOn } } })
    expect((await put({ slo })).json()['errorCode'], 'without a certificate').toBe('E0000001')
    const changed = await put({ slo, spCertificate: { x5c } })
    expect(changed.json()).toMatchObject({ settings: { signOn: { slo, spCertificate: { x5c } } } })
    const again = await api.ask('PUT', path, { body: changed.json() })
    expect(again.json()['lastUpdated'], 'sent back, nothing happens').toBe(changed.json()['lastUpdated'])
    const off = await put({ slo: { enabled: false } })
    expect(off.json()).toMatchObject({ settings: { signOn: { slo: { enabled: false } } } })
    const listed = { name: 'dialpad', label: 'Leave it', settings: { signOn: { slo, spCertificate: { x5c } } } }
    expect(await refusal('POST', '/apps', listed)).toEqual([
      400,
      'E0000001',
      expect.stringContaining('does not support Single Logout'),
    ])
  })

  test('with activate=false it is inactive, and can be activated', async () => {
    const { id, status } = await add('Sleeping', {}, '?activate=false')
    expect(status).toBe('INACTIVE')
    expect((await api.ask('POST', `/api/v1/apps/${id}/lifecycle/activate`)).json()).toEqual({})
    expect((await api.ask('GET', `/api/v1/apps/${id}`)).json()).toMatchObject({ status: 'ACTIVE' })
  })

  test.each([
    [
      'a label that is taken, in any case',
      { label: 'dialpad' },
      [400, 'E0000040', 'label: This label is already used by another application.'],
    ],
    ['no label', { label: undefined }, [400, 'E0000001', 'label: The field cannot be left blank']],
    ['an app the catalog does not have', { label: 'X', name: 'zoomus' }, [404, 'E0000007']],
    [
      'a sign-on mode the app does not have',
      { label: 'X', signOnMode: 'BOOKMARK' },
      [400, 'E0000001', expect.stringContaining('signOnMode: BOOKMARK')],
    ],
    [
      'a setting the app does not have',
      { label: 'X', settings: { app: { subDomain: 'x' } } },
      [400, 'E0000001', 'settings.app.subDomain: There is no such setting'],
    ],
    [
      'an address that is none',
      { label: 'X', settings: { app: { acsURL: 'dialpad' } } },
      [400, 'E0000001', 'settings.app.acsURL: Must be a complete web address'],
    ],
    [
      'a template that is not built in',
      { label: 'X', credentials: { userNameTemplate: { template: source('nickName') } } },
      [400, 'E0000001', expect.stringContaining('credentials.userNameTemplate.template')],
    ],
    [
      'an expression that cannot be read',
      { label: 'X', settings: { signOn: { attributeStatements: [{ name: 'A', values: ['user.'] }] } } },
      [400, 'E0000001', expect.stringContaining('attributeStatements.0')],
    ],
    [
      'an expression with an unknown attribute',
      { label: 'X', settings: { signOn: { attributeStatements: [{ name: 'A', values: ['user.nope'] }] } } },
      [400, 'E0000001', expect.stringContaining('nope')],
    ],
    [
      'a place to sign in elsewhere, which this org has not',
      { label: 'X', accessibility: { loginRedirectUrl: 'https://x.example' } },
      [400, 'E0000001', expect.stringContaining('accessibility.loginRedirectUrl')],
    ],
  ])('refused: %s', async (_what, more, expected) => {
    const before = api.system.store.count('apps')
    expect(await refusal('POST', '/apps', { name: 'dialpad', ...more })).toEqual(expected)
    expect(api.system.store.count('apps')).toBe(before)
  })

  test('refused: for an administrator who may only read, and for one of people', async () => {
    const token = await api.token('oskar.lindqvist')
    expect(await refusal('POST', '/apps', { name: 'dialpad', label: 'Y' }, token)).toEqual([403, 'E0000006'])
    expect((await api.ask('GET', '/api/v1/apps', { token })).status).toBe(200)
  })
})

/** Every org has them. */
const SAMPLES = ['Sample web app', 'Sample single-page app']

describe('the list of apps', () => {
  let fresh: RunningApi
  beforeAll(async () => {
    fresh = await startApi('connected-okta')
    for (const label of ['Alpha', 'Beta', 'Gamma']) {
      await fresh.ask('POST', '/api/v1/apps?activate=false', { body: { label } })
    }
  })
  afterAll(() => fresh.close())
  const labels = async (query: string): Promise<unknown[]> =>
    listOf(await fresh.ask('GET', `/api/v1/apps?${query}`)).map(({ label }) => label)

  test('is paged by cursor, each app once', async () => {
    const seen: unknown[] = []
    let next: string | undefined = '/api/v1/apps?limit=3'
    while (next !== undefined) {
      const answer: Answer = await fresh.ask('GET', next)
      seen.push(...listOf(answer).map(({ label }) => label))
      next = /<[^>]*(\/api\/v1[^>]*)>; rel="next"/.exec(String(answer.headers['link']))?.[1]
    }
    expect(seen).toEqual([...SAMPLES, 'Dialpad', 'Alpha', 'Beta', 'Gamma'])
  })

  test('q is the beginning of the label or the name', async () => {
    expect(await labels('q=be')).toEqual(['Beta'])
    expect(await labels('q=dialp')).toEqual(['Dialpad'])
    expect(await labels('q=lph')).toEqual([])
  })

  test('filter knows status, name, and who is assigned', async () => {
    const eq = (attribute: string, value: string) =>
      labels(`filter=${encodeURIComponent(`${attribute} eq "${value}"`)}`)
    expect(await eq('status', 'ACTIVE')).toEqual([...SAMPLES, 'Dialpad'])
    expect(await eq('status', 'INACTIVE')).toEqual(['Alpha', 'Beta', 'Gamma'])
    expect(await eq('name', 'dialpad')).toEqual(['Dialpad'])
    expect(await eq('user.id', oktaUserIdOf('ada.okafor'))).toEqual(['Dialpad'])
    expect(await eq('user.id', oktaUserIdOf('marta.silva'))).toEqual([])
    expect(await eq('group.id', oktaGroupIdOf('Dialpad Users'))).toEqual(['Dialpad'])
  })

  test('expand=user/{id} shows the assignment of that person beside each app', async () => {
    const userId = oktaUserIdOf('ada.okafor')
    const query = `filter=${encodeURIComponent(`user.id eq "${userId}"`)}&expand=${encodeURIComponent(`user/${userId}`)}`
    const [app] = listOf(await fresh.ask('GET', `/api/v1/apps?${query}`))
    expect(app).toMatchObject({
      _embedded: { user: { id: userId, scope: 'GROUP', credentials: { userName: 'ada.okafor@brightwave.example' } } },
    })
  })

  test.each([
    ['filter=label eq "x"', 'E0000031'],
    ['filter=status sw "A"', 'E0000031'],
    ['filter=status eq "GONE"', 'E0000031'],
    ['expand=group/x', 'E0000001'],
    ['limit=0', 'E0000001'],
    ['after=made-up', 'E0000001'],
  ])('refused: %s', async (query, code) => {
    const answer = await fresh.ask('GET', `/api/v1/apps?${encodeURI(query)}`)
    expect([answer.status, answer.json()['errorCode']]).toEqual([400, code])
  })
})

describe('replacing an app', () => {
  test('sent back as it was read, nothing happens: no event, no new date', async () => {
    const app = await add('Round Trip')
    const path = `/api/v1/apps/${app['id']}`
    await api.advance('PT1H')
    expect((await api.ask('PUT', path, { body: app })).json()).toEqual(app)
    expect(await events(String(app['id']))).toEqual(['application.lifecycle.create'])
  })

  test('label, visibility, notes and username format are kept; what is left out stays', async () => {
    const { id } = await add('Before', { settings: { notes: { enduser: 'Hello' } } })
    const body = {
      label: 'After',
      visibility: { autoSubmitToolbar: false, hide: { iOS: true } },
      credentials: {
        userNameTemplate: { template: placeholder('fn:substringBefore(source.email,"@")'), type: 'BUILT_IN' },
      },
    }
    expect((await api.ask('PUT', `/api/v1/apps/${id}`, { body })).json()).toMatchObject({
      label: 'After',
      visibility: { autoSubmitToolbar: false, hide: { iOS: true, web: false } },
      credentials: { userNameTemplate: { template: placeholder('fn:substringBefore(source.email, "@")') } },
      settings: { notes: { enduser: 'Hello', admin: null } },
    })
  })

  test('refused: another name, another mode, a label in use, an unknown app, an unknown key', async () => {
    const { id } = await add('Second')
    await add('Third')
    expect(await refusal('PUT', `/apps/${id}`, { label: 'Second', name: 'scim' })).toEqual([
      400,
      'E0000001',
      'name: The name of an app cannot be changed',
    ])
    expect((await refusal('PUT', `/apps/${id}`, { label: 'Second', signOnMode: 'AUTO_LOGIN' }))[1]).toBe('E0000001')
    expect((await refusal('PUT', `/apps/${id}`, { label: 'third' }))[1]).toBe('E0000040')
    expect(await refusal('PUT', '/apps/0oanobody', { label: 'Q' })).toEqual([404, 'E0000007'])
    const unknown = { label: 'Second', credentials: { signing: { kid: 'nobody' } } }
    expect(await refusal('PUT', `/apps/${id}`, unknown)).toEqual([404, 'E0000007'])
  })
})

describe('the end of an app', () => {
  test('only an inactive app is deleted: E0000056 before, 204 after, and then it is gone', async () => {
    const { id } = await add('Leaving')
    expect(await refusal('DELETE', `/apps/${id}`)).toEqual([403, 'E0000056'])
    expect((await api.ask('POST', `/api/v1/apps/${id}/lifecycle/deactivate`)).status).toBe(200)
    const gone = await api.ask('DELETE', `/api/v1/apps/${id}`)
    expect([gone.status, gone.text]).toEqual([204, ''])
    expect(await refusal('GET', `/apps/${id}`)).toEqual([404, 'E0000007'])
    expect(await refusal('POST', `/apps/${id}/lifecycle/activate`)).toEqual([404, 'E0000007'])
  })
})

describe('keys and metadata', () => {
  test('the keys are the public halves of the signing certificates, the metadata carries the active one', async () => {
    const { id, credentials } = await add('Signed')
    const [key] = listOf(await api.ask('GET', `/api/v1/apps/${id}/credentials/keys`))
    const { kid } = (credentials as { signing: Json }).signing
    const [x5c] = (key as { x5c: string[] }).x5c
    const certificate = new X509Certificate(Buffer.from(x5c ?? '', 'base64'))
    expect(key).toMatchObject({ kid, kty: 'RSA', use: 'sig', n: certificate.publicKey.export({ format: 'jwk' }).n })
    expect(Object.keys(key ?? {})).not.toContain('d')

    const metadata = await api.ask('GET', `/api/v1/apps/${id}/sso/saml/metadata?kid=${kid}`)
    expect([metadata.status, metadata.headers['content-type']]).toEqual([200, 'application/xml'])
    expect(readXml(metadata.text)).toMatchObject({ ok: true })
    expect(metadata.text.replaceAll(/\s/g, '')).toContain(x5c)
    expect(metadata.text).toContain('entityID="http://www.okta.com/exk')
  })

  test('a PUT that names another key of the app makes that one sign', async () => {
    const app = await add('Rolled over')
    const id = String(app['id'])
    const marta = { kind: 'person', userId: oktaUserIdOf('marta.silva') } as const
    const { id: kid } = await generateCertificate({ system: api.system }, marta, { appId: id })
    const metadata = async (): Promise<string> => (await api.ask('GET', `/api/v1/apps/${id}/sso/saml/metadata`)).text
    const before = await metadata()
    const body = { ...app, credentials: { signing: { kid } } }
    expect((await api.ask('PUT', `/api/v1/apps/${id}`, { body })).json()).toMatchObject({
      credentials: { signing: { kid }, userNameTemplate: { template: source('login') } },
    })
    expect(await metadata()).not.toBe(before)
    expect(listOf(await api.ask('GET', `/api/v1/apps/${id}/credentials/keys`))).toHaveLength(2)
  })

  test('refused: an unknown app, an unknown key', async () => {
    const { id } = await add('Signed too')
    expect(await refusal('GET', `/apps/${id}/sso/saml/metadata?kid=nobody`)).toEqual([404, 'E0000007'])
    expect(await refusal('GET', '/apps/0oanobody/credentials/keys')).toEqual([404, 'E0000007'])
  })
})
