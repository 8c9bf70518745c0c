import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { EXAMPLES } from './examples.ts'
import { type Ran, run, split } from './test/run.ts'

/** Every command on a kit that runs, in words and as JSON, and what it refuses. */

const ADA = 'ada.okafor@brightwave.example'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())
beforeEach(async () => {
  await kit.control.kit.reset({ world: 'brightwave' })
  // After a reset signing keys are made anew, and are state as well: from here on nothing changes by itself.
  await fetch(`${kit.urls.entra}/common/discovery/v2.0/keys`)
  for (const { name } of await kit.control.kit.snapshots()) await kit.control.kit.deleteSnapshot(name)
})

const on = (...args: readonly string[]): Promise<Ran> => run(...args, '--against', kit.urls.kit)

/** The JSON a command printed; nothing else stands on standard output. */
async function json(...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { status, out, err } = await on(...args, '--json')
  expect(err).toBe('')
  expect(status).toBe(0)
  return JSON.parse(out) as Readonly<Record<string, unknown>>
}

/** A refusal ends with 1, says why, and is JSON when that was asked for. */
async function expectRefusal(code: string, ...args: readonly string[]): Promise<void> {
  const plain = await on(...args)
  expect([plain.status, plain.out]).toEqual([1, ''])
  expect(plain.err).not.toBe('')
  const { status, out } = await on(...args, '--json')
  expect(status).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ error: { code, message: expect.any(String) } })
}

test('world and reset', async () => {
  expect((await on('world', 'list')).out).toContain('* brightwave\n  fresh')
  expect(await json('world', 'set', 'fresh')).toMatchObject({ world: 'fresh', system: 'kit' })
  expect((await on('world', 'show')).out).toMatch(/^World fresh, virtual time 20/)
  expect(await json('world', 'list')).toMatchObject({ world: 'fresh', worlds: expect.arrayContaining(['scale:N']) })
  await expectRefusal('unknown_world', 'world', 'set', 'atlantis')
  await kit.control.kit.moveClock({ advance: 'P1D' })
  expect((await on('reset', '--keep-api-keys')).out).toContain('World fresh')
  expect((await kit.control.kit.clock()).offsetMs).toBeLessThan(60_000)
})

test('a reset, and how long it took', async () => {
  const start = performance.now()
  expect((await on('reset')).status).toBe(0)
  process.stdout.write(`reset of the default world, all systems: ${Math.round(performance.now() - start)} ms\n`)
})

test('clock', async () => {
  expect((await on('clock', 'freeze')).status).toBe(0)
  expect((await on('clock', 'show')).out).toContain(', frozen, next due: ')
  await on('clock', 'thaw')
  const { offsetMs, ran } = await json('clock', 'advance', 'P1D')
  expect(ran).toEqual([])
  expect(Math.round(Number(offsetMs) / 60_000)).toBe(24 * 60)
  expect(await json('clock', 'set', '2031-01-31T09:00:00.000Z')).toMatchObject({
    now: expect.stringMatching(/^2031-01-31/),
  })
  expect(await json('clock', 'rate', '60')).toMatchObject({ rate: 60 })
  expect(await json('clock', 'show')).toMatchObject({ frozen: false, rate: 60 })
  await expectRefusal('clock_backwards', 'clock', 'set', '2001-01-01T00:00:00.000Z')
  await expectRefusal('invalid_duration', 'clock', 'advance', 'soon')
  await expectRefusal('invalid_rate', 'clock', 'rate', '1000000')
})

test('clock advance tells what fell due', async () => {
  await kit.control.kit.reset({ world: 'connected-entra' })
  const { status, out } = await on('clock', 'advance', 'PT40M')
  expect(status).toBe(0)
  expect(out).toMatch(/ entra: .+: .+\n20\S+Z$/)
})

test('fault: what is left of a rule stays when another is added', async () => {
  expect((await on('fault', 'list')).out).toBe('No rules: everything works.')
  expect((await on('fault', 'operations', 'dialpad')).out).toContain('dialpad scim.users.create')
  const added = await on(
    'fault',
    'add',
    'dialpad',
    'scim.users.list',
    '--status',
    '429',
    '--retry-after',
    '5',
    '--times',
    '3',
  )
  expect(added.out).toBe('dialpad scim.users.list: status 429, Retry-After 5 s; 3 times')
  const { secret } = await kit.scene.issueKey()
  const answer = await fetch(`${kit.urls.dialpad}/scim/Users`, { headers: { authorization: `Bearer ${secret}` } })
  expect(answer.status).toBe(429)
  await on('fault', 'add', 'dialpad', 'scim.users.patch', '--drop')
  expect(await json('fault', 'list', 'dialpad')).toMatchObject({
    rules: {
      dialpad: [
        { on: 'scim.users.list', effect: { status: 429, retryAfter: 5 }, times: 2, used: 0 },
        { on: 'scim.users.patch', effect: { drop: true } },
      ],
    },
  })
  await expectRefusal('unknown_operation', 'fault', 'add', 'dialpad', 'no.such', '--html')
  expect(await json('fault', 'clear')).toEqual({ cleared: { entra: 0, okta: 0, dialpad: 2 } })
  expect(await kit.control.dialpad.faults()).toEqual([])
  await expectRefusal('unknown_flaw', 'fault', 'add', 'okta', 'saml.answer', '--flaw', 'wrong-colour')
})

test('negative: one is armed at a provider at a time, said with what a correct application does, and disarmed', async () => {
  expect((await on('negative', 'list')).out).toContain('saml/unsigned (entra, okta): Neither answer nor assertion')
  await on('negative', 'arm', 'oidc/expired', '--from', 'okta')
  const { out } = await on('negative', 'arm', 'saml/unsigned', '--from', 'okta', '--times', '2')
  expect(out).toContain('Unsigned is armed at Okta.\nA correct application: Refuse')
  expect(await json('negative', 'list')).toMatchObject({ armed: [{ id: 'saml/unsigned', from: 'okta', left: 2 }] })
  expect((await on('negative', 'list')).out).toContain('Armed at Okta: saml/unsigned')
  expect(await json('negative', 'clear')).toEqual({
    cleared: [
      { provider: 'entra', count: 0 },
      { provider: 'okta', count: 1 },
    ],
  })
  expect((await on('negative', 'clear', 'okta')).out).toBe('okta: 0 disarmed')
})

test('switch', async () => {
  expect((await on('switch', 'set', 'entra', 'portal-edition', 'azure-portal-2019')).out).toBe(
    'entra portal-edition = azure-portal-2019',
  )
  expect((await on('switch', 'list', 'entra')).out).toContain('entra portal-edition = azure-portal-2019 (or ')
  expect(await json('switch', 'list')).toMatchObject({
    switches: {
      entra: expect.arrayContaining([expect.objectContaining({ id: 'portal-edition', value: 'azure-portal-2019' })]),
      okta: expect.any(Array),
      dialpad: expect.any(Array),
    },
  })
  await expectRefusal('unknown_value', 'switch', 'set', 'entra', 'portal-edition', 'azure-portal-1999')
  await expectRefusal('unknown_switch', 'switch', 'set', 'okta', 'no-such', 'on')
})

describe('journal', () => {
  const edit = (jobTitle: string) => kit.scene.entra.editPerson(ADA, { jobTitle })

  test('tail: the last of them, filtered', async () => {
    for (const title of ['One', 'Two', 'Three']) await edit(title)
    const { items } = (await json('journal', 'tail', '-n', '2', '--system', 'entra', '--kind', 'state')) as {
      readonly items: readonly { readonly system: string; readonly kind: string; readonly change?: object }[]
    }
    expect(items).toHaveLength(2)
    expect(items.every(({ system, kind }) => system === 'entra' && kind === 'state')).toBe(true)
    expect(JSON.stringify(items.at(-1)?.change)).toContain('Three')
    expect((await on('journal', 'tail', '--subject', ADA)).out).toContain(' entra    ')
    expect((await on('journal', 'tail', '--subject', 'nobody')).out).toBe('Nothing yet.')
  })

  test('follow: as they happen, one a line, to the number asked for', async () => {
    const following = on('journal', 'follow', '--kind', 'clock', '-n', '1')
    let ended = false
    const end = following.finally(() => {
      ended = true
    })
    while (!ended) {
      await kit.control.entra.moveClock({ advance: 'PT1S' })
      await new Promise((settle) => setImmediate(settle))
    }
    const { status, out } = await end
    expect(status).toBe(0)
    expect(out).toMatch(/^20\S+Z entra {4}Clock moved to .+\n1 told\.$/)
  })
})

describe('snapshot', () => {
  test('saved, compared, branched from, restored, deleted', async () => {
    expect((await on('snapshot', 'list')).out).toBe('No snapshots yet.')
    expect((await on('snapshot', 'save', 'before')).out).toMatch(/^Saved: before \(world brightwave, virtual time 20/)
    await kit.scene.entra.editPerson(ADA, { jobTitle: 'Lead' })
    const compared = await on('snapshot', 'compare', 'before')
    expect(compared.out).toContain('From before to the present:\nEntra: Users: 1 changed')
    expect(compared.out).toContain(`  changed ${ADA}\n      Job title: Support Lead → Lead`)

    const branched = await on('snapshot', 'branch', 'before', '--save', 'after')
    expect(branched.out).toMatch(/^Saved: after .+\nRestored: before /)
    expect((await on('snapshot', 'compare', 'before')).out).toBe('From before to the present:\nNo difference.')
    const { from, to, systems } = await json('snapshot', 'compare', 'before', 'after')
    expect([from, to]).toMatchObject([{ name: 'before' }, { name: 'after' }])
    expect(systems).toMatchObject([{ system: 'kit' }, { system: 'entra' }, { system: 'okta', collections: [] }, {}])

    expect((await on('snapshot', 'restore', 'after')).out).toContain('Restored: after')
    expect((await on('snapshot', 'compare', 'after')).out).toContain('No difference.')
    expect(await json('snapshot', 'delete', 'before')).toEqual({ deleted: 'before' })
    expect(await json('snapshot', 'list')).toMatchObject({ snapshots: [{ name: 'after', systems: expect.any(Array) }] })
  })

  test('refused: a taken name without --replace, what is not there, a bad name', async () => {
    await on('snapshot', 'save', 'one')
    await on('snapshot', 'save', 'two')
    await expectRefusal('snapshot_exists', 'snapshot', 'save', 'one')
    await expectRefusal('snapshot_exists', 'snapshot', 'branch', 'one', '--save', 'two')
    expect((await on('snapshot', 'save', 'one', '--replace')).status).toBe(0)
    expect((await on('snapshot', 'branch', 'one', '--save', 'two', '--replace')).status).toBe(0)
    await expectRefusal('unknown_snapshot', 'snapshot', 'restore', 'none')
    await expectRefusal('unknown_snapshot', 'snapshot', 'compare', 'one', 'none')
    await expectRefusal('unknown_snapshot', 'snapshot', 'delete', 'none')
    await expectRefusal('invalid_name', 'snapshot', 'save', '../up')
  })

  test('no secret of any world is told', async () => {
    await on('snapshot', 'save', 'empty')
    await kit.scene.issueKey('Told once')
    await kit.control.kit.reset({ world: 'connected-okta' })
    const { out } = await on('snapshot', 'compare', 'empty', '--limit', '500', '--json')
    expect(out).toContain('changed')
    for (const at of ['entra', 'okta', 'dialpad'] as const) {
      const state = JSON.stringify(await kit.control[at].state())
      const secrets = [...state.matchAll(/sealed\.v1\.[\w-]+|scrypt\$[^"]+|"hash":"([^"]+)"/g)]
      for (const [whole, hash] of secrets) expect(out).not.toContain(hash ?? whole)
    }
  })
})

describe('command', () => {
  test('lists what there is, tells its schema, runs it', async () => {
    const listed = await on('command')
    expect(listed.out).toContain('entra assign {')
    expect((await on('command', 'okta')).out).toContain('okta assign-person {')
    expect(await json('command', 'dialpad')).toMatchObject({ commands: { dialpad: expect.any(Array) } })
    expect(await json('command', 'okta', 'assign-person', '--schema')).toMatchObject({
      name: 'assign-person',
      input: { type: 'object', properties: { person: {} } },
    })
    const edited = await on('command', 'entra', 'edit-person', JSON.stringify({ person: ADA, jobTitle: 'Chief' }))
    expect(edited.status).toBe(0)
    expect(JSON.stringify(await kit.control.entra.state())).toContain('"jobTitle":"Chief"')
    const file = join(tmpdir(), `kit-command-${process.pid}.json`)
    writeFileSync(file, JSON.stringify({ person: ADA, jobTitle: 'Founder' }))
    expect(await json('command', 'entra', 'edit-person', `@${file}`)).toBeInstanceOf(Object)
  })

  test('refused as the page would, nothing changed', async () => {
    await expectRefusal('unknown_person', 'command', 'entra', 'edit-person', '{"person":"nobody@brightwave.example"}')
    await expectRefusal('invalid_body', 'command', 'entra', 'edit-person', '{"persona":"x"}')
    await expectRefusal('unknown_command', 'command', 'okta', 'fly')
    const { status, err } = await on('command', 'okta', 'fly', '--schema')
    expect([status, err]).toEqual([2, expect.stringContaining('There is no command "fly". There are: ')])
  })
})

test('every example of the help on a running kit does what it says', async () => {
  const STARTS_OTHERS = /^(up|certify|scenario run|lesson prove|record verify|journal follow)/
  await on('snapshot', 'save', 'after-lunch')
  const lines = Object.entries(EXAMPLES).flatMap(([name, examples]) => (STARTS_OTHERS.test(name) ? [] : examples))
  for (const line of lines) {
    if (/^(scenario|lesson) /.test(line)) continue
    // Each name of a snapshot is there or not as the example before has left it.
    if (/^snapshot (save before-lunch|branch before-lunch --save after-lunch)$/.test(line)) {
      const taken = line.endsWith('after-lunch') ? 'after-lunch' : 'before-lunch'
      const known = (await kit.control.kit.snapshots()).map(({ name }) => name)
      if (known.includes(taken)) await kit.control.kit.deleteSnapshot(taken)
    }
    const { status, err } = await on(...split(line))
    expect(`${line}: ${status} ${err}`).toBe(`${line}: 0 `)
  }
}, 60_000)

test('every command of the README on a running kit does what it says, in its order', async () => {
  const lines = [...readFileSync('README.md', 'utf8').matchAll(/^npm run kit -- (.+)$/gm)].map(([, line]) => line ?? '')
  const here = lines.filter((line) => !/^(certify|up|explain|record)\b/.test(line))
  expect(here.length).toBeGreaterThanOrEqual(7)
  for (const line of here) {
    const { status, err } = await on(...split(line))
    expect(`${line}: ${status} ${err}`).toBe(`${line}: 0 `)
  }
}, 30_000)
