import type { CollectionSpecs } from '#kit/store/store.ts'
import type { AuditShape } from './records.ts'

/** How audit events are found: each filter of the page that names one value exactly. All values begin with the tenant. */
export const AUDIT_COLLECTIONS: CollectionSpecs<AuditShape> = {
  auditEvents: {
    indexes: {
      tenant: (event) => event.tenantId,
      service: (event) => `${event.tenantId}/${event.service}`,
      category: (event) => `${event.tenantId}/${event.category}`,
      activity: (event) => `${event.tenantId}/${event.activity}`,
      /** Each thing the event is about. */
      target: (event) => event.targets.map(({ id }) => `${event.tenantId}/${id}`),
      correlation: (event) => `${event.tenantId}/${event.correlationId}`,
      id: (event) => `${event.tenantId}/${event.id}`,
    },
  },
  auditCounter: {},
}
