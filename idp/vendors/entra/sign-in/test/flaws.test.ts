import * as client from 'openid-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { leftFor } from '#kit/test/browser.ts'
import { discover, startFlow } from './relying-party.ts'
import { ADA, enter, type RunningEntra, SAMPLE, startEntra } from './start-entra.ts'

let entra: RunningEntra
beforeAll(async () => {
  entra = await startEntra()
})
afterAll(() => entra.close())

test('a flaw is for the next sign-in: renewals, which nobody looks at, leave it armed', async () => {
  const config = await discover(entra, SAMPLE)
  const browser = entra.browser()
  const signIn = async () => {
    const { url, checks } = await startFlow(config, SAMPLE)
    return client.authorizationCodeGrant(config, leftFor(await enter(browser, url, ADA)), checks)
  }
  const { refresh_token: refreshToken = '' } = await signIn()
  await entra.system.control.setFaults([{ on: 'oidc.id-token', effect: { flaw: 'expired' }, times: 1 }])
  expect((await client.refreshTokenGrant(config, refreshToken)).claims()?.['preferred_username']).toBe(ADA)
  expect(entra.system.control.faults()).toMatchObject([{ used: 0 }])
  await expect(signIn()).rejects.toThrow('JWT timestamp claim value failed validation')
  expect(entra.system.control.faults()).toMatchObject([{ used: 1 }])
})

test('what was redeemed before a reset is not replayed', async () => {
  const config = await discover(entra, SAMPLE)
  const attempt = async () => {
    const { url, checks } = await startFlow(config, SAMPLE)
    return client.authorizationCodeGrant(config, leftFor(await enter(entra.browser(), url, ADA)), checks)
  }
  await attempt()
  await entra.system.control.reset()
  await entra.system.control.setFaults([{ on: 'oidc.code', effect: { flaw: 'replayed-code' }, times: 1 }])
  expect((await attempt()).claims()?.['preferred_username']).toBe(ADA)
})
