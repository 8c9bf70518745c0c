import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import type { ProvisioningSchema } from '#idp/core/provisioning/types.ts'
import type { ConnectionTest } from '#idp/engine/connection-test.ts'
import { jobOfApp } from '#idp/engine/jobs.ts'
import { Refusal } from '#kit/http/errors.ts'
import type { EntraReader } from '../../collections.ts'
import { type Actor, mustManageApp, type Standing } from '../../commands/actor.ts'
import { type Connector, connectorOf } from '../connectors.ts'
import { policyFor } from '../policy.ts'
import { SecretTokenField, TenantUrlField } from './credentials.ts'
import type { ProvisioningDeps } from './job-of-app.ts'

export interface Credentials {
  readonly appId: string
  /** As typed, flags included. */
  readonly tenantUrl: string
  /** Bare, as typed. Empty: the one that is kept, which goes only where it went before. */
  readonly secretToken: string
}

/** Credentials that have passed the form, with the secret that will be sent. */
export interface ReadyCredentials extends Standing {
  readonly app: ServicePrincipal
  readonly connector: Connector
  readonly schema: ProvisioningSchema
  readonly tenantUrl: string
  readonly token: string
}

/**
 * Check what was typed and find the secret to send.
 *
 * @throws {Refusal} `role_needed` (403); `not_supported` (409) for an app without a connector; `invalid_tenant_url` and
 *   `invalid_secret` (422), also when a kept secret would go to another address than the one it was entered for.
 */
export function readyCredentials(
  { system }: Pick<ProvisioningDeps, 'system'>,
  reader: EntraReader,
  actor: Actor,
  { appId, tenantUrl, secretToken }: Credentials,
): ReadyCredentials {
  const standing = mustManageApp(reader, actor, appId)
  const connector = connectorOf(standing.app)
  if (connector === undefined) {
    throw new Refusal('not_supported', 409, `${standing.app.displayName} does not support automatic provisioning.`, {
      hint: 'Add it from the gallery, or with Create your own application, to provision it.',
    })
  }
  const job = jobOfApp(reader, appId)
  const url = TenantUrlField.safeParse(tenantUrl)
  if (!url.success) throw unusable('invalid_tenant_url', url.error.issues[0]?.message)
  const secret = SecretTokenField.safeParse(secretToken)
  if (!secret.success) throw unusable('invalid_secret', secret.error.issues[0]?.message)
  const ready = { ...standing, connector, schema: job?.schema ?? connector.schema, tenantUrl: url.data }
  if (secret.data !== '') return { ...ready, token: secret.data }
  if (job === undefined) throw unusable('invalid_secret', 'Enter the Secret Token.')
  if (policyFor(system.switches, job).baseUrl !== policyFor(system.switches, { tenantUrl: url.data }).baseUrl) {
    throw unusable('invalid_secret', 'Enter the Secret Token again: the Tenant URL has changed.')
  }
  return { ...ready, token: system.vault.open(job.sealedSecret) }
}

function unusable(code: string, message = 'The value cannot be used.'): Refusal {
  return new Refusal(code, 422, message)
}

/** Ask the target for somebody who cannot exist. Changes nothing. @throws {Refusal} see {@link readyCredentials}. */
export async function testConnection(
  deps: ProvisioningDeps,
  actor: Actor,
  input: Credentials,
): Promise<ConnectionTest> {
  const { tenantUrl, token, schema } = readyCredentials(deps, deps.system.store, actor, input)
  return deps.engine.testConnection({ policy: policyFor(deps.system.switches, { tenantUrl }), token, schema })
}
