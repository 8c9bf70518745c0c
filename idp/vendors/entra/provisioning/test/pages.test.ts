import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { newRun } from '#idp/engine/job-state.ts'
import { appendEntry } from '#idp/engine/provisioning-log.ts'
import type { ProvisioningLogEntry } from '#idp/engine/records.ts'
import { type Listener, listen } from '#kit/http/listen.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import type { Service } from '#kit/system/system.ts'
import { type Browser, createBrowser, type Page, pageOf } from '#kit/test/browser.ts'
import { PARTNER_APP, SAMPLE_WEB_APP } from '#kit/world/constants.ts'
import { createEntra } from '../../app.tsx'
import type { EntraShape } from '../../collections.ts'
import { signInAs } from '../../sign-in/test/start-entra.ts'
import { ENTRA_SPEC } from '../../spec.ts'
import { seededServicePrincipalIdOf } from '../../world.ts'
import { removeJobsOf } from '../remove-jobs.ts'

let listener: Listener
let system: OpenedSystem<EntraShape>
let service: Service
let origin: string

const APP = seededServicePrincipalIdOf(PARTNER_APP.appId)
const AT = `/admin/apps/${APP}/provisioning`

beforeAll(async () => {
  listener = await listen({ system: 'entra', host: '127.0.0.1', port: 0, variable: 'ENTRA_PORT' })
  origin = `http://localhost:${listener.port}`
  const urls = { entra: origin, dialpad: 'http://localhost:9', kit: 'http://localhost:4000' }
  system = await openSystem(ENTRA_SPEC, { dataDir: null, world: 'connected-entra', urls })
  service = createEntra(system)
  listener.attach(service.handler)
  await service.start()
})
afterAll(async () => {
  await service.stop()
  await listener.close()
  await system.close()
})
afterEach(() => system.control.reset())

interface Visitor {
  readonly browser: Browser
  see(path: string): Promise<Page>
}

async function visitor(handle: string): Promise<Visitor> {
  const browser = createBrowser(origin)
  await signInAs(browser, await browser.visit(`${origin}/admin`), `${handle}@brightwave.example`)
  return { browser, see: async (path) => pageOf(await browser.visit(`${origin}${path}`)) }
}

const job = () => {
  const [first] = system.store.page('provisioningJobs', 0, 1)
  if (first === undefined) throw new Error('The world has no job.')
  return first
}

/** Where each of these words stands on the page, in their order; -1 for one that is missing. */
function places(page: Page, words: readonly string[]): readonly number[] {
  let from = 0
  return words.map((word) => {
    const at = page.text.indexOf(word, from)
    from = Math.max(from, at)
    return at
  })
}

function expectInOrder(page: Page, words: readonly string[]): void {
  const found = places(page, words)
  expect(
    words.filter((_, index) => found[index] === -1),
    page.text,
  ).toEqual([])
}

describe('who may see provisioning', () => {
  test('a Global Reader is refused, and told which role would do', async () => {
    const oskar = await visitor('oskar.lindqvist')
    for (const page of ['', '/connectivity', '/mapping', '/on-demand', '/logs']) {
      const refused = await oskar.see(`${AT}${page}`)
      expect(refused).toMatchObject({ status: 403, title: "You don't have access" })
      expect(refused.text).toContain('Application Administrator, Cloud Application Administrator or Owner of Dialpad')
    }
    expect(await oskar.see('/admin/provisioning-logs')).toMatchObject({ status: 403 })
  })

  test.each(['marta.silva', 'jonas.weber', 'naomi.clarke', 'helen.park'])(
    '%s, by role or as the owner, sees and stops it',
    async (handle) => {
      const { browser, see } = await visitor(handle)
      const overview = await browser.visit(`${origin}${AT}`)
      expect(pageOf(overview)).toMatchObject({ status: 200, title: 'Dialpad | Provisioning' })
      await browser.send(overview, '/stop')
      expect(job().state).toBe('Paused')
      expect((await see(AT)).text).toContain('Provisioning is stopped.')
    },
  )

  test('someone without any role is refused at the door', async () => {
    const { see } = await visitor('george.mensah')
    expect(await see(AT)).toMatchObject({ status: 403 })
  })

  test('a form without its token, or from another site, changes nothing', async () => {
    const { browser } = await visitor('marta.silva')
    const overview = await browser.visit(`${origin}${AT}`)
    expect(pageOf(await browser.send(overview, '/stop', { _csrf: 'forged' })).status).toBe(403)
    expect(pageOf(await browser.send(overview, '/stop', {}, { origin: 'http://evil.example' })).status).toBe(403)
    expect(job().state).toBe('Active')
  })
})

describe('the labels of the tutorial', () => {
  test('an app without a configuration offers one, and its form has every label in order', async () => {
    await system.store.transact((tx) => removeJobsOf(tx, APP))
    const { see } = await visitor('naomi.clarke')
    expectInOrder(await see(AT), ['New configuration', 'There is no provisioning configuration yet'])
    expectInOrder(await see(`${AT}/new`), [
      'Admin Credentials',
      'Select authentication method',
      'Bearer authentication',
      'Tenant URL',
      'Secret Token',
      'Test Connection',
      'Create',
    ])
    expect(await see(`${AT}/logs`)).toMatchObject({ status: 404 })
  })

  test('an app that came by a registration cannot be provisioned', async () => {
    const { see } = await visitor('marta.silva')
    const sample = `/admin/apps/${seededServicePrincipalIdOf(SAMPLE_WEB_APP.appId)}/provisioning`
    expect((await see(sample)).text).toContain('Automatic provisioning is not supported')
    expect(await see(`${sample}/new`)).toMatchObject({ url: new URL(`${origin}${sample}`) })
  })

  test('the Overview', async () => {
    const { see } = await visitor('naomi.clarke')
    expectInOrder(await see(AT), [
      'Overview',
      'Provision on demand',
      'Connectivity',
      'Attribute Mapping',
      'Users and groups',
      'Provisioning logs',
      'Start provisioning',
      'Stop provisioning',
      'Restart provisioning',
      'Provision on demand',
      'Refresh',
      'Properties',
      'Current cycle status',
      'Initial cycle completed.',
      '100% complete',
      'View provisioning logs',
      'Statistics to date',
      'Users',
      'Groups',
      'View provisioning details',
      'Completed',
      'Duration',
      'Steady state achieved',
      'Provisioning interval(fixed)',
      '40 minutes',
      'View technical information',
      'Activity ID',
      'Job ID',
      job().id,
    ])
  })

  test('the pencil of Properties keeps address and threshold', async () => {
    const { browser, see } = await visitor('naomi.clarke')
    expectInOrder(await see(`${AT}/properties`), ['Properties', 'Edit', 'Notification emails', 'Off'])
    const form = await browser.visit(`${origin}${AT}/properties/edit`)
    expectInOrder(pageOf(form), ['Enable notification emails', 'Enable accidental deletions prevention', 'Apply'])
    const fields = { notificationsEnabled: 'true', guardEnabled: 'true', threshold: '40', scope: 'assigned' }
    const missing = pageOf(await browser.send(form, '/edit', fields))
    expect(missing).toMatchObject({ status: 422 })
    expect(missing.text).toContain('Enter the address that receives the notifications.')
    const wrong = pageOf(await browser.send(form, '/edit', { ...fields, notificationEmail: 'it-ops', threshold: '0' }))
    expect(wrong.text).toContain('This is not an e-mail address.')
    expect(wrong.text).toContain('The threshold is at least 1.')
    const sent = { ...fields, notificationEmail: 'it-ops@brightwave.example', scope: 'all' }
    const saved = pageOf(await browser.send(form, '/edit', sent))
    expect(saved.text).toContain('Restart provisioning for the new scope to take effect.')
    expect(job()).toMatchObject({
      scope: 'all',
      notification: { enabled: true, email: 'it-ops@brightwave.example' },
      deletionGuard: { enabled: true, threshold: 40 },
    })
    const again = pageOf(await browser.send(await browser.visit(`${origin}${AT}/properties/edit`), '/edit', sent))
    expect(again.text).toContain('There were no changes to save.')
  })

  test('Attribute Mapping shows rows, marks the matching one, and saves no change as none', async () => {
    const { browser, see } = await visitor('naomi.clarke')
    expectInOrder(await see(`${AT}/mapping/users`), [
      'Save',
      'Users',
      'Groups',
      'Provision Microsoft Entra ID Users',
      'Source Object Scope',
      'All records',
      'Create',
      'Update',
      'Delete',
      'Dialpad Attribute',
      'Microsoft Entra ID Attribute',
      'Matching precedence',
      'userName',
      'userPrincipalName',
      'Matching: 1',
      'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
    ])
    const groups = await browser.visit(`${origin}${AT}/mapping/groups`)
    expect(pageOf(groups).text).toContain('Renaming a group does not rename it in Dialpad.')
    expect(pageOf(await browser.send(groups, '/mapping/groups')).text).toContain('There were no changes to save.')
    expect(await see(`${AT}/mapping/roles`)).toMatchObject({ status: 404 })
  })
})

describe('the state of the job', () => {
  test('a cycle under way shows how far it is and is followed live', async () => {
    const { see } = await visitor('marta.silva')
    await system.store.transact((tx) => {
      tx.put('provisioningJobs', job().id, { ...job(), state: 'Paused' })
      tx.put('provisioningRuns', job().id, {
        ...newRun(job().id),
        begun: 1,
        cycle: {
          id: 'cycle-1',
          kind: 'initial',
          startedAt: '9999-01-01T00:00:00.000Z',
          from: 0,
          upTo: 0,
          phase: 'users',
          cursor: null,
          counts: {
            imported: 64,
            entitled: 64,
            created: 60,
            updated: 0,
            disabled: 0,
            deleted: 0,
            skipped: 4,
            staged: 0,
            failed: 0,
            failedReferences: 0,
            references: 0,
          },
          expected: 100,
          pauses: 0,
        },
      })
    })
    const page = await see(AT)
    expectInOrder(page, ['Initial cycle in progress.', '60% complete', '60 created'])
    expect(page.html).toMatch(/<section id="current-cycle" data-live="watching"[^>]*hx-trigger="every 1s"/)
  })

  test('what cannot be done now is greyed and says why; asked for all the same, it is refused', async () => {
    const { browser } = await visitor('marta.silva')
    const overview = await browser.visit(`${origin}${AT}`)
    expect(pageOf(overview).html).toMatch(/title="Provisioning is started."[^>]*>.*?Start provisioning/)
    await browser.send(overview, '/stop')
    const again = pageOf(await browser.send(overview, '/stop'))
    expect(again).toMatchObject({ status: 409 })
    expect(again.text).toContain('Provisioning of Dialpad is not started.')
  })
})

describe('provision on demand', () => {
  test('offers people who can sign in and groups, and nobody blocked', async () => {
    const { see } = await visitor('marta.silva')
    expect((await see(`${AT}/on-demand?q=ada`)).text).toContain('ada.okafor@brightwave.example')
    expect((await see(`${AT}/on-demand?q=victor`)).text).toContain('Nobody was found')
    expect((await see(`${AT}/on-demand?object=nobody`)).text).toContain('There is no such user or group any more.')
  })

  test('takes at most five members of a group', async () => {
    const { browser } = await visitor('marta.silva')
    const group = system.store.page('groups', 0, 1)[0]
    const form = await browser.visit(`${origin}${AT}/on-demand?object=${group?.id}`)
    const { html, text } = pageOf(form)
    expect(text).toContain('Members to add in the application (up to 5)')
    const token = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
    const body = new URLSearchParams([
      ['_csrf', token],
      ['objectId', group?.id ?? ''],
      ...['1', '2', '3', '4', '5', '6'].map((id) => ['memberIds', id] as [string, string]),
    ])
    const answer = await fetch(`${origin}${AT}/on-demand`, {
      method: 'POST',
      headers: {
        accept: 'text/html',
        origin,
        cookie: [...browser.cookies].map(([key, value]) => `${key.split(' ')[0]}=${value}`).join('; '),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: body.toString(),
    })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Choose at most 5 members.')
  })

  test('a target that does not answer is shown as a connection that failed', async () => {
    const { browser } = await visitor('marta.silva')
    const ada = system.store.find('users', 'userPrincipalName', 'ada.okafor@brightwave.example')[0]
    const form = await browser.visit(`${origin}${AT}/on-demand?object=${ada?.id}`)
    const result = pageOf(await browser.send(form, '/on-demand', { act: 'provision' }))
    expectInOrder(result, ['Failure', 'WebExceptionProtocolError', 'Test connection', 'Import user', 'Retry'])
  })
})

describe('the logs', () => {
  const entry = (index: number, more: Partial<ProvisioningLogEntry> = {}): Omit<ProvisioningLogEntry, 'key'> => ({
    id: `entry-${index}`,
    jobId: job().id,
    servicePrincipalId: APP,
    cycleId: 'cycle-9',
    changeId: `change-${index}`,
    trigger: 'cycle',
    at: system.clock.iso(),
    durationMs: 12,
    kind: 'User',
    action: 'Create',
    status: 'Success',
    source: { id: `person-${index}`, displayName: `Person ${index}` },
    target: null,
    steps: [],
    modified: [],
    ...more,
  })

  async function fill(): Promise<void> {
    await system.store.transact((tx) => {
      const longAgo = new Date(system.clock.now() - 8 * 24 * 60 * 60 * 1000).toISOString()
      appendEntry(tx, entry(122, { at: longAgo, source: { id: 'old', displayName: 'Long Ago' } }))
      for (let index = 1; index <= 120; index += 1) appendEntry(tx, entry(index))
      appendEntry(
        tx,
        entry(121, {
          action: 'Update',
          status: 'Failure',
          modified: [{ name: 'title', oldValue: 'Agent', newValue: 'Lead' }],
          outcome: { code: 'EntryConflict', reason: 'Another account holds it.', advice: 'Change that account.' },
        }),
      )
    })
  }

  test('are listed newest first, in pages, with the columns of the product', async () => {
    await fill()
    const { see } = await visitor('marta.silva')
    const first = await see(`${AT}/logs`)
    expectInOrder(first, ['Date', 'Identity', 'Action', 'Source System', 'Target System', 'Status'])
    expectInOrder(first, ['Person 121', 'Person 120', '1 to 50 entries'])
    const third = await see(`${AT}/logs?page=3`)
    expectInOrder(third, ['Person 21', 'Person 1 ', 'Long Ago', '101 to 122 entries'])
    expect(third.text).not.toContain('Person 22 ')
  })

  test('are filtered by identity, status, action and date', async () => {
    await fill()
    const { see } = await visitor('marta.silva')
    const names = async (query: string) => {
      const { text } = await see(`${AT}/logs?${query}`)
      return [...text.matchAll(/(Person \d+|Long Ago) +Source ID/g)].map(([, name]) => name)
    }
    expect(await names('status=Failure')).toEqual(['Person 121'])
    expect(await names('action=Update')).toEqual(['Person 121'])
    expect(await names('identity=person+12&date=1d')).toEqual(['Person 121', 'Person 120', 'Person 12'])
    expect(await names('identity=ago')).toEqual(['Long Ago'])
    expect(await names('identity=ago&date=7d')).toEqual([])
    expect((await see(`${AT}/logs?identity=nobody`)).text).toContain('Nothing matches these filters')
  })

  test('show an entry in four tabs, and the same under Monitoring', async () => {
    await fill()
    const { see } = await visitor('marta.silva')
    const [failed] = system.store.latest('provisioningLogs', 0, 1)
    const href = `${AT}/logs/${failed?.key}`
    expectInOrder(await see(href), ['Steps', 'Troubleshooting & Recommendations', 'Modified Properties', 'Summary'])
    expectInOrder(await see(`${href}?tab=troubleshooting`), ['Error code', 'EntryConflict', 'Change that account.'])
    expectInOrder(await see(`${href}?tab=modified`), ['title', 'Agent', 'Lead'])
    expectInOrder(await see(`${href}?tab=summary`), ['Change ID', 'change-121', 'Cycle ID', 'Job ID', job().id])
    expect((await see('/admin/provisioning-logs?status=Failure')).text).toContain('Person 121')
    expect((await see(`/admin/provisioning-logs/${failed?.key}?tab=modified`)).text).toContain('Lead')
    expect(await see(`${AT}/logs/999999999999999`)).toMatchObject({ status: 404 })
  })
})
