import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { SAML } from '@node-saml/node-saml'

/** The longest form the app reads; an answer with a large assertion is about 20 kB. */
const LONGEST_BODY = 200_000

/**
 * A SAML service provider: `/login` asks the identity provider, `/acs` takes its answers, asked for or not (a tile).
 *
 * @param {{ baseUrl: string, entityId: string, ssoUrl: string, issuer: string, certificate: string }} settings the last three are
 *   what the identity provider's setup instructions say
 * @returns {import('node:http').Server} not listening yet
 */
export function createSamlApp({ baseUrl, entityId, ssoUrl, issuer, certificate }) {
  const saml = new SAML({
    callbackUrl: `${baseUrl}/acs`,
    issuer: entityId,
    audience: entityId,
    entryPoint: ssoUrl,
    idpIssuer: issuer,
    idpCert: certificate,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: true,
    // An answer to a question must name one that was asked; an answer without a question is a click on a tile.
    validateInResponseTo: 'ifPresent',
    identifierFormat: null,
  })
  /** Assertions that were used; a second use is a replay. */
  const used = new Set()

  async function answerOf(request) {
    const { pathname, searchParams } = new URL(request.url, baseUrl)
    switch (`${request.method} ${pathname}`) {
      case 'GET /':
        return page('<h1>Welcome</h1><a href="/login">Sign in</a>')
      case 'GET /login': {
        const location = await saml.getAuthorizeUrlAsync(searchParams.get('next') ?? '', undefined, {})
        return { status: 303, headers: { location } }
      }
      case 'POST /acs': {
        const form = new URLSearchParams(await bodyOf(request))
        try {
          const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: form.get('SAMLResponse') ?? '' })
          const id = profile.getAssertion().Assertion.$.ID
          if (used.has(id)) throw new Error('This assertion was used before.')
          used.add(id)
          const next = form.get('RelayState') || 'the front page'
          return page(
            `<h1>Hello ${escaped(profile.nameID)}</h1><p>Mail: ${escaped(profile.attributes?.mail)}</p>
             <p>On the way to ${escaped(next)}</p>`,
          )
        } catch (error) {
          return page(`<h1>Not signed in</h1><p>${escaped(error.message)}</p>`, 403)
        }
      }
      default:
        return page('<h1>Not found</h1>', 404)
    }
  }

  return createServer(async (request, response) => {
    try {
      const { status, headers, html } = await answerOf(request)
      response.writeHead(status, headers).end(html)
    } catch (error) {
      response.writeHead(400, { 'content-type': 'text/plain' }).end(error.message)
    }
  })
}

async function bodyOf(request) {
  if (Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY) > LONGEST_BODY) throw new Error('Too long.')
  return text(request)
}

function page(body, status = 200) {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    html: `<!doctype html><html lang="en"><title>SAML app</title><main>${body}</main></html>`,
  }
}

function escaped(value) {
  return String(value).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
