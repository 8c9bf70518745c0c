import { digitsOf, nextIdSeed } from '#kit/ids.ts'
import type { Reader } from '#kit/store/store.ts'
import type { Actor } from '../domain/change-log.ts'
import { present } from '../domain/present.ts'
import { DialpadRefusal, notFound } from '../domain/refusal.ts'
import type { DialpadShape, Webhook } from '../records.ts'
import { act, type DialpadSystem, type Work } from './work.ts'

/** Webhooks (reference sheet 4.6): where events are sent to. */

export interface WebhookInput {
  readonly hookUrl?: string | undefined
  /** Signs what is sent. An empty one removes the signature. */
  readonly secret?: string | undefined
}

/** @throws {DialpadRefusal} `invalid-value` unless the address is one of http or https. */
export function createWebhook(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  input: WebhookInput & { readonly hookUrl: string },
): Promise<Webhook> {
  const sealedSecret = seal(system, input.secret)
  return act(system, actor, (work) => {
    const webhook: Webhook = {
      id: digitsOf(nextIdSeed(work.tx)),
      companyId,
      hookUrl: checkedUrl(input.hookUrl),
      ...present({ sealedSecret: sealedSecret ?? undefined }),
    }
    work.tx.put('webhooks', webhook.id, webhook)
    tell(work, webhook, 'webhook_created', 'created')
    return webhook
  })
}

/** @throws {DialpadRefusal} `not-found`, `invalid-value`. */
export function updateWebhook(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  id: string,
  input: WebhookInput,
): Promise<Webhook> {
  const sealedSecret = seal(system, input.secret)
  return act(system, actor, (work) => {
    const { sealedSecret: old, ...before } = webhookOf(work.tx, companyId, id)
    const after: Webhook = {
      ...before,
      ...present({
        hookUrl: input.hookUrl === undefined ? before.hookUrl : checkedUrl(input.hookUrl),
        sealedSecret: sealedSecret === undefined ? old : (sealedSecret ?? undefined),
      }),
    }
    work.tx.put('webhooks', id, after)
    tell(work, after, 'webhook_updated', 'changed')
    return after
  })
}

/** Subscriptions that send to it go with it. @throws {DialpadRefusal} `not-found`. */
export function deleteWebhook(system: DialpadSystem, actor: Actor, companyId: string, id: string): Promise<Webhook> {
  return act(system, actor, (work) => {
    const webhook = webhookOf(work.tx, companyId, id)
    for (const subscription of work.tx.find('changeLogSubscriptions', 'webhook', id)) {
      work.tx.delete('changeLogSubscriptions', subscription.id)
    }
    for (const subscription of work.tx.find('contactSubscriptions', 'webhook', id)) {
      work.tx.delete('contactSubscriptions', subscription.id)
    }
    work.tx.delete('webhooks', id)
    tell(work, webhook, 'webhook_deleted', 'deleted')
    return webhook
  })
}

/** A webhook of the company. @throws {DialpadRefusal} `not-found`. */
export function webhookOf(reader: Reader<DialpadShape>, companyId: string, id: string): Webhook {
  const webhook = reader.get('webhooks', id)
  if (webhook === undefined || webhook.companyId !== companyId) throw notFound('Webhook', id)
  return webhook
}

/** `undefined`: nothing was said about a secret; `null`: there is to be none. */
function seal(system: DialpadSystem, secret: string | undefined): string | null | undefined {
  if (secret === undefined) return undefined
  return secret === '' ? null : system.vault.seal(secret)
}

/** Where it leads is judged when something is sent: the way out keeps to this machine. */
function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '') return text
  throw new DialpadRefusal({
    code: 'invalid-value',
    status: 400,
    field: 'hook_url',
    message: 'hook_url must be a complete address that starts with https:// or http://',
  })
}

/** An address may carry a secret in its path or query, so the change log names the host only. */
export function hostOf(webhook: Webhook): string {
  return new URL(webhook.hookUrl).host
}

function tell(
  work: Work,
  webhook: Webhook,
  action: 'webhook_created' | 'webhook_updated' | 'webhook_deleted',
  what: 'created' | 'changed' | 'deleted',
): void {
  const host = hostOf(webhook)
  const note = `Webhook to ${host} ${what}`
  work.log(webhook.companyId, { action, note, target: { type: 'webhook', id: webhook.id, name: host } })
  work.note(host, note, {
    type: 'webhook',
    id: webhook.id,
    after: { host, signed: webhook.sealedSecret !== undefined },
  })
}
