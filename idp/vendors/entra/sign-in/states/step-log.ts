import type { Request } from 'express'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { statusOf } from '../../sign-in-logs/error-guide.ts'
import { logSignIn, requesterOf } from '../../sign-in-logs/record-sign-in.ts'
import type { AuthenticationDetail } from '../../sign-in-logs/records.ts'
import { type AadstsCode, type AadstsError, aadsts } from '../aadsts.ts'
import type { SignInDeps } from '../deps.ts'
import type { Step } from '../interaction-step.ts'
import { closedDoorOf } from './closed-door.ts'

/** What a step of signing in is logged with. */
export interface StepOutcome {
  readonly code: AadstsCode
  /** Absent where nobody has the name that was typed. */
  readonly user?: DirectoryUser | undefined
  readonly typedName?: string
  readonly methods?: readonly string[]
}

/** A note that keeps a page which is opened again from being logged again, with the ids it was logged under. */
const LOGGED_NOTE = 'logged'

const FAILED: Readonly<Partial<Record<AadstsCode, AuthenticationDetail>>> = {
  50126: failed('Password', 'Password in the cloud', 'Invalid username or password', 'Primary authentication'),
  500121: failed(
    'OATH verification code',
    'Authenticator app',
    'OATH verification code incorrect',
    'Multifactor authentication',
  ),
}

function failed(
  method: string,
  detail: string,
  result: string,
  requirement: AuthenticationDetail['requirement'],
): AuthenticationDetail {
  return { method, detail, succeeded: false, result, requirement }
}

/** The log and the journal of one interaction's steps. */
export function stepLog(deps: SignInDeps, req: Request) {
  const { system, oidc } = deps
  const { store, clock, journal } = system

  /** Whose log it belongs to: of the account; of the address; of the domain that was typed. `undefined`: nobody's. */
  const tenantOf = ({ realm }: Step, { user, typedName = '' }: StepOutcome): string | undefined => {
    if (user !== undefined) return user.tenantId
    // What is no user principal name may be a password in the wrong field: it goes into no log.
    const domain = /^[^@\s]+@([^@\s]+)$/.exec(typedName)?.[1]
    if (domain === undefined) return undefined
    const [tenant] = store.find('tenants', 'domain', domain.toLowerCase())
    return realm.kind === 'tenant' ? realm.tenant.id : tenant?.id
  }

  /** The error in words: the tenant is that of the address, where it names one. */
  const occurred = ({ application, realm }: Step, tenantId: string | undefined, outcome: StepOutcome): AadstsError => {
    const tenant = realm.kind === 'tenant' ? realm.tenant : store.get('tenants', tenantId ?? '')
    return aadsts(clock, outcome.code, {
      user: outcome.user?.userPrincipalName ?? outcome.typedName ?? '',
      clientId: application.appId,
      app: application.displayName,
      tenant: tenant?.displayName ?? realm.segment,
    })
  }

  const log = async (step: Step, outcome: StepOutcome): Promise<AadstsError> => {
    const { code, user, typedName, methods = [] } = outcome
    const { application } = step
    const tenantId = tenantOf(step, outcome)
    const error = occurred(step, tenantId, outcome)
    if (tenantId === undefined) return error
    const detail = FAILED[code]
    await logSignIn(system, {
      tenantId,
      kind: 'interactiveUser',
      clientId: application.appId,
      userId: user?.id,
      typedName,
      code,
      reason: error.text,
      from: requesterOf(req),
      methods,
      isFresh: true,
      requestId: error.traceId,
      correlationId: error.correlationId,
      ...(detail === undefined ? {} : { failed: detail }),
    })
    if (user === undefined || statusOf(code) !== 'failure') return error
    journal.record({
      kind: 'oidc',
      title: `Sign-in of ${user.userPrincipalName} to ${application.displayName}: AADSTS${code}`,
      subject: user.userPrincipalName,
      ...closedDoorOf(user, application.displayName, code),
    })
    return error
  }

  return {
    /** @returns the error, under the ids of its entry. */
    log,
    /** The same for a page, which may be opened again: it shows the ids of the entry it has. */
    async logOnce(step: Step, outcome: StepOutcome): Promise<AadstsError> {
      const mark = `${outcome.code}/${outcome.user?.id ?? ''}`
      const [logged, traceId, timestamp] = (step.pending.notes[LOGGED_NOTE] ?? '').split('|')
      if (logged === mark && traceId !== undefined && timestamp !== undefined) {
        return { ...occurred(step, outcome.user?.tenantId, outcome), traceId, timestamp }
      }
      const error = await log(step, outcome)
      await oidc.note(step.pending.uid, { [LOGGED_NOTE]: `${mark}|${error.traceId}|${error.timestamp}` })
      return error
    },
  }
}
