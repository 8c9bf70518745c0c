import { SignJWT } from 'jose'
import type { DueItem, DueSource } from '#kit/clock.ts'
import { OutboundFailure } from '#kit/http/outbound.ts'
import type { ChangeLogEntry, ChangeLogSubscription, Webhook } from '../records.ts'
import type { DialpadSystem } from './work.ts'

/**
 * Change log events (reference sheet 4.6): each new line is posted once to every webhook that subscribed, in order. Nobody waits
 * for it, and a webhook that fails is not asked again: whether Dialpad does is not published.
 */

const TIMEOUT_MS = 10_000

/** What is sent: the six published fields. `date` is in milliseconds since the epoch, UTC. */
export function changeLogEvent(entry: ChangeLogEntry): Readonly<Record<string, unknown>> {
  return {
    date: Date.parse(entry.date),
    action: entry.action,
    note: entry.note,
    additional_data: entry.additionalData,
    target: { type: entry.target.type, id: entry.target.id },
    changed_by: { name: entry.changedBy.name, id: entry.changedBy.id, type: entry.changedBy.type },
  }
}

/** For `system.schedule.register`, once: a line that is not sent yet is due since it was written. */
export function changeLogDeliveries(system: DialpadSystem): DueSource {
  const { store } = system

  function nextLine(subscription: ChangeLogSubscription): ChangeLogEntry | undefined {
    return store.findPage('changeLog', 'company', subscription.companyId, subscription.position, 1)[0]
  }

  return {
    list: () =>
      store.find('changeLogSubscriptions', 'enabled', 'enabled').flatMap((subscription): DueItem[] => {
        const entry = nextLine(subscription)
        if (entry === undefined) return []
        return [
          {
            id: `change-log/${subscription.id}/${subscription.position}`,
            what: `Change log event ${entry.action}`,
            at: Date.parse(entry.date),
          },
        ]
      }),
    async run(item) {
      const [, id = '', position = ''] = item.id.split('/')
      const subscription = store.get('changeLogSubscriptions', id)
      const entry = subscription === undefined ? undefined : nextLine(subscription)
      if (subscription === undefined || entry === undefined || String(subscription.position) !== position) {
        return 'nothing to send any more'
      }
      const webhook = store.get('webhooks', subscription.webhookId)
      const outcome = webhook === undefined ? 'there is no such webhook' : await send(system, webhook, entry)
      await store.transact((tx) => {
        const current = tx.get('changeLogSubscriptions', id)
        if (current === undefined || current.position !== subscription.position) return
        tx.put('changeLogSubscriptions', id, { ...current, position: current.position + 1 })
      })
      return outcome
    },
  }
}

async function send(system: DialpadSystem, webhook: Webhook, entry: ChangeLogEntry): Promise<string> {
  const event = changeLogEvent(entry)
  const message =
    webhook.sealedSecret === undefined
      ? { type: 'application/json', body: JSON.stringify(event) }
      : { type: 'application/jwt', body: await sign(event, system.vault.open(webhook.sealedSecret)) }
  try {
    const { status } = await system.outbound.send({
      method: 'POST',
      url: webhook.hookUrl,
      headers: { 'content-type': message.type },
      body: message.body,
      timeoutMs: TIMEOUT_MS,
      subject: entry.target.name,
    })
    return `answered ${status}`
  } catch (error) {
    if (error instanceof OutboundFailure) return `not delivered: ${error.message}`
    throw error
  }
}

function sign(event: Readonly<Record<string, unknown>>, secret: string): Promise<string> {
  return new SignJWT({ ...event })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(secret))
}
