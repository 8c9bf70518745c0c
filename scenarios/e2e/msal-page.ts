import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'

/** A single-page application as developers write it, around the unmodified library that its vendor publishes for browsers. */
export interface SamplePage {
  readonly origin: string
  close(): Promise<void>
}

const require = createRequire(import.meta.url)

/** The library as it is published, for pages without a bundler; and what it wants on the page that frames and pop-ups come back to. */
const PUBLISHED = join(dirname(require.resolve('@azure/msal-browser')), '..', 'lib')
const LIBRARY = join(PUBLISHED, 'msal-browser.min.js')
const BRIDGE = join(PUBLISHED, 'redirect-bridge', 'msal-redirect-bridge.min.js')

/**
 * Serve the page on a free port of this machine. It signs in with `app.signIn()`, and says on itself what came of everything.
 *
 * @param authority Of the tenant. @param clientId Of the registration; any loopback port is among its addresses.
 */
export async function servePage(authority: string, clientId: string): Promise<SamplePage> {
  const [library, bridge] = await Promise.all([readFile(LIBRARY), readFile(BRIDGE)])
  const server = createServer((req, res) => {
    const { pathname } = new URL(req.url ?? '/', 'http://localhost')
    const send = (type: string, body: string | Buffer) => res.writeHead(200, { 'content-type': type }).end(body)
    if (pathname === '/msal.js') send('text/javascript', library)
    else if (pathname === '/bridge.js') send('text/javascript', bridge)
    else if (pathname === '/redirect') send('text/html', BRIDGE_PAGE)
    else if (pathname === '/') send('text/html', pageFor(authority, clientId))
    else res.writeHead(404).end()
  })
  const port = await listen(server)
  return {
    origin: `http://localhost:${port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const BRIDGE_PAGE = `<!doctype html><html lang="en"><title>Sign-in comes back here</title><script src="/bridge.js"></script>
<script>msalRedirectBridge.broadcastResponseToMainFrame()</script></html>`

function pageFor(authority: string, clientId: string): string {
  const { host } = new URL(authority)
  return `<!doctype html><html lang="en"><title>Sample page</title><h1>Sample page</h1>
<p id="who" role="status">Starting</p><pre id="log"></pre>
<script src="/msal.js"></script>
<script>
const client = new msal.PublicClientApplication({
  auth: { clientId: '${clientId}', authority: '${authority}', knownAuthorities: ['${host}'], redirectUri: location.origin + '/' },
  cache: { cacheLocation: 'sessionStorage' },
})
const account = () => client.getAllAccounts()[0]
const tell = (result) => ({
  name: result.account.username, fromCache: result.fromCache, scopes: result.scopes, access: result.accessToken, id: result.idToken,
  claims: result.idTokenClaims,
})
const refusal = (error) => ({
  kind: error.name, code: error.errorCode, sub: error.subError, text: error.errorMessage ?? error.message,
})
const attempt = (promise) => promise.then(tell, refusal)
window.app = {
  signIn: (scopes) => client.loginRedirect({ scopes }),
  silent: (scopes, more = {}) => attempt(client.acquireTokenSilent({
    scopes, account: account(), cacheLookupPolicy: msal.CacheLookupPolicy.AccessTokenAndRefreshToken, ...more,
  })),
  renew: (scopes) => attempt(client.acquireTokenSilent({ scopes, account: account(), forceRefresh: true })),
  frame: (scopes) => attempt(client.ssoSilent({ scopes, loginHint: account()?.username, redirectUri: location.origin + '/redirect' })),
  popUp: (scopes) => attempt(client.acquireTokenPopup({ scopes, account: account(), redirectUri: location.origin + '/redirect' })),
  graph: async (token, path) => {
    const answer = await fetch('${new URL(authority).origin}/v1.0' + path, { headers: { authorization: 'Bearer ' + token } })
    return { status: answer.status, body: await answer.json() }
  },
  signOut: () => client.logoutRedirect({ account: account() }),
}
client.initialize().then(() => client.handleRedirectPromise()).then(
  (result) => { document.getElementById('who').textContent = account() ? 'Signed in as ' + account().username : 'Nobody is signed in' },
  (error) => { document.getElementById('who').textContent = 'Refused: ' + (error.errorMessage ?? error.message) },
)
</script></html>`
}
