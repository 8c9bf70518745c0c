import { z } from 'zod'
import type { ProvisioningJob } from '#idp/engine/records.ts'
import { createConfiguration, updateConnectivity } from '../provisioning/commands/configuration.ts'
import { deleteJob } from '../provisioning/commands/delete-job.ts'
import { mustManageJob } from '../provisioning/commands/job-of-app.ts'
import { provisionOnDemand } from '../provisioning/commands/on-demand.ts'
import { type Properties, updateProperties } from '../provisioning/commands/properties.ts'
import { restoreDefaultMappings } from '../provisioning/commands/restore-mapping.ts'
import {
  allowDeletes,
  restartProvisioning,
  runCycleNow,
  startProvisioning,
  stopProvisioning,
} from '../provisioning/commands/run-job.ts'
import { saveSecrets } from '../provisioning/commands/save-secrets.ts'
import { entraCommand, KIT, type SceneDeps } from './entra-command.ts'
import { appNamed, principalNamed } from './find.ts'

const app = z.string().optional()
const OfApp = z.strictObject({ app })
const Email = z.email('This is not an e-mail address.')
const Threshold = z.int().min(1).max(1_000_000)
const Scope = z.enum(['assigned', 'all'])

const tellJob = ({ id, servicePrincipalId, state }: ProvisioningJob) => ({
  appId: servicePrincipalId,
  jobId: id,
  state,
})

/** Provisioning of an app: its configuration, its settings, its cycles. */
export function provisioningCommands(deps: SceneDeps) {
  const managed = (name: string | undefined) => mustManageJob(deps.system.store, KIT, appNamed(deps, name).id)
  return [
    entraCommand(
      'configure-provisioning',
      'New configuration: the connection is tested, then credentials and properties are saved. Nothing is started.',
      z
        .strictObject({
          tenantUrl: z.string(),
          token: z.string(),
          scope: Scope.optional(),
          /** Receives notifications, from now on. */
          notificationEmail: Email.optional(),
          /** Accidental deletions prevention; needs an address to write to. */
          deletionThreshold: Threshold.optional(),
          app,
        })
        .refine(({ deletionThreshold, notificationEmail }) => deletionThreshold === undefined || notificationEmail, {
          error: 'accidental deletions prevention needs an address to write to',
          path: ['notificationEmail'],
        }),
      async ({ tenantUrl, token, app: name, ...properties }) => {
        const { id: appId } = appNamed(deps, name)
        const job = await createConfiguration(deps, KIT, { appId, tenantUrl, secretToken: token })
        await updateProperties(deps, KIT, { appId, properties: propertiesWith(job, properties) })
        return tellJob(job)
      },
    ),
    entraCommand(
      'set-token',
      'Saves other credentials under Connectivity: what is left out stays. The target must accept them; with "test": false they are kept unasked, as the Graph API does.',
      z.strictObject({
        token: z.string().optional(),
        tenantUrl: z.string().optional(),
        test: z.boolean().default(true),
        app,
      }),
      async ({ token, tenantUrl, test, app: name }) => {
        const { job } = managed(name)
        const address = tenantUrl ?? job.tenantUrl
        const { servicePrincipalId: appId } = job
        return tellJob(
          test
            ? await updateConnectivity(deps, KIT, { appId, tenantUrl: address, secretToken: token ?? '' })
            : await saveSecrets(deps, KIT, secretsOf(deps, job, address, token)),
        )
      },
    ),
    entraCommand(
      'set-properties',
      'Changes scope, notifications and accidental deletions prevention; null switches off.',
      z.strictObject({
        scope: Scope.optional(),
        notificationEmail: Email.nullable().optional(),
        notifications: z.boolean().optional(),
        deletionThreshold: Threshold.nullable().optional(),
        app,
      }),
      async ({ app: name, ...change }) => {
        const { job } = managed(name)
        const { servicePrincipalId: appId } = job
        const saved = await updateProperties(deps, KIT, { appId, properties: propertiesWith(job, change) })
        return tellJob(saved.job)
      },
    ),
    entraCommand(
      'delete-configuration',
      'Deletes the configuration of an app; accounts in the target stay as they are.',
      OfApp,
      async (input) => {
        const { job } = managed(input.app)
        await deleteJob(deps, KIT, { appId: job.servicePrincipalId })
        return { deleted: job.id }
      },
    ),
    entraCommand('start-provisioning', 'Starts provisioning: the first cycle begins at once.', OfApp, async (input) =>
      tellJob(await startProvisioning(deps, KIT, { appId: appNamed(deps, input.app).id })),
    ),
    entraCommand('stop-provisioning', 'Stops provisioning: a running cycle finishes.', OfApp, async (input) =>
      tellJob(await stopProvisioning(deps, KIT, { appId: appNamed(deps, input.app).id })),
    ),
    entraCommand('restart-provisioning', 'Restarts provisioning with an initial cycle.', OfApp, async (input) =>
      tellJob(await restartProvisioning(deps, KIT, { appId: appNamed(deps, input.app).id })),
    ),
    entraCommand(
      'allow-deletes',
      'Lets the staged deletions go, in a cycle that begins at once.',
      OfApp,
      async (input) => tellJob(await allowDeletes(deps, KIT, { appId: appNamed(deps, input.app).id })),
    ),
    entraCommand(
      'run-cycle',
      'Runs what would run next, or waits for the cycle that runs, to its end.',
      OfApp,
      async (input) => {
        const { job } = managed(input.app)
        const { ended, line } = await runCycleNow(deps, job.id)
        return { jobId: job.id, ended, summary: line }
      },
    ),
    entraCommand(
      'provision-on-demand',
      'Provisions one person, or one group with at most five of its members, at once.',
      z.strictObject({ principal: z.string(), members: z.array(z.string()).max(5).optional(), app }),
      async ({ principal, members, app: name }) => {
        const { entry } = await provisionOnDemand(deps, KIT, {
          appId: appNamed(deps, name).id,
          objectId: principalNamed(deps, principal),
          ...(members === undefined ? {} : { memberIds: members.map((member) => principalNamed(deps, member)) }),
        })
        const { action, status, outcome } = entry
        return {
          action,
          status,
          ...(outcome === undefined ? {} : { code: outcome.code, reason: outcome.reason }),
        }
      },
    ),
    entraCommand(
      'restore-mapping',
      'Restores the default mappings, filters and attribute lists; provisioning is stopped first.',
      OfApp,
      async (input) => {
        const { id: appId } = appNamed(deps, input.app)
        return { appId, changed: await restoreDefaultMappings(deps, KIT, { appId }) }
      },
    ),
  ]
}

interface PropertiesChange {
  readonly scope?: ProvisioningJob['scope'] | undefined
  readonly notificationEmail?: string | null | undefined
  readonly notifications?: boolean | undefined
  readonly deletionThreshold?: number | null | undefined
}

/** The form of Properties with these fields changed. An address that is given is written to, unless it is told otherwise. */
function propertiesWith({ scope, notification, deletionGuard }: ProvisioningJob, change: PropertiesChange): Properties {
  const { notificationEmail: email, deletionThreshold: threshold } = change
  return {
    scope: change.scope ?? scope,
    notificationEmail: email === undefined ? notification.email : (email ?? ''),
    notificationsEnabled: change.notifications ?? (email === undefined ? notification.enabled : email !== null),
    guardEnabled: threshold === undefined ? deletionGuard.enabled : threshold !== null,
    threshold: threshold ?? deletionGuard.threshold,
  }
}

function secretsOf({ system }: SceneDeps, job: ProvisioningJob, tenantUrl: string, token: string | undefined) {
  const { servicePrincipalId: appId, scope, notification, deletionGuard, skipOutOfScopeDeletions } = job
  const extras = job.sealedExtras === undefined ? '{}' : system.vault.open(job.sealedExtras)
  return {
    appId,
    tenantUrl,
    secretToken: token ?? system.vault.open(job.sealedSecret),
    scope,
    notification,
    deletionGuard,
    skipOutOfScopeDeletions,
    extras: JSON.parse(extras) as Readonly<Record<string, string>>,
  }
}
