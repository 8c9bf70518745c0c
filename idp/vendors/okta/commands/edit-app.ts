import type { OktaApp } from '../apps/records.ts'
import type { OktaReader } from '../collections.ts'
import type { Change } from '../provisioning/queue.ts'
import type { EventType } from '../system-log/event-types.ts'
import { appTarget, recordEvent } from '../system-log/record-event.ts'
import type { Actor, CommandDeps } from './actor.ts'
import { inChange } from './in-change.ts'

/** Which app is changed, and what the System Log calls it. */
export interface AppEdit<A extends OktaApp> {
  /** The app, or a refusal of its kind. */
  readonly known: (reader: OktaReader) => A
  readonly eventType: EventType
}

/** Change an app's record, by an administrator of apps. @throws what `known` and `rewrite` throw: nothing is written then. */
export function editApp<A extends OktaApp>(
  deps: CommandDeps,
  actor: Actor,
  { known, eventType }: AppEdit<A>,
  rewrite: (change: Change, app: A) => A,
): Promise<A> {
  let before: A | undefined
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx, clock } = change
      before = known(tx)
      const after: A = { ...rewrite(change, before), lastUpdated: clock.iso() }
      tx.put('apps', after.id, after)
      recordEvent(tx, clock, { eventType, actor: change.actor, target: [appTarget(after)] })
      return after
    },
    (after) => ({
      title: `${after.label} was changed`,
      subject: after.label,
      change: { type: 'app', id: after.id, before, after },
    }),
  )
}
