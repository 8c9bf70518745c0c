import { createJob } from '#idp/engine/jobs.ts'
import { DIALPAD_DEFAULT_MAPPING } from '#idp/gallery/dialpad/default-mapping.ts'
import { DIALPAD_LISTING } from '#idp/gallery/dialpad/listing.ts'
import type { EntraSystem } from '#idp/vendors/entra/collections.ts'
import { APP_TEMPLATES } from '#idp/vendors/entra/commands/app-templates.ts'
import { assignToApp } from '#idp/vendors/entra/commands/assignments.ts'
import { instantiateApp } from '#idp/vendors/entra/commands/instantiate-app.ts'
import { ENTRA_SPEC } from '#idp/vendors/entra/spec.ts'
import { openSystem } from '#kit/system/open-system.ts'
import { TENANT_ID } from '#kit/world/constants.ts'

/**
 * Fill a data folder with a tenant whose every team is assigned to Dialpad, provisioning configured and started, its first
 * cycle not yet due by itself. Prints the ids of the app and the job as JSON:
 *
 *   node --conditions=source --import tsx scripts/bench/prepare-directory.ts DIR PEOPLE SECRET
 */

const [dir = '', people = '0', secret = ''] = process.argv.slice(2)
const ACTOR = { kind: 'kit', tenantId: TENANT_ID } as const
/** Groups in one transaction. */
const PER_TRANSACTION = 500

const system: EntraSystem & { close(): Promise<void> } = await openSystem(ENTRA_SPEC, {
  dataDir: dir,
  world: `scale:${people}`,
  urls: { entra: 'http://localhost:1', dialpad: 'http://localhost:2' },
})
const template = APP_TEMPLATES.find(({ templateId }) => templateId === DIALPAD_LISTING.templateId)
if (template === undefined) throw new Error('The gallery has no Dialpad.')
const { app } = await instantiateApp({ system }, ACTOR, { templateId: template.id, displayName: DIALPAD_LISTING.name })
const groupIds = Array.from(system.store.findKeys('groups', 'live', TENANT_ID))
for (let first = 0; first < groupIds.length; first += PER_TRANSACTION) {
  const principalIds = groupIds.slice(first, first + PER_TRANSACTION)
  await assignToApp({ system }, ACTOR, { appId: app.id, principalIds })
}
const jobId = 'bench.job'
await system.store.transact((tx) => {
  const job = createJob(tx, system.vault, {
    id: jobId,
    tenantId: TENANT_ID,
    servicePrincipalId: app.id,
    templateId: DIALPAD_LISTING.templateId,
    tenantUrl: 'https://dialpad.com/scim',
    token: secret,
    schema: DIALPAD_DEFAULT_MAPPING,
    now: system.clock.iso(),
  })
  tx.put('provisioningJobs', jobId, { ...job, state: 'Active' })
})
await system.close()
console.log(JSON.stringify({ appId: app.id, jobId }))
