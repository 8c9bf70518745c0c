import type { AppUser, OktaApp } from '../apps/records.ts'
import type { OktaUser } from '../collections.ts'
import type { EventType } from '../system-log/event-types.ts'
import type { TaskKind } from './records.ts'
import type { ScimFailure } from './scim-client.ts'

/** A step that came to an end, for the System Log. */
export interface Step {
  readonly eventType: EventType
  /** Reason of the failure; absent: done. */
  readonly failure?: string
}

/** What a job came to. `apply` on the state is the runner's. */
export type Outcome =
  | {
      readonly kind: 'done'
      readonly steps: readonly Step[]
      readonly line: string
      readonly change?: Partial<AppUser>
    }
  | {
      readonly kind: 'failed'
      readonly steps: readonly Step[]
      /** Text of the task (reference sheet 2.9). */
      readonly message: string
      readonly task: TaskKind
      readonly change?: Partial<AppUser>
    }
  /** 429: the whole queue of the app waits. */
  | { readonly kind: 'wait'; readonly seconds: number | null; readonly detail: string }
  /** Nothing to do any more. */
  | { readonly kind: 'moot'; readonly line: string }

/** Somebody's account and where it is. */
export interface Subject {
  readonly app: OktaApp
  readonly user: OktaUser
  readonly appUser: AppUser
}

const CREDENTIALS = 'The credentials used to connect to the API were invalid; please check your configuration'

/** Why a call failed, in the words of a task: a refused token is told as such. */
export function reasonOf(failure: ScimFailure): string {
  return failure.status === 401 ? CREDENTIALS : failure.reason
}

export function provisioningFailed(userName: string, app: OktaApp, reason: string): string {
  return `Automatic provisioning of user ${userName} to app ${app.label} failed: ${reason}`
}

export function pushFailed(userName: string, displayName: string, app: OktaApp, reason: string): string {
  return `Automatic profile push of user ${displayName} to app ${app.label} failed: Error while trying to push profile update for ${userName}: ${reason}`
}

export function deprovisioningFailed(displayName: string, app: OktaApp, reason: string): string {
  return `Automatic deprovisioning of user ${displayName} from app ${app.label} failed: ${reason}`
}

export function groupPushFailed(name: string, reason: string): string {
  return `Unable to update Group Push mapping target App group ${name}: Error while creating user group ${name}: ${reason}`
}

/** A failure of any step: 429 waits, everything else is for an administrator (reference sheet 2.8). */
export function failedBy(
  failure: ScimFailure,
  failed: {
    readonly steps: readonly Step[]
    readonly message: string
    readonly task: TaskKind
    readonly change?: Partial<AppUser>
  },
): Outcome {
  if (failure.status === 429)
    return { kind: 'wait', seconds: failure.retryAfterSeconds ?? null, detail: failure.detail }
  return { kind: 'failed', ...failed }
}
