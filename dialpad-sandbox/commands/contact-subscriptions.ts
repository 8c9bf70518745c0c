import { digitsOf, nextIdSeed } from '#kit/ids.ts'
import type { Reader } from '#kit/store/store.ts'
import type { Actor, ChangeLine } from '../domain/change-log.ts'
import { notFound } from '../domain/refusal.ts'
import type { ContactSubscription, DialpadShape } from '../records.ts'
import { webhookOf } from './webhooks.ts'
import { act, type DialpadSystem } from './work.ts'

/** Subscriptions to contact events (reference sheet 4.6): kept; nothing happens that would be sent (FID-DIALPAD-REST-22). */

/** @throws {DialpadRefusal} `not-found` for the webhook. */
export function subscribeToContacts(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  input: Pick<ContactSubscription, 'webhookId' | 'enabled' | 'contactType'>,
): Promise<ContactSubscription> {
  return act(system, actor, (work) => {
    webhookOf(work.tx, companyId, input.webhookId)
    const subscription: ContactSubscription = { id: digitsOf(nextIdSeed(work.tx)), companyId, ...input }
    work.tx.put('contactSubscriptions', subscription.id, subscription)
    const note = `Events of ${input.contactType} contacts subscribed to`
    work.log(companyId, { action: 'event_subscription_created', note, target: target(subscription) })
    return subscription
  })
}

/** Absent members stay. @throws {DialpadRefusal} `not-found`. */
export function updateContactSubscription(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  id: string,
  change: Partial<Pick<ContactSubscription, 'webhookId' | 'enabled' | 'contactType'>>,
): Promise<ContactSubscription> {
  return act(system, actor, (work) => {
    const after: ContactSubscription = { ...contactSubscriptionOf(work.tx, companyId, id), ...change }
    webhookOf(work.tx, companyId, after.webhookId)
    work.tx.put('contactSubscriptions', id, after)
    const note = `Events of ${after.contactType} contacts are ${after.enabled ? 'sent' : 'not sent'}`
    work.log(companyId, { action: 'event_subscription_updated', note, target: target(after) })
    return after
  })
}

/** @throws {DialpadRefusal} `not-found`. */
export function unsubscribeFromContacts(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  id: string,
): Promise<ContactSubscription> {
  return act(system, actor, (work) => {
    const subscription = contactSubscriptionOf(work.tx, companyId, id)
    work.tx.delete('contactSubscriptions', id)
    const note = `Events of ${subscription.contactType} contacts are not sent any more`
    work.log(companyId, { action: 'event_subscription_deleted', note, target: target(subscription) })
    return subscription
  })
}

/** A subscription of the company. @throws {DialpadRefusal} `not-found`. */
export function contactSubscriptionOf(
  reader: Reader<DialpadShape>,
  companyId: string,
  id: string,
): ContactSubscription {
  const subscription = reader.get('contactSubscriptions', id)
  if (subscription === undefined || subscription.companyId !== companyId) throw notFound('Event subscription', id)
  return subscription
}

function target(subscription: ContactSubscription): ChangeLine['target'] {
  return { type: 'event_subscription', id: subscription.id, name: 'Contacts' }
}
