import { Refusal } from '#kit/http/errors.ts'
import type { Actor } from '../../commands/actor.ts'
import { connectorOf } from '../connectors.ts'
import { mustManageJob, type ProvisioningDeps } from './job-of-app.ts'
import { saveMapping } from './save-mapping.ts'

/**
 * Restore default mappings: rows, scoping filters and attribute lists of users and groups become those a new configuration
 * of the app has, and the next cycle is an initial one. Provisioning is stopped first (reference 5.2).
 *
 * @returns whether anything changed.
 * @throws {Refusal} `role_needed` (403); `not_configured` (404); `still_started` (409).
 */
export async function restoreDefaultMappings(
  deps: ProvisioningDeps,
  actor: Actor,
  { appId }: { readonly appId: string },
): Promise<boolean> {
  const { app, job } = mustManageJob(deps.system.store, actor, appId)
  if (job.state === 'Active') {
    throw new Refusal('still_started', 409, `Provisioning of ${app.displayName} is started.`, {
      hint: 'Select Stop provisioning on its Overview, then restore the default mappings.',
    })
  }
  const connector = connectorOf(app)
  if (connector === undefined) throw new Error(`There is no connector for ${app.displayName}, which has a job.`)
  return saveMapping(deps, actor, { appId, schema: connector.schema })
}
