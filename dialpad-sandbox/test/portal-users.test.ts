import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Browser, Page } from '#kit/test/browser.ts'
import type { DialpadUser } from '../records.ts'
import { type MailServer, openMailServer } from './mail-server.ts'
import { ADMIN, logIn, PLAIN_USER, type ServedPages, servePages } from './serve-pages.ts'

const NEW = 'ines.moreau@brightwave.example'
const ADD = '/admin/company/users/add'
const PASSWORD = 'Correct-horse-9'

let mail: MailServer
let served: ServedPages
let admin: Browser
beforeEach(async () => {
  mail = await openMailServer()
  served = await servePages({ smtp: mail.url })
  admin = await served.admin()
})
afterEach(async () => {
  await served.close()
  await mail.close()
})

function userOf(email: string): DialpadUser | undefined {
  return served.system.store.find('users', 'email', email)[0]
}

function pathOf(email: string, action?: string): string {
  const path = `/admin/users/${userOf(email)?.id ?? ''}`
  return action === undefined ? path : `${path}/${action}`
}

function officeId(name: string): string {
  return served.system.store.page('offices', 0, 10).find((office) => office.name === name)?.id ?? ''
}

/** Seats of an office as its Licenses page tells them. */
async function seats(office: string): Promise<string> {
  return (await admin.go(`/admin/offices/${officeId(office)}/licenses`)).text
}

/** Both steps of Add User. */
async function invite(emails: string, fields: Record<string, string> = {}): Promise<Page> {
  const who = { emails, officeId: officeId('Denver'), licence: 'talk', ...fields }
  const confirm = await admin.submit(await admin.go(ADD), ADD, who)
  return confirm.status === 200 ? admin.submit(confirm, `${ADD}/confirm`, fields) : confirm
}

describe('Add User', () => {
  test('invites by mail; the person is pending until they follow the link and choose a password', async () => {
    const form = await admin.submit(await admin.go(ADD), ADD, {
      emails: NEW,
      officeId: officeId('Denver'),
      licence: 'talk',
    })
    expect(form.text).toContain('+17205550144 reserved')
    expect(form.text).toContain('Unused before 18')
    const list = await admin.submit(form, `${ADD}/confirm`)
    expect(list.text).toContain(`Invited: ${NEW}. They are pending`)
    expect(list.text).toContain(`Ines Moreau ${NEW} Denver +17205550144 Connect Pending`)
    expect(await seats('Denver')).toContain('Denver Connect 20 3 17')

    expect(mail.mails[0]?.subject).toBe('Marta Silva invited you to Dialpad')
    const link = mail.linkTo(NEW)
    const guest = served.browser()
    const page = await guest.go(`${link.pathname}${link.search}`)
    expect([page.title, page.url.pathname]).toEqual(['Get started', '/invite/accept'])
    expect(page.text).toContain(NEW)
    const short = await guest.submit(page, '/invite/accept', { password: 'short' })
    expect([short.status, userOf(NEW)?.state]).toEqual([422, 'pending'])
    const account = await guest.submit(page, '/invite/accept', { givenName: 'Inès', password: PASSWORD })
    expect(account.title).toBe('Signed in as Inès Moreau')
    expect(userOf(NEW)).toMatchObject({ state: 'active', givenName: 'Inès' })
    expect((await logIn(served.browser(), NEW, PASSWORD)).title).toBe('Signed in as Inès Moreau')

    const again = await served.browser().go(`${link.pathname}${link.search}`)
    expect([again.status, again.title]).toEqual([410, 'This invitation is not valid'])
  })

  test('the token is kept as a hash, and neither journal nor page shows it', async () => {
    await invite(NEW)
    const link = mail.linkTo(NEW)
    const token = link.searchParams.get('token') ?? ''
    expect(token).toHaveLength(43)
    const page = await served.browser().go(`${link.pathname}${link.search}`)
    expect(page.html).not.toContain(token)
    expect(JSON.stringify(served.system.store.dump())).not.toContain(token)
    expect(JSON.stringify(served.system.journal.read({ limit: 1000 }).items)).not.toContain(token)
  })

  test('several at once get different numbers, and an edited one is what was chosen', async () => {
    const two = `${NEW}, omar.aziz@brightwave.example`
    await invite(two, { 'number-0': 'area', 'areaCode-0': '303', 'number-1': 'reserved:+17205550147' })
    const page = await admin.go('/admin/company/users')
    expect(page.text).toContain(`${NEW} Denver +13035550100`)
    expect(page.text).toContain('omar.aziz@brightwave.example Denver +17205550147')
    expect(mail.mails.map((each) => each.to?.[0]?.address).sort()).toEqual([NEW, 'omar.aziz@brightwave.example'])
  })

  test('only addresses of the company’s domain that nobody has are taken, and a missing office is asked for', async () => {
    for (const [emails, words] of [
      ['', 'Enter at least one address'],
      ['ines', '"ines" is not an email address'],
      ['ines@elsewhere.example', 'not of a domain of the company'],
      [ADMIN.toUpperCase(), `A user with the email ${ADMIN.toUpperCase()} already exists`],
      [`${NEW} ${NEW}`, `${NEW} is there twice`],
    ] as const) {
      const page = await invite(emails, { officeId: '' })
      expect([page.status, page.text.includes('Select an office')]).toEqual([422, true])
      expect(page.text).toContain(words)
    }
    expect(mail.mails).toEqual([])
  })

  test('all of them or none: one number for two people refuses both', async () => {
    const page = await invite(`${NEW} omar.aziz@brightwave.example`, {
      'number-0': 'reserved:+17205550144',
      'number-1': 'reserved:+17205550144',
    })
    expect(page.status).toBe(422)
    expect(page.text).toContain('+17205550144 is not available.')
    expect(userOf(NEW)).toBeUndefined()
  })

  test('without free licenses nobody is added; a Support license brings no number', async () => {
    const none = await invite(NEW, { officeId: officeId('Toronto'), licence: 'agents' })
    expect([none.status, none.text.includes('No available Sell licenses in office Toronto.')]).toEqual([422, true])
    const page = await invite(NEW, { officeId: officeId('Toronto'), licence: 'lite_support_agents' })
    expect(page.text).toContain(`${NEW} Toronto - Support Pending`)
  })

  test('resending makes a new link and ends the old one', async () => {
    await invite(NEW)
    const old = mail.linkTo(NEW)
    const resend = pathOf(NEW, 'resend-invite')
    const page = await admin.submit(await admin.go(resend), resend)
    expect(page.text).toContain(`A new invite is on its way to ${NEW}.`)
    expect((await served.browser().go(`${old.pathname}${old.search}`)).status).toBe(410)
    const fresh = mail.linkTo(NEW)
    expect((await served.browser().go(`${fresh.pathname}${fresh.search}`)).title).toBe('Get started')
  })

  test('an unused invite is removed after 30 days of virtual time, with the pending user and the seat', async () => {
    await invite(NEW)
    const { ran } = await served.system.control
      .moveClock({ kind: 'advance', duration: 'P30D' })
      .then((moved) => moved as { ran: readonly { summary: string }[] })
    expect(ran.map(({ summary }) => summary)).toContain(`${NEW}: invitation and pending user removed`)
    expect(userOf(NEW)).toBeUndefined()
    const link = mail.linkTo(NEW)
    expect((await served.browser().go(`${link.pathname}${link.search}`)).status).toBe(410)
    expect(served.system.store.get('numbers', '+17205550144')).toBeUndefined()
  })

  test('somebody deleted before they accepted is pending again when restored, and the old link stays ended', async () => {
    await invite(NEW)
    const id = userOf(NEW)?.id ?? ''
    const link = mail.linkTo(NEW)
    const path = `/admin/users/${id}/delete`
    await admin.submit(await admin.go(path), path)
    expect((await admin.go('/admin/company/reserved-numbers')).text).not.toContain('+17205550144')
    const restored = await admin.submit(await admin.go('/admin/company/deleted-users'), `/admin/users/${id}/restore`)
    expect(restored.text).toContain('Ines Moreau Pending')
    expect((await served.browser().go(`${link.pathname}${link.search}`)).status).toBe(410)
    const resend = pathOf(NEW, 'resend-invite')
    await admin.submit(await admin.go(resend), resend)
    const fresh = mail.linkTo(NEW)
    expect((await served.browser().go(`${fresh.pathname}${fresh.search}`)).title).toBe('Get started')
  })

  test('a mail server that cannot be reached leaves the person pending, and says so', async () => {
    await mail.close()
    const page = await invite(NEW)
    expect(page.text).toContain(
      '1 invitation mail could not be sent: the mail server did not take it. Use Resend invite.',
    )
    expect(userOf(NEW)?.state).toBe('pending')
  })
})

describe('the list', () => {
  test('is filtered by license and permission, together with words', async () => {
    const list = '/admin/company/users'
    expect((await admin.go(`${list}?licence=agents`)).text).toContain('Nobody found')
    const admins = await admin.go(`${list}?permission=company-admin`)
    expect(admins.text).toContain(`Marta Silva Company Admin ${ADMIN} Denver`)
    expect(admins.text).not.toContain(PLAIN_USER)
    const both = await admin.go(`${list}?licence=talk&q=berg`)
    expect(both.text).toContain(PLAIN_USER)
    expect(both.text).not.toContain(`${ADMIN} Denver`)
    const suspend = pathOf(PLAIN_USER, 'suspend')
    await admin.submit(await admin.go(suspend), suspend)
    expect((await admin.go(`${list}?licence=talk`)).text).not.toContain(PLAIN_USER)
  })
})

describe('one user', () => {
  test('Options leads to everything the articles name', async () => {
    const list = await admin.go('/admin/company/users')
    expect(list.html).toContain(`href="${pathOf(PLAIN_USER, 'options')}"`)
    const page = await admin.go(pathOf(PLAIN_USER, 'options'))
    for (const label of ['Calling', 'Groups', 'Privileges', 'Admin', 'Edit email address', 'Swap number']) {
      expect(page.text).toContain(label)
    }
    for (const [, href = ''] of page.html.matchAll(/href="(\/admin\/users\/[^"]+)"/g)) {
      expect([href, (await admin.go(href)).status]).toEqual([href, 200])
    }
  })

  test('name and job title are edited; a new address keeps the old one as secondary', async () => {
    const edit = pathOf(PLAIN_USER, 'edit')
    const page = await admin.submit(await admin.go(edit), edit, { givenName: 'Tom', title: 'Engineer', country: 'ca' })
    expect(page.text).toContain('Tom Berg is saved.')
    const wrong = await admin.submit(await admin.go(edit), edit, { givenName: '', familyName: '', country: 'Canada' })
    expect(wrong.text).toContain('Enter a first or a last name')
    expect(wrong.text).toContain('Use the two letters of a country')

    const email = pathOf(PLAIN_USER, 'email')
    const taken = await admin.submit(await admin.go(email), email, { email: ADMIN })
    expect([taken.status, taken.text.includes(`A user with the email ${ADMIN} already exists.`)]).toEqual([422, true])
    const id = userOf(PLAIN_USER)?.id
    await admin.submit(await admin.go(email), email, { email: 'tom.berg@brightwave.example' })
    expect(served.system.store.get('users', id ?? '')).toMatchObject({
      givenName: 'Tom',
      title: 'Engineer',
      country: 'CA',
      emails: ['tom.berg@brightwave.example', PLAIN_USER],
    })
  })

  test('a Support license sends the number to the Reserved Numbers, and Connect brings one again', async () => {
    const license = pathOf(PLAIN_USER, 'license')
    const page = await admin.submit(await admin.go(license), license, { licence: 'lite_support_agents' })
    expect(page.text).toContain('Tomas Berg has a Support license.')
    expect(page.text).toContain('Number -')
    expect((await admin.go('/admin/company/reserved-numbers')).text).toContain(`+17205550143 ${PLAIN_USER} Denver`)
    expect(await seats('Denver')).toContain('Denver Support 4 1 3')
    await admin.submit(await admin.go(license), license, { licence: 'talk' })
    expect((await admin.go(pathOf(PLAIN_USER))).text).toMatch(/Number \+1720555\d{4}/)
    const lite = await admin.submit(await admin.go(license), license, { licence: 'lite_lines' })
    expect(lite.text).toContain('No available Talk (Lite) licenses in office Denver.')
  })

  test('moving to another country leaves the number behind and gives a new one', async () => {
    const move = pathOf(PLAIN_USER, 'move')
    const page = await admin.submit(await admin.go(move), move, { officeId: officeId('London') })
    expect(page.text).toContain('Tomas Berg is in London.')
    expect(page.text).toContain('+442079460142')
    expect((await admin.go('/admin/company/reserved-numbers')).text).toContain('+17205550143')
  })

  test('numbers are assigned from reserve and area code, swapped, and unassigned after a question', async () => {
    const numbers = pathOf(PLAIN_USER, 'numbers')
    const form = await admin.go(numbers)
    const second = await admin.submit(form, numbers, { from: 'area-code', areaCode: '303', what: 'assign' })
    expect(second.text).toContain("+13035550100 is Tomas Berg's.")
    const swapped = await admin.submit(form, numbers, { from: 'reserved', number: '+17205550145', what: 'swap' })
    expect(swapped.text).toMatch(/\+17205550145 Primary .*\+13035550100 Additional/)
    const wrong = await admin.submit(form, numbers, { from: 'area-code', areaCode: '1', what: 'assign' })
    expect(wrong.text).toContain('There are no numbers with area code "1" in US.')
    expect((await admin.submit(form, numbers, { from: 'reserved', number: '' })).text).toContain('Select a number')

    const ask = await admin.go(`${numbers}/unassign?number=%2B13035550100`)
    expect(ask.text).toContain('Unassign this number? +13035550100')
    const gone = await admin.submit(ask, `${numbers}/unassign`)
    expect(gone.text).toContain('+13035550100 is among the Reserved Numbers.')
  })

  test('Office Admin of an office is given and shown', async () => {
    const privileges = pathOf(PLAIN_USER, 'privileges')
    await admin.submit(await admin.go(privileges), privileges, { offices: officeId('London') })
    expect((await admin.go(pathOf(PLAIN_USER))).text).toContain('Role Office Admin of London')
    expect((await admin.go('/admin/company/change-log')).text).toContain('Administers London')
  })
})

describe('deleting', () => {
  test('keep or remove the license: removed ones leave at the next billing date', async () => {
    const path = pathOf(PLAIN_USER, 'delete')
    const page = await admin.go(path)
    expect(page.text).toContain('Keep license')
    await admin.submit(page, path, { licence: 'remove' })
    expect(await seats('Denver')).toContain('Denver Connect 20 1')
    await served.system.control.moveClock({ kind: 'advance', duration: 'P31D' })
    admin = await served.admin()
    expect(await seats('Denver')).toContain('Denver Connect 19 1')
  })

  test('Permanently Delete asks for the address and ends the 72 hours at once', async () => {
    const id = userOf(PLAIN_USER)?.id ?? ''
    const path = `/admin/users/${id}`
    await admin.submit(await admin.go(`${path}/delete`), `${path}/delete`)
    const form = await admin.go(`${path}/permanently-delete`)
    const wrong = await admin.submit(form, `${path}/permanently-delete`, { confirm: 'somebody' })
    expect([wrong.status, wrong.text.includes(`Type ${PLAIN_USER} to confirm`)]).toEqual([422, true])
    const page = await admin.submit(form, `${path}/permanently-delete`, { confirm: PLAIN_USER })
    expect(page.text).toContain('Tomas Berg is permanently deleted.')
    expect(page.text).toContain('No deleted users')
    expect((await admin.go(path)).status).toBe(404)
    expect((await admin.go('/admin/company/reserved-numbers')).text).toMatch(/\+17205550143 .* Reserved/)
  })

  test('the bulk bar names everybody, does what it can and says what it could not', async () => {
    const ids = [userOf(PLAIN_USER)?.id, userOf(ADMIN)?.id].map((id) => `user=${id}`).join('&')
    const bulk = '/admin/company/users/bulk'
    expect((await admin.go(`${bulk}?do=delete`)).text).toContain('Nobody was selected.')
    const ask = await admin.go(`${bulk}?do=delete&${ids}`)
    expect(ask.text).toContain(`Tomas Berg (${PLAIN_USER})`)
    const body = ask.html.match(/name="_csrf" value="([^"]+)"/)?.[1] ?? ''
    const sent = new URLSearchParams([
      ['_csrf', body],
      ['do', 'delete'],
    ])
    const answer = await admin.raw('POST', bulk, { ...Object.fromEntries(sent), user: userOf(PLAIN_USER)?.id ?? '' })
    expect(answer.status).toBe(303)
    expect((await admin.go('/admin/company/users')).text).toContain('1 user deleted.')
    const last = await admin.go(`${bulk}?do=delete&user=${userOf(ADMIN)?.id}`)
    expect((await admin.submit(last, bulk)).text).toContain(`0 users deleted. ${ADMIN} is the last Company Admin`)
  })
})
