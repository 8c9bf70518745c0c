import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createGroup } from '#idp/core/directory/groups.ts'
import { addMember } from '#idp/core/directory/members.ts'
import type { DirectoryGroup, GroupMember } from '#idp/core/directory/records.ts'
import { guidOf } from '#kit/ids.ts'
import { createBrowser, leftFor } from '#kit/test/browser.ts'
import { OTHER_TENANT } from '#kit/world/constants.ts'
import { APPLICATION_PERMISSIONS } from '../../commands/application-permissions.ts'
import { roleTemplateId } from '../../roles.ts'
import { discover, startFlow } from '../../sign-in/test/relying-party.ts'
import { changeApplication } from '../../sign-in/test/sample-api.ts'
import { ADA, enter, MARTA, OUTSIDER, PLAIN, SAMPLE, TENANT } from '../../sign-in/test/start-entra.ts'
import { MOST_GROUPS } from '../../sign-in/tokens/memberships.ts'
import { directoryRoleIdOf } from '../directory/directory-role-resource.ts'
import { MOST_IDS } from '../directory/membership-routes.ts'
import { type RunningGraph, startGraph } from './start-graph.ts'

const INNER = guidOf('test/inner')
const OUTER = guidOf('test/outer')
const MAIL = guidOf('test/mail')
const ADMINISTRATOR = directoryRoleIdOf(TENANT, roleTemplateId('Global Administrator'))

let graph: RunningGraph
let tokens: Readonly<Record<'ada' | 'marta' | 'reader', string>>
beforeAll(async () => {
  graph = await startGraph()
  const { store, clock } = graph.system
  await store.transact((tx) => {
    for (const [id, displayName] of [
      [INNER, 'Inner'],
      [OUTER, 'Outer'],
      [MAIL, 'Mailing list'],
    ] as const) {
      createGroup(tx, TENANT, { id, now: clock.iso() }, { displayName })
    }
    const list = tx.get('groups', MAIL)
    if (list !== undefined) tx.put('groups', MAIL, { ...list, securityEnabled: false })
    for (const who of [ADA, MARTA]) {
      addMember(tx, TENANT, INNER, idOf(who))
      addMember(tx, TENANT, MAIL, idOf(who))
    }
    addMember(tx, TENANT, OUTER, INNER)
  })
  tokens = {
    ada: (await signIn(ADA, 'openid User.Read')).access_token,
    marta: (await signIn(MARTA, 'openid User.Read')).access_token,
    reader: (await signIn(MARTA, 'openid Directory.Read.All')).access_token,
  }
})
afterAll(() => graph.close())

function idOf(email: string): string {
  return graph.system.store.find('users', 'userPrincipalName', email)[0]?.id ?? ''
}

async function signIn(email: string, scope: string) {
  const config = await discover(graph, SAMPLE)
  const { url, checks } = await startFlow(config, SAMPLE, { scope })
  const callback = leftFor(await enter(createBrowser(graph.origin), url, email))
  return client.authorizationCodeGrant(config, callback, checks)
}

const get = async (path: string, token?: string) => {
  const answer = await graph.ask('GET', path, token === undefined ? {} : { token })
  return { status: answer.status, ...(answer.json() as { value: readonly Record<string, unknown>[] }) }
}
const post = async (path: string, body: object, token?: string) => {
  const answer = await graph.ask('POST', path, { body, ...(token === undefined ? {} : { token }) })
  return { status: answer.status, ...(answer.json() as { value: readonly string[]; error: { code: string } }) }
}
const idsIn = (value: readonly Record<string, unknown>[]): readonly unknown[] => value.map(({ id }) => id)

describe('memberships as ids', () => {
  test('answer a token whose groups were too many, at the address it names', async () => {
    const { store, clock } = graph.system
    const many = Array.from({ length: MOST_GROUPS + 1 }, (_, n) => guidOf(`test/many/${n}`))
    await store.transact((tx) => {
      for (const id of many) {
        createGroup(tx, TENANT, { id, now: clock.iso() }, { displayName: `Many ${id}` })
        addMember(tx, TENANT, id, idOf(PLAIN))
      }
    })
    const back = await changeApplication(graph, SAMPLE.appId, { groupMembershipClaims: 'SecurityGroup' })
    const { id_token: idToken, access_token: token } = await signIn(PLAIN, 'openid User.Read')
    await back()
    const claims = decodeJwt(String(idToken)) as {
      _claim_names: { groups: string }
      _claim_sources: Record<string, { endpoint: string }>
    }
    const endpoint = claims._claim_sources[claims._claim_names.groups]?.endpoint ?? ''
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ securityEnabledOnly: true }),
    })
    const { value, ...rest } = (await answer.json()) as { value: readonly string[] }
    expect(rest).toEqual({ '@odata.context': `${graph.origin}/v1.0/$metadata#Collection(Edm.String)` })
    expect(value).toEqual(expect.arrayContaining(many))
    expect(value.length).toBeGreaterThan(MOST_GROUPS)
  })

  test('are groups, nested ones too; security groups alone; or groups and directory roles', async () => {
    const marta = `/v1.0/users/${MARTA}`
    const all = await post(`${marta}/getMemberObjects`, { securityEnabledOnly: false })
    expect(all.value).toEqual(expect.arrayContaining([INNER, OUTER, MAIL, ADMINISTRATOR]))
    const groups = await post(`${marta}/getMemberGroups`, { securityEnabledOnly: false })
    expect(all.value).toEqual([...groups.value, ADMINISTRATOR])
    for (const call of ['getMemberGroups', 'getMemberObjects']) {
      const { value } = await post(`${marta}/${call}`, { securityEnabledOnly: true })
      expect(value).toEqual(groups.value.filter((id) => id !== MAIL))
    }
  })

  test('of oneself need User.Read, of others more', async () => {
    const body = { securityEnabledOnly: true }
    const own = await post('/v1.0/me/getMemberObjects', body, tokens.ada)
    expect(own.value).toContain(OUTER)
    expect(await post(`/v1.0/users/${idOf(ADA)}/getMemberObjects`, body, tokens.ada)).toEqual(own)
    const denied = { status: 403, error: { code: 'Authorization_RequestDenied' } }
    for (const path of ['getMemberObjects', 'getMemberGroups']) {
      expect(await post(`/v1.0/users/${MARTA}/${path}`, body, tokens.ada)).toMatchObject(denied)
    }
    expect(await post(`/v1.0/users/${ADA}/getMemberGroups`, body, tokens.reader)).toMatchObject({ value: own.value })
    expect(await post('/v1.0/me/getMemberObjects', body)).toMatchObject({ status: 400, error: { code: 'BadRequest' } })
    await graph.permit(['Group.Read.All'])
    expect(await post(`/v1.0/users/${ADA}/getMemberObjects`, body)).toMatchObject(denied)
    await graph.permit(['User.Read.All'])
    expect((await post(`/v1.0/users/${ADA}/getMemberObjects`, body)).value).toEqual(own.value)
    await graph.permit(APPLICATION_PERMISSIONS)
  })

  test.each([
    ['without saying which', {}],
    ['with something else than a boolean', { securityEnabledOnly: 'true' }],
    ['with a parameter there is not', { securityEnabledOnly: true, transitive: true }],
  ])('are not given %s', async (_what, body) => {
    for (const call of ['getMemberGroups', 'getMemberObjects']) {
      const answer = await post(`/v1.0/users/${ADA}/${call}`, body)
      expect(answer).toMatchObject({ status: 400, error: { code: 'Request_BadRequest' } })
    }
  })

  test('are not given of people of other tenants, or of nobody', async () => {
    for (const who of [OUTSIDER, idOf(OUTSIDER), OTHER_TENANT.id]) {
      const answer = await post(`/v1.0/users/${who}/getMemberObjects`, { securityEnabledOnly: true })
      expect(answer).toMatchObject({ status: 404, error: { code: 'Request_ResourceNotFound' } })
    }
  })

  test('are not given when they are more than an answer holds', async () => {
    const { store } = graph.system
    const [sample] = store.find('groups', 'live', TENANT)
    const groups = Array.from({ length: MOST_IDS + 1 }, (_, n) => ({ ...sample, id: `g${n}` }) as DirectoryGroup)
    const person = guidOf('test/busy')
    const busy = store.get('users', idOf(PLAIN))
    await store.transact((tx) => {
      if (busy !== undefined) tx.put('users', person, { ...busy, id: person, userPrincipalName: 'busy@example.com' })
      for (const group of groups) {
        const pair: GroupMember = { groupId: group.id, memberId: person, memberType: 'user' }
        tx.put('groups', group.id, group)
        tx.put('groupMembers', `${group.id}/${person}`, pair)
      }
    })
    const asked = () => post(`/v1.0/users/${person}/getMemberGroups`, { securityEnabledOnly: true })
    expect(await asked()).toMatchObject({ status: 400, error: { code: 'Directory_ResultSizeLimitExceeded' } })
    await store.transact((tx) => tx.delete('groupMembers', `g0/${person}`))
    expect((await asked()).value).toHaveLength(MOST_IDS)
  })
})

describe('memberships as a list', () => {
  test('are direct, or nested ones too, with directory roles, page by page', async () => {
    const direct = await get(`/v1.0/users/${MARTA}/memberOf`)
    expect(idsIn(direct.value)).toEqual(expect.arrayContaining([INNER, ADMINISTRATOR]))
    expect(idsIn(direct.value)).not.toContain(OUTER)
    expect(direct.value).toContainEqual({
      '@odata.type': '#microsoft.graph.directoryRole',
      id: ADMINISTRATOR,
      deletedDateTime: null,
      description: expect.any(String),
      displayName: 'Global Administrator',
      roleTemplateId: roleTemplateId('Global Administrator'),
    })
    const whole = await get(`/v1.0/users/${MARTA}/transitiveMemberOf?$count=true`)
    expect(whole).toMatchObject({ '@odata.count': whole.value.length })
    expect(idsIn(whole.value)).toContain(OUTER)

    const paged: unknown[] = []
    let next: string | undefined = `/v1.0/users/${MARTA}/transitiveMemberOf?$top=1&$select=id`
    while (next !== undefined) {
      const { value, ...rest } = await get(next)
      expect(value).toHaveLength(1)
      paged.push(value[0]?.['id'])
      const link: unknown = (rest as Readonly<Record<string, unknown>>)['@odata.nextLink']
      next = typeof link === 'string' ? link.slice(graph.origin.length) : undefined
    }
    expect(paged).toEqual(idsIn(whole.value))
  })

  test('are narrowed to one type', async () => {
    const at = `/v1.0/users/${MARTA}/transitiveMemberOf`
    const groups = await get(`${at}/microsoft.graph.group`)
    expect(groups).toMatchObject({ '@odata.context': `${graph.origin}/v1.0/$metadata#groups` })
    expect(idsIn(groups.value)).toContain(OUTER)
    expect(groups.value.every((each) => !('@odata.type' in each))).toBe(true)
    expect(idsIn((await get(`${at}/microsoft.graph.directoryRole`)).value)).toEqual([ADMINISTRATOR])
    expect((await get(`${at}/microsoft.graph.administrativeUnit`)).value).toEqual([])
    expect(await get(`${at}/microsoft.graph.user`)).toMatchObject({ status: 400, error: { code: 'BadRequest' } })
  })

  test('of oneself show type and id with User.Read, everything with what opens groups', async () => {
    const { value } = await get('/v1.0/me/memberOf', tokens.marta)
    expect(value).toContainEqual(
      expect.objectContaining({
        '@odata.type': '#microsoft.graph.group',
        id: INNER,
        displayName: null,
        groupTypes: [],
      }),
    )
    expect(value).toContainEqual(expect.objectContaining({ id: ADMINISTRATOR, displayName: null }))
    const open = await get('/v1.0/me/transitiveMemberOf', tokens.reader)
    expect(open.value).toContainEqual(expect.objectContaining({ id: OUTER, displayName: 'Outer' }))
    expect(open.value).toContainEqual(
      expect.objectContaining({ id: ADMINISTRATOR, displayName: 'Global Administrator' }),
    )
    expect((await get(`/v1.0/users/${ADA}/memberOf`, tokens.marta)).status).toBe(403)
    expect((await get(`/v1.0/users/${ADA}/memberOf`, tokens.reader)).status).toBe(200)

    await graph.permit(['GroupMember.Read.All'])
    const byApp = await get(`/v1.0/users/${MARTA}/memberOf`)
    expect(byApp.value).toContainEqual(expect.objectContaining({ id: INNER, displayName: 'Inner' }))
    expect(byApp.value).toContainEqual(expect.objectContaining({ id: ADMINISTRATOR, displayName: null }))
    await graph.permit(APPLICATION_PERMISSIONS)
  })
})
