import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { oktaGroupIdOf, oktaUserIdOf } from '../../world.ts'
import { type RunningApi, startApi } from './start-api.ts'

let api: RunningApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

interface User {
  readonly id: string
  readonly status: string
  readonly profile: Readonly<Record<string, unknown>>
  readonly _links: Readonly<Record<string, { readonly href: string; readonly method?: string }>>
}

const PASSWORD = 'Correct-horse-7'

function profile(handle: string, more: object = {}) {
  const address = `${handle}@brightwave.example`
  return { login: address, email: address, firstName: 'Nora', lastName: 'Falk', ...more }
}

async function create(handle: string, query = '', more: object = {}): Promise<User> {
  const answer = await api.ask('POST', `/api/v1/users${query}`, { body: { profile: profile(handle), ...more } })
  expect(answer.status, answer.text).toBe(200)
  return answer.json() as unknown as User
}

async function list(query: string, path = '/api/v1/users'): Promise<readonly User[]> {
  const answer = await api.ask('GET', `${path}?${query}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.json() as unknown as readonly User[]
}

async function refusal(method: string, path: string, body?: object) {
  const answer = await api.ask(method, path, body === undefined ? {} : { body })
  return [answer.status, answer.json()['errorCode']]
}

const get = async (id: string): Promise<User> => (await api.ask('GET', `/api/v1/users/${id}`)).json() as unknown as User

const query = (text: string): string => encodeURIComponent(text)

/** The address of the next page; `undefined` on the last. */
function nextOf(link: string | undefined): string | undefined {
  return /<([^>]+)>; rel="next"/.exec(link ?? '')?.[1]
}

describe('creating somebody', () => {
  test.each([
    ['c.staged', '?activate=false', {}, 'STAGED'],
    ['c.pending', '', {}, 'PROVISIONED'],
    ['c.active', '?activate=true', { credentials: { password: { value: PASSWORD } } }, 'ACTIVE'],
    ['c.expired', '?nextLogin=changePassword', { credentials: { password: { value: PASSWORD } } }, 'PASSWORD_EXPIRED'],
  ])('%s with %s', async (handle, parameters, more, status) => {
    const user = await create(handle, parameters, more)
    expect(user).toMatchObject({
      id: expect.stringMatching(/^00u\w{17}$/),
      status,
      type: { id: expect.stringMatching(/^oty/) },
      profile: profile(handle),
      credentials: { provider: { type: 'OKTA', name: 'OKTA' } },
    })
    expect(await get(user.id)).toEqual(user)
    expect(JSON.stringify(api.system.journal.read({}))).not.toContain(PASSWORD)
  })

  test('keeps the answer to a recovery question out of the journal', async () => {
    const recovery_question = { question: 'First pet?', answer: 'Basilisk-of-Bergen' }
    await create('c.question', '', { credentials: { password: { value: PASSWORD }, recovery_question } })
    expect(JSON.stringify(api.system.journal.read({}))).not.toContain('Basilisk')
  })

  test('puts them into groups', async () => {
    const groupId = oktaGroupIdOf('Sales')
    const user = await create('c.grouped', '', { groupIds: [groupId] })
    const groups = await list('', `/api/v1/users/${user.id}/groups`)
    expect(groups.map(({ profile: { name } }) => name)).toEqual(['Everyone', 'Sales'])
  })

  test('is refused with every cause, by the names of the API', async () => {
    const body = { profile: { login: 'no-address', email: '', firstName: '', shoeSize: 44 } }
    const answer = await api.ask('POST', '/api/v1/users', { body })
    expect(answer.status).toBe(400)
    const { errorCode, errorCauses } = answer.json() as { errorCode: string; errorCauses: { errorSummary: string }[] }
    expect(errorCode).toBe('E0000001')
    const causes = errorCauses.map(({ errorSummary }) => errorSummary)
    expect(causes).toContain('shoeSize: There is no such attribute')
    expect(causes).toContain('login: Must be in the form of an email address')
    expect(causes).toContain('lastName: The field cannot be left blank')
  })

  test('is refused for a taken login, in the words of the sheet', async () => {
    const answer = await api.ask('POST', '/api/v1/users', { body: { profile: profile('marta.silva') } })
    expect(answer.json()).toMatchObject({
      errorCode: 'E0000001',
      errorSummary: 'Api validation failed: login',
      errorCauses: [{ errorSummary: 'login: An object with this field already exists in the current organization' }],
    })
  })

  test.each([
    [{ credentials: { password: { value: 'short' } } }],
    [{ credentials: { password: { hash: { algorithm: 'BCRYPT' } } } }],
    [{ credentials: { provider: { type: 'FEDERATION' } } }],
    [{ type: { id: 'oty0' } }],
    [{ profile: 'text' }],
  ])('%j is refused, and nobody is made', async (more) => {
    const before = api.system.store.count('users')
    expect(await refusal('POST', '/api/v1/users', { profile: profile('c.bad'), ...more })).toEqual([400, 'E0000001'])
    expect(api.system.store.count('users')).toBe(before)
  })

  test('an unknown group is E0000007, and nobody is made', async () => {
    const body = { profile: profile('c.bad'), groupIds: ['00gnone'] }
    expect(await refusal('POST', '/api/v1/users', body)).toEqual([404, 'E0000007'])
    expect(await refusal('GET', '/api/v1/users/c.bad')).toEqual([404, 'E0000007'])
  })
})

describe('somebody is found', () => {
  test('by id, login in any case, short login, and me', async () => {
    const id = oktaUserIdOf('ada.okafor')
    for (const name of [id, 'ADA.okafor@brightwave.example', 'ada.okafor']) expect((await get(name)).id).toBe(id)
    expect((await get('me')).id).toBe(oktaUserIdOf('marta.silva'))
    expect((await api.ask('GET', '/api/v1/users/00uX')).json()).toMatchObject({
      errorCode: 'E0000007',
      errorSummary: 'Not found: Resource not found: 00uX (User)',
    })
  })

  test('by a short login only where one person has it', async () => {
    const other = profile('ada.okafor', { login: 'ada.okafor@elsewhere.example' })
    expect((await api.ask('POST', '/api/v1/users', { body: { profile: other } })).status).toBe(200)
    expect(await refusal('GET', '/api/v1/users/ada.okafor')).toEqual([404, 'E0000007'])
  })
})

describe('the list', () => {
  test('visits everybody once in pages, also when somebody goes in between', async () => {
    const own = await startApi()
    const all = new Set(Array.from(own.system.store.entries('users'), ([id]) => id))
    const seen: string[] = []
    let path: string | undefined = '/api/v1/users?limit=7'
    while (path !== undefined) {
      const answer = await own.ask('GET', path)
      seen.push(...(answer.json() as unknown as User[]).map(({ id }) => id))
      path = nextOf(answer.headers['link'] as string | undefined)?.slice(own.origin.length)
      const [gone] = seen
      if (gone !== undefined && gone !== oktaUserIdOf('marta.silva')) {
        await own.system.store.transact((tx) => tx.delete('users', gone))
      }
    }
    await own.close()
    expect(seen.length).toBe(all.size)
    expect(new Set(seen)).toEqual(all)
  })

  test('a cursor of another list, or none of ours, is refused', async () => {
    const link = (await api.ask('GET', '/api/v1/users?limit=2')).headers['link'] as string
    const cursor = new URL(nextOf(link) ?? '').searchParams.get('after') ?? ''
    expect(await refusal('GET', `/api/v1/users?limit=3&after=${query(cursor)}`).then(([status]) => status)).toBe(200)
    expect(await refusal('GET', `/api/v1/users?q=a&after=${query(cursor)}`)).toEqual([400, 'E0000001'])
    expect(await refusal('GET', '/api/v1/users?after=200')).toEqual([400, 'E0000001'])
    expect(await refusal('GET', '/api/v1/users?limit=many')).toEqual([400, 'E0000001'])
    expect(await refusal('GET', '/api/v1/users?limit=0')).toEqual([400, 'E0000001'])
  })

  test('and q hide the deactivated, search shows them; rows have the link to themselves alone', async () => {
    const user = await create('l.gone')
    await api.ask('POST', `/api/v1/users/${user.id}/lifecycle/deactivate`)
    expect((await list('')).map(({ id }) => id)).not.toContain(user.id)
    expect(await list('q=l.gone')).toEqual([])
    const [found] = await list(`search=${query('profile.login eq "l.gone@brightwave.example"')}`)
    expect(found).toMatchObject({ id: user.id, status: 'DEPROVISIONED' })
    expect(Object.keys(found?._links ?? {})).toEqual(['self'])
    expect((await list(`filter=${query('status eq "DEPROVISIONED"')}`)).map(({ id }) => id)).toContain(user.id)
  })

  test.each([
    ['q=m', (user: User) => [user.profile['firstName'], user.profile['lastName'], user.profile['email']]],
    ['q=mar', (user: User) => [user.profile['firstName'], user.profile['lastName'], user.profile['email']]],
    ['q=MARTA', (user: User) => [user.profile['firstName'], user.profile['lastName'], user.profile['email']]],
  ])('%s finds beginnings of first name, last name and e-mail', async (text, names) => {
    const wanted = text.slice(2).toLowerCase()
    const found = await list(text)
    expect(found.length).toBeGreaterThan(0)
    expect(found.length).toBeLessThanOrEqual(10)
    for (const user of found) {
      expect(names(user).some((name) => String(name).toLowerCase().startsWith(wanted))).toBe(true)
    }
    const all = (await list('limit=200')).filter((user) =>
      names(user).some((name) => String(name).toLowerCase().startsWith(wanted)),
    )
    expect((await list(`${text}&limit=200`)).map(({ id }) => id)).toEqual(all.map(({ id }) => id))
  })

  test.each([
    ['filter', 'status eq "STAGED"'],
    ['filter', 'profile.login eq "MARTA.SILVA@brightwave.example"'],
    ['filter', 'lastUpdated gt "2020-01-01T00:00:00.000Z" and profile.lastName eq "Silva"'],
    ['search', 'profile.department eq "sales" and status eq "ACTIVE"'],
    ['search', 'profile.lastName sw "S"'],
    ['search', 'profile.title co "manager" or (profile.firstName eq "Ada")'],
    ['search', 'profile.managerId pr'],
    ['search', 'not (profile.managerId pr)'],
    ['search', 'lastUpdated gt "2020-01-01T00:00:00.000Z"'],
  ])('%s=%s finds somebody', async (kind, text) => {
    expect((await list(`${kind}=${query(text)}`)).length).toBeGreaterThan(0)
  })

  test('search looks on until it has found somebody: no page is empty but the last', async () => {
    const own = await startApi()
    const [somebody] = own.system.store.page('users', 0, 1)
    if (somebody === undefined) throw new Error('The world has nobody.')
    await own.system.store.transact((tx) => {
      for (let number = 0; number < 5_000; number += 1) {
        const id = `00u${String(number).padStart(17, '0')}`
        const login = `p${number}@crowd.example`
        const department = number % 2_400 === 2_399 ? 'Rare' : 'Many'
        tx.put('users', id, { ...somebody, id, profile: { ...somebody.profile, login, email: login, department } })
      }
    })
    const pages: number[] = []
    let path: string | undefined = `/api/v1/users?search=${query('profile.department eq "Rare"')}`
    while (path !== undefined) {
      const answer = await own.ask('GET', path)
      pages.push((answer.json() as unknown as User[]).length)
      path = nextOf(answer.headers['link'] as string | undefined)?.slice(own.origin.length)
    }
    await own.close()
    expect(pages.slice(0, -1)).not.toContain(0)
    expect(pages.reduce((sum, count) => sum + count, 0)).toBe(2)
  })

  test('search compares what it says', async () => {
    const sales = await list(`search=${query('profile.department eq "sales"')}`)
    expect(new Set(sales.map((user) => user.profile['department']))).toEqual(new Set(['Sales']))
    expect(await list(`search=${query('lastUpdated gt "2999-01-01"')}`)).toEqual([])
    expect(await list(`search=${query('id eq "00unone"')}`)).toEqual([])
  })

  test.each([
    'filter=profile.department%20eq%20%22Sales%22',
    'filter=status%20co%20%22A%22',
    'search=profile.shoeSize%20eq%20%2244%22',
    'search=profile.title%20is%20%22x%22',
    'search=%22',
    'search=status%20eq',
    'search=constructor%20pr',
    'search=profile%5Btitle%20pr%5D',
    `search=${Array.from({ length: 60 }, () => 'status%20pr').join('%20or%20')}`,
    'search=status%20pr&sortBy=id',
  ])('%s is E0000031', async (text) => {
    expect(await refusal('GET', `/api/v1/users?${text}`)).toEqual([400, 'E0000031'])
  })

  test('two ways to search at once are refused', async () => {
    expect(await refusal('GET', '/api/v1/users?q=a&search=status%20pr')).toEqual([400, 'E0000001'])
  })
})

describe('changing somebody', () => {
  test('POST changes what it names, null removes, "" stays', async () => {
    const { id } = await create('u.partial', '', { profile: profile('u.partial', { title: 'Clerk', city: 'Oslo' }) })
    const body = { profile: { title: null, city: '', department: 'Sales' } }
    const answer = await api.ask('POST', `/api/v1/users/${id}`, { body })
    expect(answer.status, answer.text).toBe(200)
    const after = await get(id)
    expect(after.profile).toMatchObject({ ...profile('u.partial'), city: '', department: 'Sales' })
    expect(after.profile).not.toHaveProperty('title')
  })

  test('PUT replaces: what it does not name is null', async () => {
    const { id } = await create('u.whole', '', { profile: profile('u.whole', { title: 'Clerk' }) })
    const body = { profile: profile('u.whole', { firstName: 'Nell' }) }
    expect((await api.ask('PUT', `/api/v1/users/${id}?strict=true`, { body })).status).toBe(200)
    const after = await get(id)
    expect(after.profile['firstName']).toBe('Nell')
    expect(after.profile).not.toHaveProperty('title')
    expect(await refusal('PUT', `/api/v1/users/${id}`, { profile: { login: 'x@y.example' } })).toEqual([
      400,
      'E0000001',
    ])
    expect(await refusal('PUT', `/api/v1/users/${id}`, {})).toEqual([400, 'E0000001'])
  })

  test('a password in the same change opens the account; a weak one changes nothing', async () => {
    const { id } = await create('u.password')
    const bad = { profile: { title: 'X' }, credentials: { password: { value: 'abc' } } }
    expect(await refusal('POST', `/api/v1/users/${id}`, bad)).toEqual([400, 'E0000001'])
    expect((await get(id)).profile).not.toHaveProperty('title')
    const good = { profile: { title: 'X' }, credentials: { password: { value: PASSWORD } } }
    const answer = await api.ask('POST', `/api/v1/users/${id}`, { body: good })
    expect(answer.json()).toMatchObject({ status: 'ACTIVE', profile: { title: 'X' }, credentials: { password: {} } })
  })

  test('changes the password of somebody who knows the old one', async () => {
    const path = '/api/v1/users/ada.okafor@brightwave.example/credentials/change_password'
    const body = (oldPassword: string, newPassword: string) => ({
      oldPassword: { value: oldPassword },
      newPassword: { value: newPassword },
    })
    expect(await refusal('POST', path, body('wrong', PASSWORD))).toEqual([403, 'E0000014'])
    expect(await refusal('POST', path, body(TRAINING_PASSWORD, 'weak'))).toEqual([403, 'E0000014'])
    const answer = await api.ask('POST', path, { body: body(TRAINING_PASSWORD, PASSWORD) })
    expect([answer.status, answer.json()]).toEqual([
      200,
      expect.objectContaining({ password: {}, provider: { type: 'OKTA', name: 'OKTA' } }),
    ])
    const visitor = await api.signIn('ada.okafor', '/', PASSWORD)
    expect(visitor.status).toBe(200)
  })
})

describe('the lifecycle', () => {
  const act = (id: string, verb: string) => api.ask('POST', `/api/v1/users/${id}/lifecycle/${verb}`)

  test('goes through its states, with the actions each allows among the links', async () => {
    const { id } = await create('s.life', '?activate=false', { credentials: { password: { value: PASSWORD } } })
    const steps: [string, string, readonly string[]][] = [
      [
        'activate',
        'ACTIVE',
        ['suspend', 'resetPassword', 'expirePassword', 'resetFactors', 'changePassword', 'deactivate'],
      ],
      ['suspend', 'SUSPENDED', ['unsuspend', 'deactivate']],
      [
        'unsuspend',
        'ACTIVE',
        ['suspend', 'resetPassword', 'expirePassword', 'resetFactors', 'changePassword', 'deactivate'],
      ],
      ['expire_password', 'PASSWORD_EXPIRED', ['resetPassword', 'resetFactors', 'changePassword', 'deactivate']],
      ['deactivate', 'DEPROVISIONED', ['activate', 'delete']],
      ['activate?sendEmail=false', 'PROVISIONED', ['reactivate', 'resetPassword', 'deactivate']],
    ]
    for (const [verb, status, links] of steps) {
      const answer = await act(id, verb)
      expect(answer.status, `${verb}: ${answer.text}`).toBe(200)
      const user = await get(id)
      expect([verb, user.status]).toEqual([verb, status])
      expect(Object.keys(user._links).filter((name) => !['self', 'schema', 'type'].includes(name))).toEqual(links)
    }
  })

  test('every action among the links has a call', async () => {
    const { id } = await create('s.links', '', { credentials: { password: { value: PASSWORD } } })
    for (const { href, method } of Object.values((await get(id))._links)) {
      if (method !== 'post') continue
      const answer = await api.ask('OPTIONS', href.slice(api.origin.length))
      expect([href, answer.headers.allow]).toEqual([href, 'POST'])
    }
  })

  test('activate and reactivate give a link that opens the account, once, and in no journal', async () => {
    const { id } = await create('s.link', '?activate=false')
    const first = (await act(id, 'activate?sendEmail=false')).json()
    expect(first).toEqual({ activationUrl: expect.stringContaining(api.origin), activationToken: expect.any(String) })
    const { activationUrl, activationToken } = (await act(id, 'reactivate?sendEmail=false')).json()
    expect(activationToken).not.toBe(first['activationToken'])
    expect(String(activationUrl)).toContain(String(activationToken))
    const journal = JSON.stringify(api.system.journal.read({}))
    expect(journal).not.toContain(activationToken)
    expect(JSON.stringify(api.system.store.dump())).not.toContain(activationToken)
    expect((await act(id, 'reactivate')).json()).toEqual({})
  })

  test('reset_password gives the link of the recovery', async () => {
    const { id } = await create('s.reset', '', { credentials: { password: { value: PASSWORD } } })
    const answer = await act(id, 'reset_password?sendEmail=false')
    expect(answer.json()).toEqual({ resetPasswordUrl: expect.stringContaining(api.origin) })
    expect((await get(id)).status).toBe('RECOVERY')
    expect((await act(id, 'reset_password')).json()).toEqual({})
  })

  test('expire_password can give a temporary password, which is in no journal', async () => {
    const { id } = await create('s.temporary', '', { credentials: { password: { value: PASSWORD } } })
    const { tempPassword } = (await act(id, 'expire_password?tempPassword=true')).json()
    expect(tempPassword).toEqual(expect.any(String))
    expect((await get(id)).status).toBe('PASSWORD_EXPIRED')
    expect(JSON.stringify(api.system.journal.read({}))).not.toContain(tempPassword)
  })

  test('unlock lets somebody who was locked out back in', async () => {
    const { id } = await create('s.locked', '', { credentials: { password: { value: PASSWORD } } })
    const user = api.system.store.get('users', id)
    if (user === undefined) throw new Error('Nobody was made.')
    await api.system.store.transact((tx) => tx.put('users', id, { ...user, status: 'LOCKED_OUT' }))
    expect((await act(id, 'unlock')).json()).toEqual({})
    expect((await get(id)).status).toBe('ACTIVE')
  })

  test('reset_factors is noted in the System Log', async () => {
    const { id } = await create('s.factors', '', { credentials: { password: { value: PASSWORD } } })
    expect((await act(id, 'reset_factors')).json()).toEqual({})
    const types = api.system.store.find('systemLog', 'target', id).map(({ eventType }) => eventType)
    expect(types).toContain('user.mfa.factor.reset_all')
  })

  test('what the state does not allow is 403: E0000038, or E0000016 for somebody active', async () => {
    const { id } = await create('s.refused', '?activate=false')
    for (const verb of [
      'suspend',
      'unsuspend',
      'unlock',
      'reactivate',
      'expire_password',
      'reset_password',
      'reset_factors',
    ]) {
      const answer = await act(id, verb)
      expect([verb, answer.status, answer.json()['errorCode']]).toEqual([verb, 403, 'E0000038'])
    }
    const active = await create('s.active', '', { credentials: { password: { value: PASSWORD } } })
    expect(await refusal('POST', `/api/v1/users/${active.id}/lifecycle/activate`)).toEqual([403, 'E0000016'])
  })

  test('DELETE deactivates first, deletes then, and finds nobody after', async () => {
    const { id } = await create('s.delete')
    expect((await api.ask('DELETE', `/api/v1/users/${id}`)).status).toBe(204)
    expect((await get(id)).status).toBe('DEPROVISIONED')
    expect((await api.ask('DELETE', `/api/v1/users/${id}?sendEmail=false`)).status).toBe(204)
    expect(await refusal('DELETE', `/api/v1/users/${id}`)).toEqual([404, 'E0000007'])
  })

  test('read-only administrators and app administrators may do none of it', async () => {
    const { id } = await create('s.rights', '', { credentials: { password: { value: PASSWORD } } })
    const token = await api.token('oskar.lindqvist')
    const calls = [
      ['POST', `/api/v1/users/${id}/lifecycle/suspend`],
      ['POST', `/api/v1/users/${id}/lifecycle/activate`],
      ['POST', `/api/v1/users/${id}/lifecycle/reset_password`],
      ['DELETE', `/api/v1/users/${id}`],
      ['DELETE', `/api/v1/users/${id}/sessions`],
    ] as const
    for (const [method, path] of calls) {
      const answer = await api.ask(method, path, { token })
      expect([path, answer.status, answer.json()['errorCode']]).toEqual([path, 403, 'E0000006'])
    }
    expect((await get(id)).status).toBe('ACTIVE')
  })
})

describe('what belongs to somebody', () => {
  test('sessions are ended', async () => {
    const visitor = await api.signIn('george.mensah', '/')
    expect(visitor.status).toBe(200)
    const id = oktaUserIdOf('george.mensah')
    expect(api.system.store.count('kitSessions', 'subject', id)).toBe(1)
    expect((await api.ask('DELETE', `/api/v1/users/${id}/sessions`)).status).toBe(204)
    expect(api.system.store.count('kitSessions', 'subject', id)).toBe(0)
  })

  test('nobody has apps in a world without apps', async () => {
    expect(await list('', `/api/v1/users/${oktaUserIdOf('ada.okafor')}/appLinks`)).toEqual([])
  })
})
