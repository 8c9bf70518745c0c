import type { Request, Response } from 'express'
import { applicationByAppId } from '#idp/core/directory/applications.ts'
import type { Application, DirectoryUser } from '#idp/core/directory/records.ts'
import type { PendingInteraction } from '#idp/protocols/oidc/interactions.ts'
import { hashSecret } from '#kit/secrets.ts'
import { liveAccount } from './accounts.ts'
import type { SignInDeps } from './deps.ts'
import { type Realm, readRealm } from './tenancy.ts'

/** One request of one interaction: what the pages and forms of a sign-in work on. */
export interface Step {
  readonly pending: PendingInteraction
  readonly realm: Realm
  readonly application: Application
  /** Address of the interaction. */
  readonly action: string
  readonly scopes: readonly string[]
  /** Who is signed in, if anybody is. */
  readonly current: DirectoryUser | undefined
}

/** Note of an interaction in which the session it began with was ended. */
export const SIGNED_OUT_NOTE = 'signedOut'

/** Requests below `/{realm}/login/{uid}`. */
export type StepRequest = Request<{ realm: string; uid: string }>

/** @returns `undefined` when the interaction is over, belongs to another browser, or its application is gone. */
export async function readStep(deps: SignInDeps, req: StepRequest, res: Response): Promise<Step | undefined> {
  const { store } = deps.system
  const { realm: segment, uid } = req.params
  const pending = await deps.oidc.interaction(req, res, uid)
  const application = applicationByAppId(store, pending?.params['client_id'] ?? '')
  if (pending === undefined || application === undefined) return undefined
  return {
    pending,
    application,
    realm: readRealm(store, segment),
    action: `/${segment}/login/${uid}`,
    scopes: (pending.params['scope'] ?? '').split(' ').filter(Boolean),
    current:
      pending.accountId === undefined || pending.notes[SIGNED_OUT_NOTE] !== undefined
        ? undefined
        : liveAccount(store, pending.accountId),
  }
}

/**
 * Which session of this browser the forms belong to. The interaction's own cookie stands in its address as well, so it alone
 * does not prove that the browser which gave the password is the one that goes on.
 */
export function browserOf({ sessions }: SignInDeps, req: Request): string {
  return hashSecret(sessions.of(req)?.csrfToken ?? '')
}

/** Who has given the password in this browser session, and may still sign in. */
export function authenticatedIn(deps: SignInDeps, { pending }: Step, req: Request): DirectoryUser | undefined {
  const accountId = pending.notes['accountId']
  if (accountId === undefined || pending.notes['browser'] !== browserOf(deps, req)) return undefined
  const user = liveAccount(deps.system.store, accountId)
  return user?.accountEnabled ? user : undefined
}
