import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifySignature } from '../sign-in/saml/verify-signature.ts'
import type { SamlAttack, Scene } from './saml-attack.ts'
import { genuineAnswer, openSamlLab, type SamlLab } from './saml-lab.ts'
import { createSigner, type SamlSigner, signAnswer, writeAnswer } from './saml-provider.ts'
import { ADMIN, PLAIN_USER, type ServedPages, servePages } from './serve-pages.ts'

/** What attackers send, one file each, and the genuine answer beside it. */

const folder = new URL('./saml-refusals/', import.meta.url)
const attacks = await Promise.all(
  readdirSync(folder).map(async (file) => {
    const { attack } = (await import(new URL(file, folder).href)) as { readonly attack: SamlAttack }
    return attack
  }),
)

let served: ServedPages
let lab: SamlLab
let stranger: SamlSigner
beforeAll(async () => {
  served = await servePages()
  lab = await openSamlLab(served)
  stranger = createSigner()
})
afterAll(() => served.close())

/** A browser that has begun a login, and the answer the provider gives it. */
async function scene(): Promise<Scene> {
  const browser = served.browser()
  const { requestId } = await lab.begin(browser)
  const values = lab.values({ inResponseTo: requestId })
  const signer = lab.signer()
  const genuine = signAnswer(writeAnswer(values), signer)
  return { lab, browser, values, signer, stranger, genuine, victim: ADMIN }
}

describe('is refused', () => {
  test.each(attacks)('$name', async ({ reason, forge, postedIn }) => {
    const stage = await scene()
    const xml = await forge(stage)
    const browser = postedIn === 'another browser' ? served.browser() : stage.browser
    const page = await lab.post(browser, xml, '/admin')
    await lab.mend()
    expect([lab.lastReason(), page.status >= 400]).toEqual([reason, true])
    expect((await browser.go('/app')).title).toBe('Log in')
    const entry = served.system.journal.read({ kind: 'saml' }).items.findLast(({ title }) => title.startsWith('SAML'))
    expect(entry?.response?.error).toMatch(/^[A-Z].*\.$/)
    expect(entry?.request?.body ?? '').not.toMatch(/SignatureValue>[^[<]/)
    // What it was verified with, and each check up to the one that does not hold, which says what was found.
    const { accepted, key, checks = [] } = entry?.verdict ?? {}
    expect([accepted, key?.id]).toEqual([false, expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)])
    expect(checks.map(({ passed }) => passed)).toEqual([...checks.slice(1).map(() => true), false])
    expect(checks.at(-1)?.found).toBe(entry?.response?.error)

    const inResponseTo = stage.values.inResponseTo
    const genuine = await lab.post(stage.browser, genuineAnswer(lab, { inResponseTo }))
    expect(genuine.title).toBe('Signed in as Tomas Berg')
  })

  test('every attack is one of its own', () => {
    expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length)
    expect(attacks.length).toBeGreaterThan(60)
  })
})

describe('without the look at its form', () => {
  const wrapped = attacks.filter(({ reason }) => ['wrapping', 'assertion-count', 'duplicate-id'].includes(reason))

  test.each(wrapped)('nothing but the signed bytes would be believed: $name', async ({ forge }) => {
    const stage = await scene()
    const xml = await forge(stage)
    for (const isResponseSigned of [true, false]) {
      const envelope = { id: '', isResponseSigned }
      const verified = await verifySignature({ xml, envelope }, stage.signer.certificate, Date.now())
      if (verified.ok)
        expect([verified.value.includes(PLAIN_USER), verified.value.includes(ADMIN)]).toEqual([true, false])
    }
  })
})
