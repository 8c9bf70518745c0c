import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Visitor } from '#kit/test/visitor.ts'
import { addApp } from '../../commands/apps.ts'
import { assignGroup } from '../../commands/assignments.ts'
import { oktaGroupIdOf } from '../../world.ts'
import { type RunningOkta, startOkta } from './start-okta.ts'

/** The console in an org of ten thousand: every list has pages, and no page grows with the org. */

/** Characters; a form that offers groups holds five hundred of them at most. */
const LARGEST_PAGE = 300_000
const KIT = { kind: 'kit' } as const
let okta: RunningOkta
let marta: Visitor
let at: string

beforeAll(async () => {
  okta = await startOkta(undefined, 'scale:10000')
  const app = await addApp({ system: okta.system }, KIT, { catalogKey: 'dialpad', label: 'Dialpad' })
  await assignGroup({ system: okta.system }, KIT, { appId: app.id, groupId: oktaGroupIdOf('Everyone') })
  at = `/admin/app/dialpad/instance/${app.id}`
  marta = await okta.signIn('marta.silva')
}, 60_000)
afterAll(() => okta.close())

const rowCount = (): number => marta.html.match(/<tr>/g)?.length ?? 0

test('people, assignments and reports come fifty at a time, and the last page is as near as the first', async () => {
  const total = okta.system.store.count('users')
  expect(total).toBeGreaterThan(9_000)
  const lists = ['/admin/users', `${at}/assignments`, `${at}/reports/current-assignments`]
  for (const list of lists) {
    await marta.open(list)
    expect(rowCount(), list).toBe(51)
    expect(marta.text, list).toContain(`1 to 50 of ${total}`)
    await marta.open(`${list}?page=${Math.ceil(total / 50)}`)
    expect(rowCount(), list).toBeLessThanOrEqual(51)
    expect(marta.text, list).toMatch(new RegExp(` to ${total} of ${total}`))
  }
})

test('somebody among ten thousand is found by the beginning of a name', async () => {
  const person = okta.system.store.page('users', 7_000, 1)[0]
  await marta.open(`/admin/users?q=${person?.profile.login}`)
  expect(marta.text).toContain(person?.profile.login)
  expect(rowCount()).toBeLessThanOrEqual(51)
})

test.each([
  '/admin',
  '/admin/users',
  '/admin/users/new',
  '/admin/groups',
  '/admin/groups/rules/new',
  '/admin/search?q=a',
  '/admin/reports/system-log',
  '/admin/apps/assign-users',
])('%s does not grow with the org', async (path) => {
  await marta.open(path)
  expect(marta.status).toBe(200)
  expect(marta.html.length).toBeLessThan(LARGEST_PAGE)
})

test.each(['assignments', 'assignments/assign/people', 'assignments/convert', 'signon/preview'])(
  '%s of an app does not grow with the org',
  async (page) => {
    await marta.open(`${at}/${page}`)
    expect(marta.status).toBe(200)
    expect(marta.html.length).toBeLessThan(LARGEST_PAGE)
  },
)
