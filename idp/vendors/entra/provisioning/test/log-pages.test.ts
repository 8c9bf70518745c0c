import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { appendEntry } from '#idp/engine/provisioning-log.ts'
import type { ProvisioningLogEntry } from '#idp/engine/records.ts'
import { type Listener, listen } from '#kit/http/listen.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import type { Service } from '#kit/system/system.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { PARTNER_APP, TENANT_ID } from '#kit/world/constants.ts'
import { findEntries } from '../../admin/provisioning/find-entries.ts'
import { createEntra } from '../../app.tsx'
import type { EntraShape } from '../../collections.ts'
import { ENTRA_SPEC } from '../../spec.ts'
import { seededServicePrincipalIdOf } from '../../world.ts'

let listener: Listener
let system: OpenedSystem<EntraShape>
let service: Service
let origin: string

const APP = seededServicePrincipalIdOf(PARTNER_APP.appId)
const AT = `/admin/apps/${APP}/provisioning/logs`
const TENANT_PART = TENANT_ID.replaceAll('-', '')
const DAY_MS = 24 * 60 * 60 * 1000

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

async function visitor(handle: string): Promise<Visitor> {
  const person = createVisitor(origin)
  await person.open('/admin')
  await person.submit('/email', { email: `${handle}@brightwave.example` })
  await person.submit('/password', { password: TRAINING_PASSWORD })
  await person.submit('/stay', { stay: 'no' })
  return person
}

function entry(index: number, more: Partial<ProvisioningLogEntry> = {}): Omit<ProvisioningLogEntry, 'key'> {
  return {
    id: `entry-${index}`,
    jobId: `dialpad.${TENANT_PART}.job-1`,
    servicePrincipalId: APP,
    cycleId: `cycle-${index % 2}`,
    changeId: `change-${index}`,
    trigger: 'cycle',
    at: system.clock.iso(),
    durationMs: 12,
    kind: 'User',
    action: 'Create',
    status: 'Success',
    source: { id: `person-${index}`, displayName: `Person ${index}` },
    target: { id: `target-${index}`, displayName: `Person ${index}` },
    steps: [{ name: 'EntryImport', type: 'import', status: 'Success', description: 'Read, with "care"', details: {} }],
    modified: [{ name: 'title', oldValue: null, newValue: `=Title ${index}` }],
    ...more,
  }
}

/** Entries of the app, of another app, and one of another tenant. */
async function fill(): Promise<void> {
  await system.store.transact((tx) => {
    for (let index = 1; index <= 4; index += 1) appendEntry(tx, entry(index))
    const staged = { action: 'StagedDelete', status: 'Skipped' } as const
    appendEntry(tx, entry(5, staged))
    appendEntry(tx, entry(6, { servicePrincipalId: 'another-app', jobId: `scim.${TENANT_PART}.job-2` }))
    appendEntry(tx, entry(7, { servicePrincipalId: 'far-app', jobId: 'scim.anothertenant.job-3' }))
  })
}

const shown = ({ text }: Visitor): readonly string[] =>
  [...text.matchAll(/(Person \d+) +Source ID/g)].map(([, name = '']) => name)

describe('the list (reference 8.1)', () => {
  test('columns are chosen, and kept with the filters', async () => {
    await fill()
    const marta = await visitor('marta.silva')
    await marta.open(AT)
    expect(marta.html).not.toContain('>change-5<')
    await marta.open(`${AT}?columns=change&columns=cycle&status=Skipped`)
    expect(marta.text).toContain('Change ID')
    expect(marta.html).toContain('<code>change-5</code>')
    expect(marta.linkTo('Refresh')).toContain('columns=cycle%2Cchange')
  })

  test.each([
    ['jobId', `dialpad.${TENANT_PART}.job-1`, ['Person 5', 'Person 4', 'Person 3', 'Person 2', 'Person 1']],
    ['cycleId', 'cycle-0', ['Person 4', 'Person 2']],
    ['changeId', 'change-3', ['Person 3']],
    ['changeId', 'change-6', []],
    ['sourceSystem', 'azure active', ['Person 5', 'Person 4', 'Person 3', 'Person 2', 'Person 1']],
    ['sourceSystem', 'workday', []],
    ['targetSystem', 'dialp', ['Person 5', 'Person 4', 'Person 3', 'Person 2', 'Person 1']],
    ['targetSystem', 'slack', []],
    ['action', 'StagedDelete', ['Person 5']],
  ])('can be filtered by %s: %s', async (field, value, expected) => {
    await fill()
    const marta = await visitor('marta.silva')
    await marta.open(`${AT}?${new URLSearchParams({ [field]: value })}`)
    expect(shown(marta)).toEqual(expected)
  })

  test('an app owner sees their own apps and no others, an administrator the tenant, nobody another tenant', async () => {
    await fill()
    const helen = await visitor('helen.park')
    await helen.open('/admin/provisioning-logs')
    expect(helen.text).toContain('Entries of the apps you own.')
    expect(shown(helen)).toEqual(['Person 5', 'Person 4', 'Person 3', 'Person 2', 'Person 1'])
    const other = system.store.find('provisioningLogs', 'change', 'change-6')[0]
    await helen.open(`/admin/provisioning-logs/${other?.key}`)
    expect(helen.status).toBe(404)
    const naomi = await visitor('naomi.clarke')
    await naomi.open('/admin/provisioning-logs')
    expect(shown(naomi)[0]).toBe('Person 6')
    await naomi.open(`/admin/provisioning-logs/${other?.key}`)
    expect(naomi.status).toBe(200)
    const far = system.store.find('provisioningLogs', 'change', 'change-7')[0]
    await naomi.open(`/admin/provisioning-logs/${far?.key}`)
    expect(naomi.status).toBe(404)
  })

  test('the owner of several apps sees them as one list, newest first', async () => {
    await fill()
    const place = { kind: 'apps', servicePrincipalIds: ['another-app', APP] } as const
    const { entries } = findEntries(system.store, place, system.clock.now(), {}, { offset: 0, limit: 4 })
    expect(entries.map(({ changeId }) => changeId)).toEqual(['change-6', 'change-5', 'change-4', 'change-3'])
  })

  test('entries are kept for 30 days: older ones are not shown, dropped or not', async () => {
    await system.store.transact((tx) => {
      const at = (days: number): string => new Date(system.clock.now() - days * DAY_MS).toISOString()
      appendEntry(tx, entry(1, { at: at(31) }))
      appendEntry(tx, entry(2, { at: at(29) }))
    })
    const marta = await visitor('marta.silva')
    await marta.open(AT)
    expect(shown(marta)).toEqual(['Person 2'])
    const old = system.store.find('provisioningLogs', 'change', 'change-1')[0]
    expect(old).toBeDefined()
    await marta.open(`${AT}/${old?.key}`)
    expect(marta.status).toBe(404)
  })

  test('a page far back reads what it shows, not what comes before it', async () => {
    await system.store.transact((tx) => {
      for (let index = 1; index <= 3000; index += 1) appendEntry(tx, entry(index))
    })
    let read = 0
    const counted = {
      ...system.store,
      count: system.store.count.bind(system.store),
      get: system.store.get.bind(system.store),
      findPage: (...args: Parameters<typeof system.store.findPage>) => {
        const found = system.store.findPage(...args)
        read += found.length
        return found
      },
    }
    const place = { kind: 'apps', servicePrincipalIds: [APP] } as const
    const reader = counted as unknown as typeof system.store
    const { entries } = findEntries(reader, place, system.clock.now(), {}, { offset: 2500, limit: 50 })
    expect(entries[0]?.changeId).toBe('change-500')
    expect(read).toBeLessThanOrEqual(200)
  })
})

describe('what is downloaded', () => {
  test('three files of CSV, joined by their Change ID', async () => {
    await fill()
    const marta = await visitor('marta.silva')
    const file = async (name: string, query = ''): Promise<readonly string[]> => {
      await marta.open(`${AT}/download/${name}${query}`)
      return marta.html.trim().split('\r\n')
    }
    const logs = await file('ProvisioningLogs.csv', '?action=Create&cycleId=cycle-0')
    expect(logs[0]).toContain('Date (UTC),Change ID,Cycle ID,Job ID,Action,Status')
    expect(logs.slice(1).map((line) => line.split(',')[1])).toEqual(['change-4', 'change-2'])
    const steps = await file('ProvisioningLogs_ProvisioningSteps.csv', '?changeId=change-4')
    expect(steps[1]).toBe('change-4,1,EntryImport,import,Success,"Read, with ""care""",{}')
    const modified = await file('ProvisioningLogs_ModifiedProperties.csv', '?changeId=change-4')
    expect(modified[1]).toBe("change-4,title,,'=Title 4")
  })

  test('JSON holds the entries as Graph answers them; another file is refused', async () => {
    await fill()
    const helen = await visitor('helen.park')
    await helen.open('/admin/provisioning-logs/download/ProvisioningLogs.json')
    const items = JSON.parse(helen.html) as readonly {
      readonly changeId: string
      readonly provisioningAction: string
    }[]
    expect(items.map(({ changeId }) => changeId)).toEqual(['change-5', 'change-4', 'change-3', 'change-2', 'change-1'])
    expect(items[0]?.provisioningAction).toBe('stageddelete')
    await helen.open(`${AT}/download/secrets.csv`)
    expect(helen.status).toBe(404)
  })
})

test('an entry is also shown as JSON, beside its four tabs', async () => {
  await fill()
  const marta = await visitor('marta.silva')
  const [newest] = system.store.find('provisioningLogs', 'change', 'change-4')
  await marta.open(`${AT}/${newest?.key}`)
  await marta.follow('JSON')
  expect(marta.text).toContain('"changeId": "change-4"')
  expect(marta.text).toContain('"newValue": "=Title 4"')
})
