import { z } from 'zod'
import type { DialpadSystem } from '../../commands/work.ts'
import type { ChangeLogSubscription, ContactSubscription, Webhook } from '../../records.ts'

/** Webhooks and subscriptions as the API shows them (reference sheet 4.6). */

export const WebhookShape = z.strictObject({
  hook_url: z.string(),
  id: z.string(),
  signature: z
    .strictObject({ algo: z.literal('HS256'), secret: z.string(), type: z.literal('jwt') })
    .optional()
    .describe('Only with a secret, which is shown.'),
})

export const WebhookCollection = z.strictObject({ items: z.array(WebhookShape), cursor: z.string().optional() })

/** The secret is shown every time, as Dialpad does; the journal keeps it out. */
export function renderWebhook({ vault }: DialpadSystem, webhook: Webhook): z.output<typeof WebhookShape> {
  return {
    id: webhook.id,
    hook_url: webhook.hookUrl,
    ...(webhook.sealedSecret === undefined
      ? {}
      : { signature: { algo: 'HS256', type: 'jwt', secret: vault.open(webhook.sealedSecret) } }),
  }
}

export const ChangeLogSubscriptionShape = z.strictObject({
  enabled: z.boolean(),
  id: z.string(),
  webhook: WebhookShape.optional(),
})

export const ChangeLogSubscriptionCollection = z.strictObject({
  items: z.array(ChangeLogSubscriptionShape),
  cursor: z.string().optional(),
})

/** @param webhook Absent when it is gone already: in the answer to its deletion. */
export function renderChangeLogSubscription(
  system: DialpadSystem,
  subscription: ChangeLogSubscription,
): z.output<typeof ChangeLogSubscriptionShape> {
  const webhook = system.store.get('webhooks', subscription.webhookId)
  return {
    id: subscription.id,
    enabled: subscription.enabled,
    ...(webhook === undefined ? {} : { webhook: renderWebhook(system, webhook) }),
  }
}

export const ContactSubscriptionShape = z.strictObject({
  contact_type: z.enum(['shared', 'local']),
  enabled: z.boolean(),
  id: z.string(),
  webhook: WebhookShape.optional(),
})

export const ContactSubscriptionCollection = z.strictObject({
  items: z.array(ContactSubscriptionShape),
  cursor: z.string().optional(),
})

/** @param subscription Its webhook is absent when it is gone already. */
export function renderContactSubscription(
  system: DialpadSystem,
  subscription: ContactSubscription,
): z.output<typeof ContactSubscriptionShape> {
  const webhook = system.store.get('webhooks', subscription.webhookId)
  return {
    id: subscription.id,
    contact_type: subscription.contactType,
    enabled: subscription.enabled,
    ...(webhook === undefined ? {} : { webhook: renderWebhook(system, webhook) }),
  }
}
