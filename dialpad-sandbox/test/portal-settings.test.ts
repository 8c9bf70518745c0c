import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from '#kit/test/browser.ts'
import { issueApiKey } from '../commands/api-keys.ts'
import { createUser } from '../commands/create-user.ts'
import { createGroup, updateGroup } from '../commands/groups.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { SAMPLE_CERTIFICATE } from './sample-certificate.ts'
import { ADMIN, PLAIN_USER, type ServedPages, servePages } from './serve-pages.ts'

const SAML = '/admin/company/authentication/saml'
const SCIM = '/admin/company/authentication/scim'
const DETAILS = '/admin/company/details'
const DEPARTMENTS = '/admin/company/departments'

let served: ServedPages
let admin: Browser
beforeEach(async () => {
  served = await servePages()
  admin = await served.admin()
})
afterEach(() => served.close())

function userId(email: string): string {
  return served.system.store.find('users', 'email', email)[0]?.id ?? ''
}

function companyId(): string {
  return served.system.store.page('companies', 0, 1)[0]?.id ?? ''
}

function officeId(name: string): string {
  return served.system.store.page('offices', 0, 10).find((office) => office.name === name)?.id ?? ''
}

describe('Authentication > SAML', () => {
  const IDP = {
    idpSsoUrl: 'https://idp.example/sso',
    idpEntityId: 'http://idp.example/metadata',
    certificate: SAMPLE_CERTIFICATE,
  }

  test('changing the provider changes ACS and entity id', async () => {
    const google = await admin.go(SAML)
    expect(google.text).toContain('https://dialpad.com/saml/sso/google/brightwave.example')
    const custom = await admin.go(`${SAML}?provider=custom`)
    expect(custom.text).toContain('https://dialpad.com/saml/sso/custom/brightwave.example')
    expect(custom.text).toContain('https://dialpad.com/api/saml/metadata/custom/brightwave.example')
    expect(custom.text).toContain(`${served.origin}/saml/sso/custom/brightwave.example`)
    expect((await admin.go('/authentication/saml')).url.pathname).toBe(SAML)
  })

  test('a certificate is taken with and without its lines, and kept without', async () => {
    const form = await admin.go(`${SAML}?provider=okta`)
    const page = await admin.submit(form, `${SAML}/settings`, IDP)
    expect(page.text).toContain('SAML settings for Okta are saved.')
    expect(page.text).toContain('CN=Training identity provider')
    expect(page.html).not.toContain('BEGIN CERTIFICATE')
    const body = served.system.store.get('companies', companyId())?.saml?.certificate ?? ''
    expect(SAMPLE_CERTIFICATE.replace(/\s/g, '')).toContain(body)
    expect((await admin.submit(form, `${SAML}/settings`, { ...IDP, certificate: body })).status).toBe(200)
    expect(served.system.store.get('companies', companyId())?.saml).toMatchObject({
      provider: 'okta',
      preventOtherProviders: false,
    })
  })

  test('what is no certificate, address or issuer is refused beside its field', async () => {
    const form = await admin.go(SAML)
    const empty = await admin.submit(form, `${SAML}/settings`)
    expect(empty.status).toBe(422)
    expect(empty.text).toContain('Paste the certificate of your identity provider')
    const cut = await admin.submit(form, `${SAML}/settings`, { ...IDP, certificate: SAMPLE_CERTIFICATE.slice(0, 400) })
    expect(cut.text).toContain('This is not an X.509 certificate in base64: copy it whole.')
    const address = await admin.submit(form, `${SAML}/settings`, { ...IDP, idpSsoUrl: 'idp.example' })
    expect(address.text).toContain('Enter a complete address that begins with https:// or http://.')
    expect(served.system.store.get('companies', companyId())?.saml).toBeUndefined()
  })

  test('the Login Url comes with the settings, for the provider that is saved', async () => {
    const form = await admin.go(`${SAML}?provider=okta`)
    expect(form.text).not.toContain('Login Url')
    const saved = await admin.submit(form, `${SAML}/settings`, IDP)
    expect(saved.text).toContain(`Login Url ${served.origin}/saml/sso/okta/brightwave.example`)
    expect((await admin.go(`${SAML}?provider=google`)).text).not.toContain('Login Url')
  })
})

describe('Authentication > SCIM', () => {
  test('recent requests are listed with what a refusal said, marked as the sandbox’s own', async () => {
    expect((await admin.go(SCIM)).text).toContain('No requests yet')
    const owner = { companyId: companyId(), name: 'Directory', ownerId: userId(ADMIN) }
    const { secret } = await issueApiKey(served.system, SYSTEM_ACTOR, owner)
    const address = served.origin.replace('localhost', '127.0.0.1')
    const headers = { host: new URL(served.origin).host, authorization: `Bearer ${secret}` }
    await fetch(`${address}/scim/Users?filter=${encodeURIComponent('userName eq "nobody@brightwave.example"')}`, {
      headers,
    })
    await fetch(`${address}/scim/Users/123`, { headers })
    const page = await admin.go(SCIM)
    expect(page.text).toContain('Recent requests (sandbox only)')
    expect(page.text).toMatch(
      /GET \/scim\/Users\/123 404 .*GET \/scim\/Users\?filter=userName eq "nobody@brightwave\.example" 200/,
    )
    expect(page.html).not.toContain(secret)
  })
})

describe('Company', () => {
  test('is renamed, and secondary domains are added and removed as support would', async () => {
    const renamed = await admin.submit(await admin.go(DETAILS), `${DETAILS}/name`, { name: 'Brightwave Ltd' })
    expect(renamed.text).toContain('The company is called Brightwave Ltd.')
    const form = await admin.go(DETAILS)
    for (const [domain, words] of [
      ['', 'Enter a domain'],
      ['no domain', 'Enter a domain such as brightwave.example.'],
      ['BRIGHTWAVE.example', 'brightwave.example is a domain of the company already.'],
    ] as const) {
      const page = await admin.submit(form, `${DETAILS}/domains`, { domain })
      expect([page.status, page.text.includes(words)]).toEqual([422, true])
    }
    const added = await admin.submit(form, `${DETAILS}/domains`, { domain: 'Labs.Brightwave.example' })
    expect(added.text).toContain('labs.brightwave.example Secondary')
    await createUser(served.system, SYSTEM_ACTOR, {
      companyId: companyId(),
      email: 'ines@labs.brightwave.example',
      givenName: 'Ines',
      familyName: 'Moreau',
      placement: { kind: 'office', officeId: officeId('Denver') },
      state: 'active',
      origin: 'portal',
    })
    const ask = await admin.go(`${DETAILS}/domains/remove?domain=labs.brightwave.example`)
    const removed = await admin.submit(ask, `${DETAILS}/domains/remove`)
    expect(removed.text).toContain('labs.brightwave.example is removed.')
    expect((await admin.submit(ask, `${DETAILS}/domains/remove`)).status).toBe(422)
  })

  test('Administrators lists Company Admins and Office Admins', async () => {
    const page = await admin.go('/admin/company/administrators')
    expect(page.text).toContain(`Marta Silva ${ADMIN} Active`)
    expect(page.text).toContain('Nobody yet')
  })
})

describe('Departments', () => {
  test('are added, renamed, given a number and operators, and deleted after a question', async () => {
    expect((await admin.go(DEPARTMENTS)).text).toContain('No departments yet')
    const form = await admin.go(`${DEPARTMENTS}/new`)
    const wrong = await admin.submit(form, `${DEPARTMENTS}/new`, { name: '' })
    expect([wrong.status, wrong.text.includes('Enter a name'), wrong.text.includes('Select an office', 1)]).toEqual([
      422,
      true,
      true,
    ])
    const made = await admin.submit(form, `${DEPARTMENTS}/new`, { name: 'Reception', officeId: officeId('Denver') })
    expect([made.title, made.text.includes('Reception is added.')]).toEqual(['Reception', true])
    const path = made.url.pathname
    expect((await admin.submit(made, `${path}/name`, { name: 'Front desk' })).title).toBe('Front desk')
    expect((await admin.submit(made, `${path}/number`)).text).toContain(
      '+17205550144 is the main number of Front desk.',
    )
    const joined = await admin.submit(made, `${path}/operators/add`, { userId: userId(PLAIN_USER), role: 'admin' })
    expect(joined.text).toContain(`Tomas Berg ${PLAIN_USER} Department Admin`)
    expect((await admin.go(`/admin/offices/${officeId('Denver')}/departments`)).text).toContain('1 of 25')
    const left = await admin.submit(joined, `${path}/operators/remove`)
    expect(left.text).toContain('No operators')
    const ask = await admin.go(`${path}/delete`)
    expect((await admin.submit(ask, `${path}/delete`)).text).toContain('Front desk is deleted.')
    expect((await admin.go('/admin/company/reserved-numbers')).text).toContain('+17205550144 Front desk')
  })

  test('a department has 25 operators at most', async () => {
    await served.system.store.transact((tx) => {
      const model = tx.get('users', userId(PLAIN_USER))
      const office = tx.get('offices', officeId('Denver'))
      if (model === undefined || office === undefined) return
      tx.put('departments', '901', {
        id: '901',
        companyId: companyId(),
        officeId: office.id,
        name: 'All hands',
        line: {},
        createdAt: model.createdAt,
      })
      for (let n = 1; n <= 25; n += 1) {
        const id = String(7000 + n)
        tx.put('users', id, { ...model, id, emails: [`ann${n}@brightwave.example`] })
        tx.put('operators', `901/${id}`, { groupType: 'department', groupId: '901', userId: id, role: 'operator' })
      }
    })
    const page = await admin.go(`${DEPARTMENTS}/901`)
    expect(page.text).toContain('A department can have 25 operators at most.')
    const csrf = page.html.match(/name="_csrf" value="([^"]+)"/)?.[1] ?? ''
    const answer = await admin.raw('POST', `${DEPARTMENTS}/901/operators/add`, {
      _csrf: csrf,
      userId: userId(PLAIN_USER),
    })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('A department can have 25 operators at most.')
  })
})

describe('Change log', () => {
  const LOG = '/admin/company/change-log'

  test('is filtered by author and day', async () => {
    await admin.submit(await admin.go(DETAILS), `${DETAILS}/name`, { name: 'Brightwave Ltd' })
    const mine = await admin.go(`${LOG}?by=marta&action=company_updated`)
    expect(mine.text).toContain('Renamed from Brightwave to Brightwave Ltd')
    expect((await admin.go(`${LOG}?by=nobody`)).text).toContain('No change matches')
    const today = served.system.clock.iso().slice(0, 10)
    expect((await admin.go(`${LOG}?from=${today}&to=${today}&by=marta`)).text).toContain('Renamed from')
    expect((await admin.go(`${LOG}?to=2020-01-01`)).text).toContain('No change matches')
    expect((await admin.go(`${LOG}?from=yesterday`)).text).toContain('company_updated')
  })

  test('is exported as CSV with the same filter, newest first', async () => {
    await admin.submit(await admin.go(DETAILS), `${DETAILS}/name`, { name: '=Brightwave, "Ltd"' })
    const page = await admin.go(`${LOG}?action=company_updated`)
    expect(page.html).toContain(`href="${LOG}.csv?action=company_updated"`)
    const answer = await admin.raw('GET', `${LOG}.csv?action=company_updated`)
    expect(answer.headers['content-type']).toContain('text/csv')
    expect(answer.headers['content-disposition']).toContain('change-log.csv')
    const [header, line, end] = answer.text.split('\r\n')
    expect(header).toBe('date,action,note,target_type,target_id,target_name,by_type,by_id,by_name,additional_data')
    expect(line).toContain(
      `company_updated,"Renamed from Brightwave to =Brightwave, ""Ltd""",company,${companyId()},"'=Brightwave, ""Ltd""",user,`,
    )
    expect(end).toBe('')
    expect((await served.browser().raw('GET', `${LOG}.csv`)).status).toBe(303)
  })
})

describe('Directory groups', () => {
  test('a rename that was ignored is told on the page of the group', async () => {
    const group = await createGroup(served.system, SYSTEM_ACTOR, {
      companyId: companyId(),
      displayName: 'Sales',
      memberIds: [],
    })
    await updateGroup(served.system, SYSTEM_ACTOR, group.id, { displayName: 'Sales EMEA' })
    const page = await admin.go(`/admin/company/groups/${group.id}`)
    expect(page.title).toBe('Sales')
    expect(page.text).toContain('group_rename_ignored')
  })
})
