import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { oktaUserIdOf } from '../../world.ts'
import { type OAuthStage, PERSON, SPA, startOAuth } from './oauth-stage.ts'

/** @okta/okta-auth-js, unmodified, in a page of its own origin in Chromium: the sample single-page app. */

const entry = createRequire(import.meta.url).resolve('@okta/okta-auth-js')
const LIBRARY = readFileSync(
  path.join(entry.slice(0, entry.indexOf('okta-auth-js') + 'okta-auth-js'.length), 'dist/okta-auth-js.min.js'),
)

let stage: OAuthStage
let app: Server
let home: string
let browser: Browser

/** A page with the library, at every address of the app. */
const pageOf = (
  issuer: string,
): string => `<!doctype html><title>App</title><script src="/okta-auth-js.js"></script><script>
window.client = new OktaAuth({ issuer: '${issuer}', clientId: '${SPA}', redirectUri: location.origin + '/login/callback',
  scopes: ['openid', 'profile', 'email', 'offline_access'], pkce: true, tokenManager: { autoRenew: false } })
</script>`

beforeAll(async () => {
  stage = await startOAuth()
  app = createServer((req, res) => {
    const isLibrary = req.url === '/okta-auth-js.js'
    res.setHeader('content-type', isLibrary ? 'text/javascript' : 'text/html')
    res.end(isLibrary ? LIBRARY : pageOf(`${stage.origin}/oauth2/default`))
  })
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  home = `http://localhost:${(app.address() as AddressInfo).port}`
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
}, 60_000)
afterAll(async () => {
  await browser.close()
  app.close()
  app.closeAllConnections()
  await stage.close()
})

/** Run a script that uses `client` in the page. */
const run = <T>(page: Page, script: string): Promise<T> => page.evaluate(`(async () => { ${script} })()`) as Promise<T>

async function signIn(): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${home}/`)
  await run(page, 'client.signInWithRedirect()')
  await page.getByLabel('Username').fill(`${PERSON}@brightwave.example`)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Password').fill(TRAINING_PASSWORD)
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.waitForURL(`${home}/login/callback?code=*`)
  await run(page, 'const { tokens } = await client.token.parseFromUrl(); client.tokenManager.setTokens(tokens)')
  return page
}

describe('the sample single-page app', () => {
  test('signs in by redirect with PKCE, renews its tokens, reads userinfo, signs out', async () => {
    const page = await signIn()
    const first = await run<{ sub: string; scp: string[]; refresh: string; access: string }>(
      page,
      `const t = await client.tokenManager.getTokens()
       return { sub: t.idToken.claims.sub, scp: client.token.decode(t.accessToken.accessToken).payload.scp, refresh: t.refreshToken.refreshToken, access: t.accessToken.accessToken }`,
    )
    expect(first).toMatchObject({ sub: oktaUserIdOf(PERSON), scp: ['openid', 'profile', 'email', 'offline_access'] })
    expect(await run(page, 'return (await client.token.getUserInfo()).given_name')).toBe('Farah')

    const renewed = await run<{ refresh: string; access: string }>(
      page,
      `await client.tokenManager.renew('accessToken'); const t = await client.tokenManager.getTokens()
       return { refresh: t.refreshToken.refreshToken, access: t.accessToken.accessToken }`,
    )
    expect(renewed.access).not.toBe(first.access)
    expect(renewed.refresh).not.toBe(first.refresh)

    // Without a page of ours, by the session of the org, in a frame: response mode okta_post_message.
    expect(
      await run(page, "return (await client.token.getWithoutPrompt({ scopes: ['openid'] })).tokens.idToken.claims.sub"),
    ).toBe(oktaUserIdOf(PERSON))

    // The script's page goes while it waits: that its answer never comes is the sign-out at work.
    await Promise.all([
      page.waitForURL(`${home}/`),
      run(page, "await client.signOut({ postLogoutRedirectUri: location.origin + '/' })").catch(() => undefined),
    ])
    const after = await run(
      page,
      "try { await client.token.getWithoutPrompt({ scopes: ['openid'] }); return 'signed in' } catch (error) { return error.errorCode }",
    )
    expect(after).toBe('login_required')
  }, 60_000)

  test('is refused at an origin nobody trusts: the browser keeps the answer from the script', async () => {
    const trusted = Array.from(stage.system.store.entries('trustedOrigins'), ([, each]) => each)
    await stage.system.store.transact((tx) => {
      for (const each of trusted) tx.put('trustedOrigins', each.id, { ...each, status: 'INACTIVE' })
    })
    const page = await (await browser.newContext()).newPage()
    await page.goto(`${home}/`)
    const error = await run<string>(
      page,
      'try { await client.signInWithRedirect(); return "redirected" } catch (error) { return String(error.message) }',
    )
    expect(error).toMatch(/Failed to fetch|network|CORS/i)
    await stage.system.store.transact((tx) => {
      for (const each of trusted) tx.put('trustedOrigins', each.id, each)
    })
  }, 60_000)
})
