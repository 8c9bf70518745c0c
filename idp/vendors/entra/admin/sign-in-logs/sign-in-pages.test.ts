import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { mfaStateOf, registerAuthenticator } from '../../commands/sign-in-states.ts'
import { type RunningGraph, startGraph } from '../../graph/test/start-graph.ts'
import { signIns } from '../../sign-in-logs/find-sign-ins.ts'

let entra: RunningGraph
beforeAll(async () => {
  entra = await startGraph()
})
afterAll(() => entra.close())
afterEach(() => entra.reset())

const address = (handle: string): string => `${handle}@brightwave.example`
const idOf = (handle: string): string =>
  entra.system.store.find('users', 'userPrincipalName', address(handle))[0]?.id ?? `no ${handle}`

async function visitor(handle: string, password = TRAINING_PASSWORD): Promise<Visitor> {
  const person = createVisitor(entra.origin)
  await person.open('/admin')
  await person.submit('/email', { email: address(handle) })
  await person.submit('/password', { password })
  if (person.title === 'Stay signed in?') await person.submit('/stay', { stay: 'no' })
  return person
}
const sampleApp = (): string =>
  [...entra.system.store.entries('servicePrincipals')].find(([, { appId }]) => appId === SAMPLE_WEB_APP.appId)?.[0] ??
  'no app'
const newest = () => {
  const [entry] = signIns(entra.system.store, TENANT_ID, entra.system.clock.now(), {})
  if (entry === undefined) throw new Error('Nothing was logged.')
  return entry
}

describe('the pages of the sign-in logs', () => {
  test('tell why a sign-in failed, what to do, and how far it came; filters narrow the list', async () => {
    await visitor('ada.okafor', 'wrong')
    const { id } = newest()
    const marta = await visitor('marta.silva')
    await marta.open('/admin/sign-in-logs')
    expect([marta.title, marta.text]).toEqual(['Sign-in logs', expect.stringContaining('Ada Okafor')])
    await marta.open('/admin/sign-in-logs?status=failure&code=AADSTS50126&user=ada&application=admin')
    expect(marta.text).toContain('50126')
    expect(marta.text).not.toContain('50140')
    await marta.open('/admin/sign-in-logs?status=failure&user=nobody')
    expect(marta.text).toContain('Nothing matches these filters')
    await marta.open(`/admin/sign-in-logs/${id}`)
    for (const words of ['Error validating credentials', 'What to do', 'Reset the password', '127.0.0.1', 'Browser']) {
      expect(marta.text).toContain(words)
    }
    await marta.open(`/admin/sign-in-logs/${id}?tab=authentication`)
    expect(marta.text).toContain('Invalid username or password')
    const { system } = entra
    const [entered] = signIns(system.store, TENANT_ID, system.clock.now(), {
      status: 'success',
      kind: 'interactiveUser',
    })
    await marta.open(`/admin/sign-in-logs/${entered?.id}`)
    expect(marta.text).toContain(`Correlation ID ${entered?.correlationId}`)
    expect(marta.text).toContain(`Session ID ${entered?.sessionId}`)
  })

  test('an application by itself is on a page of its own; each app and each person has a log of their own', async () => {
    await entra.token()
    const marta = await visitor('marta.silva')
    await marta.open('/admin/sign-in-logs?list=service-principal')
    expect(marta.text).toContain('Sample web app')
    await marta.open(`/admin/users/${idOf('marta.silva')}/sign-ins`)
    expect(marta.text).toContain('50140')
    await marta.open(`/admin/users/${idOf('ada.okafor')}/sign-ins`)
    expect(marta.text).toContain('There are no sign-ins here yet')
    const { id } = newest()
    await marta.open(`/admin/users/${idOf('ada.okafor')}/sign-ins/${id}`)
    expect(marta.status).toBe(404)
    await marta.open(`/admin/apps/${sampleApp()}/sign-ins?list=service-principal`)
    expect([marta.status, marta.text]).toEqual([200, expect.stringContaining('Sample web app')])
    // Marta has signed in to the admin center, and to nothing else.
    await marta.open(`/admin/apps/${sampleApp()}/sign-ins`)
    expect(marta.text).toContain('There are no sign-ins here yet')
  })

  test('are taken away as CSV and JSON, and nothing else', async () => {
    const marta = await visitor('marta.silva')
    await marta.open('/admin/sign-in-logs/download?format=csv')
    expect(marta.html).toMatch(/^"?Date \(UTC\)"?,"?Request ID/)
    expect(marta.html).toContain('50140')
    await marta.open('/admin/sign-in-logs/download?format=json')
    expect(JSON.parse(marta.html)[0]).toMatchObject({
      userPrincipalName: address('marta.silva'),
      status: { errorCode: 0 },
    })
    await marta.open('/admin/sign-in-logs/download?format=xml')
    expect(marta.status).toBe(400)
  })

  test('are for those who may read logs', async () => {
    const ada = await visitor('ada.okafor')
    for (const path of ['sign-in-logs', `apps/${sampleApp()}/sign-ins`, `users/${idOf('marta.silva')}/sign-ins`]) {
      await ada.open(`/admin/${path}`)
      expect(ada.status, path).toBe(403)
    }
  })
})

describe('Graph', () => {
  test('lists interactive sign-ins, in beta all of them with their details; by filter; by id', async () => {
    await entra.permit(['AuditLog.Read.All'])
    await visitor('ada.okafor', 'wrong')
    const list = async (path: string) =>
      ((await entra.ask('GET', path)).json() as { value: Record<string, unknown>[] }).value
    const [entry] = await list('/v1.0/auditLogs/signIns?$filter=status/errorCode eq 50126')
    expect(entry).toMatchObject({
      userPrincipalName: address('ada.okafor'),
      isInteractive: true,
      status: { errorCode: 50126 },
    })
    expect(entry).not.toHaveProperty('authenticationDetails')
    expect(entry).not.toHaveProperty('sessionId')
    const all = await list('/beta/auditLogs/signIns')
    expect(all.map(({ signInEventTypes }) => String(signInEventTypes))).toContain('servicePrincipal')
    expect((await list('/v1.0/auditLogs/signIns')).every(({ isInteractive }) => isInteractive === true)).toBe(true)
    const one = await entra.ask('GET', `/v1.0/auditLogs/signIns/${String(entry?.['id'])}`)
    expect(one.json()).toMatchObject({ id: entry?.['id'] })
    expect((await entra.ask('GET', "/v1.0/auditLogs/signIns?$filter=riskDetail eq 'none'")).status).toBe(400)
    await entra.permit(['User.Read.All'])
    expect((await entra.ask('GET', '/v1.0/auditLogs/signIns')).status).toBe(403)
  })
})

describe('pages about how people sign in', () => {
  test('per-user MFA is switched for those who are selected, after a question', async () => {
    const marta = await visitor('marta.silva')
    await marta.open('/admin/users/per-user-mfa')
    await marta.open(`/admin/users/per-user-mfa/confirm?id=${idOf('ada.okafor')}&state=enabled`)
    expect(marta.text).toContain('Ada Okafor')
    await marta.submit('/per-user-mfa')
    expect(marta.text).toContain('Multifactor authentication is enabled for Ada Okafor.')
    expect(mfaStateOf(entra.system.store, idOf('ada.okafor'))).toBe('enabled')
    await marta.open('/admin/users/per-user-mfa/confirm?state=enabled')
    expect(marta.text).toContain('Select users first.')
  })

  test('a person’s methods show what is registered, and take it away after a question', async () => {
    await registerAuthenticator(entra, { kind: 'kit', tenantId: TENANT_ID }, { userId: idOf('ada.okafor') })
    const marta = await visitor('marta.silva')
    await marta.open(`/admin/users/${idOf('ada.okafor')}/authentication-methods`)
    expect(marta.text).toContain('Software OATH token')
    await marta.follow('Require re-register multifactor authentication')
    await marta.submit('/remove')
    expect(marta.text).toContain('No usable methods')
  })

  test('sign-in frequency is saved, refused with words, and switched off', async () => {
    const marta = await visitor('marta.silva')
    await marta.open('/admin/conditional-access')
    await marta.submit('/conditional-access', { frequency: 'periodic', hours: '0' })
    expect([marta.status, marta.text]).toEqual([422, expect.stringContaining('1 to 8760 hours')])
    await marta.submit('/conditional-access', { frequency: 'periodic', hours: '4' })
    expect(entra.system.store.get('signInFrequency', TENANT_ID)).toEqual({ hours: 4 })
    await marta.submit('/conditional-access', { frequency: 'off' })
    expect(entra.system.store.get('signInFrequency', TENANT_ID)).toBeUndefined()
  })

  test('sign-in frequency is a Global Administrator’s', async () => {
    const naomi = await visitor('naomi.clarke')
    await naomi.open('/admin/conditional-access')
    expect(naomi.text).toContain('needs the role Global Administrator')
    await naomi.submit('/conditional-access', { frequency: 'periodic', hours: '4' })
    expect(naomi.status).toBe(403)
  })
})
