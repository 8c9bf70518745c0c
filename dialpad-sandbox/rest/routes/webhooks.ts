import { z } from 'zod'
import {
  changeLogSubscriptionOf,
  subscribeToChangeLog,
  unsubscribeFromChangeLog,
  updateChangeLogSubscription,
} from '../../commands/change-log-subscriptions.ts'
import { createWebhook, deleteWebhook, updateWebhook, webhookOf } from '../../commands/webhooks.ts'
import type { ChangeLogSubscription, Webhook } from '../../records.ts'
import { defineRoute, idOf, type RawCall } from '../define-route.ts'
import { type Listing, PageQuery, readPage } from '../paging.ts'
import {
  ChangeLogSubscriptionCollection,
  ChangeLogSubscriptionShape,
  renderChangeLogSubscription,
  renderWebhook,
  WebhookCollection,
  WebhookShape,
} from '../shapes/webhooks.ts'
import { Int64, Line } from '../values.ts'

/** `/webhooks` and `/subscriptions/changelog` (reference sheet 4.6). */

const HookUrl = z.string().max(2_000)

export const CreateWebhook = z.strictObject({ hook_url: HookUrl, secret: Line.optional() })
export const UpdateWebhook = z.strictObject({ hook_url: HookUrl.optional(), secret: Line.optional() })

export const CreateChangeLogSubscription = z.strictObject({ enabled: z.boolean().default(true), endpoint_id: Int64 })
export const UpdateChangeLogSubscription = z.strictObject({
  enabled: z.boolean().optional(),
  endpoint_id: Int64.optional(),
})

export const WEBHOOK_ROUTES = [
  defineRoute({
    name: 'rest.webhooks.list',
    method: 'GET',
    path: '/webhooks',
    summary: 'Webhook -- List',
    query: PageQuery,
    answer: WebhookCollection,
    handle: (call) => {
      const { items, ...rest } = readPage(call, call.query, webhooks(call))
      return { items: items.map((webhook) => renderWebhook(call.system, webhook)), ...rest }
    },
  }),
  defineRoute({
    name: 'rest.webhooks.create',
    method: 'POST',
    path: '/webhooks',
    summary: 'Webhook -- Create',
    perMinute: 100,
    body: CreateWebhook,
    answer: WebhookShape,
    handle: async (call) => {
      const { system, company, body } = call
      const input = { hookUrl: body.hook_url, secret: body.secret }
      return renderWebhook(system, await createWebhook(system, call.actor, company.id, input))
    },
  }),
  defineRoute({
    name: 'rest.webhooks.get',
    method: 'GET',
    path: '/webhooks/{id}',
    summary: 'Webhook -- Get',
    answer: WebhookShape,
    handle: (call) => renderWebhook(call.system, webhookOf(call.system.store, call.company.id, idOf(call))),
  }),
  defineRoute({
    name: 'rest.webhooks.update',
    method: 'PATCH',
    path: '/webhooks/{id}',
    summary: 'Webhook -- Update',
    body: UpdateWebhook,
    answer: WebhookShape,
    handle: async (call) => {
      const { system, company, body } = call
      const change = { hookUrl: body.hook_url, secret: body.secret }
      return renderWebhook(system, await updateWebhook(system, call.actor, company.id, idOf(call), change))
    },
  }),
  defineRoute({
    name: 'rest.webhooks.delete',
    method: 'DELETE',
    path: '/webhooks/{id}',
    summary: 'Webhook -- Delete',
    answer: WebhookShape,
    handle: async (call) => {
      const { system, company } = call
      return renderWebhook(system, await deleteWebhook(system, call.actor, company.id, idOf(call)))
    },
  }),
  defineRoute({
    name: 'rest.subscriptions.changelog.list',
    method: 'GET',
    path: '/subscriptions/changelog',
    summary: 'Change Log -- List',
    companyAdmin: true,
    query: PageQuery,
    answer: ChangeLogSubscriptionCollection,
    handle: (call) => {
      const { items, ...rest } = readPage(call, call.query, subscriptions(call))
      return { items: items.map((each) => renderChangeLogSubscription(call.system, each)), ...rest }
    },
  }),
  defineRoute({
    name: 'rest.subscriptions.changelog.create',
    method: 'POST',
    path: '/subscriptions/changelog',
    summary: 'Change Log -- Create',
    companyAdmin: true,
    body: CreateChangeLogSubscription,
    answer: ChangeLogSubscriptionShape,
    handle: async (call) => {
      const { system, company, body } = call
      const input = { webhookId: body.endpoint_id, enabled: body.enabled }
      return renderChangeLogSubscription(system, await subscribeToChangeLog(system, call.actor, company.id, input))
    },
  }),
  defineRoute({
    name: 'rest.subscriptions.changelog.get',
    method: 'GET',
    path: '/subscriptions/changelog/{id}',
    summary: 'Change Log -- Get',
    companyAdmin: true,
    answer: ChangeLogSubscriptionShape,
    handle: (call) => {
      const { system, company } = call
      return renderChangeLogSubscription(system, changeLogSubscriptionOf(system.store, company.id, idOf(call)))
    },
  }),
  defineRoute({
    name: 'rest.subscriptions.changelog.update',
    method: 'PATCH',
    path: '/subscriptions/changelog/{id}',
    summary: 'Change Log -- Update',
    companyAdmin: true,
    body: UpdateChangeLogSubscription,
    answer: ChangeLogSubscriptionShape,
    handle: async (call) => {
      const { system, actor, company, body } = call
      const change = { webhookId: body.endpoint_id, enabled: body.enabled }
      const after = await updateChangeLogSubscription(system, actor, company.id, idOf(call), change)
      return renderChangeLogSubscription(system, after)
    },
  }),
  defineRoute({
    name: 'rest.subscriptions.changelog.delete',
    method: 'DELETE',
    path: '/subscriptions/changelog/{id}',
    summary: 'Change Log -- Delete',
    companyAdmin: true,
    answer: ChangeLogSubscriptionShape,
    handle: async (call) => {
      const { system, actor, company } = call
      return renderChangeLogSubscription(system, await unsubscribeFromChangeLog(system, actor, company.id, idOf(call)))
    },
  }),
]

function webhooks({ system: { store }, company }: RawCall): Listing<Webhook> {
  return {
    name: 'rest.webhooks.list',
    keyOf: (webhook) => webhook.id,
    parts: [
      {
        count: () => store.count('webhooks', 'company', company.id),
        page: (offset, limit) => store.findPage('webhooks', 'company', company.id, offset, limit),
      },
    ],
  }
}

function subscriptions({ system: { store }, company }: RawCall): Listing<ChangeLogSubscription> {
  return {
    name: 'rest.subscriptions.changelog.list',
    keyOf: (subscription) => subscription.id,
    parts: [
      {
        count: () => store.count('changeLogSubscriptions', 'company', company.id),
        page: (offset, limit) => store.findPage('changeLogSubscriptions', 'company', company.id, offset, limit),
      },
    ],
  }
}
