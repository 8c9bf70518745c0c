import type { JournalEntry } from '#kit/journal.ts'

/** What an application asked of the sign-in service, and what became of it. */
export interface SignInRequest {
  /** Virtual, ISO. */
  readonly at: string
  readonly endpoint: 'authorize' | 'token' | 'devicecode'
  /** Whom the address names: a tenant, or `common` and the like. */
  readonly place: string
  readonly clientId: string
  readonly redirectUri?: string
  readonly grantType?: string
  /** Number of the refusal. */
  readonly code?: number
}

const ENDPOINT = /^\/([^/]+)\/oauth2\/v2\.0\/(authorize|token|devicecode)$/

/** Read an exchange of the journal. @returns `undefined` for one that is none of these, or names no application. Pure. */
export function readSignInRequest({ virtualAt, request, response }: JournalEntry): SignInRequest | undefined {
  const [path = '', search = ''] = (request?.url ?? '').split('?')
  const [, place, endpoint] = ENDPOINT.exec(path) ?? []
  if (place === undefined || !isEndpoint(endpoint)) return undefined
  const [query, form] = [new URLSearchParams(search), new URLSearchParams(request?.body ?? '')]
  const said = (name: string): string | undefined => query.get(name) ?? form.get(name) ?? undefined
  const clientId = said('client_id')
  if (clientId === undefined) return undefined
  const [redirectUri, grantType] = [said('redirect_uri'), said('grant_type')]
  const code = /AADSTS(\d+)/.exec(response?.body ?? '')?.[1]
  return {
    at: virtualAt,
    endpoint,
    place,
    clientId,
    ...(redirectUri === undefined ? {} : { redirectUri }),
    ...(grantType === undefined ? {} : { grantType }),
    ...(code === undefined ? {} : { code: Number(code) }),
  }
}

function isEndpoint(word: string | undefined): word is SignInRequest['endpoint'] {
  return word === 'authorize' || word === 'token' || word === 'devicecode'
}
