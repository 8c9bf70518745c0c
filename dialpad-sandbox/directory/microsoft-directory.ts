import type { Request } from 'express'
import type { Outbound } from '#kit/http/outbound.ts'
import type { Sessions } from '#kit/http/sessions.ts'
import type { Vault } from '#kit/system/system.ts'
import { primaryEmail } from '../domain/user-states.ts'
import type { Company, DialpadUser } from '../records.ts'
import { createTokenShelf, type KeptTokens } from '../sign-in/microsoft/kept-tokens.ts'
import { type MicrosoftLogin, MicrosoftLoginFailed } from '../sign-in/microsoft/relying-party.ts'
import { createGraphPeople, type DirectoryPerson } from './graph-people.ts'

/** What a search in the directory comes to. */
export type DirectorySearch =
  | { readonly kind: 'people'; readonly people: readonly DirectoryPerson[]; readonly hasMore: boolean }
  /** The admin did not log in with Microsoft. */
  | { readonly kind: 'not-connected' }
  /** Microsoft takes neither the token nor its renewal any more; `words` are its own. */
  | { readonly kind: 'ended'; readonly words: string | undefined }
  | { readonly kind: 'denied'; readonly code: string }
  | { readonly kind: 'unreachable'; readonly reason: string }

/** The Microsoft directory of an admin's organization, read in the admin's name. */
export interface MicrosoftDirectory {
  /** Whether the admin of this session logged in with Microsoft, as a member of the company's organization. */
  isConnected(req: Request, admin: DialpadUser, company: Company): boolean
  /** People whose name or address begins with `text`: a few, never all. */
  search(req: Request, admin: DialpadUser, company: Company, text: string): Promise<DirectorySearch>
}

type Renewal =
  | { readonly kind: 'renewed'; readonly tokens: KeptTokens }
  | Extract<DirectorySearch, { kind: 'ended' | 'unreachable' }>

/**
 * Calls Graph with the access token of the login and renews it when Graph refuses it; how long a token is good is the provider's to say, so
 * no clock is asked. Refresh tokens are used once, so the requests of one session share a renewal.
 */
export function createMicrosoftDirectory(deps: {
  /** Address of Microsoft Graph, in front of `/v1.0`. */
  readonly graph: string
  readonly microsoft: MicrosoftLogin
  readonly sessions: Sessions
  readonly vault: Vault
  readonly outbound: Outbound
  /** Microsoft takes the person's tokens no more; `words` are its own. */
  readonly onEnded: (admin: DialpadUser, words: string | undefined) => void
}): MicrosoftDirectory {
  const { microsoft, sessions } = deps
  const shelf = createTokenShelf(deps.vault, sessions)
  const graph = createGraphPeople(deps.graph, deps.outbound)
  /** Renewals that are running, by the token of the session's forms. */
  const renewals = new Map<string, Promise<Renewal>>()

  /** The tokens of the session, if they are this person's and of the organization the company is connected to. */
  function tokensOf(req: Request, admin: DialpadUser, company: Company): KeptTokens | undefined {
    const kept = shelf.read(req)
    const isTheirs =
      kept !== undefined &&
      kept.tenantId === company.microsoftTenantId &&
      kept.tenantId === admin.microsoft?.tenantId &&
      kept.objectId === admin.microsoft.objectId
    return isTheirs ? kept : undefined
  }

  async function renew(req: Request, stale: KeptTokens): Promise<Renewal> {
    const current = shelf.read(req)
    if (current !== undefined && current.accessToken !== stale.accessToken) return { kind: 'renewed', tokens: current }
    const session = sessions.of(req)?.csrfToken ?? ''
    const running = renewals.get(session)
    if (running !== undefined) return running
    const started = renewAtMicrosoft(req, stale).finally(() => renewals.delete(session))
    renewals.set(session, started)
    return started
  }

  async function renewAtMicrosoft(req: Request, stale: KeptTokens): Promise<Renewal> {
    if (stale.refreshToken === undefined) return { kind: 'ended', words: undefined }
    try {
      const renewed = await microsoft.renew(stale, stale.refreshToken)
      const tokens = { ...stale, ...renewed, refreshToken: renewed.refreshToken ?? stale.refreshToken }
      await shelf.keep(req, tokens)
      return { kind: 'renewed', tokens }
    } catch (error) {
      if (!(error instanceof MicrosoftLoginFailed)) throw error
      const { failure } = error
      if (failure.kind === 'unreachable') return failure
      return { kind: 'ended', words: 'words' in failure ? failure.words : undefined }
    }
  }

  return {
    isConnected: (req, admin, company) => tokensOf(req, admin, company) !== undefined,

    async search(req, admin, company, text) {
      const kept = tokensOf(req, admin, company)
      if (kept === undefined) return { kind: 'not-connected' }
      const subject = primaryEmail(admin)
      const first = await graph.search(kept.accessToken, text, subject)
      if (first.kind !== 'unauthorized') return first
      const renewal = await renew(req, kept)
      const second =
        renewal.kind === 'renewed' ? await graph.search(renewal.tokens.accessToken, text, subject) : renewal
      if (second.kind !== 'unauthorized' && second.kind !== 'ended') return second
      await shelf.forget(req)
      deps.onEnded(admin, second.kind === 'ended' ? second.words : undefined)
      return second.kind === 'ended' ? second : { kind: 'ended', words: undefined }
    },
  }
}
