import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CONNECTED_API_KEY } from '#kit/world/constants.ts'
import { type EntraScript, openScript } from './entra-script.ts'
import { DOMAIN, type EntraStage, openStage } from './entra-stage.ts'

/** Surprises of reference 12.2 that take both systems to be seen; the others are proven where they are decided. */

let stage: EntraStage
let script: EntraScript
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
beforeEach(async () => {
  await stage.resetTo('connected-entra')
  script = await openScript(stage)
})

const cycle = () => stage.advance('PT40M')
const inDialpad = (handle: string) => stage.userInDialpad(CONNECTED_API_KEY, `${handle}@${DOMAIN}`)
const scim = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
  const answer = await fetch(`${stage.urls['dialpad']}/scim${path}`, {
    method,
    headers: { authorization: `Bearer ${CONNECTED_API_KEY}`, 'content-type': 'application/scim+json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await answer.json()) as Record<string, unknown>
}
const patchesSent = async (): Promise<readonly string[]> => {
  const { items } = await stage.entra.journal({ kind: 'http-out' })
  return items.flatMap(({ request }) => (request?.method === 'PATCH' ? [request.body ?? ''] : []))
}
const overview = async (): Promise<string> => {
  const pages = await stage.signIn()
  return (await pages.go(`/admin/apps/${await stage.appId()}/provisioning`)).text
}

describe('what surprises about provisioning', () => {
  test('surprise 2: active arrives as the text "False"; a strict server answers 400 and the leaver stays active', async () => {
    await stage.dialpad.setSwitch('scim-dialect', 'strict')
    const id = await script.idOf('ada.okafor')
    await script.changeUser('ada.okafor', { accountEnabled: false })
    await cycle()
    expect(await patchesSent()).toContainEqual(expect.stringContaining('"path":"active","value":"False"'))
    expect((await stage.log()).findLast(({ source }) => source.id === id)).toMatchObject({ status: 'Failure' })
    expect(await inDialpad('ada.okafor')).toMatchObject({ active: true })
  })

  test('surprise 10: an edit made in the app stays until the source object changes or provisioning restarts', async () => {
    const title = async () => (await inDialpad('ada.okafor'))?.title
    const ada = await inDialpad('ada.okafor')
    const edit = () =>
      scim('PATCH', `/Users/${ada?.id}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: 'title', value: 'Edited in the app' }],
      })
    await edit()
    await stage.advance('PT4H')
    expect(await title()).toBe('Edited in the app')
    await script.changeUser('ada.okafor', { givenName: 'Adaeze' })
    await cycle()
    expect(await title()).toBe('Support Lead')
    await edit()
    await script.restart()
    expect(await title()).toBe('Support Lead')
  })

  test('surprise 21: Stop lets the running cycle finish', async () => {
    await script.assign(await script.createUser('nadia.first'))
    await stage.dialpad.putFaults([{ on: 'scim.users.create', effect: { delayMs: 300 } }])
    const running = cycle()
    const pages = await stage.signIn()
    await pages.submit(await pages.go(`/admin/apps/${await stage.appId()}/provisioning`), '/stop')
    await running
    expect(await inDialpad('nadia.first')).toMatchObject({ active: true })
    expect(await stage.advance('PT2H')).toEqual([])
  })

  test('surprise 22: progress counts pages, and the number of users never falls', async () => {
    await script.restart()
    expect(await overview()).toMatch(/100% complete.*5 Users/)
    await script.unassign(await stage.idOf('Dialpad Users'))
    await cycle()
    expect(await inDialpad('ada.okafor')).toMatchObject({ active: false })
    expect(await overview()).toMatch(/100% complete.*5 Users/)
  })

  test('surprise 29: a PUT of the secrets replaces the lot; forgetting the token breaks the job', async () => {
    const at = `/servicePrincipals/${await stage.appId()}/synchronization/secrets`
    const answer = await script.call('PUT', at, { value: [{ key: 'BaseAddress', value: 'https://dialpad.com/scim' }] })
    expect(answer.status).toBe(204)
    await script.changeUser('ada.okafor', { jobTitle: 'Head of Support' })
    expect((await cycle()).join()).toContain('quarantined')
    expect(await inDialpad('ada.okafor')).toMatchObject({ title: 'Support Lead' })
  })

  test('surprise 30: the source is still called Azure Active Directory in the log and in Graph', async () => {
    await script.restart()
    const { body } = await script.call('GET', '/auditLogs/provisioning?$top=1')
    expect(body).toMatchObject({ value: [{ sourceSystem: { displayName: 'Azure Active Directory' } }] })
  })

  test('surprise 31: a renamed group reaches the wire, and Dialpad ignores it', async () => {
    const id = await stage.idOf('Dialpad Users')
    const groupName = async () => {
      const { Resources } = await scim('GET', '/Groups')
      return (Resources as { displayName: string }[]).map(({ displayName }) => displayName)
    }
    await script.call('PATCH', `/groups/${id}`, { displayName: 'Phone Users' })
    await cycle()
    expect(await patchesSent()).toContainEqual(expect.stringContaining('"path":"displayName","value":"Phone Users"'))
    expect(await groupName()).toEqual(['Dialpad Users'])
  })

  test('surprise 33: a restart keeps the links; only Full matches everybody anew', async () => {
    const lookups = async (after: number) => {
      const { items } = await stage.entra.journal({ kind: 'http-out', after })
      return items.filter(({ request }) => request?.url?.includes('/Users?filter=')).length
    }
    const newest = async () => (await stage.entra.journal()).items.at(-1)?.seq ?? 0
    const first = await newest()
    await script.restart()
    expect(await lookups(first)).toBe(0)
    const second = await newest()
    await script.restart('Full')
    expect(await lookups(second)).toBe(5)
  })
})
