import type { DirectoryRoleName } from '../roles.ts'

/** What people may consent to for themselves ("User consent settings"). */
export type UserConsent =
  /** Everything that is not reserved to administrators. */
  | 'allow'
  /** Permissions classified as low impact, for apps registered in this organization. */
  | 'low-impact'
  | 'block'

/** Who may ask an administrator for what they may not consent to ("Admin consent settings"). */
export interface RequestSettings {
  readonly enabled: boolean
  readonly reviewerIds: readonly string[]
  /** Everybody who holds one of these roles reviews, too. */
  readonly reviewerRoles: readonly DirectoryRoleName[]
  /** Reviewers are told by mail. */
  readonly notify: boolean
  /** Virtual days a request waits for an answer. */
  readonly expireDays: number
}

/** How a tenant handles consent. Keyed by tenant id; what is absent is as in {@link CONSENT_DEFAULTS}. */
export interface ConsentSettings {
  readonly userConsent: UserConsent
  /** Delegated permissions of Graph classified as low impact. */
  readonly lowImpact?: readonly string[]
  readonly requests?: RequestSettings
}

/** How a tenant nobody has set up handles consent. */
export const CONSENT_DEFAULTS: Required<ConsentSettings> = {
  userConsent: 'allow',
  lowImpact: [],
  requests: { enabled: false, reviewerIds: [], reviewerRoles: [], notify: true, expireDays: 30 },
}

/** What became of a request for consent. */
export type RequestDecision = 'approve' | 'deny' | 'block'

/** People of a tenant ask for an app they may not consent to. Keyed by id; one waits per app at most. */
export interface ConsentRequest {
  readonly id: string
  readonly tenantId: string
  /** Client id of the app. */
  readonly appId: string
  /** Delegated permissions, as registrations write them. */
  readonly permissions: readonly string[]
  /** Who asks, and why; the first one made the request. */
  readonly asked: readonly { readonly userId: string; readonly reason: string; readonly at: string }[]
  readonly createdDateTime: string
  /** Virtual; nobody can answer it from then on. */
  readonly expiresDateTime: string
  readonly decision?: {
    readonly kind: RequestDecision
    /** Object id of the reviewer; absent for the kit. */
    readonly userId?: string
    readonly at: string
    readonly reason?: string
  }
}

/** Where a request stands, as its page words it. */
export type RequestState = 'Pending' | 'Approved' | 'Denied' | 'Blocked' | 'Expired'

const DECIDED: Readonly<Record<RequestDecision, RequestState>> = {
  approve: 'Approved',
  deny: 'Denied',
  block: 'Blocked',
}

/** Where a request stands at a virtual instant (ISO). Pure. */
export function requestState({ decision, expiresDateTime }: ConsentRequest, nowIso: string): RequestState {
  if (decision !== undefined) return DECIDED[decision.kind]
  return nowIso >= expiresDateTime ? 'Expired' : 'Pending'
}
