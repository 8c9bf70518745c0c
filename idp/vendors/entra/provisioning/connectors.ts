import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import type { ProvisioningSchema } from '#idp/core/provisioning/types.ts'
import { CUSTOM_APP_DEFAULT_MAPPING, CUSTOM_APP_TEMPLATE_ID } from '#idp/gallery/dialpad/custom-app.ts'
import { DIALPAD_DEFAULT_MAPPING } from '#idp/gallery/dialpad/default-mapping.ts'
import { DIALPAD_LISTING } from '#idp/gallery/dialpad/listing.ts'
import { guidOf } from '#kit/ids.ts'

/** What the service knows about one kind of app: the mapping a configuration starts with, and what its job is called. */
export interface Connector {
  readonly templateId: string
  /** First part of a job's id. */
  readonly tag: string
  readonly schema: ProvisioningSchema
  /** What it cannot do, for the pages. */
  readonly notes: readonly string[]
}

const CONNECTORS: readonly Connector[] = [
  {
    templateId: DIALPAD_LISTING.templateId,
    tag: DIALPAD_LISTING.tag,
    schema: DIALPAD_DEFAULT_MAPPING,
    notes: DIALPAD_LISTING.connectorNotes,
  },
  {
    templateId: CUSTOM_APP_TEMPLATE_ID,
    tag: CUSTOM_APP_TEMPLATE_ID,
    schema: CUSTOM_APP_DEFAULT_MAPPING,
    notes: [],
  },
]

/** The connector of an app; `undefined` for one that came from a registration: it cannot be provisioned (reference 3.2). */
export function connectorOf(app: Pick<ServicePrincipal, 'templateId'>): Connector | undefined {
  return CONNECTORS.find(({ templateId }) => templateId === app.templateId)
}

/** Id of a job: connector, tenant without dashes, a GUID (reference 8.4). */
export function jobIdOf(connector: Pick<Connector, 'tag'>, tenantId: string, seed: string): string {
  return `${connector.tag}.${tenantId.replaceAll('-', '')}.${guidOf(seed)}`
}
