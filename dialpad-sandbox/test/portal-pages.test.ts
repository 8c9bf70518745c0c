import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Browser, Page } from '#kit/test/browser.ts'
import { createUser } from '../commands/create-user.ts'
import { createGroup, updateGroup } from '../commands/groups.ts'
import { signUpCompany } from '../commands/sign-up.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { ADMIN, logIn, PLAIN_USER, type ServedPages, servePages } from './serve-pages.ts'

let served: ServedPages
let admin: Browser
beforeEach(async () => {
  served = await servePages()
  admin = await served.admin()
})
afterEach(() => served.close())

function userId(email = PLAIN_USER): string {
  return served.system.store.find('users', 'email', email)[0]?.id ?? ''
}

function officeId(name: string): string {
  return served.system.store.page('offices', 0, 10).find((office) => office.name === name)?.id ?? ''
}

/** Open the confirmation of an action, and confirm. */
async function act(id: string, action: string): Promise<Page> {
  const path = `/admin/users/${id}/${action}`
  return admin.submit(await admin.go(path), path)
}

describe('offices and licences', () => {
  test('offices tell country, area code, users and seats; an office has pages of its own', async () => {
    const page = await admin.go('/admin/company/offices')
    expect(page.text).toMatch(/Denver \(primary\) US 720 US\/Mountain \d+ \d+ of 26/)
    expect(page.text).toMatch(/London GB 20 Europe\/London 0 0 of 10/)
    const office = await admin.go(`/admin/offices/${officeId('London')}`)
    expect(office.title).toBe('London')
    expect((await admin.go(`/admin/offices/${officeId('London')}/users`)).text).toContain('No users yet')
  })

  test('licences are purchased, used and unused by office and type', async () => {
    expect((await admin.go('/admin/company/licenses')).text).toContain('Denver Connect 20 2 18 Denver Support 4 0 4')
    const london = await admin.go(`/admin/offices/${officeId('London')}/licenses`)
    expect(london.text).toContain('London Connect 8 0 8 London Sell 2 0 2')
  })

  test('seats without end are called unlimited', async () => {
    const open = await servePages({ world: 'empty' })
    const [company] = open.system.store.page('companies', 0, 1)
    const [office] = open.system.store.page('offices', 0, 1)
    const hash = served.system.store.get('users', userId(ADMIN))?.passwordHash ?? ''
    await createUser(open.system, SYSTEM_ACTOR, {
      companyId: company?.id ?? '',
      email: ADMIN,
      givenName: 'Marta',
      familyName: 'Silva',
      placement: { kind: 'office', officeId: office?.id ?? '' },
      state: 'active',
      origin: 'portal',
      isCompanyAdmin: true,
      passwordHash: hash,
    })
    const browser = open.browser()
    await logIn(browser, ADMIN)
    expect((await browser.go('/admin/company/licenses')).text).toContain('Main Office Connect Unlimited 1 Unlimited')
    await open.close()
  })
})

describe('users', () => {
  test('suspending asks by name, frees the seat, and takes the person off the list but not out of search', async () => {
    const list = await admin.go('/admin/company/users')
    expect(list.text).toContain('Tomas Berg tomas.berg@brightwave.example Denver +17205550143 Connect Active')
    const confirm = await admin.go(`/admin/users/${userId()}/suspend`)
    expect(confirm.text).toContain('Suspend this user? Tomas Berg (tomas.berg@brightwave.example)')
    const page = await act(userId(), 'suspend')
    expect(page.text).toContain('Tomas Berg is suspended. The license is free.')
    expect((await admin.go('/admin/company/users')).text).not.toContain('Tomas Berg')
    expect((await admin.go(`/admin/offices/${officeId('Denver')}/users`)).text).not.toContain('Tomas Berg')
    const found = await admin.go('/admin/company/users?q=TOMAS')
    expect(found.text).toContain('Tomas Berg')
    expect(found.text).toContain('Suspended')
    expect((await admin.go(`/admin/offices/${officeId('London')}/users?q=tomas`)).text).toContain('Nobody found')
    expect((await act(userId(), 'reactivate')).text).toContain('Tomas Berg is active again.')
  })

  test('deleting holds the number, lists the person for 72 hours, and restoring brings both back', async () => {
    const id = userId()
    expect((await act(id, 'delete')).text).toContain('Can be restored until')
    expect((await admin.go('/admin/company/users?q=tomas')).text).toContain('Nobody found')
    expect((await admin.go('/admin/company/reserved-numbers')).text).toMatch(
      /\+17205550143 tomas\.berg@brightwave\.example Denver .* On hold/,
    )
    const deleted = await admin.go('/admin/company/deleted-users')
    expect(deleted.text).toContain('Tomas Berg')
    const restored = await admin.submit(deleted, `/admin/users/${id}/restore`)
    expect(restored.text).toContain('Tomas Berg is restored.')
    expect(restored.text).toContain('+17205550143')

    await act(id, 'delete')
    await served.system.control.moveClock({ kind: 'advance', duration: 'PT72H' })
    expect((await admin.go('/admin/company/deleted-users')).text).toContain('No deleted users')
    expect((await admin.go(`/admin/users/${id}`)).status).toBe(404)
    expect((await admin.go('/admin/company/reserved-numbers')).text).toMatch(/\+17205550143 .* Reserved/)
  })

  test('the last Company Admin is protected, in words', async () => {
    const path = `/admin/users/${userId(ADMIN)}/suspend`
    const page = await admin.submit(await admin.go(path), path)
    expect(page.status).toBe(400)
    expect(page.text).toContain(`${ADMIN} is the last Company Admin and cannot be suspended.`)
  })

  test('what is not possible is not asked', async () => {
    const page = await admin.go(`/admin/users/${userId()}/restore`)
    expect(page.url.pathname).toBe(`/admin/users/${userId()}`)
  })

  test('an admin who loses the privileges is refused with the next request', async () => {
    await act(userId(), 'add-admin')
    const second = served.system.store.get('users', userId())
    expect(second?.isCompanyAdmin).toBe(true)
    const page = await act(userId(ADMIN), 'remove-admin')
    expect([page.status, page.title]).toEqual([403, 'Company Admins only'])
  })

  test('long lists are paged, and names are shown as text', async () => {
    const companyId = served.system.store.page('companies', 0, 1)[0]?.id ?? ''
    await served.system.store.transact((tx) => {
      const model = tx.get('users', userId())
      if (model === undefined) return
      for (let n = 1; n <= 60; n += 1) {
        const id = String(7000 + n)
        tx.put('users', id, {
          ...model,
          id,
          companyId,
          givenName: '<i>Ann</i>',
          emails: [`ann${n}@brightwave.example`],
        })
      }
    })
    const first = await admin.go('/admin/company/users')
    expect(first.text).toContain('1 to 50 of 62 users')
    expect(first.html).not.toContain('<i>Ann')
    const second = await admin.go('/admin/company/users?page=2')
    expect(second.text).toContain('51 to 62 of 62 users')
    expect(second.text).toContain('ann60@brightwave.example')
    expect((await admin.go('/admin/company/users?page=x')).text).toContain('1 to 50')
  })
})

describe('SCIM Configuration Settings', () => {
  const SCIM = '/admin/company/authentication/scim'

  test('are saved through the command and shown again', async () => {
    const form = await admin.go(SCIM)
    expect(form.text).toContain('https://dialpad.com/scim')
    const page = await admin.submit(form, SCIM, {
      officeField: 'department',
      mismatch: 'office',
      officeId: officeId('Toronto'),
      exhaustion: 'purchase',
    })
    expect(page.text).toContain('SCIM Configuration Settings are saved.')
    expect(served.system.store.page('companies', 0, 1)[0]?.scim).toEqual({
      officeField: 'department',
      mismatch: { kind: 'office', officeId: officeId('Toronto') },
      exhaustion: 'purchase',
    })
    expect(page.html).toMatch(/<option[^>]*value="department"[^>]*selected|<option[^>]*selected[^>]*value="department"/)
  })

  test('an office that is missing or nobody’s is refused beside its field', async () => {
    const form = await admin.go(SCIM)
    const missing = await admin.submit(form, SCIM, { mismatch: 'office', officeId: '' })
    expect([missing.status, missing.text.includes('Select the office to use')]).toEqual([422, true])
    const foreign = await admin.submit(form, SCIM, { mismatch: 'office', officeId: '4711' })
    expect([foreign.status, foreign.text.includes('Select one of your offices')]).toEqual([422, true])
  })
})

describe('the change log', () => {
  test('is newest first, and filtered by action and target', async () => {
    await act(userId(), 'suspend')
    const page = await admin.go('/admin/company/change-log')
    expect(page.text).toMatch(/user_suspended .* user_signed_in/)
    const byAction = await admin.go('/admin/company/change-log?action=user_suspended')
    expect(byAction.text).toContain('1 to 1 changes')
    expect(byAction.text).toContain('Marta Silva user')
    expect((await admin.go('/admin/company/change-log?target=berg')).text).toContain('user_suspended')
    expect((await admin.go(`/admin/company/change-log?target=${userId()}`)).text).toContain('user_suspended')
    expect((await admin.go('/admin/company/change-log?target=nobody')).text).toContain('No change matches')
  })

  test('is paged to its end, each line once', async () => {
    for (let n = 0; n < 30; n += 1) {
      await act(userId(), 'suspend')
      await act(userId(), 'reactivate')
    }
    const total = served.system.store.count('changeLog')
    const seen: string[] = []
    for (let number = 1; number <= Math.ceil(total / 50); number += 1) {
      const page = await admin.go(`/admin/company/change-log?page=${number}`)
      seen.push(...[...page.html.matchAll(/data-label="Action"[^>]*>([a-z_]+)/g)].map(([, action = '']) => action))
    }
    expect(total).toBeGreaterThan(60)
    expect(seen.length).toBe(total)
  })
})

describe('directory groups', () => {
  test('show their frozen name and members, and nothing to change', async () => {
    expect((await admin.go('/admin/company/groups')).text).toContain('No directory groups yet')
    const companyId = served.system.store.page('companies', 0, 1)[0]?.id ?? ''
    const group = await createGroup(served.system, SYSTEM_ACTOR, {
      companyId,
      displayName: 'Dialpad Users',
      memberIds: [userId()],
    })
    await updateGroup(served.system, SYSTEM_ACTOR, group.id, { displayName: 'Renamed' })
    const list = await admin.go('/admin/company/groups')
    expect(list.text).toContain('Dialpad Users 1')
    expect(list.text).not.toContain('Renamed')
    const page = await admin.go(`/admin/company/groups/${group.id}`)
    expect(page.text).toContain('Tomas Berg tomas.berg@brightwave.example Active')
    expect((await admin.go(`/admin/users/${userId()}`)).text).toContain('Dialpad Users')
  })
})

describe('another company', () => {
  test('its people, offices, groups and keys are not there', async () => {
    const other = await signUpCompany(served.system, {
      companyName: 'Lumen',
      office: { name: 'Oslo', country: 'GB', areaCode: '20', timezone: 'Europe/London', seats: 5 },
      admin: { email: 'nora@lumen.example', givenName: 'Nora', familyName: 'Lind' },
    })
    for (const path of [
      `/admin/users/${other.admin.id}`,
      `/admin/users/${other.admin.id}/suspend`,
      `/admin/offices/${other.office.id}`,
      `/admin/offices/${other.office.id}/users`,
    ]) {
      expect((await admin.go(path)).status).toBe(404)
    }
    for (const path of ['/admin/company/users', '/admin/company/users?q=nora', '/admin/company/change-log']) {
      expect((await admin.go(path)).text).not.toContain('Nora')
    }
    const form = await admin.go(`/admin/users/${userId()}/suspend`)
    const fields = { _csrf: /name="_csrf" value="([^"]+)"/.exec(form.html)?.[1] ?? '' }
    const answer = await admin.raw('POST', `/admin/users/${other.admin.id}/suspend`, fields)
    expect(answer.status).toBe(404)
    expect(served.system.store.get('users', other.admin.id)?.state).toBe('active')
  })
})

test('a fault rule of the portal answers in the look of the site', async () => {
  await served.system.control.setFaults([{ on: 'portal.page', effect: { status: 500 }, times: 1 }])
  const page = await admin.go('/admin/company')
  expect([page.status, page.title]).toEqual([500, 'Something went wrong'])
  expect((await admin.go('/admin/company')).status).toBe(200)
})

test('every page of the portal has a title, forbids caching and loads nothing from elsewhere', async () => {
  for (const path of ['company', 'company/offices', 'company/users', 'company/licenses', 'company/change-log']) {
    const answer = await admin.raw('GET', `/admin/${path}`)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.text).toMatch(/<title>[^<]+ - Dialpad<\/title>/)
    expect(answer.text).not.toMatch(/(src|href)="https?:\/\/(?!localhost)/)
    expect(answer.text).not.toMatch(/ style="| on[a-z]+="/)
  }
})
