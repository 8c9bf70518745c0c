import type { OktaApp } from '../apps/records.ts'
import type { OktaSystem } from '../collections.ts'
import { logActorOf } from '../commands/actor.ts'
import type { Change } from '../provisioning/queue.ts'
import { settleAssignment } from './settle.ts'

/**
 * What a group's assignment means for its members, where they are many: the first of them in the command's own transaction, the
 * rest in slices, so that pages and other commands get their turn. What is left to do is in the store, and settling again does
 * nothing, so a kill in the middle costs nobody their assignment.
 */

/** People settled in one go: some milliseconds. */
const SLICE = 25

/** People of an app to be settled yet. Keyed by the transaction and the app. */
export interface Sweep {
  readonly key: string
  readonly appId: string
  readonly userIds: readonly string[]
  readonly actorId?: string
  readonly transactionId: string
  readonly createdAt: string
}

/** Settle the assignments of these people; mapped values are left as they are. */
export function settlePeople(change: Change, app: OktaApp, userIds: readonly string[]): void {
  const { tx, clock, actor, transactionId } = change
  settleSlice(change, app, userIds.slice(0, SLICE))
  const rest = userIds.slice(SLICE)
  if (rest.length === 0) return
  const key = `${transactionId}/${app.id}`
  tx.put('sweeps', key, {
    key,
    appId: app.id,
    userIds: rest,
    transactionId,
    createdAt: clock.iso(),
    ...(actor.type === 'User' ? { actorId: actor.id } : {}),
  })
}

function settleSlice(change: Change, app: OktaApp, userIds: readonly string[]): void {
  for (const userId of userIds) {
    const user = change.tx.get('users', userId)
    if (user !== undefined) settleAssignment(change, app, user, true)
  }
}

/** One at a time for each system, whoever asks. */
const underWay = new WeakMap<OktaSystem, Promise<void>>()

/** Settle everybody who is left: of the command that has just been done, or of one that a kill cut short. */
export async function finishSweeps(system: OktaSystem): Promise<void> {
  while (system.store.count('sweeps') > 0) {
    const known = underWay.get(system)
    const work = known ?? sweepAll(system).finally(() => underWay.delete(system))
    if (known === undefined) underWay.set(system, work)
    await work
  }
}

async function sweepAll(system: OktaSystem): Promise<void> {
  for (let next = firstOf(system); next !== undefined; next = firstOf(system)) {
    for (let at = 0; at < next.userIds.length && system.store.has('sweeps', next.key); at += SLICE) {
      await sweepSlice(system, next, at)
      system.schedule.touch()
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
  }
}

function firstOf({ store }: OktaSystem): Sweep | undefined {
  return store.page('sweeps', 0, 1)[0]
}

function sweepSlice({ store, clock }: OktaSystem, sweep: Sweep, at: number): Promise<void> {
  return store.transact((tx) => {
    // The state was replaced meanwhile.
    if (tx.get('sweeps', sweep.key)?.createdAt !== sweep.createdAt) return
    const app = tx.get('apps', sweep.appId)
    const actor = logActorOf(tx, sweep.actorId)
    const change: Change = { tx, clock, actor, transactionId: sweep.transactionId }
    if (app !== undefined) settleSlice(change, app, sweep.userIds.slice(at, at + SLICE))
    if (app === undefined || at + SLICE >= sweep.userIds.length) tx.delete('sweeps', sweep.key)
  })
}
