import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashPassword } from '#kit/secrets.ts'
import type { Browser, Page } from '#kit/test/browser.ts'
import { setOfficeAdmin } from '../commands/administer-users.ts'
import { createUser } from '../commands/create-user.ts'
import { createDepartment } from '../commands/departments.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import type { DialpadUser, Office } from '../records.ts'
import { ADMIN, logIn, PLAIN_USER, type ServedPages, servePages } from './serve-pages.ts'

/** Office Admins (reference sheet 3.4, 3.9): Tomas administers Denver, Ines works in London, Marta is Company Admin in Denver. */

const INES = 'ines.moreau@brightwave.example'
const OMAR = 'omar.aziz@brightwave.example'
const PASSWORD = 'Correct-horse-9'
const CLOSED = 'Company Admins only'

let served: ServedPages
let tomas: Browser
beforeEach(async () => {
  served = await servePages()
  for (const [email, office] of [
    [INES, 'London'],
    [OMAR, 'Denver'],
  ] as const) {
    await createUser(served.system, SYSTEM_ACTOR, {
      companyId: companyId(),
      email,
      givenName: email.slice(0, 4),
      familyName: 'Somebody',
      placement: { kind: 'office', officeId: officeOf(office).id },
      state: 'active',
      origin: 'portal',
    })
  }
  const passwordHash = await hashPassword(PASSWORD)
  await served.system.store.transact((tx) =>
    tx.put('users', userOf(PLAIN_USER).id, { ...userOf(PLAIN_USER), passwordHash }),
  )
  await setOfficeAdmin(served.system, SYSTEM_ACTOR, companyId(), officeOf('Denver').id, userOf(PLAIN_USER).id, true)
  tomas = served.browser()
  await logIn(tomas, PLAIN_USER, PASSWORD)
})
afterEach(() => served.close())

function companyId(): string {
  return served.system.store.page('companies', 0, 1)[0]?.id ?? ''
}

function officeOf(name: string): Office {
  const office = served.system.store.page('offices', 0, 10).find((each) => each.name === name)
  if (office === undefined) throw new Error(`There is no office ${name}.`)
  return office
}

function userOf(email: string): DialpadUser {
  const user = served.system.store.find('users', 'email', email)[0]
  if (user === undefined) throw new Error(`Nobody has the address ${email}.`)
  return user
}

function office(name: string, page = ''): string {
  return `/admin/offices/${officeOf(name).id}${page === '' ? '' : `/${page}`}`
}

function user(email: string, page = ''): string {
  return `/admin/users/${userOf(email).id}${page === '' ? '' : `/${page}`}`
}

/** Post with the token of a page they may see, as somebody who writes their own form does. */
async function forge(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
  const token = (await tomas.go(office('Denver'))).valueOf('_csrf') ?? ''
  const visit = await tomas.post(path, { ...fields, _csrf: token })
  if (visit.kind === 'left') throw new Error('The site was left.')
  return visit
}

describe('the way in', () => {
  test('the account page says what they are and leads to their office', async () => {
    const account = await tomas.go('/app')
    expect(account.text).toContain('Office Admin')
    expect(account.text).toContain('Users, numbers and departments of Denver.')
    const home = await tomas.go(account.linkTo('Admin settings') ?? '')
    expect([home.title, home.url.pathname]).toEqual(['Denver', office('Denver')])
    expect(home.html).not.toContain('My Company')
    expect(home.html).not.toContain('API Keys')
    expect(home.html).not.toContain('>London<')
  })

  test('addresses of the company lead to the same page of the office', async () => {
    for (const page of ['users', 'reserved-numbers', 'deleted-users', 'licenses', 'departments']) {
      expect((await tomas.go(`/admin/company/${page}?q=omar`)).url.href).toBe(
        `${served.origin}${office('Denver', page)}?q=omar`,
      )
    }
    expect((await tomas.go('/admin/company')).url.pathname).toBe(office('Denver'))
  })

  test('is closed with the next request once the office is taken away', async () => {
    await setOfficeAdmin(served.system, SYSTEM_ACTOR, companyId(), officeOf('Denver').id, userOf(PLAIN_USER).id, false)
    const page = await tomas.go(office('Denver'))
    expect([page.status, page.title]).toEqual([403, CLOSED])
  })

  test('somebody with several offices, a Regional Admin, has each of them and switches between them', async () => {
    await setOfficeAdmin(served.system, SYSTEM_ACTOR, companyId(), officeOf('London').id, userOf(PLAIN_USER).id, true)
    const page = await tomas.go(user(INES))
    expect(page.status).toBe(200)
    expect(page.linkTo('London')).toBe(office('London'))
    expect(page.linkTo('Denver')).toBe(office('Denver'))
    expect(page.linkTo('Toronto')).toBeUndefined()
  })
})

describe('what they may do', () => {
  test.each([
    '',
    'edit',
    'users',
    'users/add',
    'reserved-numbers',
    'reserved-numbers/add',
    'deleted-users',
    'licenses',
    'departments',
  ])('see the page %s of their office', async (page) => {
    expect((await tomas.go(office('Denver', page))).status).toBe(200)
  })

  test.each(['', 'options', 'edit', 'email', 'license', 'numbers', 'suspend', 'delete'])(
    'see the page %s of a user of their office',
    async (page) => {
      expect((await tomas.go(user(OMAR, page))).status).toBe(200)
    },
  )

  test('suspend, reactivate, delete and restore a user of their office', async () => {
    for (const [action, state] of [
      ['suspend', 'suspended'],
      ['reactivate', 'active'],
      ['delete', 'deleted'],
      ['restore', 'active'],
    ] as const) {
      const { id } = served.system.store.page('users', 0, 20).find(({ emails }) => emails[0] === OMAR) ?? { id: '' }
      const path = `/admin/users/${id}/${action}`
      await tomas.submit(await tomas.go(path), path)
      expect(served.system.store.get('users', id)?.state).toBe(state)
    }
  })

  test('invite somebody to their office', async () => {
    const path = office('Denver', 'users/add')
    const email = 'lena.vogt@brightwave.example'
    const next = await tomas.submit(await tomas.go(path), path, { emails: email })
    await tomas.submit(next, `${path}/confirm`)
    expect(userOf(email)).toMatchObject({ officeId: officeOf('Denver').id, state: 'pending' })
  })

  test('rename their office and keep a department of it', async () => {
    await tomas.submit(await tomas.go(office('Denver', 'edit')), office('Denver', 'edit'), { name: 'Denver Downtown' })
    const fields = { name: 'Claims', officeId: officeOf('Denver Downtown').id }
    const made = await tomas.submit(await tomas.go('/admin/company/departments/new'), '/new', fields)
    expect(made.title).toBe('Claims')
    const gone = await tomas.submit(await tomas.go(`${made.url.pathname}/delete`), '/delete')
    expect(gone.url.pathname).toBe(office('Denver Downtown', 'departments'))
    expect(gone.text).toContain('Claims is deleted.')
  })
})

describe('what they may not do', () => {
  test.each([
    'company/offices',
    'company/offices/new',
    'company/administrators',
    'company/billing',
    'company/billing/payment/fail',
    'company/licenses/purchase',
    'company/groups',
    'company/change-log',
    'company/change-log.csv',
    'company/details',
    'company/authentication/api-keys',
    'company/authentication/api-keys/new',
    'company/authentication/saml',
    'company/authentication/scim',
    'COMPANY/authentication/api-keys',
    'company//authentication/api-keys',
    'company/users/add',
    'company/departments/123',
    'somewhere',
  ])('see /admin/%s', async (path) => {
    const page = await tomas.go(`/admin/${path}`)
    expect([page.status, page.title]).toEqual([403, CLOSED])
    expect(page.text).toContain('who is Office Admin of Denver')
  })

  test('see another office, or anybody in it', async () => {
    for (const page of ['', 'users', 'licenses', 'reserved-numbers']) {
      expect((await tomas.go(office('London', page))).status).toBe(403)
    }
    for (const page of ['', 'options', 'edit', 'suspend']) expect((await tomas.go(user(INES, page))).status).toBe(403)
  })

  test.each(['move', 'privileges', 'add-admin', 'remove-admin'])('%s, even by a form of their own', async (action) => {
    expect((await tomas.go(user(OMAR, action))).status).toBe(403)
    const before = userOf(OMAR)
    const page = await forge(user(OMAR, action), { officeId: officeOf('London').id, offices: officeOf('Denver').id })
    expect(page.status).toBe(403)
    expect(userOf(OMAR)).toEqual(before)
  })

  test('change a Company Admin who sits in their office', async () => {
    const page = await tomas.go(user(ADMIN))
    expect(page.status).toBe(200)
    expect(page.linkTo('Suspend')).toBeUndefined()
    expect((await tomas.go(user(ADMIN, 'options'))).text).toContain('Edit email address (Company Admins only)')
    for (const [action, fields] of [
      ['suspend', {}],
      ['delete', {}],
      ['email', { email: 'mine@brightwave.example' }],
      ['numbers/unassign', { number: '+17205550142' }],
    ] as const) {
      expect((await forge(user(ADMIN, action), fields)).status).toBe(403)
    }
    const bulk = await forge(office('Denver', 'users/bulk'), { do: 'delete', user: userOf(ADMIN).id })
    expect(bulk.title).toBe('Users')
    expect(userOf(ADMIN)).toMatchObject({ state: 'active', emails: [ADMIN] })
  })

  test('make Office Admins, by the bulk bar or the office', async () => {
    expect((await tomas.go(office('Denver', 'users'))).text).not.toContain('Add office admin')
    const [denver, omar] = [officeOf('Denver').id, userOf(OMAR).id]
    await forge(office('Denver', 'users/bulk'), { do: 'add-office-admin', user: omar, officeId: denver })
    expect((await forge(office('Denver', 'admins/add'), { userId: omar })).status).toBe(403)
    expect(userOf(OMAR).officeAdminOf).toBeUndefined()
  })

  test('reach into another office by what a form of their own says', async () => {
    const london = officeOf('London').id
    const added = await forge(office('Denver', 'users/add'), {
      emails: 'a@brightwave.example',
      officeId: london,
      licence: 'talk',
    })
    expect([added.status, added.text.includes('Select an office')]).toEqual([422, true])
    const confirmed = {
      officeId: london,
      licence: 'talk',
      count: '1',
      'email-0': 'a@brightwave.example',
      'number-0': 'none',
    }
    await forge(office('Denver', 'users/add/confirm'), confirmed)
    expect(served.system.store.find('users', 'email', 'a@brightwave.example')).toEqual([])

    const reserved = served.system.store.count('numbers', 'pool', london)
    await forge(office('Denver', 'reserved-numbers/add'), { officeId: london, areaCode: '20', count: '1' })
    expect(served.system.store.count('numbers', 'pool', london)).toBe(reserved)

    await forge(office('Denver', 'users/bulk'), { do: 'delete', user: userOf(INES).id })
    expect(userOf(INES).state).toBe('active')

    const made = await forge('/admin/company/departments/new', { name: 'Claims', officeId: london })
    expect(made.status).toBe(422)
    expect(served.system.store.count('departments', 'office', london)).toBe(0)
  })

  test('give away numbers of another office, or delete them', async () => {
    const [number] = served.system.store.find('numbers', 'pool', officeOf('Denver').id)
    if (number === undefined) throw new Error('Denver has no reserved number.')
    await served.system.store.transact((tx) =>
      tx.put('numbers', number.number, { ...number, officeId: officeOf('Toronto').id }),
    )
    const given = await forge(user(OMAR, 'numbers'), { from: 'reserved', number: number.number })
    expect([given.status, given.text.includes('Select a number')]).toEqual([422, true])
    await forge(office('Denver', 'reserved-numbers/delete'), { number: number.number })
    expect(served.system.store.get('numbers', number.number)?.status).toBe('reserved')
  })

  test('make somebody of another office operator of theirs, or touch a department of another office', async () => {
    const input = { companyId: companyId(), line: {} }
    const ours = await createDepartment(served.system, SYSTEM_ACTOR, {
      ...input,
      officeId: officeOf('Denver').id,
      name: 'Claims',
    })
    const theirs = await createDepartment(served.system, SYSTEM_ACTOR, {
      ...input,
      officeId: officeOf('London').id,
      name: 'Sales',
    })
    const page = await tomas.go(`/admin/company/departments/${ours.id}`)
    expect(page.html).not.toContain(userOf(INES).id)
    expect(
      (await forge(`/admin/company/departments/${ours.id}/operators/add`, { userId: userOf(INES).id })).status,
    ).toBe(404)
    expect((await forge(`/admin/company/departments/${theirs.id}/delete`)).status).toBe(403)
    expect(served.system.store.get('departments', theirs.id)?.name).toBe('Sales')
  })
})
