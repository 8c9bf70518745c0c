import { jobOfApp } from '#idp/engine/jobs.ts'
import { Refusal } from '#kit/http/errors.ts'
import { type Actor, mustManageApp } from '../../commands/actor.ts'
import { createConfiguration, updateConnectivity } from './configuration.ts'
import type { ProvisioningDeps } from './job-of-app.ts'
import { type Properties, updateProperties } from './properties.ts'
import { restoreDefaultMappings } from './restore-mapping.ts'
import { startProvisioning, stopProvisioning } from './run-job.ts'
import type { Credentials } from './test-connection.ts'

/** Everything the one form of the classic layout holds. */
export interface ClassicConfiguration {
  readonly appId: string
  readonly credentials: Credentials
  readonly properties: Properties
  /** Provisioning Status; absent while there is no configuration yet. */
  readonly status?: 'on' | 'off'
  readonly restoreDefaults: boolean
}

/**
 * Save the classic form: credentials, which the target must accept, then properties, mappings and status. What can be refused
 * is refused before anything is written.
 *
 * @returns what was done, in a sentence.
 * @throws {Refusal} see `createConfiguration` and `updateConnectivity`; `still_started` (409) when the default mappings are to
 *   be restored and provisioning is to be on.
 */
export async function saveClassic(deps: ProvisioningDeps, actor: Actor, input: ClassicConfiguration): Promise<string> {
  const { appId, credentials, properties, status, restoreDefaults } = input
  const { store } = deps.system
  const { app } = mustManageApp(store, actor, appId)
  const before = jobOfApp(store, appId)
  if (before === undefined) {
    await createConfiguration(deps, actor, credentials)
    await updateProperties(deps, actor, { appId, properties })
    return `Provisioning of ${app.displayName} is configured. Review Mappings and Settings.`
  }
  if (restoreDefaults && status !== 'off') {
    throw new Refusal('still_started', 409, 'Set Provisioning Status to Off to restore the default mappings.')
  }
  const isSameTarget = credentials.tenantUrl === before.tenantUrl && credentials.secretToken === ''
  if (!isSameTarget) await updateConnectivity(deps, actor, credentials)
  const { changed } = await updateProperties(deps, actor, { appId, properties })
  const isActive = before.state === 'Active'
  if (status === 'off' && isActive) await stopProvisioning(deps, actor, { appId })
  const restored = restoreDefaults && (await restoreDefaultMappings(deps, actor, { appId }))
  if (status === 'on' && !isActive) {
    await startProvisioning(deps, actor, { appId })
    return 'The configuration was saved. Provisioning is on: a cycle begins now.'
  }
  if (status === 'off' && isActive) return 'The configuration was saved. Provisioning is off; a running cycle finishes.'
  if (restored) return 'The default mappings were restored.'
  return changed || !isSameTarget ? 'The configuration was saved.' : 'There were no changes to save.'
}
