import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ScopingFilter } from '#idp/core/provisioning/types.ts'
import { updateJob } from '#idp/engine/jobs.ts'
import { type Listener, listen } from '#kit/http/listen.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import type { Service } from '#kit/system/system.ts'
import { type Browser, createBrowser, type Page } from '#kit/test/browser.ts'
import { PARTNER_APP } from '#kit/world/constants.ts'
import { createEntra } from '../../app.tsx'
import type { EntraShape } from '../../collections.ts'
import { signInAs } from '../../sign-in/test/start-entra.ts'
import { ENTRA_SPEC } from '../../spec.ts'
import { seededServicePrincipalIdOf } from '../../world.ts'

let listener: Listener
let system: OpenedSystem<EntraShape>
let service: Service
let origin: string

const MAPPING = `/admin/apps/${seededServicePrincipalIdOf(PARTNER_APP.appId)}/provisioning/mapping`
const SCOPING = `${MAPPING}/users/scoping`

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

async function signIn(handle = 'marta.silva'): Promise<Browser> {
  const browser = createBrowser(origin)
  await signInAs(browser, await browser.visit(`${origin}/admin`), `${handle}@brightwave.example`)
  return browser
}

function job() {
  const [first] = system.store.page('provisioningJobs', 0, 1)
  if (first === undefined) throw new Error('The world has no job.')
  return first
}
const filters = () => job().schema.users.scopingFilters

const SELLERS: ScopingFilter = {
  title: 'EU sellers',
  clauses: [
    { attribute: 'department', operator: 'EQUALS', value: 'Sales' },
    { attribute: 'jobTitle', operator: 'IS NOT NULL', value: '' },
  ],
}

/** Save filters past the pages. */
const given = (scopingFilters: readonly ScopingFilter[]) =>
  system.store.transact((tx) => {
    const { id, schema } = job()
    const users = { ...schema.users, scopingFilters }
    updateJob(tx, system.vault, id, { schema: { ...schema, users } }, system.clock.iso())
  })

function expectInOrder(page: Page, words: readonly string[]): void {
  let from = 0
  for (const word of words) {
    const at = page.text.indexOf(word, from)
    expect(at, `${word} in ${page.text}`).not.toBe(-1)
    from = at
  }
}

/** Type a filter of one clause into the editor of a new one. */
async function add(browser: Browser, title: string, attribute: string, operator: string, value = ''): Promise<Page> {
  const editor = await browser.go(`${origin}${SCOPING}/new`)
  return browser.submit(editor, '/scoping/new', {
    act: 'ok',
    title,
    attribute0: attribute,
    operator0: operator,
    value0: value,
  })
}

describe('the way to a scoping filter', () => {
  test('from All records to a saved filter, with every label of the reference', async () => {
    const browser = await signIn()
    const mapping = await browser.go(`${origin}${MAPPING}/users`)
    expect(mapping.text).toContain('Source Object Scope All records')
    const list = await browser.go(`${origin}${mapping.linkTo('All records') ?? ''}`)
    expect(list.title).toBe('Source Object Scope')
    expect(list.text).toContain('All records')
    const blank = await browser.go(`${origin}${list.linkTo('Add scoping filter') ?? ''}`)
    expectInOrder(blank, [
      'Attribute Name',
      'Operator',
      'Greater_Than_OR_EQUALS',
      'Includes',
      '!&',
      'Attribute Value',
      'Add new filter clause',
      'Scoping Filter Title',
      'OK',
    ])
    const typed = { attribute0: 'department', operator0: 'EQUALS', value0: 'Sales', title: 'EU sellers' }
    const two = await browser.submit(blank, '/scoping/new', { ...typed, act: 'add' })
    expect([two.valueOf('attribute0'), two.valueOf('value0'), two.valueOf('attribute1')]).toEqual([
      'department',
      'Sales',
      '',
    ])
    const more = { attribute1: 'jobTitle', operator1: 'IS NOT NULL', act: 'ok' }
    const listed = await browser.submit(two, '/scoping/new', more)
    expectInOrder(listed, ['There are unsaved changes', 'EU sellers', 'department', 'EQUALS', 'Sales', 'IS NOT NULL'])
    expect(filters()).toEqual([])
    const confirmation = await browser.submit(listed, '/scoping/save')
    expectInOrder(confirmation, ['resynchronizes all assigned users and groups', 'Yes', 'No'])
    expect(filters()).toEqual([])
    const saved = await browser.submit(confirmation, '/save')
    expect(saved.text).toContain('Source Object Scope EU sellers')
    expect(filters()).toEqual([SELLERS])
    expect(system.store.get('provisioningRuns', job().id)).toMatchObject({ watermark: null })
  })

  test('No leaves everything as it is', async () => {
    const browser = await signIn()
    const listed = await add(browser, 'EU sellers', 'department', 'EQUALS', 'Sales')
    const confirmation = await browser.submit(listed, '/scoping/save')
    await browser.go(`${origin}${confirmation.linkTo('No') ?? ''}`)
    expect(filters()).toEqual([])
  })

  test('the confirmation tells who would drop out, and whether the deletion guard would hold', async () => {
    const browser = await signIn()
    const people = system.store.count('provisioningLinks', 'job', `${job().id}/User`)
    const none = await add(browser, 'Wrong case', 'department', 'EQUALS', 'sales')
    const would = `${people} of the ${people} people provisioned now would leave scope: `
    for (const page of [none, await browser.submit(none, '/scoping/save')]) {
      expectInOrder(page, [would, 'Tomas Berg', 'disables their accounts', 'Accidental deletions prevention is off'])
    }
    const guard = (threshold: number) =>
      system.store.transact((tx) => {
        updateJob(tx, system.vault, job().id, { deletionGuard: { enabled: true, threshold } }, system.clock.iso())
      })
    await guard(1)
    expect((await browser.go(`${origin}${SCOPING}`)).text).toContain(
      'That is more than the accidental deletion threshold of 1: provisioning would be quarantined',
    )
    await guard(people)
    expect((await browser.go(`${origin}${SCOPING}`)).text).toContain(`threshold of ${people} would not be exceeded.`)
    const all = await add(browser, 'Everybody', 'displayName', 'IS NOT NULL')
    expect(all.text).toContain('None of the people provisioned now would leave scope.')
  })
})

describe('the editor', () => {
  test('refuses beside the fields, and keeps what was typed', async () => {
    const browser = await signIn()
    const refused = await add(browser, '', 'employeeId', 'GREATER_THAN', 'ten')
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('id="field-title-problem">A scoping filter needs a title.')
    expect(refused.html).toContain('id="field-value0-problem">Greater_Than compares with an integer.')
    expect([refused.valueOf('operator0'), refused.valueOf('value0')]).toEqual(['GREATER_THAN', 'ten'])
    expect((await browser.go(`${origin}${SCOPING}`)).text).toContain('No scoping filter is defined.')
  })

  test.each([
    ['shoeSize', 'EQUALS', '42', 'The source has no attribute shoeSize.'],
    ['manager', 'IS NOT NULL', '', 'Scoping filters cannot be about manager.'],
    ['department', 'LIKE', 'x', 'There is no operator LIKE.'],
    ['department', 'IS NULL', 'x', 'IS NULL takes no value.'],
    ['department', 'REGEX MATCH', '(a+)+\\1', 'This regular expression cannot be used'],
  ])('refuses %s %s %s', async (attribute, operator, value, message) => {
    const refused = await add(await signIn(), 'F', attribute, operator, value)
    expect([refused.status, refused.text.includes(message)]).toEqual([422, true])
  })

  test('a title of another filter is refused, its own is not', async () => {
    await given([SELLERS, { title: 'Berlin', clauses: [{ attribute: 'city', operator: 'EQUALS', value: 'Berlin' }] }])
    const browser = await signIn()
    const list = await browser.go(`${origin}${SCOPING}`)
    const editor = await browser.go(`${origin}${list.linkTo('Edit Berlin') ?? ''}`)
    const action = '/scoping/edit?filter=Berlin'
    expect((await browser.submit(editor, action, { act: 'ok', title: 'eu sellers' })).text).toContain(
      'There is a scoping filter called eu sellers already.',
    )
    const changed = await browser.submit(editor, action, { act: 'ok', value0: 'Bonn' })
    expectInOrder(changed, ['There are unsaved changes', 'EU sellers', 'Berlin', 'Bonn'])
  })

  test('a clause is removed, and the last one emptied', async () => {
    await given([SELLERS])
    const browser = await signIn()
    const editor = await browser.go(`${origin}${SCOPING}/edit?filter=EU+sellers`)
    expectInOrder(editor, ['Edit scoping filter', 'Clause 1', 'Clause 2'])
    const one = await browser.submit(editor, '/scoping/edit?filter=EU+sellers', { act: 'remove:0' })
    expect([one.valueOf('attribute0'), one.valueOf('attribute1')]).toEqual(['jobTitle', undefined])
    const blank = await browser.submit(one, '/scoping/edit?filter=EU+sellers', { act: 'remove:0' })
    expect(blank.valueOf('attribute0')).toBe('')
    const listed = await browser.submit(one, '/scoping/edit?filter=EU+sellers', { act: undefined, title: 'Titled' })
    expectInOrder(listed, ['There are unsaved changes', 'Titled', 'jobTitle', 'IS NOT NULL'])
    expect(filters()).toEqual([SELLERS])
  })

  test('a filter that is not there any more is not found', async () => {
    const browser = await signIn()
    expect(await browser.go(`${origin}${SCOPING}/edit?filter=Gone`)).toMatchObject({ status: 404 })
    expect(await browser.go(`${origin}${MAPPING}/rooms/scoping`)).toMatchObject({ status: 404 })
  })
})

describe('the card of the scoping step', () => {
  test('shows every clause with what it came to, and what was no integer', async () => {
    const numbers = { attribute: 'employeeId', operator: 'GREATER_THAN', value: '100' } as const
    await given([SELLERS, { title: 'Numbers', clauses: [numbers] }])
    const [ada] = system.store.find('users', 'userPrincipalName', 'ada.okafor@brightwave.example')
    if (ada === undefined) throw new Error('The world has no Ada.')
    await system.store.transact((tx) => tx.put('users', ada.id, { ...ada, employeeId: 'E-1' }))
    const browser = await signIn()
    const chosen = await browser.go(`${origin}${MAPPING.replace('/mapping', '/on-demand')}?object=${ada.id}`)
    expectInOrder(await browser.submit(chosen, '/on-demand', { act: 'preview' }), [
      'Determine if user is in scope',
      'Scoping filter evaluation passed False',
      "EU sellers.department EQUALS 'Sales': False",
      'EU sellers.jobTitle IS NOT NULL: True',
      "Numbers.employeeId GREATER_THAN '100': False",
      "Not an integer Numbers.employeeId GREATER_THAN '100'",
    ])
  })
})

describe('the list', () => {
  test('a deleted filter is gone when the mapping is saved, and back when the changes are discarded', async () => {
    await given([SELLERS])
    const browser = await signIn()
    const list = await browser.go(`${origin}${SCOPING}`)
    const without = await browser.submit(list, '/scoping/delete', { filter: 'EU sellers' })
    expect(without.text).toContain('The scoping filter EU sellers is deleted when the mapping is saved.')
    expect(without.text).toContain('No scoping filter is defined.')
    expect(filters()).toEqual([SELLERS])
    const back = await browser.submit(without, '/scoping/discard')
    expectInOrder(back, ['were discarded', 'EU sellers'])
    const again = await browser.submit(back, '/scoping/delete', { filter: 'EU sellers' })
    await browser.submit(await browser.submit(again, '/scoping/save'), '/save')
    expect(filters()).toEqual([])
  })

  test('groups have filters of their own', async () => {
    const browser = await signIn()
    const editor = await browser.go(`${origin}${MAPPING}/groups/scoping/new`)
    expect(editor.html).not.toContain('<option value="department"')
    const typed = { act: 'ok', title: 'Teams', attribute0: 'displayName', operator0: 'ENDS_WITH', value0: ' Team' }
    const listed = await browser.submit(editor, '/scoping/new', typed)
    expect(listed.text).toContain('1 of the 1 group provisioned now would leave scope: Dialpad Users.')
    await browser.submit(await browser.submit(listed, '/scoping/save'), '/save')
    expect(job().schema.groups.scopingFilters).toMatchObject([{ title: 'Teams' }])
    expect(filters()).toEqual([])
  })

  test('without changes there is nothing to save, nor in a tab that still shows some', async () => {
    const browser = await signIn()
    expect((await browser.go(`${origin}${SCOPING}`)).form('/scoping/save')).toBeUndefined()
    const listed = await add(browser, 'EU sellers', 'department', 'EQUALS', 'Sales')
    await browser.submit(listed, '/scoping/discard')
    expect((await browser.submit(listed, '/scoping/save')).text).toContain('There were no changes to save.')
    expect(filters()).toEqual([])
  })

  test('a Global Reader is refused everywhere', async () => {
    const browser = await signIn('oskar.lindqvist')
    for (const page of ['', '/new', '/edit?filter=x']) {
      expect(await browser.go(`${origin}${SCOPING}${page}`)).toMatchObject({ status: 403 })
    }
  })
})
