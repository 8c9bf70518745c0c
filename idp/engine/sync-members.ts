import { referenceMapping } from '#idp/core/provisioning/map-attributes.ts'
import { buildMemberPatch } from '#idp/core/provisioning/patch-dialect.ts'
import { planMembers, type SourceMember } from '#idp/core/provisioning/plan-members.ts'
import type { MembershipChange, PatchDialect } from '#idp/core/provisioning/types.ts'
import { objectKey, writtenMemberKey } from './collections.ts'
import type { EngineDeps, JobContext } from './context.ts'
import type { ProvisioningLink } from './records.ts'
import type { TargetFailure } from './target-response.ts'

/** What the reference pass did for one object. Target ids, except `unresolved`, which are source ids. */
export interface ReferenceOutcome {
  /** The attribute written. */
  readonly attribute: string
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly unresolved: readonly string[]
  /** Somebody unresolved is waiting to be tried again: the object is looked at once more in the next cycle. */
  readonly waiting: boolean
  /** The pass stopped here; what was written before is kept. */
  readonly failure?: TargetFailure
}

const NOTHING: ReferenceOutcome = { attribute: 'members', added: [], removed: [], unresolved: [], waiting: false }

function chunked(ids: readonly string[], size: number): string[][] {
  const chunks: string[][] = []
  for (let start = 0; start < ids.length; start += size) chunks.push(ids.slice(start, start + size))
  return chunks
}

/** What the group needs, from the source and from what this job remembers having written. Nothing is sent. */
function planMembersOf(
  deps: EngineDeps,
  { job }: JobContext,
  link: ProvisioningLink,
  only?: ReadonlySet<string>,
): MembershipChange {
  const { store } = deps.system
  const written = store.find('provisioningMembers', 'group', `${job.id}/${link.sourceId}`)
  const sent = new Set(written.map((pair) => pair.targetUserId))
  const members: SourceMember[] = []
  for (const sourceId of deps.source.members(link.sourceId)) {
    if (only !== undefined && !only.has(sourceId)) continue
    members.push({ sourceId, targetId: store.get('provisioningLinks', objectKey(job.id, sourceId))?.targetId ?? null })
  }
  const plan = planMembers({ targetId: link.targetId, members, sent })
  return only === undefined ? plan : { ...plan, remove: [] }
}

/** Whether the mapping writes members at all. */
function writesMembers({ job }: JobContext): boolean {
  const { groups } = job.schema
  return groups.enabled && groups.actions.update && referenceMapping(groups.attributeMappings, 'members') !== undefined
}

/**
 * Bring one group's members into agreement, in PATCHes of at most `memberBatch`. What was written is kept after each of
 * them, so a kill in between repeats at most one, which adds nobody twice (RFC 7644 §3.5.2.1).
 *
 * @param only of the source's members; then nobody is removed (on-demand, reference sheet 7.2).
 */
export async function syncMembers(
  deps: EngineDeps,
  context: JobContext,
  link: ProvisioningLink,
  dialect: PatchDialect,
  only?: ReadonlySet<string>,
): Promise<ReferenceOutcome> {
  if (!writesMembers(context)) return NOTHING
  const { client, job, policy } = context
  const { store } = deps.system
  const plan = planMembersOf(deps, context, link, only)
  const added: string[] = []
  const removed: string[] = []
  const waiting = plan.unresolved.some((id) => store.has('provisioningEscrows', objectKey(job.id, id)))
  const soFar = () => ({ attribute: 'members', added, removed, unresolved: plan.unresolved, waiting })
  for (const add of chunked(plan.add, policy.memberBatch)) {
    const answer = await client.patch('Group', link.targetId, buildMemberPatch({ add, remove: [] }, dialect))
    if (answer.kind === 'failure') return { ...soFar(), failure: answer }
    await store.transact((tx) => {
      for (const targetUserId of add) {
        const pair = { jobId: job.id, groupSourceId: link.sourceId, targetUserId }
        tx.put('provisioningMembers', writtenMemberKey(job.id, link.sourceId, targetUserId), pair)
      }
    })
    added.push(...add)
  }
  for (const remove of chunked(plan.remove, policy.memberBatch)) {
    const answer = await client.patch('Group', link.targetId, buildMemberPatch({ add: [], remove }, dialect))
    if (answer.kind === 'failure') return { ...soFar(), failure: answer }
    await store.transact((tx) => {
      for (const id of remove) tx.delete('provisioningMembers', writtenMemberKey(job.id, link.sourceId, id))
    })
    removed.push(...remove)
  }
  return soFar()
}
