import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FaultRule } from '#kit/system/system-control.ts'
import { CONNECTED_API_KEY } from '#kit/world/constants.ts'
import { type EntraScript, onlyWhere, openScript } from './entra-script.ts'
import { DOMAIN, type EntraStage, type LogEntry, openStage } from './entra-stage.ts'

/**
 * The faults administrators commonly cause, reference 12.3, row by row: each is injected into the two systems and shows its
 * symptom, and the fix the sheet expects mends it. Everything between the systems is HTTP.
 */

const TENANT_URL = 'https://dialpad.com/scim'
const MAIL = `it-ops@${DOMAIN}`
const CYCLE = 'PT40M'

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

/** Advance to the end of the next cycle. @returns the lines of what ran. */
const cycle = async (): Promise<string> => (await stage.advance(CYCLE)).join('\n')
const inDialpad = (handle: string) => stage.userInDialpad(CONNECTED_API_KEY, `${handle}@${DOMAIN}`)
const run = async () => (await stage.records('provisioningRuns'))[0] as { quarantine: { reason: string } | null }
const fault = (on: string, effect: FaultRule['effect'], times?: number) =>
  stage.dialpad.putFaults([{ on, effect, ...(times === undefined ? {} : { times }) }])
const lastEntry = async (id: string): Promise<LogEntry | undefined> =>
  (await stage.log()).findLast(({ source }) => source.id === id)

/** Records of one system, changed in place by a test. */
async function editState(
  system: 'entra' | 'dialpad',
  collection: string,
  edit: (record: Record<string, unknown>) => object,
) {
  const state = await stage[system].state()
  const records = Object.entries(state.collections[collection] ?? {}).map(([key, record]) => [
    key,
    edit(record as Record<string, unknown>),
  ])
  await stage[system].putState({
    ...state,
    collections: { ...state.collections, [collection]: Object.fromEntries(records) },
  })
}

/** Requests of the service to Dialpad's SCIM server since `seq`. */
async function sent(after = 0): Promise<readonly (readonly [string, string, string])[]> {
  const { items } = await stage.entra.journal({ kind: 'http-out', after })
  return items.flatMap(({ request }) =>
    request?.url?.includes('/scim/') === true ? [[request.method ?? '', request.url, request.body ?? ''] as const] : [],
  )
}
const newestSeq = async (): Promise<number> => (await stage.entra.journal()).items.at(-1)?.seq ?? 0

const provisioningPage = async (page = '') => {
  const pages = await stage.signIn()
  const at = `/admin/apps/${await stage.appId()}/provisioning`
  return { pages, at, page: await pages.go(page === '' ? at : `${at}/${page}`) }
}

/** Press Test Connection with these values. */
async function testConnection(tenantUrl: string, secretToken: string): Promise<string> {
  const { pages, page } = await provisioningPage('connectivity')
  return (await pages.submit(page, '/connectivity', { tenantUrl, secretToken, act: 'test' })).text
}

const INVALID = 'You appear to have entered invalid credentials.'
const AUTHORIZED = 'The supplied credentials are authorized to enable provisioning.'

describe('faults of the connection', () => {
  test('Token with Bearer prefix: Test Connection: invalid credentials', async () => {
    const told = await testConnection(TENANT_URL, `Bearer ${CONNECTED_API_KEY}`)
    expect(told).toContain(INVALID)
    expect(told).toContain('Status 401')
    expect(told).toContain('Paste the bare key')
    expect(await testConnection(TENANT_URL, CONNECTED_API_KEY)).toContain(AUTHORIZED)
  })

  test('Key revoked mid-life: quarantine, exception reason, mail; new key, test, save, restart', async () => {
    await editState('entra', 'provisioningJobs', (job) => ({ ...job, notification: { enabled: true, email: MAIL } }))
    const [key] = Object.keys((await stage.dialpad.state()).collections['apiKeys'] ?? {})
    const another = await stage.key()
    await stage.revoke(String(key))
    await script.changeUser('ada.okafor', { jobTitle: 'Head of Support' })
    const lines = await cycle()
    expect(lines).toContain('quarantined')
    expect(lines).toContain(`Mail to ${MAIL}`)
    expect((await run()).quarantine?.reason).toBe('EncounteredQuarantineException')
    const { pages, at, page } = await provisioningPage('connectivity')
    const saved = await pages.submit(page, '/connectivity', { secretToken: another.secret, act: 'save' })
    expect(saved.text).toContain('the credentials were saved')
    await pages.submit(await pages.go(at), '/restart')
    await stage.advance('PT1S')
    expect((await run()).quarantine).toBeNull()
    expect(await stage.userInDialpad(another.secret, `ada.okafor@${DOMAIN}`)).toMatchObject({
      title: 'Head of Support',
    })
  })

  test('Key made by a non-admin: 403 in test; admin key', async () => {
    await editState('dialpad', 'users', (user) => ({ ...user, isCompanyAdmin: false }))
    const told = await testConnection(TENANT_URL, CONNECTED_API_KEY)
    expect(told).toContain(INVALID)
    expect(told).toContain('Status 403')
    expect(told).toContain('Let an administrator of the application make the key')
    await editState('dialpad', 'users', (user) => ({
      ...user,
      isCompanyAdmin: String(user['emails']).includes('marta.silva'),
    }))
    expect(await testConnection(TENANT_URL, CONNECTED_API_KEY)).toContain(AUTHORIZED)
  })

  test.each([
    ['https://dialpad.com', 'has no /scim in its path'],
    [`${TENANT_URL}/Users`, 'ends with /Users. Take that off'],
  ])('Tenant URL missing /scim or with /Users: %s: test fails (404/HTML body)', async (tenantUrl, advice) => {
    const told = await testConnection(tenantUrl, CONNECTED_API_KEY)
    expect(told).toContain(INVALID)
    expect(told).toContain('Status 404')
    expect(told).toContain(advice)
  })

  test('Server answers 404 to empty filter: quarantine; return empty ListResponse', async () => {
    await fault('scim.users.list', { status: 404 })
    await script.assign(await script.createUser('nadia.first'))
    expect(await cycle()).toContain('quarantined')
    expect((await run()).quarantine?.reason).toBe('EncounteredQuarantineException')
    await stage.dialpad.clearFaults()
    await script.restart()
    expect((await run()).quarantine).toBeNull()
    expect(await inDialpad('nadia.first')).toMatchObject({ active: true })
  })

  test('Notification email blank: save refused (old UI) or silent quarantine; set email', async () => {
    await stage.entra.setSwitch('portal-edition', 'azure-portal-2019')
    const { pages, page } = await provisioningPage()
    const refused = await pages.submit(page, '/classic', { notificationEmail: '', act: 'save' })
    expect(refused.status).toBe(422)
    await stage.revoke(String(Object.keys((await stage.dialpad.state()).collections['apiKeys'] ?? {})[0]))
    await script.changeUser('ada.okafor', { jobTitle: 'Head of Support' })
    expect(await cycle()).toContain('quarantined')
    expect((await stage.advance('P2D')).filter((line) => line.startsWith('Mail to'))).toEqual([])
  })
})

describe('faults of scope', () => {
  test('User assigned but accountEnabled=false: skipped, IsActive False; enable', async () => {
    const id = await script.createUser('nadia.first', { accountEnabled: false })
    await script.assign(id)
    await cycle()
    expect(await lastEntry(id)).toMatchObject({
      status: 'Skipped',
      outcome: { code: 'NotEffectivelyEntitled' },
      facts: { isActive: false },
    })
    expect(await inDialpad('nadia.first')).toBeUndefined()
    await script.changeUser('nadia.first', { accountEnabled: true })
    await cycle()
    expect(await inDialpad('nadia.first')).toMatchObject({ active: true })
  })

  test('User in nested group: not in logs at all; assign inner group', async () => {
    const id = await script.createUser('nadia.first')
    const inner = await script.createGroup('Night Shift')
    await script.join(inner, id)
    await script.join(await stage.idOf('Dialpad Users'), inner)
    await cycle()
    await script.restart()
    expect(await lastEntry(id)).toBeUndefined()
    await script.assign(inner)
    await cycle()
    expect(await inDialpad('nadia.first')).toMatchObject({ active: true })
  })

  test('Group assigned on Free licence: picker offers no groups; P1, or assign users', async () => {
    const pages = await stage.signIn()
    const group = await script.createGroup('Denver Office')
    const offered = async () => {
      const picker = await pages.go(`/admin/apps/${await stage.appId()}/users/add`)
      return (await pages.submit(picker, '/users/add', { q: 'denver', do: 'search' })).html
    }
    expect(await offered()).toContain(group)
    await stage.entra.setSwitch('tenant-plan', 'free')
    expect(await offered()).not.toContain(group)
    await stage.entra.setSwitch('tenant-plan', 'p1')
    expect(await offered()).toContain(group)
  })

  test('Scoping filter department EQUALS sales vs value Sales: all disabled on save; fix case', async () => {
    await script.changeUser('ada.okafor', { department: 'Sales' })
    await script.editSchema(({ users }) => {
      users.scope = onlyWhere('department', 'EQUALS', 'sales')
    })
    await stage.advance('PT1S')
    expect(await inDialpad('ada.okafor')).toMatchObject({ active: false })
    expect(await inDialpad('george.mensah')).toMatchObject({ active: false })
    await script.editSchema(({ users }) => {
      users.scope = onlyWhere('department', 'EQUALS', 'Sales')
    })
    await stage.advance('PT1S')
    expect(await inDialpad('ada.okafor')).toMatchObject({ active: true })
  })

  test('Filter saved on live app: mass disable held by the deletion guard; revert, then restart', async () => {
    await editState('entra', 'provisioningJobs', (job) => ({ ...job, deletionGuard: { enabled: true, threshold: 2 } }))
    await script.editSchema(({ users }) => {
      users.scope = onlyWhere('department', 'EQUALS', 'Nowhere')
    })
    await stage.advance('PT1S')
    expect((await run()).quarantine?.reason).toBe('TooManyDeletes')
    expect((await stage.log()).filter(({ action }) => action === 'StagedDelete')).not.toEqual([])
    expect(await inDialpad('ada.okafor')).toMatchObject({ active: true })
    const { page } = await provisioningPage()
    expect(page.text).toContain('Allow deletes')
    await script.editSchema(({ users }) => {
      users.scope = null
    })
    await script.restart()
    expect((await run()).quarantine).toBeNull()
    expect(await inDialpad('ada.okafor')).toMatchObject({ active: true })
  })

  test('Threshold 500 kept in a 50-user tenant: guard never trips; lower it', async () => {
    await editState('entra', 'provisioningJobs', (job) => ({
      ...job,
      deletionGuard: { enabled: true, threshold: 500 },
    }))
    await script.unassign(await stage.idOf('Dialpad Users'))
    await cycle()
    expect((await run()).quarantine).toBeNull()
    expect(await inDialpad('ada.okafor')).toMatchObject({ active: false })
  })

  test('Started before assigning anyone: cycle completes with 0 users; assign, wait a cycle', async () => {
    await stage.reset()
    script = await openScript(stage)
    const group = await stage.idOf('Dialpad Users')
    await script.unassign(group)
    const { pages, page } = await provisioningPage('new')
    const { secret } = await stage.key()
    const tested = await pages.submit(page, '/new', { tenantUrl: TENANT_URL, secretToken: secret, act: 'test' })
    const overview = await pages.submit(tested, '/new', { act: 'create' })
    await pages.submit(overview, '/start')
    await stage.advance('PT1S')
    expect((await provisioningPage()).page.text).toMatch(/100% complete.*0 Users/)
    await script.assign(group)
    await cycle()
    expect(await stage.userInDialpad(secret, `ada.okafor@${DOMAIN}`)).toMatchObject({ active: true })
  })

  test('Forgot Start provisioning: Initial cycle not run, 0 %; start', async () => {
    await stage.reset()
    const { pages, at, page } = await provisioningPage('new')
    const { secret } = await stage.key()
    const tested = await pages.submit(page, '/new', { tenantUrl: TENANT_URL, secretToken: secret, act: 'test' })
    await pages.submit(tested, '/new', { act: 'create' })
    expect(await stage.advance('PT8H')).toEqual([])
    const overview = await pages.go(at)
    expect(overview.text).toContain('Initial cycle not run.')
    expect(overview.text).toContain('0% complete')
    await pages.submit(overview, '/start')
    await stage.advance('PT1S')
    expect((await provisioningPage()).page.text).toContain('Initial cycle completed.')
  })

  test('Expecting instant result: nothing after 5 minutes; on-demand or wait', async () => {
    await script.assign(await script.createUser('nadia.first'))
    expect(await stage.advance('PT5M')).toEqual([])
    expect(await inDialpad('nadia.first')).toBeUndefined()
    await script.provisionOnDemand('nadia.first')
    expect(await inDialpad('nadia.first')).toMatchObject({ active: true })
  })
})

describe('faults of matching', () => {
  const matchOnMail = () =>
    script.editSchema(({ users }) => {
      for (const row of users.attributeMappings) {
        if (row.targetAttributeName === 'userName')
          row.source = { type: 'Attribute', name: 'mail', expression: '[mail]' }
      }
    })

  test('Matching on mail, mailboxless users: ImportSkipped; populate mail', async () => {
    const id = await script.createUser('nadia.first')
    await script.assign(id)
    await matchOnMail()
    await stage.advance('PT1S')
    expect(await lastEntry(id)).toMatchObject({ status: 'Skipped', outcome: { code: 'ImportSkipped' } })
    expect(await inDialpad('nadia.first')).toBeUndefined()
    await script.changeUser('nadia.first', { mail: `nadia.first@${DOMAIN}` })
    await cycle()
    expect(await inDialpad('nadia.first')).toMatchObject({ active: true })
  })

  test('Pre-existing app user, different email: duplicate account; align match value before start', async () => {
    const register = async (userName: string) => {
      const answer = await fetch(`${stage.urls['dialpad']}/scim/Users`, {
        method: 'POST',
        headers: { authorization: `Bearer ${CONNECTED_API_KEY}`, 'content-type': 'application/scim+json' },
        body: JSON.stringify({
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          userName,
          name: { givenName: 'Nadia', familyName: 'First' },
        }),
      })
      return ((await answer.json()) as { id: string }).id
    }
    const old = await register(`nadia@${DOMAIN}`)
    const aligned = await register(`omar.second@${DOMAIN}`)
    await script.assign(await script.createUser('nadia.first'))
    await script.assign(await script.createUser('omar.second'))
    await cycle()
    expect((await inDialpad('nadia.first'))?.id).not.toBe(old)
    expect(await inDialpad('nadia')).toMatchObject({ id: old })
    expect(await inDialpad('omar.second')).toMatchObject({ id: aligned })
  })

  test('Pre-existing app user, a conflict at creation: EntryConflict', async () => {
    const id = await script.createUser('nadia.first')
    await script.assign(id)
    await fault('scim.users.create', { status: 409 }, 1)
    await cycle()
    expect(await lastEntry(id)).toMatchObject({ status: 'Failure', outcome: { code: 'EntryConflict' } })
  })

  test('Two app users share the match value: DuplicateTargetEntries; clean up', async () => {
    const id = await script.createUser('nadia.first', { surname: 'Twin' })
    await script.assign(id)
    const tells = 'name.familyName'
    await script.editSchema(({ users }) => {
      for (const row of users.attributeMappings) {
        row.matchingPriority = row.targetAttributeName === tells ? 1 : 0
      }
    })
    const register = (handle: string) =>
      fetch(`${stage.urls['dialpad']}/scim/Users`, {
        method: 'POST',
        headers: { authorization: `Bearer ${CONNECTED_API_KEY}`, 'content-type': 'application/scim+json' },
        body: JSON.stringify({
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          userName: `${handle}@${DOMAIN}`,
          name: { givenName: handle, familyName: 'Twin' },
        }),
      })
    await register('one.twin')
    await register('two.twin')
    await stage.advance('PT1S')
    expect(await lastEntry(id)).toMatchObject({ status: 'Failure', outcome: { code: 'DuplicateTargetEntries' } })
  })
})

describe('faults of the app', () => {
  test('Licence pool empty in app: LicenseLimitExceeded; free seats', async () => {
    await editState('dialpad', 'offices', (office) => ({ ...office, seats: { talk: 0 } }))
    const id = await script.createUser('nadia.first')
    await script.assign(id)
    await cycle()
    expect(await lastEntry(id)).toMatchObject({ status: 'Failure', outcome: { code: 'LicenseLimitExceeded' } })
    await editState('dialpad', 'offices', (office) => ({ ...office, seats: { talk: 20 } }))
    await cycle()
    expect(await inDialpad('nadia.first')).toMatchObject({ active: true })
  })

  test('Office name mismatch: user lands in fallback office; align office attribute', async () => {
    const officeOf = async (handle: string) => {
      const { collections } = await stage.dialpad.state()
      const users = Object.values(collections['users'] ?? {}) as { emails: string[]; officeId: string }[]
      const { officeId } = users.find(({ emails }) => emails.includes(`${handle}@${DOMAIN}`)) ?? {}
      return (collections['offices']?.[officeId ?? ''] as { name?: string } | undefined)?.name
    }
    await script.assign(await script.createUser('nadia.first', { officeLocation: 'Londen HQ', usageLocation: 'US' }))
    await script.assign(await script.createUser('omar.second', { officeLocation: 'London' }))
    await cycle()
    expect(await officeOf('nadia.first')).toBe('Denver')
    expect(await officeOf('omar.second')).toBe('London')
  })

  test('App returns transformed phone: PATCH every evaluation; store value as sent', async () => {
    await script.changeUser('ada.okafor', { businessPhones: ['+1 720 555 0199'] })
    await script.editSchema(({ users }) => {
      users.attributeMappings.push({
        targetAttributeName: 'phoneNumbers[type eq "Dialpad"].value',
        matchingPriority: 0,
        flowType: 'Always',
        source: { type: 'Attribute', name: 'telephoneNumber', expression: '[telephoneNumber]' },
      })
    })
    await stage.advance('PT1S')
    for (const jobTitle of ['One', 'Two']) {
      const seq = await newestSeq()
      await script.changeUser('ada.okafor', { jobTitle })
      await cycle()
      const patches = (await sent(seq)).filter(([method]) => method === 'PATCH')
      expect(patches.map(([, , body]) => body)).toEqual([expect.stringContaining('phoneNumbers')])
    }
  })

  test('App omits id, wrong content type: ServiceIncompatible; fix response', async () => {
    const id = await script.idOf('ada.okafor')
    await script.changeUser('ada.okafor', { jobTitle: 'Head of Support' })
    await fault('scim.users.get', { html: true }, 1)
    await cycle()
    expect(await lastEntry(id)).toMatchObject({
      status: 'Failure',
      outcome: { code: 'SystemForCrossDomainIdentityManagementServiceIncompatible' },
    })
    await cycle()
    expect(await inDialpad('ada.okafor')).toMatchObject({ title: 'Head of Support' })
  })

  test('App rate-limits without Retry-After: TooManyRequests, slow cycle; send header', async () => {
    const id = await script.idOf('ada.okafor')
    await script.changeUser('ada.okafor', { jobTitle: 'Head of Support' })
    await fault('scim.users.patch', { status: 429 })
    await cycle()
    expect(await lastEntry(id)).toMatchObject({ status: 'Failure', outcome: { code: 'TooManyRequests' } })
    await fault('scim.users.patch', { status: 429, retryAfter: 30 }, 1)
    await cycle()
    await stage.advance('PT1M')
    expect(await inDialpad('ada.okafor')).toMatchObject({ title: 'Head of Support' })
  })

  test('User deleted in app by hand: never returns; on-demand', async () => {
    const gone = await inDialpad('ada.okafor')
    await fetch(`${stage.urls['dialpad']}/scim/Users/${gone?.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${CONNECTED_API_KEY}` },
    })
    await stage.advance('PT8H')
    expect(await inDialpad('ada.okafor')).toBeUndefined()
    await script.provisionOnDemand('ada.okafor')
    expect(await inDialpad('ada.okafor')).toMatchObject({ active: true })
  })

  test('Restore within 30 days: PATCH active=true, groups not restored; restart', async () => {
    const id = await script.deleteUser('ada.okafor')
    await cycle()
    const off = await inDialpad('ada.okafor')
    expect(off).toMatchObject({ active: false })
    const seq = await newestSeq()
    await script.call('POST', `/directory/deletedItems/${id}/restore`, {})
    await cycle()
    expect(await inDialpad('ada.okafor')).toMatchObject({ id: off?.id, active: true })
    const writes = (await sent(seq)).filter(([method]) => method === 'PATCH')
    expect(writes.filter(([, url]) => url.includes('/Users/')).map(([, , body]) => body)).toEqual([
      expect.stringContaining('"path":"active"'),
    ])
    expect(writes.filter(([, url]) => url.includes('/Groups/'))).toEqual([])
  })
})

describe('faults of the mapping', () => {
  test('Removed active mapping: leavers stay active; restore default mapping', async () => {
    await script.editSchema(({ users }) => {
      const rows = users.attributeMappings
      rows.splice(0, rows.length, ...rows.filter(({ targetAttributeName }) => targetAttributeName !== 'active'))
    })
    await stage.advance('PT1S')
    await script.changeUser('ada.okafor', { accountEnabled: false })
    await cycle()
    expect(await inDialpad('ada.okafor')).toMatchObject({ active: true })
    const { pages, at } = await provisioningPage()
    await pages.submit(await pages.go(at), '/stop')
    await pages.submit(await pages.go(`${at}/mapping/restore`), '/mapping/restore')
    await pages.submit(await pages.go(at), '/start')
    await stage.advance('PT1S')
    expect(await inDialpad('ada.okafor')).toMatchObject({ active: false })
  })

  test('Delete action unchecked: hard-deleted users remain; tick Delete', async () => {
    await script.editSchema(({ users }) => {
      users.flowTypes = 'Add, Update'
    })
    await stage.advance('PT1S')
    const id = await script.deleteUser('ada.okafor')
    await cycle()
    await script.call('DELETE', `/directory/deletedItems/${id}`)
    await cycle()
    expect(await inDialpad('ada.okafor')).toMatchObject({ active: false })
    await script.editSchema(({ users }) => {
      users.flowTypes = 'Add, Update, Delete'
    })
    const other = await script.deleteUser('george.mensah')
    await cycle()
    await script.call('DELETE', `/directory/deletedItems/${other}`)
    await cycle()
    expect(await inDialpad('george.mensah')).toBeUndefined()
  })

  test('Only Update ticked: nobody created; tick Create', async () => {
    await script.editSchema(({ users }) => {
      users.flowTypes = 'Update'
    })
    await script.assign(await script.createUser('nadia.first'))
    await cycle()
    expect(await inDialpad('nadia.first')).toBeUndefined()
    await script.editSchema(({ users }) => {
      users.flowTypes = 'Add, Update, Delete'
    })
    await stage.advance('PT1S')
    expect(await inDialpad('nadia.first')).toMatchObject({ active: true })
  })

  test('Directory extension typed in wrong case: refused when saved, value never flows; exact case', async () => {
    const mapTitleFrom = (name: string) =>
      script.editSchema(({ users }) => {
        for (const row of users.attributeMappings) {
          if (row.targetAttributeName === 'title') row.source = { type: 'Attribute', name, expression: `[${name}]` }
        }
      })
    await expect(mapTitleFrom('EmployeeID')).rejects.toThrow('EmployeeID')
    await editState('entra', 'provisioningJobs', (job) =>
      JSON.parse(JSON.stringify(job).replace('"name":"jobTitle"', '"name":"EmployeeID"')),
    )
    const id = await script.createUser('nadia.first', { employeeId: 'BW-1', jobTitle: 'Agent' })
    await script.assign(id)
    await cycle()
    expect((await inDialpad('nadia.first'))?.title ?? '').toBe('')
    await mapTitleFrom('employeeId')
    await stage.advance('PT1S')
    expect(await inDialpad('nadia.first')).toMatchObject({ title: 'BW-1' })
  })

  test('Switch on unchanged attribute (documented bug): target blanked; use IIF', async () => {
    const titleBy = (expression: string, name: string) =>
      script.editSchema(({ users }) => {
        for (const row of users.attributeMappings) {
          if (row.targetAttributeName === 'title') row.source = { type: 'Function', name, expression, parameters: [] }
        }
      })
    await stage.entra.setSwitch('switch-function', 'documented-fault')
    await titleBy('Switch([department], "Staff", "Support", "Supporter")', 'Switch')
    await script.changeUser('ada.okafor', { department: 'Support' })
    await cycle()
    expect(await inDialpad('ada.okafor')).toMatchObject({ title: 'Supporter' })
    await script.changeUser('ada.okafor', { givenName: 'Adaeze' })
    await cycle()
    expect((await inDialpad('ada.okafor'))?.title ?? '').toBe('')
    await titleBy('IIF([department] = "Support", "Supporter", "Staff")', 'IIF')
    await stage.advance('PT1S')
    await script.changeUser('ada.okafor', { givenName: 'Ada' })
    await cycle()
    expect(await inDialpad('ada.okafor')).toMatchObject({ title: 'Supporter' })
  })
})
