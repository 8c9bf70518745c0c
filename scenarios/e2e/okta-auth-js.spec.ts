import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { expect, type Page } from 'playwright/test'
import type { ControlClient } from '#scenarios/library/control-client.ts'
import { createScene } from '#scenarios/library/scene/scene.ts'
import { enterOkta } from './people.ts'
import { test } from './test.ts'

/** `@okta/okta-auth-js`, unmodified, in a page of its own origin: the sample single-page app. */

const FARAH = 'farah.haddad@brightwave.example'
const require = createRequire(import.meta.url)

/** The library as it is published, for pages without a bundler. */
async function readLibrary(): Promise<Buffer> {
  const [root = ''] = /^.*okta-auth-js/.exec(dirname(require.resolve('@okta/okta-auth-js'))) ?? []
  return readFile(join(root, 'dist', 'okta-auth-js.min.js'))
}

let app: Server
let home: string
/** Issuer and client id the page is made for. */
let made: { readonly issuer: string; readonly clientId: string }

test.beforeAll(async () => {
  const library = await readLibrary()
  app = createServer((req, res) => {
    const isLibrary = req.url === '/okta-auth-js.js'
    res.setHeader('content-type', isLibrary ? 'text/javascript' : 'text/html')
    res.end(isLibrary ? library : pageFor(made.issuer, made.clientId))
  })
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  home = `http://localhost:${(app.address() as AddressInfo).port}`
})
test.afterAll(() => {
  app.closeAllConnections()
  app.close()
})
test.beforeEach(async ({ kit }) => {
  const clientId = await idOf(kit.control.okta, 'apps', ({ label }) => label === 'Sample single-page app')
  made = { issuer: `${kit.urls.okta}/oauth2/default`, clientId }
})

type Fields = Readonly<Record<string, unknown>>

async function idOf(okta: ControlClient, collection: string, isIt: (record: Fields) => boolean): Promise<string> {
  const records = Object.values((await okta.state()).collections[collection] ?? {}) as Fields[]
  return String(records.find(isIt)?.['id'])
}

/** A page with the library, at every address of the app. */
function pageFor(issuer: string, clientId: string): string {
  return `<!doctype html><title>App</title><script src="/okta-auth-js.js"></script><script>
window.client = new OktaAuth({ issuer: '${issuer}', clientId: '${clientId}', redirectUri: location.origin + '/login/callback',
  scopes: ['openid', 'profile', 'email', 'offline_access'], pkce: true, tokenManager: { autoRenew: false } })
</script>`
}

/** Run a script that uses `client` in the page. */
const run = <T>(page: Page, script: string): Promise<T> => page.evaluate(`(async () => { ${script} })()`) as Promise<T>

async function signIn(page: Page): Promise<void> {
  await page.goto(`${home}/`)
  await run(page, 'client.signInWithRedirect()')
  await enterOkta(page, FARAH)
  await page.waitForURL(`${home}/login/callback?code=*`)
  await run(page, 'const { tokens } = await client.token.parseFromUrl(); client.tokenManager.setTokens(tokens)')
}

const WITHOUT_PROMPT = "(await client.token.getWithoutPrompt({ scopes: ['openid'] })).tokens.idToken.claims.sub"
const REFUSED = `try { return ${WITHOUT_PROMPT} } catch (error) { return error.errorCode }`

interface Held {
  readonly sub: string
  readonly scp: readonly string[]
  readonly refresh: string
  readonly access: string
}

const HELD = `const t = await client.tokenManager.getTokens()
  return { sub: t.idToken.claims.sub, scp: client.token.decode(t.accessToken.accessToken).payload.scp,
    refresh: t.refreshToken.refreshToken, access: t.accessToken.accessToken }`

test('signs in by redirect with PKCE, renews its tokens, reads userinfo, signs out', async ({ kit, page }) => {
  const farah = await idOf(kit.control.okta, 'users', ({ profile }) => (profile as Fields)['login'] === FARAH)
  await signIn(page)
  const first = await run<Held>(page, HELD)
  expect(first).toMatchObject({ sub: farah, scp: ['openid', 'profile', 'email', 'offline_access'] })
  expect(await run(page, 'return (await client.token.getUserInfo()).given_name')).toBe('Farah')

  const renewed = await run<Held>(page, `await client.tokenManager.renew('accessToken'); ${HELD}`)
  expect(renewed.access).not.toBe(first.access)
  expect(renewed.refresh).not.toBe(first.refresh)

  // Without a page of ours, by the session of the org, in a frame: response mode okta_post_message.
  expect(await run(page, `return ${WITHOUT_PROMPT}`)).toBe(farah)

  // The script's page goes while it waits: that its answer never comes is the sign-out at work.
  await Promise.all([
    page.waitForURL(`${home}/`),
    run(page, "await client.signOut({ postLogoutRedirectUri: location.origin + '/' })").catch(() => undefined),
  ])
  expect(await run(page, REFUSED)).toBe('login_required')
})

test('is refused at an origin nobody trusts: the browser keeps the answer from the script', async ({ kit, page }) => {
  const trusted = Object.values((await kit.control.okta.state()).collections['trustedOrigins'] ?? {}) as Fields[]
  const { okta } = createScene(kit.control)
  for (const { origin } of trusted) await okta.removeTrustedOrigin(String(origin))
  await page.goto(`${home}/`)
  const error = await run<string>(
    page,
    'try { await client.signInWithRedirect(); return "redirected" } catch (error) { return String(error.message) }',
  )
  expect(error).toMatch(/Failed to fetch|network|CORS/i)
})
