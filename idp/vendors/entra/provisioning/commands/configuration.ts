import type { ConnectionTest } from '#idp/engine/connection-test.ts'
import { createJob, jobOfApp, updateJob } from '#idp/engine/jobs.ts'
import type { ProvisioningJob } from '#idp/engine/records.ts'
import { Refusal } from '#kit/http/errors.ts'
import { nextIdSeed } from '#kit/ids.ts'
import { initiatorOf } from '../../audit/initiators.ts'
import { modifiedProperties, modifiedSecret } from '../../audit/modified-properties.ts'
import { appTarget, recordAudit } from '../../audit/record-audit.ts'
import { type Actor, mustManageApp } from '../../commands/actor.ts'
import { journalChange } from '../../commands/journal-change.ts'
import { jobIdOf } from '../connectors.ts'
import { policyFor } from '../policy.ts'
import { mustManageJob, type ProvisioningDeps } from './job-of-app.ts'
import { type Credentials, type ReadyCredentials, readyCredentials } from './test-connection.ts'

/**
 * Create the configuration of an app: a job that is not started. The connection is tested here too, whatever was tested
 * before: nothing is kept that was not accepted by the target.
 *
 * @throws {Refusal} see `readyCredentials`; {@link ConnectionRefused} (422); `configured_already` (409).
 */
export async function createConfiguration(
  deps: ProvisioningDeps,
  actor: Actor,
  input: Credentials,
): Promise<ProvisioningJob> {
  const { system } = deps
  const refuseSecond = (appId: string, name: string): void => {
    if (jobOfApp(system.store, appId) === undefined) return
    throw new Refusal('configured_already', 409, `Provisioning of ${name} is configured already.`, {
      hint: 'Change the credentials under Connectivity.',
    })
  }
  const { app } = mustManageApp(system.store, actor, input.appId)
  refuseSecond(app.id, app.displayName)
  const ready = readyCredentials(deps, system.store, actor, input)
  await mustConnect(deps, ready)
  const job = await system.store.transact((tx) => {
    const standing = mustManageApp(tx, actor, app.id)
    const { tenant } = standing
    refuseSecond(app.id, app.displayName)
    const made = createJob(tx, system.vault, {
      id: jobIdOf(ready.connector, tenant.id, `${nextIdSeed(tx)}/provisioning-job`),
      tenantId: tenant.id,
      servicePrincipalId: app.id,
      templateId: ready.connector.templateId,
      tenantUrl: ready.tenantUrl,
      token: ready.token,
      schema: ready.schema,
      now: system.clock.iso(),
    })
    const { tenantUrl, scope } = made
    const settings = modifiedProperties(undefined, { BaseAddress: tenantUrl, scope })
    recordAudit(tx, system.clock, {
      tenantId: tenant.id,
      activity: 'Add provisioning configuration',
      initiatedBy: initiatorOf(tx, standing),
      targets: [appTarget(standing.app, [...settings, modifiedSecret('SecretToken', false)])],
      details: { JobId: made.id },
    })
    return made
  })
  journalChange(system, {
    title: `Provisioning of ${app.displayName} was configured`,
    subject: app.displayName,
    change: { type: 'provisioning-job', id: job.id, after: { tenantUrl: job.tenantUrl, scope: job.scope } },
  })
  return job
}

/**
 * Save other credentials. An empty secret keeps the one that is there. Nothing else of the job changes: a quarantine is
 * lifted by its next attempt, or by a restart (reference 6.1).
 *
 * @throws {Refusal} see `readyCredentials`; `not_configured` (404); {@link ConnectionRefused} (422).
 */
export async function updateConnectivity(
  deps: ProvisioningDeps,
  actor: Actor,
  input: Credentials,
): Promise<ProvisioningJob> {
  const { system } = deps
  const { app, job: before } = mustManageJob(system.store, actor, input.appId)
  const ready = readyCredentials(deps, system.store, actor, input)
  await mustConnect(deps, ready)
  const job = await system.store.transact((tx) => {
    const managed = mustManageJob(tx, actor, input.appId)
    const { job: current } = managed
    const patch = {
      tenantUrl: ready.tenantUrl,
      ...(input.secretToken === '' ? {} : { token: ready.token }),
    }
    const updated = updateJob(tx, system.vault, current.id, patch, system.clock.iso()) ?? current
    const address = modifiedProperties({ BaseAddress: current.tenantUrl }, { BaseAddress: updated.tenantUrl })
    recordAudit(tx, system.clock, {
      tenantId: current.tenantId,
      activity: 'Update provisioning setting or credentials',
      initiatedBy: initiatorOf(tx, managed),
      targets: [
        appTarget(managed.app, [
          ...address,
          ...(input.secretToken === '' ? [] : [modifiedSecret('SecretToken', true)]),
        ]),
      ],
      details: { JobId: current.id },
    })
    return updated
  })
  system.schedule.touch()
  journalChange(system, {
    title: `The credentials of provisioning ${app.displayName} were saved`,
    subject: app.displayName,
    change: {
      type: 'provisioning-job',
      id: job.id,
      before: { tenantUrl: before.tenantUrl },
      after: { tenantUrl: job.tenantUrl, credential: input.secretToken === '' ? 'kept' : 'replaced' },
    },
  })
  return job
}

/** The target did not accept the connection: what the test found comes along. */
export class ConnectionRefused extends Refusal {
  readonly test: Extract<ConnectionTest, { ok: false }>
  constructor(test: Extract<ConnectionTest, { ok: false }>) {
    super('connection_failed', 422, `The connection could not be made: ${test.message}`, {
      hint: 'Correct Tenant URL and Secret Token and select Test Connection.',
    })
    this.test = test
  }
}

async function mustConnect(deps: ProvisioningDeps, { tenantUrl, token, schema }: ReadyCredentials): Promise<void> {
  const policy = policyFor(deps.system.switches, { tenantUrl })
  const tested = await deps.engine.testConnection({ policy, token, schema })
  if (!tested.ok) throw new ConnectionRefused(tested)
}
