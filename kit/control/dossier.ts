import { z } from 'zod'
import { type ControlRoute, controlRoute } from './control-route.ts'

/**
 * What a system knows of one person or group at present, for stories told over several systems: where they stand, and, in a
 * directory, what becomes of them in each app and by which rule.
 */
export interface Dossier {
  readonly kind: 'person' | 'group'
  readonly id: string
  readonly name: string
  /** How the journal speaks of them: addresses, names, ids in targets. */
  readonly subjects: readonly string[]
  /** Groups and apps, by the names the journal has for them, whose changes may be the reason for theirs. */
  readonly related: readonly string[]
  /** `stopped`: there, and cannot sign in. `deleted`: in a recycle bin, or what is left of them. */
  readonly standing: 'working' | 'pending' | 'stopped' | 'deleted'
  /** The same in the product's own words: `Sign-in blocked`. */
  readonly words: string
  /** Path of their page in the product. */
  readonly path?: string
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  /** In a directory: one for each app that could have an account of theirs. */
  readonly apps: readonly AppStanding[]
  /** How this system came to it, where it knows by itself: a deed by hand, a best guess. */
  readonly reason?: DossierReason
}

/** Somebody and one app, as the directory sees it. */
export interface AppStanding {
  readonly app: string
  readonly id: string
  /** `directly`, or names of groups; none: not assigned. */
  readonly assigned: readonly string[]
  /** The account in the app: `off` once it was there and has been switched off. */
  readonly account: 'working' | 'off' | 'none'
  readonly accountId?: string
  /** Why there is no working account, or why it works although one would not expect it; absent: as it should be. */
  readonly reason?: DossierReason
}

export interface DossierReason {
  /** A closed word of the product: `unassigned`, `filtered`, `blocked`. */
  readonly code: string
  /** Ends a sentence that begins with the name: `is not assigned to Payroll`. */
  readonly words: string
  readonly rule: Rule
}

/** A rule of the product and where it is published. */
export interface Rule {
  readonly words: string
  readonly source: string
  /** Row of the fidelity ledger, where there is one. */
  readonly id?: string
}

/** Somebody found by a search. */
export interface FoundSubject {
  readonly kind: Dossier['kind']
  readonly name: string
  /** Address, or the name of a group: what a story is asked by. */
  readonly subject: string
}

export interface DossierKeeper {
  /** People and groups whose name or address begins with the text, `limit` at most. Must not read everybody. */
  search(text: string, limit: number): readonly FoundSubject[]
  /** Everybody known by that id, address or name of a group, those deleted included. */
  of(subject: string): readonly Dossier[]
}

/** `GET /subjects?text=…` and `GET /dossiers?of=…`. */
export function dossierRoutes(keeper: DossierKeeper): readonly ControlRoute[] {
  return [
    controlRoute({
      method: 'GET',
      path: '/subjects',
      query: z.strictObject({
        text: z.string().trim().min(1),
        limit: z.coerce.number().int().min(1).max(50).default(10),
      }),
      handle: ({ query: { text, limit } }) => ({ subjects: keeper.search(text, limit) }),
    }),
    controlRoute({
      method: 'GET',
      path: '/dossiers',
      query: z.strictObject({ of: z.string().trim().min(1) }),
      handle: ({ query }) => ({ dossiers: keeper.of(query.of) }),
    }),
  ]
}

/** A row of a ledger as a rule. @throws when the ledger has no such row: a bug. */
export function ruleOf(
  ledger: readonly { readonly id: string; readonly behaviour: string; readonly source: string }[],
  id: string,
): Rule {
  const row = ledger.find((each) => each.id === id)
  if (row === undefined) throw new Error(`The ledger has no row ${id}.`)
  return { words: row.behaviour, source: row.source, id }
}
