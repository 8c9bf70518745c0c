import type { Request } from 'express'
import type { DirectoryUser, ServicePrincipal } from '#idp/core/directory/records.ts'
import { ASSERTION_GRANT } from '#idp/protocols/oidc/assertion-grant.ts'
import type { OidcEvent } from '#idp/protocols/oidc/policy.ts'
import { samlClient } from '../../saml/client.ts'
import { signIns } from '../../sign-in-logs/find-sign-ins.ts'
import { logSignIn, recordSignIn, requesterOf, type SignInNote } from '../../sign-in-logs/record-sign-in.ts'
import type { AadstsError } from '../aadsts.ts'
import { liveAccount } from '../accounts.ts'
import type { ApplicationGrant } from '../client-credentials.ts'
import { CORRELATION } from '../correlation.ts'
import type { SignInDeps } from '../deps.ts'
import { DEVICE_GRANT, type TokenRequest } from '../token-request.ts'
import { clientOf } from '../tokens/client-proof.ts'
import { readScopes } from '../tokens/resource-scopes.ts'
import { closedDoorOf } from './closed-door.ts'
import { noteSignIn } from './judge-sign-in.ts'

/** An error as its text tells it, for the log: the numbers people are asked for by support. */
interface ToldError {
  readonly code: number
  readonly reason: string
  readonly requestId: string | undefined
  readonly correlationId: string | undefined
}

const ERROR = /^AADSTS(\d+): (.*?)(?: Trace ID: ([\w-]+) Correlation ID: ([\w-]+) Timestamp: .*)?$/s

function readError(description: string): ToldError | undefined {
  const found = ERROR.exec(description)
  if (found === null) return undefined
  const [, code, reason = '', requestId, correlationId] = found
  return { code: Number(code), reason, requestId, correlationId }
}

function told({ code, text, traceId, correlationId }: AadstsError): ToldError {
  return { code, reason: text, requestId: traceId, correlationId }
}

/** The first API among the scopes, as the log names resources; `undefined` for Graph. */
function resourceOf({ system }: Pick<SignInDeps, 'system'>, clientId: string, scope: string): SignInNote['resource'] {
  const application = system.store.find('applications', 'appId', clientId)[0]
  if (application === undefined || scope.trim() === '') return undefined
  const reading = readScopes(system, scope, application)
  const resource = reading.kind === 'scopes' ? reading.resources[0]?.resource : undefined
  return resource?.kind === 'api'
    ? { displayName: resource.application.displayName, id: resource.application.appId }
    : undefined
}

/**
 * Logs what becomes of authorization requests: the answer, however many pages it took, and errors of requests that would not have anybody
 * asked. What the pages themselves refuse is logged by them; single sign-on by SAML logs its own answers.
 */
export function witnessAuthorization(deps: SignInDeps, req: Request, protocol: SignInNote['protocol'] = 'oAuth2') {
  const { system } = deps
  const from = requesterOf(req)
  return async ({ outcome, accountId, clientId, request, authentication, isFresh }: OidcEvent): Promise<void> => {
    const user = accountId === undefined ? undefined : liveAccount(system.store, accountId)
    if (user === undefined || clientId === undefined) return
    const isSilent = request.params['prompt'] === 'none'
    const error = outcome.kind === 'refused' ? readError(outcome.description) : undefined
    const isLogged =
      (outcome.kind === 'answered' || error !== undefined) &&
      samlClient(system.store, clientId, system.origin) === undefined
    if (!isFresh && !isLogged) return
    await system.store.transact((tx) => {
      if (isFresh) noteSignIn(tx, system.clock, user.id, authentication)
      if (!isLogged) return
      recordSignIn(tx, system.clock, {
        tenantId: user.tenantId,
        kind: isSilent ? 'nonInteractiveUser' : 'interactiveUser',
        clientId,
        userId: user.id,
        from,
        methods: authentication.methods,
        isFresh,
        resource: resourceOf(deps, clientId, request.scopes.join(' ')),
        ...(protocol === undefined ? {} : { protocol }),
        sessionId: authentication.sessionId,
        correlationId: request.params[CORRELATION],
        ...error,
      })
    })
  }
}

/**
 * The correlation id of the sign-in a code came of, as the log has it: a client that names none at the token endpoint goes on under it.
 * `undefined` for a code nobody knows.
 */
export async function correlationOfCode(
  { system, oidc }: SignInDeps,
  code: string | null,
): Promise<string | undefined> {
  const trace = code === null ? undefined : await oidc.trace('AuthorizationCode', code)
  const user = trace?.accountId === undefined ? undefined : liveAccount(system.store, trace.accountId)
  if (trace === undefined || user === undefined) return undefined
  const { sessionId } = trace.authentication
  const filter = { userId: user.id, kind: 'interactiveUser', status: 'success' } as const
  for (const entry of signIns(system.store, user.tenantId, system.clock.now(), filter)) {
    if (entry.app.appId === trace.clientId && entry.sessionId === sessionId) return entry.correlationId
  }
  return undefined
}

/** Grants nobody is asked for: each is a sign-in of its own in the log. */
const SILENT_GRANTS: readonly string[] = ['refresh_token', ASSERTION_GRANT]

/** Logs what the provider makes of token requests: renewals, exchanges on behalf of somebody, and whatever is refused. */
export function witnessToken(deps: SignInDeps, req: Request, request: TokenRequest) {
  const from = requesterOf(req)
  return async ({ outcome, accountId, authentication }: OidcEvent): Promise<void> => {
    const error = outcome.kind === 'refused' ? readError(outcome.description) : undefined
    const isRenewal = SILENT_GRANTS.includes(request.given.get('grant_type') ?? '')
    if (error === undefined && !(isRenewal && outcome.kind === 'answered')) return
    await logToken(deps, request, { from, error, accountId, methods: authentication.methods })
  }
}

/** Logs a token request that was refused before the provider saw it. */
export async function logTokenRefusal(
  deps: SignInDeps,
  req: Request,
  request: TokenRequest,
  error: AadstsError,
): Promise<void> {
  await logToken(deps, request, { from: requesterOf(req), error: told(error) })
}

/** A device that asks before its person has answered is nothing to log. */
const PENDING = 70016

async function logToken(
  deps: SignInDeps,
  { realm, given, authorization, origin }: TokenRequest,
  what: Pick<SignInNote, 'from' | 'methods'> & {
    readonly error?: ToldError | undefined
    readonly accountId?: string | undefined
  },
): Promise<void> {
  const { system, oidc } = deps
  const { error, accountId = await accountOf(oidc, given), from, methods = [] } = what
  if (error?.code === PENDING) return
  const { clientId } = clientOf(given, authorization)
  const user = accountId === undefined ? undefined : liveAccount(system.store, accountId)
  const tenantId = user?.tenantId ?? (realm.kind === 'tenant' ? realm.tenant.id : undefined)
  if (tenantId === undefined) return
  await logSignIn(system, {
    tenantId,
    kind: 'nonInteractiveUser',
    clientId,
    userId: user?.id,
    from,
    methods,
    isProgram: origin === undefined,
    resource: resourceOf(deps, clientId, given.get('scope') ?? ''),
    protocol: given.get('grant_type') === DEVICE_GRANT ? 'deviceCode' : 'oAuth2',
    ...error,
  })
}

/** Whose code, refresh token or assertion it is. */
async function accountOf(oidc: SignInDeps['oidc'], given: URLSearchParams): Promise<string | undefined> {
  for (const [field, model] of [
    ['code', 'AuthorizationCode'],
    ['refresh_token', 'RefreshToken'],
    ['device_code', 'DeviceCode'],
  ] as const) {
    const value = given.get(field)
    if (value !== null) return (await oidc.trace(model, value))?.accountId
  }
  const assertion = await oidc.readToken(given.get('assertion') ?? '')
  return assertion.kind === 'valid' && typeof assertion.claims['oid'] === 'string' ? assertion.claims['oid'] : undefined
}

/** Logs an application's sign-in by itself. Where the address names no tenant, there is no log to be in. */
export async function logApplicationGrant(
  deps: SignInDeps,
  req: Request,
  { realm, given, authorization }: TokenRequest,
  grant: ApplicationGrant,
): Promise<void> {
  if (realm.kind !== 'tenant') return
  const { clientId } = clientOf(given, authorization)
  await logSignIn(deps.system, {
    tenantId: realm.tenant.id,
    kind: 'servicePrincipal',
    clientId,
    from: requesterOf(req),
    isProgram: true,
    resource: resourceOf(deps, clientId, given.get('scope') ?? ''),
    ...(grant.kind === 'refused' ? told(grant.error) : {}),
  })
}

/** A sign-on by SAML that is answered, or refused by a rule. */
export interface SamlSignOn {
  readonly app: Pick<ServicePrincipal, 'appId' | 'displayName'>
  readonly user: DirectoryUser
  readonly methods: readonly string[]
  readonly error?: AadstsError
}

/** Logs an answer by SAML, or why there is none. What the pages before it refused is logged by them. */
export async function logSamlSignIn(deps: SignInDeps, req: Request, signOn: SamlSignOn): Promise<void> {
  const { app, user, methods, error } = signOn
  if (error !== undefined) {
    deps.system.journal.record({
      kind: 'saml',
      title: `Sign-in of ${user.userPrincipalName} to ${app.displayName}: AADSTS${error.code}`,
      subject: user.userPrincipalName,
      ...closedDoorOf(user, app.displayName, error.code),
    })
  }
  await logSignIn(deps.system, {
    tenantId: user.tenantId,
    kind: 'interactiveUser',
    clientId: app.appId,
    userId: user.id,
    from: requesterOf(req),
    methods,
    resource: { displayName: app.displayName, id: app.appId },
    protocol: 'saml20',
    ...(error === undefined ? {} : told(error)),
  })
}
