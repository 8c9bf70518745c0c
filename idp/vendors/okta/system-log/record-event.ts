import type { Clock } from '#kit/clock.ts'
import { guidOf, lettersOf, nextIdSeed } from '#kit/ids.ts'
import type { AppUser, OktaApp } from '../apps/records.ts'
import type { OktaUser, OktaWriter } from '../collections.ts'
import { EVENT_TYPES, type EventType, LEGACY_TYPES } from './event-types.ts'
import type { LogActor, LogTarget, SystemLogEvent } from './records.ts'

export interface EventNote {
  readonly eventType: EventType
  readonly actor: LogActor
  readonly target: readonly LogTarget[]
  /** The reason of a failure, as the log shows it; absent: success. */
  readonly failure?: string
  /** A warning, not an error. */
  readonly warns?: true
  /** Of a job; absent: what an administrator did by themselves. */
  readonly jobId?: string
  readonly debugData?: Readonly<Record<string, string>>
}

/** Id of a transaction: events of one command or job share it. */
export function newTransactionId(tx: OktaWriter): string {
  return lettersOf(nextIdSeed(tx), 'tra', 17)
}

/** Ascending keys: the collection is read as a feed. */
export function nextKey(tx: OktaWriter, counter: 'jobs' | 'system-log'): string {
  const value = (tx.get('oktaCounters', counter)?.value ?? 0) + 1
  tx.put('oktaCounters', counter, { value })
  return String(value).padStart(12, '0')
}

/** Write an event of the System Log, in the transaction of what it tells (reference sheet 2.9). */
export function recordEvent(tx: OktaWriter, clock: Clock, note: EventNote): SystemLogEvent {
  const key = nextKey(tx, 'system-log')
  const failed = note.failure !== undefined
  const legacyEventType = failed ? LEGACY_TYPES[note.eventType] : undefined
  const event: SystemLogEvent = {
    key,
    uuid: guidOf(nextIdSeed(tx)),
    published: clock.iso(),
    eventType: note.eventType,
    severity: note.warns === true ? 'WARN' : failed ? 'ERROR' : 'INFO',
    ...(legacyEventType === undefined ? {} : { legacyEventType }),
    displayMessage: EVENT_TYPES[note.eventType],
    actor: note.actor,
    outcome: { result: failed ? 'FAILURE' : 'SUCCESS', reason: note.failure ?? null },
    target: note.target,
    transaction: { type: note.jobId === undefined ? 'WEB' : 'JOB', id: note.jobId ?? newTransactionId(tx) },
    debugData: note.debugData ?? {},
  }
  tx.put('systemLog', key, event)
  return event
}

export function userTarget(user: Pick<OktaUser, 'id' | 'profile'>): LogTarget {
  const { firstName, lastName, login } = user.profile
  return { id: user.id, type: 'User', displayName: `${firstName} ${lastName}`, alternateId: login }
}

export function appTarget(app: Pick<OktaApp, 'id' | 'label'>): LogTarget {
  return { id: app.id, type: 'AppInstance', displayName: app.label, alternateId: app.label }
}

export function appUserTarget(appUser: Pick<AppUser, 'id' | 'userName'>, displayName: string): LogTarget {
  return { id: appUser.id, type: 'AppUser', displayName, alternateId: appUser.userName }
}

/** A group rule. */
export function ruleTarget(rule: { readonly id: string; readonly name: string }): LogTarget {
  return { id: rule.id, type: 'GroupRule', displayName: rule.name }
}

export function groupTarget(group: { readonly id: string; readonly name: string }): LogTarget {
  return { id: group.id, type: 'UserGroup', displayName: group.name }
}
