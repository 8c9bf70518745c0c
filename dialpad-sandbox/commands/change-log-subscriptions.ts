import { digitsOf, nextIdSeed } from '#kit/ids.ts'
import type { Reader } from '#kit/store/store.ts'
import type { Actor } from '../domain/change-log.ts'
import { notFound } from '../domain/refusal.ts'
import type { ChangeLogSubscription, DialpadShape } from '../records.ts'
import { hostOf, webhookOf } from './webhooks.ts'
import { act, type DialpadSystem } from './work.ts'

/** Subscriptions to the change log (reference sheet 4.6). Sending is `deliver-change-log.ts`. */

/** Send what happens from now on. @throws {DialpadRefusal} `not-found` for the webhook. */
export function subscribeToChangeLog(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  input: { readonly webhookId: string; readonly enabled: boolean },
): Promise<ChangeLogSubscription> {
  return act(system, actor, (work) => {
    const webhook = webhookOf(work.tx, companyId, input.webhookId)
    const id = digitsOf(nextIdSeed(work.tx))
    work.log(companyId, {
      action: 'event_subscription_created',
      note: `Change log events are sent to ${hostOf(webhook)}`,
      target: { type: 'event_subscription', id, name: 'Change log' },
    })
    const subscription: ChangeLogSubscription = {
      id,
      companyId,
      webhookId: webhook.id,
      enabled: input.enabled,
      position: work.tx.count('changeLog', 'company', companyId),
    }
    work.tx.put('changeLogSubscriptions', id, subscription)
    return subscription
  })
}

/** Switched on again, it sends what happens from then on. @throws {DialpadRefusal} `not-found`. */
export function updateChangeLogSubscription(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  id: string,
  change: { readonly webhookId?: string | undefined; readonly enabled?: boolean | undefined },
): Promise<ChangeLogSubscription> {
  return act(system, actor, (work) => {
    const before = changeLogSubscriptionOf(work.tx, companyId, id)
    const webhook = webhookOf(work.tx, companyId, change.webhookId ?? before.webhookId)
    const enabled = change.enabled ?? before.enabled
    work.log(companyId, {
      action: 'event_subscription_updated',
      note: `Change log events ${enabled ? `are sent to ${hostOf(webhook)}` : 'are not sent'}`,
      target: { type: 'event_subscription', id, name: 'Change log' },
    })
    const after: ChangeLogSubscription = {
      ...before,
      webhookId: webhook.id,
      enabled,
      position: before.enabled ? before.position : work.tx.count('changeLog', 'company', companyId),
    }
    work.tx.put('changeLogSubscriptions', id, after)
    return after
  })
}

/** @throws {DialpadRefusal} `not-found`. */
export function unsubscribeFromChangeLog(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  id: string,
): Promise<ChangeLogSubscription> {
  return act(system, actor, (work) => {
    const subscription = changeLogSubscriptionOf(work.tx, companyId, id)
    work.tx.delete('changeLogSubscriptions', id)
    work.log(companyId, {
      action: 'event_subscription_deleted',
      note: 'Change log events are not sent any more',
      target: { type: 'event_subscription', id, name: 'Change log' },
    })
    return subscription
  })
}

/** A subscription of the company. @throws {DialpadRefusal} `not-found`. */
export function changeLogSubscriptionOf(
  reader: Reader<DialpadShape>,
  companyId: string,
  id: string,
): ChangeLogSubscription {
  const subscription = reader.get('changeLogSubscriptions', id)
  if (subscription === undefined || subscription.companyId !== companyId) throw notFound('Event subscription', id)
  return subscription
}
