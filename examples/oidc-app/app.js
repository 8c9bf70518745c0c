import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import * as client from 'openid-client'

/**
 * A web app that signs people in with OpenID Connect: authorization code, PKCE, state and nonce. Its sessions are in memory.
 *
 * @param {{ authority: string, clientId: string, clientSecret: string, baseUrl: string }} settings
 * @returns {Promise<import('node:http').Server>} not listening yet
 */
export async function createOidcApp({ authority, clientId, clientSecret, baseUrl }) {
  const config = await client.discovery(
    new URL(authority),
    clientId,
    undefined,
    client.ClientSecretPost(clientSecret),
    // The twin is on this machine and speaks http; a real authority is https, and this line goes.
    new URL(authority).protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : undefined,
  )
  const redirectUri = `${baseUrl}/callback`
  /** What a browser began, or who it is, by the value of its cookie. */
  const sessions = new Map()

  const pages = {
    '/': (session) =>
      session?.claims === undefined
        ? page('<h1>Welcome</h1><a href="/login">Sign in</a>')
        : page(
            `<h1>Hello ${escaped(session.claims.name)}</h1><p>${escaped(session.email)}</p>
             <a href="/refresh">Renew tokens</a> <a href="/logout">Sign out</a>`,
          ),

    async '/login'() {
      const verifier = client.randomPKCECodeVerifier()
      const begun = { verifier, state: client.randomState(), nonce: client.randomNonce() }
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid profile email offline_access',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: begun.state,
        nonce: begun.nonce,
      })
      return { location: url.href, session: { begun } }
    },

    async '/callback'(session, url) {
      if (session?.begun === undefined) return page('<h1>Nobody began to sign in here</h1>', 400)
      const { verifier, state, nonce } = session.begun
      try {
        const tokens = await client.authorizationCodeGrant(config, url, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
        })
        const claims = tokens.claims()
        const info = await client.fetchUserInfo(config, tokens.access_token, claims.sub)
        return { location: '/', session: { claims, email: info.email, tokens } }
      } catch (error) {
        // What the provider refused it says in the address; everything else is a check of the library's.
        const why = error instanceof client.AuthorizationResponseError ? error.error_description : error.message
        return { ...page(`<h1>Not signed in</h1><p>${escaped(why)}</p><a href="/">Back</a>`, 403), session: null }
      }
    },

    async '/refresh'(session) {
      if (session?.tokens === undefined) return { location: '/' }
      const { claims, email, tokens } = session
      const renewed = await client.refreshTokenGrant(config, tokens.refresh_token)
      return { ...page('<h1>Tokens renewed</h1><a href="/">Back</a>'), session: { claims, email, tokens: renewed } }
    },

    '/logout'(session) {
      if (session?.tokens === undefined) return { location: '/', session: null }
      const url = client.buildEndSessionUrl(config, {
        id_token_hint: session.tokens.id_token,
        post_logout_redirect_uri: `${baseUrl}/`,
      })
      return { location: url.href, session: null }
    },
  }

  return createServer(async (request, response) => {
    const url = new URL(request.url, baseUrl)
    const id = /(?:^|; )sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]
    const view = pages[url.pathname]
    try {
      const answer = view === undefined ? page('<h1>Not found</h1>', 404) : await view(sessions.get(id), url)
      if ('session' in answer) {
        // A new name at every step: nobody can prepare a session for somebody else.
        sessions.delete(id)
        const next = randomUUID()
        if (answer.session !== null) sessions.set(next, answer.session)
        response.setHeader('set-cookie', `sid=${next}; Path=/; HttpOnly; SameSite=Lax`)
      }
      if (answer.location !== undefined) response.writeHead(303, { location: answer.location }).end()
      else response.writeHead(answer.status, { 'content-type': 'text/html; charset=utf-8' }).end(answer.html)
    } catch (error) {
      response.writeHead(502, { 'content-type': 'text/plain' }).end(`The provider did not help: ${error.message}`)
    }
  })
}

function page(body, status = 200) {
  return { status, html: `<!doctype html><html lang="en"><title>OIDC app</title><main>${body}</main></html>` }
}

function escaped(text) {
  return String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
