import { decodeJwt, type JWTPayload } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createGroup } from '#idp/core/directory/groups.ts'
import { addMember } from '#idp/core/directory/members.ts'
import type { Application, OptionalClaim } from '#idp/core/directory/records.ts'
import { guidOf } from '#kit/ids.ts'
import { leftFor } from '#kit/test/browser.ts'
import { MOST_GROUPS } from '../tokens/memberships.ts'
import { nameInHint } from '../tokens/optional-claims.ts'
import { discover, postToken, startFlow } from './relying-party.ts'
import { changeApplication, idOf } from './sample-api.ts'
import { ADA, enter, type RunningEntra, SAMPLE, startEntra, TENANT } from './start-entra.ts'

let entra: RunningEntra
beforeAll(async () => {
  entra = await startEntra()
})
afterAll(() => entra.close())

const SCOPE = 'openid profile email offline_access User.Read'

/** An ID token of Ada's, while the sample app's registration says these. */
async function idTokenWith(
  values: Partial<Application>,
  more: Readonly<Record<string, string>> = {},
): Promise<JWTPayload> {
  const back = await changeApplication(entra, SAMPLE.appId, values)
  try {
    const config = await discover(entra, SAMPLE)
    const { url, checks } = await startFlow(config, SAMPLE, { scope: SCOPE, ...more })
    const callback = leftFor(await enter(entra.browser(), url, ADA))
    return decodeJwt(String((await client.authorizationCodeGrant(config, callback, checks)).id_token))
  } finally {
    await back()
  }
}

const ask = (...names: readonly string[]): readonly OptionalClaim[] =>
  names.map((name) => ({ name, essential: false, additionalProperties: [] }))
const claimsOf = (idToken: readonly OptionalClaim[]): Partial<Application> => ({
  optionalClaims: { idToken, accessToken: [], saml2Token: [] },
})

describe('an ID token', () => {
  test('says who, of which tenant, and nothing the application has not asked for', async () => {
    const claims = await idTokenWith({})
    expect(claims).toMatchObject({
      aud: SAMPLE.appId,
      iss: `${entra.origin}/${TENANT}/v2.0`,
      tid: TENANT,
      oid: idOf(entra, ADA),
      ver: '2.0',
      name: 'Ada Okafor',
      preferred_username: ADA,
      email: ADA,
    })
    const usual = [
      'aud',
      'email',
      'exp',
      'iat',
      'iss',
      'name',
      'nonce',
      'oid',
      'preferred_username',
      'sub',
      'tid',
      'ver',
    ]
    expect(Object.keys(claims).sort()).toEqual(usual)
  })

  test('carries the optional claims of the registration', async () => {
    const claims = await idTokenWith(
      claimsOf(
        ask('upn', 'given_name', 'family_name', 'auth_time', 'ipaddr', 'acct', 'login_hint', 'sid', 'xms_pl', 'ctry'),
      ),
    )
    expect(claims).toMatchObject({
      upn: ADA,
      given_name: 'Ada',
      family_name: 'Okafor',
      ipaddr: '127.0.0.1',
      acct: 0,
      xms_pl: expect.any(String),
      ctry: expect.stringMatching(/^[A-Z]{2}$/),
      sid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(Math.abs(Number(claims['auth_time']) - Date.now() / 1000)).toBeLessThan(120)
    expect(nameInHint(String(claims['login_hint']))).toBe(ADA)
    expect((await idTokenWith(claimsOf(ask('verified_primary_email'))))['verified_primary_email']).toEqual([ADA])
  })

  test('tells when the person signed in to whoever limits the age of it', async () => {
    expect(await idTokenWith({}, { max_age: '3600' })).toHaveProperty('auth_time')
  })

  test('lists groups as the manifest says: none, security groups with the nested ones, those assigned', async () => {
    const { store, clock } = entra.system
    expect(await idTokenWith({})).not.toHaveProperty('groups')
    const outer = guidOf('test/outer')
    const [held] = store.find('groupMembers', 'member', idOf(entra, ADA))
    await store.transact((tx) => {
      createGroup(tx, TENANT, { id: outer, now: clock.iso() }, { displayName: 'Outer' })
      addMember(tx, TENANT, outer, held?.groupId ?? '')
    })
    const { groups } = await idTokenWith({ groupMembershipClaims: 'SecurityGroup' })
    expect(groups).toEqual(expect.arrayContaining([outer, held?.groupId]))
    expect(await idTokenWith({ groupMembershipClaims: 'ApplicationGroup' })).not.toHaveProperty('groups')

    const named = { name: 'groups', essential: false, additionalProperties: ['cloud_displayname'] }
    const byName = await idTokenWith({ groupMembershipClaims: 'SecurityGroup', ...claimsOf([named]) })
    expect(byName['groups']).toContain('Outer')
    const asRoles = { name: 'groups', essential: false, additionalProperties: ['emit_as_roles'] }
    const roles = await idTokenWith({ groupMembershipClaims: 'SecurityGroup', ...claimsOf([asRoles]) })
    expect(roles['roles']).toContain(outer)
    expect(roles).not.toHaveProperty('groups')
  })

  test('names where groups are asked for when there are too many', async () => {
    const { store, clock } = entra.system
    const person = idOf(entra, ADA)
    await store.transact((tx) => {
      for (let n = 0; n <= MOST_GROUPS; n += 1) {
        const id = guidOf(`test/many/${n}`)
        createGroup(tx, TENANT, { id, now: clock.iso() }, { displayName: `Many ${n}` })
        addMember(tx, TENANT, id, person)
      }
    })
    const claims = await idTokenWith({ groupMembershipClaims: 'SecurityGroup' })
    expect(claims).not.toHaveProperty('groups')
    expect(claims).toMatchObject({
      _claim_names: { groups: 'src1' },
      _claim_sources: { src1: { endpoint: `${entra.origin}/v1.0/users/${person}/getMemberObjects` } },
    })
  })
})

describe('client_info', () => {
  test('stands in both answers when it is asked for, and names account and tenant', async () => {
    const config = await discover(entra, SAMPLE)
    const { url, checks } = await startFlow(config, SAMPLE, { scope: SCOPE, client_info: '1' })
    const callback = leftFor(await enter(entra.browser(), url, ADA))
    const read = (text: unknown) => JSON.parse(Buffer.from(String(text), 'base64url').toString()) as unknown
    const expected = { uid: idOf(entra, ADA), utid: TENANT }
    expect(read(callback.searchParams.get('client_info'))).toEqual(expected)
    const fields = {
      grant_type: 'authorization_code',
      client_id: SAMPLE.appId,
      client_secret: SAMPLE.secret,
      redirect_uri: SAMPLE.redirectUri,
      code_verifier: checks.pkceCodeVerifier,
      code: callback.searchParams.get('code') ?? '',
    }
    const { body } = await postToken(entra, TENANT, { ...fields, client_info: '1' })
    expect(read(body['client_info'])).toEqual(expected)
    expect(body).toMatchObject({ ext_expires_in: 3600, scope: 'openid profile email User.Read', token_type: 'Bearer' })
  })
})
