import type { Request } from 'express'
import { applicationByAppId, servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { Clock } from '#kit/clock.ts'
import { guidOf } from '#kit/ids.ts'
import type { EntraSystem, EntraWriter } from '../collections.ts'
import { correlationId } from '../sign-in/correlation.ts'
import { statusOf } from './error-guide.ts'
import type { AuthenticationDetail, Requester, SignInEntry, SignInKind } from './records.ts'

/** How long an entry is kept (premium retention), and how many at most; whichever is reached first. */
export const SIGN_INS_KEPT_MS = 30 * 24 * 60 * 60 * 1000
const SIGN_INS_KEPT = 20_000

/** Old entries removed with each new one at most. */
const TRIM_AT_ONCE = 20

/** Longest browser name that is kept, in characters. */
const LONGEST_USER_AGENT = 256
/** Longest failure reason, in characters: errors quote what was asked for, which anybody may make as long as a form can be. */
const LONGEST_REASON = 1024

/** A sign-in as the place that decides it knows it. */
export interface SignInNote {
  readonly tenantId: string
  readonly kind: SignInKind
  readonly clientId: string
  /** Who; absent for an application by itself. */
  readonly userId?: string | undefined
  /** What was typed, where nobody has that name. */
  readonly typedName?: string | undefined
  /** Number of the error; absent for a success. */
  readonly code?: number | undefined
  /** The error's text, with or without its number in front. */
  readonly reason?: string | undefined
  readonly from: Requester
  /** Methods that were used (RFC 8176): `pwd`, `mfa`. */
  readonly methods?: readonly string[] | undefined
  /** Whether they were used for this sign-in, not for an earlier one of the same session. */
  readonly isFresh?: boolean
  /** What failed or interrupted it, when it was a step of proving who one is. */
  readonly failed?: AuthenticationDetail
  /** Absent: Graph. */
  readonly resource?: { readonly displayName: string; readonly id: string } | undefined
  readonly protocol?: SignInEntry['protocol']
  /** Name of the browser's session, which opens nothing. */
  readonly sessionId?: string | undefined
  /** Of a program rather than a browser. */
  readonly isProgram?: boolean
  /** Of the error that was shown; absent: made, and the correlation id of what goes on. */
  readonly requestId?: string | undefined
  readonly correlationId?: string | undefined
}

const GRAPH = { displayName: 'Microsoft Graph', id: '00000003-0000-0000-c000-000000000000' }

/** Where a request came from. */
export function requesterOf(req: Pick<Request, 'socket' | 'headers'>): Requester {
  const address = req.socket.remoteAddress ?? ''
  return {
    ipAddress: address.replace(/^::ffff:/, ''),
    userAgent: (req.headers['user-agent'] ?? '').slice(0, LONGEST_USER_AGENT),
  }
}

/**
 * Keep one entry. An application nobody registered has no log to be in: `undefined`. Ids come from a counter of its own, so that signing
 * in does not change the ids of what is made.
 */
export function recordSignIn(tx: EntraWriter, clock: Pick<Clock, 'iso'>, note: SignInNote): SignInEntry | undefined {
  const application = applicationByAppId(tx, note.clientId)
  if (application === undefined) return undefined
  const user = note.userId === undefined ? undefined : tx.get('users', note.userId)
  const principal = servicePrincipalByAppId(tx, note.tenantId, note.clientId)
  const value = (tx.get('signInLogCounter', 'log')?.value ?? 0) + 1
  const key = String(value).padStart(15, '0')
  const id = note.requestId ?? guidOf(`${tx.get('kitMeta', 'world')?.world ?? ''}/sign-in/${value}`)
  const { code = 0, methods = [], protocol = 'oAuth2' } = note
  const hasMfa = methods.includes('mfa')
  const entry: SignInEntry = {
    key,
    id,
    tenantId: note.tenantId,
    at: clock.iso(),
    kind: note.kind,
    status: statusOf(code),
    errorCode: code,
    failureReason: (note.reason ?? '').replace(/^AADSTS\d+: /, '').slice(0, LONGEST_REASON),
    ...userOf(user, note),
    app: {
      appId: note.clientId,
      displayName: principal?.displayName ?? application.displayName,
      ...(principal === undefined ? {} : { principalId: principal.id }),
    },
    resource: note.resource ?? GRAPH,
    ...note.from,
    clientApp: note.isProgram || protocol === 'deviceCode' ? 'Mobile Apps and Desktop clients' : 'Browser',
    requirement: hasMfa || MFA_CODES.includes(code) ? 'multiFactorAuthentication' : 'singleFactorAuthentication',
    protocol,
    details: [
      ...detailsOf(note.kind, methods, note.isFresh ?? false),
      ...(note.failed === undefined ? [] : [note.failed]),
    ],
    ...(note.sessionId === undefined ? {} : { sessionId: note.sessionId }),
    correlationId: note.correlationId ?? correlationId(),
  }
  tx.put('signInLogCounter', 'log', { value })
  tx.put('signInLogs', key, entry)
  trim(tx, Date.parse(entry.at))
  return entry
}

/** The same in a transaction of its own: what it is about wrote nothing, or has written already. */
export async function logSignIn(system: Pick<EntraSystem, 'store' | 'clock'>, note: SignInNote): Promise<void> {
  await system.store.transact((tx) => recordSignIn(tx, system.clock, note))
}

/** Numbers that are about the second factor. */
const MFA_CODES: readonly number[] = [50074, 50076, 50079, 500121]

function userOf(user: { id: string; displayName: string; userPrincipalName: string } | undefined, note: SignInNote) {
  if (note.kind === 'servicePrincipal') return {}
  if (user !== undefined) {
    const { id, displayName, userPrincipalName } = user
    return { user: { id, displayName, userPrincipalName } }
  }
  const name = note.typedName ?? ''
  return { user: { displayName: name, userPrincipalName: name } }
}

function detailsOf(kind: SignInKind, methods: readonly string[], isFresh: boolean): readonly AuthenticationDetail[] {
  if (kind === 'servicePrincipal') return []
  const satisfied = (requirement: AuthenticationDetail['requirement'], what: string): AuthenticationDetail => ({
    method: 'Previously satisfied',
    detail: '',
    succeeded: true,
    result: `${what} requirement satisfied by claim in the token`,
    requirement,
  })
  return methods.flatMap((method): readonly AuthenticationDetail[] => {
    switch (method) {
      case 'pwd':
        return [
          isFresh
            ? {
                method: 'Password',
                detail: 'Password in the cloud',
                succeeded: true,
                result: 'Correct password',
                requirement: 'Primary authentication',
              }
            : satisfied('Primary authentication', 'First factor'),
        ]
      case 'mfa':
        return [
          isFresh
            ? {
                method: 'OATH verification code',
                detail: 'Authenticator app',
                succeeded: true,
                result: 'MFA successfully completed',
                requirement: 'Multifactor authentication',
              }
            : satisfied('Multifactor authentication', 'MFA'),
        ]
      default:
        return []
    }
  })
}

function trim(tx: EntraWriter, nowMs: number): void {
  let surplus = tx.count('signInLogs') - SIGN_INS_KEPT
  for (const [key, entry] of tx.after('signInLogs', null, TRIM_AT_ONCE)) {
    if (surplus <= 0 && nowMs - Date.parse(entry.at) <= SIGN_INS_KEPT_MS) return
    tx.delete('signInLogs', key)
    surplus -= 1
  }
}
