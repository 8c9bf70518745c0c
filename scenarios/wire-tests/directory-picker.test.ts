import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { JournalEntry } from '#kit/journal.ts'
import { type Browser, createBrowser, leftFor, type Page, pageOf } from '#kit/test/browser.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { DOMAIN, type EntraStage, MARTA, openStage } from './entra-stage.ts'

/** Dialpad's Add User picks people from Entra, over HTTP alone: a real login, real tokens, real calls of Graph. */

const ADD = '/admin/company/users/add'
const LOGIN = `/login/microsoft?next=${ADD}`
const ADA = `ada.okafor@${DOMAIN}`

let stage: EntraStage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
beforeEach(() => stage.resetTo('brightwave'))

/** Through sign-in and consent at Entra, back to the page of Dialpad that asked. */
async function logInWithMicrosoft(dialpad: Browser, email: string, entra = createBrowser(stage.urls['entra'] ?? '')) {
  let visit = await entra.visit(await dialpad.leave(LOGIN))
  if (visit.kind === 'page' && visit.title === 'Sign in') {
    const password = await entra.send(visit, '/email', { email })
    const stay = await entra.send(password, '/password', { password: TRAINING_PASSWORD })
    visit = pageOf(stay).title === 'Stay signed in?' ? await entra.send(stay, '/stay', { stay: 'no' }) : stay
  }
  if (visit.kind === 'page' && visit.title === 'Permissions requested') {
    visit = await entra.send(visit, '/consent', { decision: 'accept' })
  }
  return dialpad.go(leftFor(visit))
}

const dialpadBrowser = (): Browser => createBrowser(stage.urls['dialpad'] ?? '')

function search(dialpad: Browser, page: Page, directory: string): Promise<Page> {
  return dialpad.submit(page, ADD, { do: 'search', directory })
}

/** Every entry, page by page. */
async function wholeJournal(control: EntraStage['entra']): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = []
  for (;;) {
    const { items } = await control.journal({ after: entries.at(-1)?.seq ?? 0 })
    if (items.length === 0) return entries
    entries.push(...items)
  }
}

/** Change records of Entra's state, as somebody else's work there would. */
async function changeInEntra(
  collection: string,
  change: (record: Record<string, unknown>) => Record<string, unknown> | undefined,
): Promise<void> {
  const state = await stage.entra.state()
  const records = Object.entries(state.collections[collection] ?? {}).flatMap(([key, record]) => {
    const changed = change(record as Record<string, unknown>)
    return changed === undefined ? [] : [[key, changed]]
  })
  await stage.entra.putState({
    ...state,
    collections: { ...state.collections, [collection]: Object.fromEntries(records) },
  })
}

test('who is found by name or address, and ticked, is invited; the token is in no journal, page or state', async () => {
  const dialpad = dialpadBrowser()
  const form = await logInWithMicrosoft(dialpad, MARTA)
  expect(form.title).toBe('Add User')

  const bySurname = await search(dialpad, form, 'Okaf')
  expect(bySurname.text).toContain(`Ada Okafor ${ADA} Not yet`)
  const byAddress = await search(dialpad, bySurname, 'marta.s')
  expect(byAddress.text).toContain(`Marta Silva ${MARTA} Already in Dialpad`)
  const first = await search(dialpad, byAddress, '')
  expect(first.text).toContain('There are more than these')

  const officeId = Object.keys((await stage.dialpad.state()).collections['offices'] ?? {})[0] ?? ''
  const picked = await dialpad.submit(bySurname, ADD, { do: 'pick', pick: ADA, officeId })
  expect(picked.valueOf('emails')).toBe(ADA)
  const confirm = await dialpad.submit(picked, ADD)
  const list = await dialpad.submit(confirm, `${ADD}/confirm`)
  expect(list.text).toContain(ADA)

  const calls = (await stage.dialpad.journal({ kind: 'http-out' })).items.filter(({ title }) => /v1\.0/.test(title))
  expect(calls[0]?.request).toMatchObject({
    method: 'GET',
    headers: { authorization: 'Bearer [redacted]' },
  })
  expect(calls[0]?.request?.url).toContain(`${stage.urls['entra']}/v1.0/users?`)
  const seen = [
    await wholeJournal(stage.dialpad),
    await wholeJournal(stage.entra),
    await stage.dialpad.state(),
    await stage.entra.state(),
  ].map((each) => JSON.stringify(each))
  for (const journal of seen.slice(0, 2)) {
    expect(journal).toContain('/organizations/oauth2/v2.0/token')
    expect(journal).toContain('/v1.0/users')
  }
  for (const text of [...seen, first.html, picked.html]) expect(text).not.toMatch(/eyJ[\w-]{20}/)
})

test('an admin who logged in with email is led to the login with Microsoft', async () => {
  const dialpad = dialpadBrowser()
  await dialpad.submit(await dialpad.go('/login'), '/login', { email: MARTA, password: TRAINING_PASSWORD })
  const page = await dialpad.go(ADD)
  expect(page.text).toContain('You did not log in with Microsoft')
  expect(page.linkTo('Log in with Microsoft')).toBe(`/login/microsoft?next=${encodeURIComponent(ADD)}`)
  expect((await search(dialpad, await logInWithMicrosoft(dialpad, MARTA), 'ada')).text).toContain(ADA)
})

test('an admin who is blocked in Entra is told so, in its words, and types on', async () => {
  const dialpad = dialpadBrowser()
  const form = await logInWithMicrosoft(dialpad, MARTA)
  await changeInEntra('users', (user) =>
    user['userPrincipalName'] === MARTA ? { ...user, accountEnabled: false } : user,
  )
  const page = await search(dialpad, form, 'ada')
  expect(page.status).toBe(200)
  expect(page.text).toContain('AADSTS50057')
  expect((await search(dialpad, page, 'ada')).text).toContain('You did not log in with Microsoft')
})

test('an app whose consent is gone from Entra, with the app itself, finds nobody until somebody consents again', async () => {
  const dialpad = dialpadBrowser()
  const form = await logInWithMicrosoft(dialpad, MARTA)
  const admin = await stage.signIn()
  await admin.submit(await admin.go(`/admin/apps/${await stage.appId()}/delete`), '/delete')
  const page = await search(dialpad, form, 'ada')
  expect(page.text).toContain('Microsoft does not let Dialpad into the directory any more')
  expect(page.text).toContain('AADSTS65001')
  expect((await search(dialpad, await logInWithMicrosoft(dialpad, MARTA), 'ada')).text).toContain(ADA)
})

test('a permission that was taken back is asked for at the next login', async () => {
  await logInWithMicrosoft(dialpadBrowser(), MARTA)
  await changeInEntra('permissionGrants', (grant) => ({
    ...grant,
    scope: String(grant['scope']).replace(' User.ReadBasic.All', ''),
  }))
  const entra = await stage.signIn()
  const again = pageOf(await entra.visit(await dialpadBrowser().leave(LOGIN)))
  expect(again.title).toBe('Permissions requested')
  expect(again.text).toContain("Read all users' basic profiles")
})

test('an admin who is a guest in the tenant may not list people, and types on', async () => {
  const dialpad = dialpadBrowser()
  const form = await logInWithMicrosoft(dialpad, MARTA)
  await changeInEntra('users', (user) => (user['userPrincipalName'] === MARTA ? { ...user, userType: 'Guest' } : user))
  const page = await search(dialpad, form, 'ada')
  expect(page.text).toContain('Microsoft denied the search')
  expect(page.text).toContain('Authorization_RequestDenied')
})

test('another tenant’s admin is refused at the login, so there is no directory to look into', async () => {
  const dialpad = dialpadBrowser()
  const page = await logInWithMicrosoft(dialpad, 'ingrid.solberg@northpeak.example')
  expect(page.status).toBe(403)
  expect((await dialpad.go(ADD)).title).toBe('Log in')
})

test('a session that has expired by virtual time takes its tokens along', async () => {
  const dialpad = dialpadBrowser()
  await logInWithMicrosoft(dialpad, MARTA)
  await stage.dialpad.moveClock({ advance: 'P15D' })
  expect((await dialpad.go(ADD)).title).toBe('Log in')
  await dialpad.submit(await dialpad.go('/login'), '/login', { email: MARTA, password: TRAINING_PASSWORD })
  expect((await dialpad.go(ADD)).text).toContain('You did not log in with Microsoft')
})
