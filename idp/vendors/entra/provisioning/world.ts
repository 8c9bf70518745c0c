import { objectKey, writtenMemberKey } from '#idp/engine/collections.ts'
import { NO_COUNTS, newRun } from '#idp/engine/job-state.ts'
import { createJob } from '#idp/engine/jobs.ts'
import type { Execution, JobRun, ObjectKind } from '#idp/engine/records.ts'
import { DIALPAD_LISTING } from '#idp/gallery/dialpad/listing.ts'
import { personIdOf, seededGroupIdOf, TARGET_GROUP_NAME } from '#idp/world.ts'
import { digitsOf, guidOf } from '#kit/ids.ts'
import type { Seed } from '#kit/system/system.ts'
import { TARGET_GROUP_MEMBERS } from '#kit/world/cast.ts'
import { CONNECTED_API_KEY, TENANT_ID } from '#kit/world/constants.ts'
import type { EntraWriter } from '../collections.ts'
import { connectorOf, jobIdOf } from './connectors.ts'
import { INTERVAL_MINUTES } from './policy.ts'

/** The world whose target already holds what this job has written; ids in the target are values of its name. */
const WORLD = 'connected-entra'

const targetUserId = (handle: string): string => digitsOf(`${WORLD}/user/${handle}`)
const targetGroupId = (): string => digitsOf(`${WORLD}/group/${TARGET_GROUP_NAME}`)

/** The address the tutorials say; it stands for the local target. */
const TENANT_URL = 'https://dialpad.com/scim'

/**
 * What `connected-entra` adds to the directory: the job of the target's app, started and in step. Its initial cycle ended at
 * the instant of the seed, so the next one, 40 minutes later, finds nothing to do.
 */
export function seedConnectedJob(tx: EntraWriter, seed: Seed, servicePrincipalId: string): void {
  const connector = connectorOf(DIALPAD_LISTING)
  if (connector === undefined) throw new Error('The target of this world has no connector.')
  const now = new Date(seed.nowMs).toISOString()
  const id = jobIdOf(connector, TENANT_ID, `${WORLD}/provisioning-job`)
  const job = createJob(tx, seed.vault, {
    id,
    tenantId: TENANT_ID,
    servicePrincipalId,
    templateId: connector.templateId,
    tenantUrl: TENANT_URL,
    token: CONNECTED_API_KEY,
    schema: connector.schema,
    now,
  })
  tx.put('provisioningJobs', id, { ...job, state: 'Active' })
  tx.put('provisioningRuns', id, settledRun(id, seed.nowMs))
  const link = (kind: ObjectKind, sourceId: string, targetId: string): void =>
    tx.put('provisioningLinks', objectKey(id, sourceId), {
      jobId: id,
      sourceId,
      kind,
      targetId,
      managed: true,
      active: true,
      referencesPending: false,
      linkedAt: now,
    })
  const groupSourceId = seededGroupIdOf(TENANT_ID, TARGET_GROUP_NAME)
  link('Group', groupSourceId, targetGroupId())
  for (const handle of TARGET_GROUP_MEMBERS) {
    const targetId = targetUserId(handle)
    link('User', personIdOf(TENANT_ID, handle), targetId)
    tx.put('provisioningMembers', writtenMemberKey(id, groupSourceId, targetId), {
      jobId: id,
      groupSourceId,
      targetUserId: targetId,
    })
  }
}

/** A job after its initial cycle: everybody created but the one who was found by the matching attribute. */
function settledRun(jobId: string, nowMs: number): JobRun {
  const now = new Date(nowMs).toISOString()
  const people = TARGET_GROUP_MEMBERS.length
  const execution: Execution = {
    id: guidOf(`${jobId}/cycle/1`),
    kind: 'initial',
    state: 'Succeeded',
    timeBegan: now,
    timeEnded: now,
    counts: {
      ...NO_COUNTS,
      imported: people + 1,
      entitled: people + 1,
      created: people,
      updated: 1,
      references: people,
    },
  }
  return {
    ...newRun(jobId),
    watermark: 0,
    nextRunAt: new Date(nowMs + INTERVAL_MINUTES * 60_000).toISOString(),
    begun: 1,
    statistics: { users: people, groups: 1 },
    lastExecution: execution,
    lastSuccessfulExecution: execution,
    lastSuccessfulExecutionWithExports: execution,
    steadyStateFirstAchieved: now,
    steadyStateLastAchieved: now,
  }
}
