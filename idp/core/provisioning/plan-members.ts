import type { MembershipChange } from './types.ts'

/** One immediate member of the source group: nested groups are not expanded and do not appear here. */
export interface SourceMember {
  readonly sourceId: string
  /** Its account in the target, when this job found or made one. */
  readonly targetId: string | null
}

export interface MembershipSituation {
  /** The group's id in the target. */
  readonly targetId: string
  readonly members: Iterable<SourceMember>
  /** Target ids this job has put into the group: reads leave members out, so this is remembered, not asked. */
  readonly sent: ReadonlySet<string>
}

/**
 * Decide what the reference pass sends for one group. Pure and total. Only people this job has provisioned are added, and
 * only members this job has added are removed: whoever the application put into the group itself stays.
 *
 * @returns members without a counterpart as `unresolved`, in the order of the source.
 */
export function planMembers({ targetId, members, sent }: MembershipSituation): MembershipChange {
  const wanted = new Set<string>()
  const unresolved: string[] = []
  for (const member of members) {
    if (member.targetId === null) unresolved.push(member.sourceId)
    else wanted.add(member.targetId)
  }
  return {
    targetId,
    add: [...wanted].filter((id) => !sent.has(id)),
    remove: [...sent].filter((id) => !wanted.has(id)),
    unresolved,
  }
}
