import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { JournalEntry } from '#kit/journal.ts'
import type { Browser } from '#kit/test/browser.ts'
import { CONNECTED_API_KEY } from '#kit/world/constants.ts'
import { DOMAIN, type EntraStage, openStage } from './entra-stage.ts'

const TENANT_URL = 'https://dialpad.com/scim'
const ADA = `ada.okafor@${DOMAIN}`

let stage: EntraStage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** Somebody at work in the admin center, and the app's provisioning. */
interface Desk {
  readonly pages: Browser
  readonly at: (page?: string) => string
}

async function sitDown(email?: string): Promise<Desk> {
  const pages = await stage.signIn(email)
  const appId = await stage.appId()
  return { pages, at: (page = '') => `/admin/apps/${appId}/provisioning${page === '' ? '' : `/${page}`}` }
}

/** Test the connection, create, start, and wait for the initial cycle. @returns the job's id. */
async function connect({ pages, at }: Desk, secretToken: string, tenantUrl = TENANT_URL): Promise<string> {
  const form = await pages.go(at('new'))
  const tested = await pages.submit(form, '/new', { tenantUrl, secretToken, act: 'test' })
  expect(tested.text).toContain('The supplied credentials are authorized to enable provisioning.')
  const overview = await pages.submit(tested, '/new', { act: 'create' })
  expect(overview).toMatchObject({ status: 200, title: 'Dialpad | Provisioning' })
  expect(overview.text).toContain('Initial cycle not run.')
  await pages.submit(overview, '/start')
  const [job] = await stage.records('provisioningJobs')
  const jobId = String(job?.['id'])
  await runOut()
  return jobId
}

/** What has fallen due runs to its end. */
const runOut = (): Promise<readonly string[]> => stage.advance('PT1S')

/** Do what a page of users or assignments does, by its form's address. */
async function act({ pages }: Desk, from: string, actionEnd: string, fields: Record<string, string>): Promise<void> {
  const answer = await pages.submit(await pages.go(from), actionEnd, fields)
  expect(answer.status, answer.text).toBe(200)
}

async function changeTitle(desk: Desk, name: string, jobTitle: string): Promise<void> {
  const id = await stage.idOf(name)
  await act(desk, `/admin/users/${id}/properties`, '/properties', { jobTitle })
}

async function unassignGroup(desk: Desk): Promise<void> {
  const [assignment] = await stage.records('appRoleAssignments')
  const appId = await stage.appId()
  await act(desk, `/admin/apps/${appId}/users/remove?id=${assignment?.['id']}`, '/users/remove', {})
}

async function assign(desk: Desk, name: string): Promise<void> {
  const appId = await stage.appId()
  const id = await stage.idOf(name)
  await act(desk, `/admin/apps/${appId}/users/add?id=${id}`, '/users/add', { id, do: 'assign' })
}

async function deleteUser(desk: Desk, name: string): Promise<void> {
  await act(desk, `/admin/users/delete?id=${await stage.idOf(name)}`, '/users/delete', {})
}

/** Calls to the target in the journal, oldest first. */
async function calls(after = 0): Promise<readonly JournalEntry[]> {
  const { items } = await stage.entra.journal({ kind: 'http-out', after })
  return items.filter(({ request }) => request?.url?.includes('/scim/'))
}

const newestSeq = async (): Promise<number> => (await stage.entra.journal()).items.at(-1)?.seq ?? 0

describe('a lifecycle over the wire', () => {
  beforeEach(() => stage.reset())

  test('an app is connected, and the initial cycle brings its people', async () => {
    const desk = await sitDown()
    const { secret } = await stage.key()
    const landing = await desk.pages.go(desk.at())
    expect(landing.text).toContain('New configuration')
    const jobId = await connect(desk, secret)
    expect(jobId).toMatch(/^dialpad\.5f0c8d1e6a3b4c279e41b7d2a90c3f58\.[0-9a-f-]{36}$/)
    expect(await stage.userInDialpad(secret, ADA)).toMatchObject({ active: true, title: 'Support Lead' })
    const log = await stage.log()
    expect(log.map(({ action, status, source }) => `${source.displayName}: ${action} ${status}`).toSorted()).toEqual([
      'Ada Okafor: Create Success',
      'Ben Castillo: Create Success',
      'Chloe Nguyen: Create Success',
      'Dialpad Users: Create Success',
      'George Mensah: Create Success',
      'Tomas Berg: Update Success',
    ])
    const overview = await desk.pages.go(desk.at())
    expect(overview.text).toContain('Initial cycle completed.')
    expect(overview.text).toMatch(/100% complete.*5 Users 1 Groups/)
    expect(overview.text).toContain(jobId)
    expect(await stage.entra.call('GET', '/summary')).toMatchObject({
      line: '26 people, 5 assigned, 5 provisioned',
    })
  })

  test('somebody assigned in person and by a group is one person on the card', async () => {
    const desk = await sitDown()
    await connect(desk, (await stage.key()).secret)
    await assign(desk, 'Ada Okafor')
    expect(await stage.entra.call('GET', '/summary')).toMatchObject({
      line: '26 people, 5 assigned, 5 provisioned',
    })
  })

  test('nothing happens until the next cycle, 40 minutes after the beginning of the last', async () => {
    const desk = await sitDown()
    const { secret } = await stage.key()
    await connect(desk, secret)
    await changeTitle(desk, 'Ada Okafor', 'Head of Support')
    expect(await stage.advance('PT38M')).toEqual([])
    expect(await stage.userInDialpad(secret, ADA)).toMatchObject({ title: 'Support Lead' })
    expect(await stage.advance('PT2M')).toEqual(['Incremental cycle: 0 created, 1 updated, 0 failed'])
    expect(await stage.userInDialpad(secret, ADA)).toMatchObject({ title: 'Head of Support' })
    expect(await stage.advance('PT40M')).toEqual(['Incremental cycle: 0 created, 0 updated, 0 failed'])
  })

  test('unassigned is suspended, assigned again is active, deleted is suspended, and 30 days later gone', async () => {
    const desk = await sitDown()
    const { secret } = await stage.key()
    await connect(desk, secret)
    const before = await stage.userInDialpad(secret, ADA)

    await unassignGroup(desk)
    await stage.advance('PT40M')
    expect(await stage.userInDialpad(secret, ADA)).toMatchObject({ id: before?.id, active: false })

    await assign(desk, 'Ada Okafor')
    await stage.advance('PT40M')
    expect(await stage.userInDialpad(secret, ADA)).toMatchObject({ id: before?.id, active: true })

    await deleteUser(desk, 'Ada Okafor')
    await stage.advance('PT40M')
    expect(await stage.userInDialpad(secret, ADA)).toMatchObject({ id: before?.id, active: false })

    await stage.advance('P29D')
    expect(await stage.userInDialpad(secret, ADA)).toMatchObject({ id: before?.id, active: false })
    await stage.advance('P1DT40M')
    expect(await stage.userInDialpad(secret, ADA)).toBeUndefined()
    const last = (await stage.log()).filter(({ source }) => source.displayName === 'Ada Okafor').at(-1)
    expect(last).toMatchObject({ action: 'Delete', status: 'Success' })
  })

  test('stopped, nothing happens; started again, it goes on where it was; restarted, everybody is looked at', async () => {
    const desk = await sitDown()
    const { secret } = await stage.key()
    await connect(desk, secret)
    const stopped = await desk.pages.submit(await desk.pages.go(desk.at()), '/stop')
    expect(stopped.text).toContain('Provisioning is stopped.')
    await changeTitle(desk, 'Ada Okafor', 'Head of Support')
    expect(await stage.advance('PT80M')).toEqual([])
    await desk.pages.submit(stopped, '/start')
    await runOut()
    expect(await stage.userInDialpad(secret, ADA)).toMatchObject({ title: 'Head of Support' })
    await desk.pages.submit(await desk.pages.go(desk.at()), '/restart')
    await runOut()
    const overview = await desk.pages.go(desk.at())
    expect(overview.text).toContain('Initial cycle completed.')
    expect(overview.text).toContain('6 skipped')
  })

  test('one person is provisioned on demand without a start, with the cards of each step', async () => {
    const desk = await sitDown()
    const { secret } = await stage.key()
    const form = await desk.pages.go(desk.at('new'))
    const tested = await desk.pages.submit(form, '/new', { tenantUrl: TENANT_URL, secretToken: secret, act: 'test' })
    await desk.pages.submit(tested, '/new', { act: 'create' })
    const found = await desk.pages.go(`${desk.at('on-demand')}?q=ada`)
    expect(found.text).toContain('Select a user or group')
    const chosen = await desk.pages.go(`${desk.at('on-demand')}?object=${await stage.idOf('Ada Okafor')}`)
    const plan = await desk.pages.submit(chosen, '/on-demand', { act: 'preview' })
    expect(plan.text).toContain('Preview: Create')
    expect(await stage.userInDialpad(secret, ADA)).toBeUndefined()
    const result = await desk.pages.submit(plan, '/on-demand', { act: 'provision' })
    expect(result.text).toContain('Action: Create')
    expect(result.text).toContain("User 'Ada Okafor' was created in Dialpad.")
    for (const card of [
      'Import user',
      'Determine if user is in scope',
      'Match user between source and target system',
      'Perform action',
    ]) {
      expect(result.text).toContain(card)
    }
    expect(await stage.userInDialpad(secret, ADA)).toMatchObject({ active: true })
    const retried = await desk.pages.submit(result, '/on-demand')
    expect(retried.text).toContain('RedundantExport')
  })

  test('the control API runs what would run next, and refuses a job that is stopped', async () => {
    const desk = await sitDown()
    const { secret } = await stage.key()
    const jobId = await connect(desk, secret)
    await changeTitle(desk, 'Ada Okafor', 'Head of Support')
    expect(await stage.entra.call('POST', `/provisioning/${jobId}/cycle`, {})).toEqual({
      jobId,
      ended: 'completed',
      summary: 'Incremental cycle: 0 created, 1 updated, 0 failed',
    })
    await desk.pages.submit(await desk.pages.go(desk.at()), '/stop')
    await expect(stage.entra.call('POST', `/provisioning/${jobId}/cycle`, {})).rejects.toMatchObject({
      status: 409,
      code: 'stopped',
    })
    await expect(stage.entra.call('POST', '/provisioning/nothing/cycle', {})).rejects.toMatchObject({ status: 404 })
  })

  test('a reset in the middle of a cycle leaves nothing of it behind', async () => {
    const desk = await sitDown()
    const { secret } = await stage.key()
    const form = await desk.pages.go(desk.at('new'))
    const tested = await desk.pages.submit(form, '/new', { tenantUrl: TENANT_URL, secretToken: secret, act: 'test' })
    expect(tested.text).toContain('The supplied credentials are authorized')
    const overview = await desk.pages.submit(tested, '/new', { act: 'create' })
    await stage.dialpad.putFaults([{ on: 'scim.users.create', effect: { delayMs: 400 } }])
    const started = await desk.pages.submit(overview, '/start')
    expect(started.html).toContain('hx-trigger="every 1s"')
    let page = started
    for (let looks = 0; looks < 100 && !page.text.includes('Initial cycle in progress.'); looks += 1) {
      page = await desk.pages.go(desk.at())
    }
    expect(page.text).toMatch(/Initial cycle in progress\. .*\d+% complete/)
    await stage.reset()
    await runOut()
    for (const collection of ['provisioningJobs', 'provisioningRuns', 'provisioningLinks', 'provisioningLogs']) {
      expect(await stage.records(collection), collection).toEqual([])
    }
    expect(await stage.advance('PT80M')).toEqual([])
  })

  test('an app that is deleted takes its job along and leaves the accounts alone', async () => {
    const desk = await sitDown()
    const { secret } = await stage.key()
    await connect(desk, secret)
    const appId = await stage.appId()
    await act(desk, `/admin/apps/${appId}/delete`, '/delete', {})
    expect(await stage.records('provisioningJobs')).toEqual([])
    expect(await stage.records('provisioningLinks')).toEqual([])
    expect(await stage.advance('PT80M')).toEqual([])
    expect(await stage.userInDialpad(secret, ADA)).toMatchObject({ active: true })
  })
})

describe('what is refused', () => {
  beforeEach(() => stage.reset())

  test('a wrong, an expired and a revoked key, and a URL without /scim, are refused and nothing is kept', async () => {
    const desk = await sitDown()
    const { secret } = await stage.key()
    const { now } = await stage.dialpad.clock()
    const expired = await stage.key(new Date(Date.parse(now) + 60_000).toISOString())
    await stage.dialpad.moveClock({ advance: 'PT2M' })
    const revoked = await stage.key()
    await stage.revoke(revoked.id)
    const attempts = [
      { tenantUrl: TENANT_URL, secretToken: 'made-up-key', told: 'Status 401' },
      { tenantUrl: TENANT_URL, secretToken: revoked.secret, told: 'Status 401' },
      { tenantUrl: TENANT_URL, secretToken: `Bearer ${secret}`, told: 'Status 401' },
      { tenantUrl: TENANT_URL, secretToken: expired.secret, told: 'Status 401' },
      { tenantUrl: 'https://dialpad.com', secretToken: secret, told: 'Status 404' },
      { tenantUrl: 'https://example.org/scim', secretToken: secret, told: 'allow-list' },
    ]
    for (const { tenantUrl, secretToken, told } of attempts) {
      const form = await desk.pages.go(desk.at('new'))
      const tested = await desk.pages.submit(form, '/new', { tenantUrl, secretToken, act: 'test' })
      expect(tested.text).toContain('SystemForCrossDomainIdentityManagementCredentialValidationUnavailable')
      expect(tested.text).toContain(told)
      expect(tested.html).not.toContain(secretToken)
      const created = await desk.pages.submit(tested, '/new', { act: 'create' })
      expect(created.status).toBe(422)
      expect(created.text).toContain('These values have not been tested.')
    }
    expect(await stage.records('provisioningJobs')).toEqual([])
  })

  test('values that were changed after the test, and forms left empty, create nothing', async () => {
    const desk = await sitDown()
    const { secret } = await stage.key()
    const form = await desk.pages.go(desk.at('new'))
    const tested = await desk.pages.submit(form, '/new', { tenantUrl: TENANT_URL, secretToken: secret, act: 'test' })
    const changed = await desk.pages.submit(tested, '/new', {
      tenantUrl: 'https://dialpadbeta.com/scim',
      act: 'create',
    })
    expect(changed).toMatchObject({ status: 422 })
    const empty = await desk.pages.submit(await desk.pages.go(desk.at('new')), '/new', { act: 'test' })
    expect(empty.status).toBe(422)
    expect(empty.text).toContain('Enter the Tenant URL.')
    const notUrl = await desk.pages.submit(empty, '/new', { tenantUrl: 'dialpad', secretToken: secret, act: 'test' })
    expect(notUrl.text).toContain('The Tenant URL is not a web address.')
    expect(await stage.records('provisioningJobs')).toEqual([])
  })

  test('the key is in no page, no journal and, unsealed, in no state', async () => {
    const desk = await sitDown()
    const { secret } = await stage.key()
    await connect(desk, secret)
    await desk.pages.submit(await desk.pages.go(desk.at('connectivity')), '/connectivity', { act: 'test' })
    for (const page of ['', 'properties', 'connectivity', 'mapping', 'logs', 'on-demand']) {
      expect((await desk.pages.go(desk.at(page))).html).not.toContain(secret)
    }
    expect(JSON.stringify(await stage.entra.state())).not.toContain(secret)
    let after = 0
    for (;;) {
      const { items, next } = (await stage.entra.call('GET', `/journal?after=${after}`)) as {
        items: readonly JournalEntry[]
        next: number
      }
      expect(JSON.stringify(items)).not.toContain(secret)
      if (items.length === 0) break
      after = next
    }
  })

  test('a key revoked meanwhile puts the job in quarantine, and a new one with a restart lifts it', async () => {
    const desk = await sitDown()
    const { id, secret } = await stage.key()
    await connect(desk, secret)
    await stage.revoke(id)
    const another = await stage.key()
    await changeTitle(desk, 'Ada Okafor', 'Head of Support')
    const [line] = await stage.advance('PT40M')
    expect(line).toContain('quarantined')
    const quarantined = await desk.pages.go(desk.at())
    expect(quarantined.text).toContain('Provisioning is in quarantine')
    expect(quarantined.text).toContain('SystemForCrossDomainIdentityManagementCredentialValidationFailure')
    expect(await stage.advance('PT5H')).toEqual([])

    const form = await desk.pages.go(desk.at('connectivity'))
    const wrong = await desk.pages.submit(form, '/connectivity', { secretToken: 'made-up', act: 'save' })
    expect(wrong.text).toContain('You appear to have entered invalid credentials.')
    const saved = await desk.pages.submit(wrong, '/connectivity', { secretToken: another.secret, act: 'save' })
    expect(saved.text).toContain('the credentials were saved')
    await desk.pages.submit(await desk.pages.go(desk.at()), '/restart')
    await runOut()
    const healthy = await desk.pages.go(desk.at())
    expect(healthy.text).not.toContain('quarantine')
    expect(await stage.userInDialpad(another.secret, ADA)).toMatchObject({ title: 'Head of Support' })
  })

  test('a kept key goes to no other address', async () => {
    const desk = await sitDown()
    const { secret } = await stage.key()
    await connect(desk, secret)
    const form = await desk.pages.go(desk.at('connectivity'))
    const seq = await newestSeq()
    const elsewhere = await desk.pages.submit(form, '/connectivity', {
      tenantUrl: 'http://127.0.0.1:9/scim',
      act: 'test',
    })
    expect(elsewhere.status).toBe(422)
    expect(elsewhere.text).toContain('Enter the Secret Token again: the Tenant URL has changed.')
    expect(await stage.entra.journal({ kind: 'http-out', after: seq })).toMatchObject({ items: [] })
  })
})

describe('how it speaks', () => {
  beforeEach(() => stage.reset())

  test('every request names the activity it belongs to, which is its trace', async () => {
    const desk = await sitDown()
    const { secret } = await stage.key()
    await connect(desk, secret)
    const sent = await calls()
    expect(sent.length).toBeGreaterThan(10)
    for (const { request, correlationId } of sent) {
      const { adscimversion = '', traceparent = '' } = request?.headers ?? {}
      const [, activity = ''] = /^Date:\S+, ActivityId:([0-9a-f-]{36})$/.exec(adscimversion) ?? []
      expect(activity.replaceAll('-', '')).toBe(correlationId)
      expect(traceparent).toContain(correlationId)
    }
  })

  test('the flag on the Tenant URL changes what cycles send, not what is sent on demand', async () => {
    const desk = await sitDown()
    const { secret } = await stage.key()
    await connect(desk, secret, `${TENANT_URL}?aadOptscim062020`)
    await changeTitle(desk, 'Ada Okafor', 'Head of Support')
    const seq = await newestSeq()
    await stage.advance('PT40M')
    const patches = async (after: number) =>
      (await calls(after)).filter(({ request }) => request?.method === 'PATCH').map(({ request }) => request?.body)
    expect(await patches(seq)).toEqual([expect.stringContaining('"op":"replace","value":{"title"')])
    await changeTitle(desk, 'Ada Okafor', 'Support Director')
    const later = await newestSeq()
    const chosen = await desk.pages.go(`${desk.at('on-demand')}?object=${await stage.idOf('Ada Okafor')}`)
    await desk.pages.submit(chosen, '/on-demand', { act: 'provision' })
    expect(await patches(later)).toEqual([expect.stringContaining('"op":"Replace","path":"title"')])
    expect((await calls()).every(({ request }) => !request?.url?.includes('aadOptscim'))).toBe(true)
  })

  test('the rule of the tutorials leaves holders of Default Access out', async () => {
    const desk = await sitDown()
    const { secret } = await stage.key()
    await stage.entra.setSwitch('default-access', 'excluded')
    await connect(desk, secret)
    expect(await stage.userInDialpad(secret, ADA)).toBeUndefined()
    const log = await stage.log()
    expect(log.find(({ source }) => source.displayName === 'Ada Okafor')).toMatchObject({
      status: 'Skipped',
      outcome: { code: 'NotEffectivelyEntitled' },
    })
    await stage.entra.setSwitch('default-access', 'counts')
    await desk.pages.submit(await desk.pages.go(desk.at()), '/restart')
    await runOut()
    expect(await stage.userInDialpad(secret, ADA)).toMatchObject({ active: true })
  })
})

describe('the connected world', () => {
  test('is in step: neither the next cycle nor a restart has anything to write', async () => {
    await stage.resetTo('connected-entra')
    expect(await stage.advance('PT40M')).toEqual(['Incremental cycle: 0 created, 0 updated, 0 failed'])
    const desk = await sitDown()
    await desk.pages.submit(await desk.pages.go(desk.at()), '/restart')
    await runOut()
    const log = await stage.log()
    expect(log).toHaveLength(6)
    expect(log.every(({ status, outcome }) => status === 'Skipped' && outcome?.code === 'RedundantExport')).toBe(true)
    expect(await stage.userInDialpad(CONNECTED_API_KEY, ADA)).toMatchObject({ active: true })
  })
})
