import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { type Browser, createBrowser, leftFor } from '#kit/test/browser.ts'
import { freePorts } from '#kit/test/free-ports.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { type Contender, compete } from './contest.ts'
import type { Measured } from './load.ts'
import { FROM_SOURCE, type Server, startServer } from './processes.ts'
import type { BenchOptions, Line, Row } from './row.ts'

/**
 * ID tokens for refresh tokens, each exchange with the refresh token of the one before: of the Entra twin as it ships, of oidc-provider by
 * itself, and of oidc-provider with signed access tokens, since ours are.
 */

const SCOPE = 'openid profile email offline_access'
const PERSON = 'ada.okafor@brightwave.example'
/** Exchanges under way at a time. */
const CHAINS = 8

interface Exchange {
  readonly url: string
  readonly client: Readonly<Record<string, string>>
}

/** Refresh tokens, exchanged over and over. @throws when an answer has no ID token. */
function contender(name: string, server: Server, exchange: Exchange, tokens: string[]): Contender {
  async function chain(index: number, end: number): Promise<number> {
    let count = 0
    while (performance.now() < end) {
      const answer = await fetch(exchange.url, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          refresh_token: tokens[index] ?? '',
          scope: SCOPE,
          ...exchange.client,
        }),
      })
      const body = (await answer.json()) as Readonly<Record<string, string>>
      const { id_token: idToken, refresh_token: next } = body
      if (idToken === undefined || next === undefined) throw new Error(`${name}: ${JSON.stringify(body)}`)
      tokens[index] = next
      count += 1
    }
    return count
  }
  return {
    name,
    withdraw: () => server.stop(),
    async run(seconds): Promise<Measured> {
      const begun = performance.now()
      const before = server.cpuMs()
      const counts = await Promise.all(tokens.map((_, index) => chain(index, begun + seconds * 1000)))
      const count = counts.reduce((sum, each) => sum + each, 0)
      return {
        perSecond: (count * 1000) / (performance.now() - begun),
        cpuMicros: ((server.cpuMs() - before) * 1000) / count,
      }
    },
  }
}

async function bare(name: string, mode: 'opaque' | 'signed'): Promise<Contender> {
  const server = await startServer([...FROM_SOURCE, 'scripts/bench/bare-provider.ts', mode])
  const tokens: string[] = []
  for (let at = 0; at < CHAINS; at += 1) tokens.push(await (await fetch(`${server.origin}/bench/refresh-token`)).text())
  const client = { client_id: 'bench', client_secret: 'bench-secret-of-a-passing-server' }
  return contender(name, server, { url: `${server.origin}/token`, client }, tokens)
}

/** Somebody signs in to the sample web application, once with the password and then by the session. */
async function ours({ scratch }: BenchOptions): Promise<Contender> {
  const ports = await freePorts(SYSTEM_ADDRESSES.length + 1)
  const env = Object.fromEntries(SYSTEM_ADDRESSES.map(({ name }, at) => [`${name.toUpperCase()}_PORT`, `${ports[at]}`]))
  const server = await startServer(['dist/idp/main.js'], {
    ...env,
    SMTP_PORT: `${ports.at(-1)}`,
    HOST: '127.0.0.1',
    DATA_DIR: mkdtempSync(join(scratch, 'tokens-')),
  })
  const url = `${server.origin}/${TENANT_ID}/oauth2/v2.0/token`
  const client = { client_id: SAMPLE_WEB_APP.appId, client_secret: SAMPLE_WEB_APP.secret }
  const browser = createBrowser(server.origin)
  const tokens: string[] = []
  for (let at = 0; at < CHAINS; at += 1) {
    const code = await codeFor(browser, client.client_id)
    const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, scope: SCOPE, ...client }
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) })
    const body = (await answer.json()) as Readonly<Record<string, string>>
    const { refresh_token: token } = body
    if (token === undefined) throw new Error(JSON.stringify(body))
    tokens.push(token)
  }
  return contender('ours', server, { url, client }, tokens)
}

const REDIRECT_URI = 'http://localhost:9/callback'

async function codeFor(browser: Browser, clientId: string): Promise<string> {
  const asked = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    scope: SCOPE,
    state: 'bench',
  })
  let visit = await browser.visit(`/${TENANT_ID}/oauth2/v2.0/authorize?${asked}`)
  if (visit.kind === 'page' && visit.title === 'Sign in') {
    visit = await browser.send(visit, '/email', { email: PERSON })
    visit = await browser.send(visit, '/password', { password: TRAINING_PASSWORD })
    visit = await browser.send(visit, '/stay', { stay: 'no' })
  }
  if (visit.kind === 'page' && visit.title === 'Permissions requested') {
    visit = await browser.send(visit, '/consent', { decision: 'accept' })
  }
  const code = leftFor(visit).searchParams.get('code')
  if (code === null) throw new Error(`There is no code in ${leftFor(visit)}.`)
  return code
}

export const TOKEN_ROW: Row = {
  name: 'id-tokens',
  goal: '0.9 of bare oidc-provider',
  async measure(options: BenchOptions): Promise<readonly Line[]> {
    options.progress('ID tokens')
    const contenders: Contender[] = []
    try {
      contenders.push(await ours(options), await bare('bare', 'opaque'), await bare('bare, signed', 'signed'))
      const standings = await compete(contenders, options.quick ? 3 : 5, options.quick ? 2 : 4)
      const [mine, opaque, signed] = contenders.map(({ name }) => standings.get(name))
      if (mine === undefined || opaque === undefined || signed === undefined) throw new Error('A contender is missing.')
      const micros = [mine, opaque, signed].map(({ cpuMicros }) => cpuMicros.toFixed(0))
      return [
        {
          row: 'id-tokens',
          value: `${mine.perSecond.toFixed(0)}/s`,
          ratios: {
            'of oidc-provider': opaque.cpuMicros / mine.cpuMicros,
            'of it with signed access tokens': signed.cpuMicros / mine.cpuMicros,
          },
          note: `${micros[0]} µs of processor time each; oidc-provider ${micros[1]}, with signed access tokens ${micros[2]}`,
        },
      ]
    } finally {
      for (const each of contenders) await each.withdraw()
    }
  },
}
