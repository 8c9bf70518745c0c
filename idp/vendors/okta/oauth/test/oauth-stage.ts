import { calculatePKCECodeChallenge, randomPKCECodeVerifier } from 'openid-client'
import { type Browser, createBrowser, leftFor, type Visit } from '#kit/test/browser.ts'
import { type Answer, call } from '#kit/test/call.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { DOMAIN, type RunningOkta, startOkta } from '../../console/test/start-okta.ts'
import { OKTA_SAMPLE_SPA, OKTA_SAMPLE_WEB_APP } from '../samples.ts'

/** Nobody listens there: a test looks at where a browser leaves for. */
export const CALLBACK = 'http://localhost:8080/callback'

/** Somebody without a role. */
export const PERSON = 'farah.haddad'

/** An org with its authorization servers, and what tests do there. */
export interface OAuthStage extends RunningOkta {
  browser(): Browser
  /** Type user name and password on the pages of a visit. */
  typePassword(browser: Browser, visit: Visit, handle?: string): Promise<Visit>
  /** Address of an authorization request of the sample web app, changed as told; `null` leaves a parameter out. */
  authorizeUrl(changes?: Readonly<Record<string, string | null>>, server?: string): string
  /** Post a form to an address of the org, as a client does. */
  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>
  /** A code for the sample web app, with its verifier, of somebody who signs in for it. */
  code(options?: {
    readonly browser?: Browser
    readonly changes?: Readonly<Record<string, string | null>>
    readonly server?: string
    readonly handle?: string
  }): Promise<{ readonly code: string; readonly verifier: string; readonly answer: URL }>
  /** Tokens of the sample web app. */
  tokens(options?: Parameters<OAuthStage['code']>[0]): Promise<Readonly<Record<string, string>>>
}

/** The secret of the sample web app in the header. */
export const WEB_APP_BASIC = {
  authorization: `Basic ${Buffer.from(`${OKTA_SAMPLE_WEB_APP.clientId}:${OKTA_SAMPLE_WEB_APP.secret}`).toString('base64')}`,
} as const

export const WEB_APP = OKTA_SAMPLE_WEB_APP.clientId
export const SPA = OKTA_SAMPLE_SPA.clientId

/** Path in front of `/v1/…`. */
export function mountOf(server: string): string {
  return server === 'org' ? '/oauth2' : `/oauth2/${server}`
}

export async function startOAuth(world?: string): Promise<OAuthStage> {
  const okta = await startOkta(undefined, world)

  const typePassword: OAuthStage['typePassword'] = async (browser, visit, handle = PERSON) => {
    const password = await browser.send(visit, '/login/identify', { username: `${handle}@${DOMAIN}` })
    return browser.send(password, '/login/verify', { password: TRAINING_PASSWORD })
  }
  const authorizeUrl: OAuthStage['authorizeUrl'] = (changes = {}, server = 'default') => {
    const params = new URLSearchParams({
      client_id: WEB_APP,
      response_type: 'code',
      scope: 'openid profile email',
      redirect_uri: CALLBACK,
      state: 'state-of-a-test',
    })
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) params.delete(name)
      else params.set(name, value)
    }
    return `${okta.origin}${mountOf(server)}/v1/authorize?${params}`
  }
  const post: OAuthStage['post'] = (path, fields, headers = {}) =>
    call(`${okta.origin}${path}`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields).toString(),
    })
  const code: OAuthStage['code'] = async ({
    browser = createBrowser(okta.origin),
    changes = {},
    server,
    handle,
  } = {}) => {
    const verifier = randomPKCECodeVerifier()
    const challenge = await calculatePKCECodeChallenge(verifier)
    const url = authorizeUrl({ code_challenge: challenge, code_challenge_method: 'S256', ...changes }, server)
    const visit = await browser.visit(url)
    const answer = leftFor(visit.kind === 'left' ? visit : await typePassword(browser, visit, handle))
    return { code: answer.searchParams.get('code') ?? '', verifier, answer }
  }

  return {
    ...okta,
    browser: () => createBrowser(okta.origin),
    typePassword,
    authorizeUrl,
    post,
    code,
    async tokens(options = {}) {
      const { code: value, verifier } = await code(options)
      const answer = await post(
        `${mountOf(options.server ?? 'default')}/v1/token`,
        {
          grant_type: 'authorization_code',
          code: value,
          code_verifier: verifier,
          redirect_uri: options.changes?.['redirect_uri'] ?? CALLBACK,
        },
        WEB_APP_BASIC,
      )
      if (answer.status !== 200) throw new Error(answer.text)
      return JSON.parse(answer.text) as Readonly<Record<string, string>>
    },
  }
}
