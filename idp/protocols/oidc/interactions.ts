import type { IncomingMessage, ServerResponse } from 'node:http'
import type { InteractionResults, Provider } from 'oidc-provider'

/** A request for sign-in or consent that waits for the person. */
export interface PendingInteraction {
  readonly uid: string
  /** Why it waits: `login`, `select_account`, `refusal`, `consent`. */
  readonly prompt: string
  readonly reasons: readonly string[]
  /** Parameters of the authorization request. */
  readonly params: Readonly<Record<string, string>>
  /** Who is signed in, if anybody is. */
  readonly accountId?: string
  /** What the pages have learnt so far. */
  readonly notes: Readonly<Record<string, string>>
}

/** What the person decided. Several steps add up. */
export type InteractionOutcome =
  | {
      readonly kind: 'signed-in'
      readonly accountId: string
      readonly remember: boolean
      readonly methods: readonly string[]
    }
  | { readonly kind: 'account-chosen' }
  | { readonly kind: 'consented' }
  | { readonly kind: 'refused'; readonly error: string; readonly description: string }

/** Requests that wait for a person: what they ask, what the vendor's pages have learnt, how they go on. */
export interface OidcInteractions {
  /** @returns `undefined` when it has expired, is done, or belongs to another browser. */
  interaction(req: IncomingMessage, res: ServerResponse, uid: string): Promise<PendingInteraction | undefined>
  /** Remember what a page has learnt, for the next page of the same interaction; `undefined` forgets. */
  note(uid: string, notes: Readonly<Record<string, string | undefined>>): Promise<void>
  /** End the interaction's step. @returns where to send the browser. */
  finish(uid: string, outcome: InteractionOutcome): Promise<string>
}

/**
 * The interactions of a provider.
 * @param provider The one in use at the moment of asking. @param cookieName Of the cookie by which a browser proves that one is its own.
 */
export function createInteractions(provider: () => Promise<Provider>, cookieName: string): OidcInteractions {
  const findInteraction = async (uid: string) => (await provider()).Interaction.find(uid)

  return {
    async interaction(req, res, uid) {
      const library = await provider()
      const cookies = library.createContext(req, res).cookies
      if (cookies.get(cookieName) !== uid) return undefined
      const found = await findInteraction(uid)
      if (found === undefined) return undefined
      const params: Record<string, string> = {}
      for (const [name, value] of Object.entries(found.params)) if (typeof value === 'string') params[name] = value
      return {
        uid,
        prompt: found.prompt.name,
        reasons: found.prompt.reasons,
        params,
        ...(found.session?.accountId === undefined ? {} : { accountId: found.session.accountId }),
        notes: notesOf(found.result),
      }
    },

    async note(uid, notes) {
      const found = await findInteraction(uid)
      if (found === undefined) return
      found.result = { ...found.result, notes: { ...notesOf(found.result), ...notes } }
      await found.persist()
    },

    async finish(uid, outcome) {
      const library = await provider()
      const found = await findInteraction(uid)
      if (found === undefined) throw new Error('The interaction is over.')
      if (outcome.kind === 'signed-in' && found.session !== undefined) {
        // The library would end another account's session by a form of its own; ending it here spares the person that page.
        // A session that is to last longer than it was made for is made anew, too.
        const old = await library.Session.findByUid(found.session.uid)
        if (old?.accountId !== outcome.accountId || (outcome.remember && old.transient)) {
          await old?.destroy()
          found.session = undefined
        }
      }
      found.result = resultOf(outcome, found.lastSubmission)
      await found.persist()
      return found.returnTo
    },
  }
}

function notesOf(result: InteractionResults | undefined): Readonly<Record<string, string>> {
  const notes: unknown = result?.['notes']
  return typeof notes === 'object' && notes !== null ? (notes as Record<string, string>) : {}
}

function resultOf(outcome: InteractionOutcome, before: InteractionResults | undefined): InteractionResults {
  switch (outcome.kind) {
    case 'signed-in':
      return {
        ...before,
        select_account: {},
        login: { accountId: outcome.accountId, remember: outcome.remember, amr: [...outcome.methods] },
      }
    case 'account-chosen':
      return { ...before, select_account: {} }
    case 'consented':
      return { ...before, consent: {} }
    case 'refused':
      return { error: outcome.error, error_description: outcome.description }
  }
}
