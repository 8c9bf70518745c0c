/** What `certify` finds out about a SCIM server: a matrix of checks by client, each with what went over the wire where it did not go well. */

/** The engines that are let loose on the server: one of Entra ID, and Okta's as an app of the wizard and as one of its catalog. */
export const CLIENTS = ['entra', 'okta', 'okta-catalog'] as const
export type ClientName = (typeof CLIENTS)[number]

export const CLIENT_TITLES: Readonly<Record<ClientName, string>> = {
  entra: 'Microsoft Entra ID, non-gallery app',
  okta: 'Okta, custom SCIM app',
  'okta-catalog': 'Okta, app of the catalog',
}

export type CheckId = `${ClientName}.${string}`

/** One thing a client will do. */
export interface Check {
  readonly id: CheckId
  readonly client: ClientName
  /** What the client does, in a sentence. */
  readonly does: string
  /** What it needs of the server for that. */
  readonly expects: string
}

/** A request of the client and its answer, as the kit's journal has them: credentials redacted. */
export interface Exchange {
  readonly method: string
  readonly url: string
  readonly requestBody?: string
  /** Absent: there was no answer, `error` says why. */
  readonly status?: number
  readonly mediaType?: string
  readonly retryAfter?: string
  /** When the server says it answered. */
  readonly date?: string
  readonly answerBody?: string
  readonly error?: string
}

/**
 * `warned`: the client goes on, and an administrator or another client may not. `not-reached`: something it needs went wrong
 * before, or the server gave no occasion for it.
 */
export type Outcome = 'survived' | 'warned' | 'failed' | 'not-reached'

export interface CheckResult extends Check {
  readonly outcome: Outcome
  /** What was found instead; absent where it survived. */
  readonly found?: string
  /** With `failed` and `warned`: the exchanges it was found in. */
  readonly exchanges: readonly Exchange[]
}

export interface Certificate {
  readonly server: string
  /** Begins the name of everything that was made. */
  readonly prefix: string
  readonly checks: readonly CheckResult[]
  /** Objects of this run that could not be deleted, in words. */
  readonly leftBehind: readonly string[]
  readonly removed: number
  readonly requests: number
}

/** Whether every check survived, with or without a warning. */
export function isPassed({ checks }: Pick<Certificate, 'checks'>): boolean {
  return checks.every(({ outcome }) => outcome === 'survived' || outcome === 'warned' || outcome === 'not-reached')
}

export function countOf({ checks }: Pick<Certificate, 'checks'>, outcome: Outcome): number {
  return checks.filter((check) => check.outcome === outcome).length
}

/** The line under the matrix. */
export function tellCertificate(certificate: Certificate): string {
  const parts = [`${countOf(certificate, 'survived')} survived`]
  for (const [outcome, word] of [
    ['warned', 'with a warning'],
    ['failed', 'failed'],
    ['not-reached', 'not reached'],
  ] as const) {
    const count = countOf(certificate, outcome)
    if (count > 0) parts.push(`${count} ${word}`)
  }
  return `${parts.join(', ')} (${certificate.requests} requests)`
}
