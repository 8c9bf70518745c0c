import type { Request } from 'express'
import { expect, test } from 'vitest'
import { openVault } from '#kit/secrets.ts'
import { keepDraft, readDraft, withKeptSecret } from './credentials-draft.ts'
import type { ProvisioningPageDeps } from './deps.ts'

const SECRET = 'TOP-SECRET-7731'
const TYPED = { tenantUrl: 'https://dialpad.com/scim', secretToken: SECRET }

/** One browser's session, as far as a draft goes into it. */
function openSession() {
  let data: Readonly<Record<string, string | undefined>> = {}
  const sessions = {
    of: () => ({ data }),
    set: async (_req: Request, more: typeof data) => {
      data = { ...data, ...more }
    },
  }
  const deps = { system: { vault: openVault(null) }, admin: { sessions } } as unknown as ProvisioningPageDeps
  return { deps, req: {} as Request, kept: () => JSON.stringify(data) }
}

test('the secret of a draft is sealed in the session, and comes back for its app alone', async () => {
  const { deps, req, kept } = openSession()
  await keepDraft(deps, req, 'app', { ...TYPED, isTested: true })
  expect(kept()).not.toContain(SECRET)
  expect(readDraft(deps, req, 'app')).toEqual({ ...TYPED, isTested: true })
  expect(readDraft(deps, req, 'another')).toBeUndefined()
})

test('an empty field keeps the secret; a test counts for the very values it was made with', () => {
  const draft = { ...TYPED, isTested: true }
  expect(withKeptSecret({ ...TYPED, secretToken: '' }, draft)).toEqual(draft)
  expect(withKeptSecret({ ...TYPED, secretToken: 'another' }, draft).isTested).toBe(false)
  expect(withKeptSecret({ tenantUrl: 'https://elsewhere.example', secretToken: '' }, draft).isTested).toBe(false)
  expect(withKeptSecret(TYPED, undefined)).toEqual({ ...TYPED, isTested: false })
})
