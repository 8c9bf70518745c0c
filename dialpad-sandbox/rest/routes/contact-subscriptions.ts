import { z } from 'zod'
import {
  contactSubscriptionOf,
  subscribeToContacts,
  unsubscribeFromContacts,
  updateContactSubscription,
} from '../../commands/contact-subscriptions.ts'
import { present } from '../../domain/present.ts'
import type { ContactSubscription } from '../../records.ts'
import { defineRoute, idOf } from '../define-route.ts'
import { type Listing, PageQuery, readPage } from '../paging.ts'
import {
  ContactSubscriptionCollection,
  ContactSubscriptionShape,
  renderContactSubscription,
} from '../shapes/webhooks.ts'
import { Int64 } from '../values.ts'

/** `/subscriptions/contact` (reference sheet 4.6). */

const ContactType = z.enum(['shared', 'local'])

const CreateContactSubscription = z.strictObject({
  contact_type: ContactType,
  enabled: z.boolean().default(true),
  endpoint_id: Int64,
})

const UpdateContactSubscription = z.strictObject({
  contact_type: ContactType.optional(),
  enabled: z.boolean().optional(),
  endpoint_id: Int64.optional(),
})

const PATH = '/subscriptions/contact'

export const CONTACT_SUBSCRIPTION_ROUTES = [
  defineRoute({
    name: 'rest.subscriptions.contact.list',
    method: 'GET',
    path: PATH,
    summary: 'Contact Event -- List',
    companyAdmin: true,
    query: PageQuery,
    answer: ContactSubscriptionCollection,
    handle: (call) => {
      const { system, company } = call
      const { store } = system
      const listing: Listing<ContactSubscription> = {
        name: 'rest.subscriptions.contact.list',
        keyOf: (subscription) => subscription.id,
        parts: [
          {
            count: () => store.count('contactSubscriptions', 'company', company.id),
            page: (offset, limit) => store.findPage('contactSubscriptions', 'company', company.id, offset, limit),
          },
        ],
      }
      const { items, ...rest } = readPage(call, call.query, listing)
      return { items: items.map((each) => renderContactSubscription(system, each)), ...rest }
    },
  }),
  defineRoute({
    name: 'rest.subscriptions.contact.create',
    method: 'POST',
    path: PATH,
    summary: 'Contact Event -- Create',
    companyAdmin: true,
    body: CreateContactSubscription,
    answer: ContactSubscriptionShape,
    handle: async (call) => {
      const { system, company, body } = call
      const input = { webhookId: body.endpoint_id, enabled: body.enabled, contactType: body.contact_type }
      return renderContactSubscription(system, await subscribeToContacts(system, call.actor, company.id, input))
    },
  }),
  defineRoute({
    name: 'rest.subscriptions.contact.get',
    method: 'GET',
    path: `${PATH}/{id}`,
    summary: 'Contact Event -- Get',
    companyAdmin: true,
    answer: ContactSubscriptionShape,
    handle: (call) => {
      const { system, company } = call
      return renderContactSubscription(system, contactSubscriptionOf(system.store, company.id, idOf(call)))
    },
  }),
  defineRoute({
    name: 'rest.subscriptions.contact.update',
    method: 'PATCH',
    path: `${PATH}/{id}`,
    summary: 'Contact Event -- Update',
    companyAdmin: true,
    body: UpdateContactSubscription,
    answer: ContactSubscriptionShape,
    handle: async (call) => {
      const { system, actor, company, body } = call
      const change = present({ webhookId: body.endpoint_id, enabled: body.enabled, contactType: body.contact_type })
      const after = await updateContactSubscription(system, actor, company.id, idOf(call), change)
      return renderContactSubscription(system, after)
    },
  }),
  defineRoute({
    name: 'rest.subscriptions.contact.delete',
    method: 'DELETE',
    path: `${PATH}/{id}`,
    summary: 'Contact Event -- Delete',
    companyAdmin: true,
    answer: ContactSubscriptionShape,
    handle: async (call) => {
      const { system, actor, company } = call
      return renderContactSubscription(system, await unsubscribeFromContacts(system, actor, company.id, idOf(call)))
    },
  }),
]
