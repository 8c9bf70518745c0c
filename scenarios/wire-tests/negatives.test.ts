import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createVisitor } from '#kit/test/visitor.ts'
import { armedAt, clearNegatives } from '#scenarios/negatives/arm.ts'
import { findNegative, NEGATIVES, UnknownNegative } from '#scenarios/negatives/catalogue.ts'
import { type Negative, PROVIDERS, type ProviderName } from '#scenarios/negatives/negative.ts'
import { type NegativeStage, openNegativeStage, Refused } from './negative-stage.ts'

/**
 * Every negative, at every provider that can do it, against Dialpad and against an application by a library of others. Between right
 * sign-ins, so that each touches one alone.
 */

/** What openid-client and node-saml say, or the application where they say nothing. */
const REASONS: Readonly<Record<string, RegExp>> = {
  'oidc/wrong-audience': /"aud" \(audience\) claim value/,
  'oidc/wrong-issuer': /"iss" \(issuer\) claim value/,
  'oidc/wrong-tenant': /"iss" \(issuer\) claim value/,
  'oidc/wrong-nonce': /unexpected ID Token "nonce" claim value/,
  'oidc/missing-nonce': /"nonce" \(nonce\) claim missing/,
  'oidc/expired': /"exp" \(expiration time\) claim value/,
  'oidc/not-yet-valid': /"nbf" \(not before\) claim value/,
  'oidc/clock-skew': /"nbf" \(not before\) claim value/,
  'oidc/unknown-key': /no applicable keys found/,
  'oidc/bad-signature': /JWT signature verification failed/,
  'oidc/alg-none': /unexpected JWT "alg" header parameter/,
  'oidc/replayed-code': /^invalid_grant: (AADSTS501481|PKCE verification failed)/,
  'saml/replayed-assertion': /^used before$/,
  'saml/wrong-audience': /audience mismatch.*another-application/,
  'saml/wrong-acs': /^address https:\/\/another-application/,
  'saml/wrong-issuer': /^issuer https:\/\/another-issuer/,
  'saml/wrong-in-response-to': /InResponseTo is not valid/,
  'saml/expired': /SAML assertion expired/,
  'saml/not-yet-valid': /SAML assertion not yet valid/,
  'saml/clock-skew': /SAML assertion not yet valid/,
  'saml/unsigned': /Invalid signature/,
  'saml/altered': /Invalid signature/,
  'saml/rolled-certificate': /Invalid signature/,
}

const PERSON = 'marta.silva@brightwave.example'

let stage: NegativeStage
beforeAll(async () => {
  stage = await openNegativeStage()
}, 60_000)
afterAll(() => stage.close())

/** What happens at one provider, with whatever it may be. */
type Row = readonly [id: string, from: ProviderName, negative: Negative]
const rows: readonly Row[] = NEGATIVES.flatMap((each) => each.from.map((from) => [each.id, from, each] as const))
/** Dialpad has the buttons of one of them; by SAML it takes any. */
const dialpadRows = rows.filter(([, from, { protocol }]) => protocol === 'saml' || from === 'entra')

/** The newest entries of a kind, oldest first. */
async function newest(system: ProviderName | 'dialpad', kind: 'fault' | 'oidc' | 'saml') {
  return (await stage.kit.control[system].journal({ kind })).items
}

async function rightAtDialpad(protocol: Negative['protocol'], from: ProviderName): Promise<void> {
  const { page } = await stage.atDialpad(protocol, from)
  expect([page.title, page.url.pathname]).toEqual(['Signed in as Marta Silva', '/app'])
}

describe('Dialpad refuses and signs nobody in:', () => {
  test.each(dialpadRows)('%s from %s', async (id, from, { protocol, rule, dialpad }) => {
    await rightAtDialpad(protocol, from)
    await stage.kit.negative(id, { from })

    const { page, browser } = await stage.atDialpad(protocol, from)
    expect(page.title).toBe(dialpad.title)
    expect(page.text).toContain(dialpad.text)
    expect((await browser.go('/app')).title, 'nobody is signed in').toBe('Log in')

    const [fault] = (await newest(from, 'fault')).slice(-1)
    expect(fault?.title).toBe(`Fault on ${rule.on}: ${rule.flaw} (1 of 1)`)
    await rightAtDialpad(protocol, from)
  })
})

describe('an application by openid-client or node-saml refuses:', () => {
  test.each(rows)('%s from %s', async (id, from, { protocol, library }) => {
    expect(await stage.atApplication(protocol, from)).toBe(PERSON)
    await stage.kit.negative(id, { from })

    const refusal: unknown = await stage.atApplication(protocol, from).catch((error: unknown) => error)
    if (!(refusal instanceof Refused)) throw new Error(`It was not refused: ${String(refusal)}`)
    expect(refusal.message).toMatch(REASONS[id] ?? /^$/)
    expect(refusal.by).toBe(library.kind === 'silent' ? 'application' : 'library')

    expect(await stage.atApplication(protocol, from)).toBe(PERSON)
  })
})

describe('on the kit home', () => {
  test('is armed with one click, and the page tells what Dialpad found', async () => {
    const visitor = createVisitor(stage.kit.urls.kit)
    await visitor.open('/negatives')
    await visitor.submit('/negatives/entra', { id: 'oidc/wrong-audience' })
    expect(visitor.text).toContain('Wrong audience is armed: the next sign-in at Entra by OpenID Connect goes wrong.')
    expect(visitor.text).not.toContain('is not any more')
    expect(visitor.text).toContain('armed Wrong audience OpenID Connect')
    await stage.atDialpad('oidc', 'entra')
    await visitor.open('/negatives')
    expect(visitor.text).toContain('refused Last: Wrong audience (OpenID Connect)')
    expect(visitor.text).toMatch(
      /Dialpad found: audience: another-application. See it on the timeline A correct application: Refuse it/,
    )
    await visitor.follow('See it on the timeline')
    expect(visitor.status).toBe(200)
  })

  test('a replayed code and an answer by SAML are told, too; nothing is where Dialpad was not asked', async () => {
    const visitor = createVisitor(stage.kit.urls.kit)
    await stage.kit.negative('oidc/replayed-code', { from: 'entra' })
    await stage.atDialpad('oidc', 'entra')
    await visitor.open('/negatives')
    expect(visitor.text).toMatch(
      /refused Last: Replayed code.*Dialpad found: GET \/login\/microsoft\/callback\S* → 502/,
    )
    await stage.kit.negative('saml/wrong-acs', { from: 'okta' })
    await stage.atDialpad('saml', 'okta')
    await visitor.open('/negatives')
    expect(visitor.text).toMatch(/refused Last: Wrong ACS.*Dialpad found: destination/)
    await stage.kit.negative('oidc/expired', { from: 'okta' })
    await expect(stage.atApplication('oidc', 'okta')).rejects.toThrow(Refused)
    await visitor.open('/negatives')
    expect(visitor.text).toContain('Dialpad has seen nothing of it')
  })

  test('a token that is in order, and of somebody Dialpad does not let in, counts as refused', async () => {
    const visitor = createVisitor(stage.kit.urls.kit)
    await stage.kit.negative('oidc/wrong-tenant', { from: 'entra' })
    await stage.atDialpad('oidc', 'entra')
    await visitor.open('/negatives')
    expect(visitor.text).toMatch(
      /refused Last: Another tenant.*Dialpad found: GET \/login\/microsoft\/callback\S* → 4\d\d/,
    )
  })

  test('what an application of one’s own was sent is not mixed up with a login to Dialpad right after', async () => {
    const visitor = createVisitor(stage.kit.urls.kit)
    await stage.kit.negative('oidc/wrong-nonce', { from: 'entra' })
    await expect(stage.atApplication('oidc', 'entra')).rejects.toThrow(Refused)
    await stage.atDialpad('oidc', 'entra')
    await visitor.open('/negatives')
    expect(visitor.text).toMatch(/Last: Wrong nonce \(OpenID Connect\).*Dialpad has seen nothing of it/)
    expect(visitor.text).not.toContain('accepted Last: Wrong nonce')
  })

  test('one takes the place of another, and the page says so', async () => {
    const visitor = createVisitor(stage.kit.urls.kit)
    await visitor.open('/negatives')
    await visitor.submit('/negatives/entra', { id: 'oidc/expired' })
    await visitor.submit('/negatives/entra', { id: 'saml/expired' })
    expect(visitor.text).toContain('Expired is armed: the next sign-in at Entra by SAML goes wrong.')
    expect(visitor.text).toContain('Expired (OpenID Connect) is not any more: one thing goes wrong at a time.')
    expect(visitor.text).not.toContain('armed Expired OpenID Connect')
    await visitor.submit('/negatives/entra/clear')
  })

  test('can be taken back, and what there is not is refused', async () => {
    const visitor = createVisitor(stage.kit.urls.kit)
    await stage.kit.negative('saml/altered', { from: 'okta' })
    await visitor.open('/negatives')
    await visitor.submit('/negatives/okta/clear')
    expect(visitor.text).toContain('Sign-ins at Okta are right again.')
    expect(visitor.text).toContain('Nothing is armed: the next sign-in is right.')
    await visitor.submit('/negatives/okta', { id: 'saml/wrong-colour' })
    expect(visitor.text).toContain('There is no negative "saml/wrong-colour".')
    await visitor.open('/faults')
    expect(visitor.html).not.toContain('value="saml.answer"')
    expect(visitor.linkTo('Negatives')).toBe('/negatives')
  })
})

describe('the catalogue', () => {
  test.each(PROVIDERS)('has every flaw of %s, and none it has not', async (from) => {
    const answer = await stage.kit.control[from].call('GET', '/faults/operations')
    const { flaws } = answer as { readonly flaws: Readonly<Record<string, readonly string[]>> }
    const declared = Object.entries(flaws).flatMap(([on, list]) => list.map((flaw) => `${on} ${flaw}`))
    const told = NEGATIVES.filter((each) => each.from.includes(from)).map(({ rule }) => `${rule.on} ${rule.flaw}`)
    expect(told.toSorted()).toEqual(declared.toSorted())
    expect(new Set(NEGATIVES.map(({ id }) => id)).size).toBe(NEGATIVES.length)
  })

  test('what is armed replaces what was, leaves other rules alone, and can be taken back', async () => {
    const { control, negative } = stage.kit
    await control.okta.putFaults([{ on: 'okta.api.users.activate', effect: { status: 503 }, times: 4 }])
    await negative('oidc/expired', { from: 'okta' })
    await negative('saml/unsigned', { from: 'okta', times: 2 })
    expect(await armedAt(control.okta, 'okta')).toMatchObject([{ negative: { id: 'saml/unsigned' }, left: 2 }])
    expect(await clearNegatives(control.okta, 'okta')).toBe(1)
    expect(await control.okta.faults()).toMatchObject([{ on: 'okta.api.users.activate', times: 4 }])
    await control.okta.clearFaults()
    await stage.atApplication('saml', 'okta')
  })

  test('a replay waits until there is something to repeat', async () => {
    const fresh = await openNegativeStage()
    try {
      for (const id of ['oidc/replayed-code', 'saml/replayed-assertion']) {
        const { protocol } = findNegative(id)
        await fresh.kit.negative(id, { from: 'entra' })
        expect(await fresh.atApplication(protocol, 'entra')).toBe(PERSON)
        expect(await armedAt(fresh.kit.control.entra, 'entra')).toMatchObject([{ negative: { id }, left: 1 }])
        await expect(fresh.atApplication(protocol, 'entra')).rejects.toThrow(REASONS[id])
        expect(await armedAt(fresh.kit.control.entra, 'entra')).toEqual([])
      }
    } finally {
      await fresh.close()
    }
  })

  test('an unknown name, and one the provider cannot do, are refused', async () => {
    const { negative } = stage.kit
    await expect(negative('oidc/wrong-colour', { from: 'entra' })).rejects.toThrow(UnknownNegative)
    await expect(negative('oidc/wrong-tenant', { from: 'okta' })).rejects.toThrow('Okta has no negative')
  })
})
