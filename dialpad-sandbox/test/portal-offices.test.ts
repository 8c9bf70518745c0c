import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Browser, Page } from '#kit/test/browser.ts'
import { PLAIN_USER, type ServedPages, servePages } from './serve-pages.ts'

let served: ServedPages
let admin: Browser
beforeEach(async () => {
  served = await servePages()
  admin = await served.admin()
})
afterEach(() => served.close())

function officeId(name: string): string {
  return served.system.store.page('offices', 0, 10).find((office) => office.name === name)?.id ?? ''
}

function userId(email: string): string {
  return served.system.store.find('users', 'email', email)[0]?.id ?? ''
}

/** Fill in the form of a page. */
async function fill(path: string, fields: Record<string, string>): Promise<Page> {
  return admin.submit(await admin.go(path), path, fields)
}

/** Both steps of an order of licences. */
async function order(kind: 'purchase' | 'remove' | 'move', fields: Record<string, string>): Promise<Page> {
  const path = `/admin/company/licenses/${kind}`
  const summary = await fill(path, fields)
  return summary.status === 200 ? admin.submit(summary, `${path}/confirm`) : summary
}

const OFFICE = {
  name: 'Boulder',
  country: 'US',
  areaCode: '303',
  timezone: 'US/Mountain',
  address: '1 Pearl Street',
  city: 'Boulder',
  state: 'CO',
  zip: '80302',
  billingName: 'Marta Silva',
  billingEmail: 'bills@brightwave.example',
}

describe('Offices', () => {
  test('Add New Office makes one with its main line, administrator and E911 location', async () => {
    expect((await admin.go('/admin/company/offices')).text).toContain('Add New Office')
    const page = await fill('/admin/company/offices/new', { ...OFFICE, adminId: userId(PLAIN_USER) })
    expect(page.title).toBe('Boulder')
    expect(page.text).toContain('Boulder is added. It owns no licenses yet.')
    expect(page.text).toContain('Main line +13035550100')
    expect(page.text).toContain('E911 location 1 Pearl Street, Boulder, CO 80302, US')
    expect(page.text).toContain(`Tomas Berg ${PLAIN_USER}`)
    expect((await admin.go(`/admin/offices/${officeId('Boulder')}/licenses`)).text).toContain('No licenses')
  })

  test('every field is checked, and a name is used once', async () => {
    const empty = await fill('/admin/company/offices/new', {})
    expect(empty.status).toBe(422)
    for (const words of ['Enter a name', 'Enter an area code', 'Enter the address', 'Enter who is asked about bills']) {
      expect(empty.text).toContain(words)
    }
    expect((await fill('/admin/company/offices/new', { ...OFFICE, name: 'Denver' })).text).toContain(
      'There is an office named Denver already.',
    )
    expect((await fill('/admin/company/offices/new', { ...OFFICE, areaCode: '1' })).text).toContain(
      'There are no numbers with area code "1" in US.',
    )
  })

  test('renaming warns that a directory finds the office by its name', async () => {
    const path = `/admin/offices/${officeId('Denver')}/edit`
    expect((await admin.go(path)).text).toContain('A directory finds this office by its name')
    const page = await fill(path, { name: 'Denver HQ', areaCode: '303' })
    expect(page.text).toContain('A directory that still sends “Denver” matches no office any more.')
    expect((await admin.go('/admin/company/change-log')).text).toContain('name Denver → Denver HQ, areaCode 720 → 303')
    const taken = await fill(`/admin/offices/${officeId('London')}/edit`, { name: 'Toronto' })
    expect([taken.status, taken.text.includes('There is an office named Toronto already.')]).toEqual([422, true])
  })

  test('Office Administrators are added and removed', async () => {
    const path = `/admin/offices/${officeId('London')}`
    const added = await admin.submit(await admin.go(path), `${path}/admins/add`, { userId: userId(PLAIN_USER) })
    expect(added.text).toContain('Tomas Berg administers London.')
    const removed = await admin.submit(added, `${path}/admins/remove`)
    expect(removed.text).toContain('No Office Admin')
  })

  test('seats and users per office are a picture with the same in words', async () => {
    const page = await admin.go('/admin/company/offices')
    expect(page.html).toMatch(/<svg[^>]+role="img"[^>]+aria-labelledby="seats-title seats-words"/)
    expect(page.html).toContain('Denver, Connect: 2 of 20 used')
    expect(page.text).toContain('Denver 2 Connect 2 of 20, Support 0 of 4, Sell 0 of 2')
  })
})

describe('Reserved Numbers', () => {
  test('new ones are added from an area code and deleted after a question', async () => {
    const path = `/admin/offices/${officeId('Denver')}/reserved-numbers`
    const page = await fill(`${path}/add`, { areaCode: '303', count: '2' })
    expect(page.text).toContain('Reserved: +13035550100, +13035550101.')
    expect((await fill(`${path}/add`, { areaCode: '9' })).text).toContain(
      'There are no numbers with area code "9" in US.',
    )
    expect((await fill(`${path}/add`, { count: '26' })).text).toContain('Choose from 1 to 25 numbers.')
    const ask = await admin.go(`${path}/delete?number=%2B13035550100`)
    expect(ask.text).toContain('Delete this number? +13035550100')
    expect((await admin.submit(ask, `${path}/delete`)).text).toContain('+13035550100 is deleted.')
    expect((await admin.submit(ask, `${path}/delete`)).text).toContain('is not among the Reserved Numbers any more.')
  })

  test('a number somebody has cannot be deleted from here', async () => {
    const path = '/admin/company/reserved-numbers/delete'
    const ask = await admin.go(`${path}?number=%2B17205550143`)
    expect((await admin.submit(ask, path)).text).toContain('+17205550143 is not among the Reserved Numbers')
    expect((await admin.go(`/admin/users/${userId(PLAIN_USER)}`)).text).toContain('+17205550143')
  })
})

describe('Licenses', () => {
  const DENVER = () => ({ officeId: officeId('Denver'), licence: 'talk' })

  test('Purchase licenses: quantity, Next, payment summary, Confirm Purchase', async () => {
    const path = '/admin/company/licenses/purchase'
    const summary = await fill(path, { ...DENVER(), quantity: '5' })
    expect(summary.text).toContain('Payment summary License Connect Quantity 5 Office Denver')
    expect(summary.text).toContain('Confirm Purchase')
    const page = await admin.submit(summary, `${path}/confirm`)
    expect(page.text).toContain('5 Connect licenses purchased for Denver.')
    expect(page.text).toContain('Denver Connect 25 2 23')
    for (const quantity of ['', '0', '-1', '1.5', '501', 'many']) {
      expect((await order('purchase', { ...DENVER(), quantity })).text).toContain('Enter a number from 1 to 500')
    }
  })

  test('a removal waits for the next billing date, counts as gone for the next one, and can be cancelled', async () => {
    const page = await order('remove', { ...DENVER(), quantity: '17' })
    expect(page.text).toContain('Scheduled removals')
    expect(page.text).toContain('Denver Connect 20 2 18')
    expect((await order('remove', { ...DENVER(), quantity: '2' })).text).toContain(
      'Denver has 1 unused Connect licenses.',
    )
    const id = served.system.store.page('licenceRemovals', 0, 1)[0]?.id
    const kept = await admin.submit(page, `/admin/company/licenses/removals/${id}/cancel`)
    expect(kept.text).toContain('17 Connect licenses of Denver stay.')

    await order('remove', { ...DENVER(), quantity: '17' })
    await served.system.control.moveClock({ kind: 'advance', duration: 'P31D' })
    admin = await served.admin()
    expect((await admin.go('/admin/company/licenses')).text).toContain('Denver Connect 3 2 1')
    expect((await admin.go('/admin/company/change-log')).text).toContain('17 Connect licenses of office Denver removed')
  })

  test('Billing tells the next billing date and leads to Purchase Licenses', async () => {
    await order('remove', { ...DENVER(), quantity: '2' })
    const page = await admin.go('/admin/company/billing')
    expect(page.text).toMatch(/Next billing date [A-Z][a-z]{2} \d+, \d{4}/)
    expect(page.text).toContain('2 Connect in Denver')
    expect(page.html).toContain('href="/admin/company/licenses/purchase"')
  })

  test('licenses that nobody holds are billed all the same', async () => {
    const offices = served.system.store.page('offices', 0, 10)
    const owned = offices
      .flatMap(({ seats }) => Object.values(seats))
      .reduce<number>((sum, seats) => sum + (seats ?? 0), 0)
    expect((await admin.go('/admin/company/billing')).text).toContain(`Licenses billed ${owned}`)
    expect((await admin.go(`/admin/offices/${officeId('Denver')}/billing`)).text).toContain('Licenses billed 26')
  })

  test('unused ones move between offices, those in use do not', async () => {
    const to = { toOfficeId: officeId('London') }
    const page = await order('move', { ...DENVER(), ...to, quantity: '3' })
    expect(page.text).toContain('3 Connect licenses moved to London.')
    expect(page.text).toMatch(/Denver Connect 17 2 15 .*London Connect 11 0 11/)
    expect((await order('move', { ...DENVER(), ...to, quantity: '16' })).text).toContain('Denver has 15 unused')
    expect((await order('move', { ...DENVER(), toOfficeId: officeId('Denver'), quantity: '1' })).text).toContain(
      'Select another office',
    )
  })
})
