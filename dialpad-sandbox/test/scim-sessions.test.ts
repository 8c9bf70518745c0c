import { afterEach, beforeEach, expect, test } from 'vitest'
import { hashPassword } from '#kit/secrets.ts'
import { call } from '#kit/test/call.ts'
import { issueApiKey } from '../commands/api-keys.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { patch, userByEmail } from './serve.ts'
import { ADMIN, logIn, PLAIN_USER, type ServedPages, servePages } from './serve-pages.ts'

/** What SCIM does to somebody who is signed in to the portal. */

let pages: ServedPages
beforeEach(async () => {
  pages = await servePages()
})
afterEach(() => pages.close())

const PASSWORD = 'Right-password-1'
const SUSPEND = patch({ op: 'replace', value: { active: false } })

test('suspended or deleted by a directory, somebody is out of the portal with the next request', async () => {
  const owner = userByEmail(pages.system, ADMIN)
  const input = { companyId: owner.companyId, name: 'Directory', ownerId: owner.id }
  const { secret } = await issueApiKey(pages.system, SYSTEM_ACTOR, input)
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/scim+json' }
  const path = `${pages.origin.replace('localhost', '127.0.0.1')}/scim/Users/${userByEmail(pages.system, PLAIN_USER).id}`

  const passwordHash = await hashPassword(PASSWORD)
  const tomas = userByEmail(pages.system, PLAIN_USER)
  await pages.system.store.transact((tx) => tx.put('users', tomas.id, { ...tomas, passwordHash }))

  const browser = pages.browser()
  for (const request of [
    { method: 'PATCH', headers, body: SUSPEND },
    { method: 'DELETE', headers },
  ]) {
    expect((await logIn(browser, PLAIN_USER, PASSWORD)).title).toBe('Signed in as Tomas Berg')
    expect((await call(path, request)).status).toBe(request.method === 'PATCH' ? 200 : 204)
    const page = await browser.go('/app')
    expect([page.title, page.text]).toEqual(['Log in', expect.stringContaining('suspended or deleted')])
    const back = patch({ op: 'replace', value: { active: true } })
    if (request.method === 'PATCH') await call(path, { method: 'PATCH', headers, body: back })
  }
})
