import type { z } from 'zod'
import type { SystemReading } from '../reading/read-system.ts'
import { type EntraApp, EntraAssignment, EntraGroup, EntraMember, EntraUser } from '../records/entra.ts'

type Group = z.infer<typeof EntraGroup>
type Person = z.infer<typeof EntraUser>

/** A group that is only inside an assigned one, with members nobody provisions. */
export interface NestedGroup {
  readonly outer: Group
  readonly inner: Group
  readonly missed: readonly Person[]
}

/**
 * Groups inside assigned ones, and who of their members is in scope by no other way. Whoever is not among those known to be in scope
 * is looked up: assigned themselves, or a direct member of an assigned group.
 */
export async function findNestedGroups(
  read: SystemReading,
  known: {
    readonly app: z.infer<typeof EntraApp> | undefined
    readonly groups: readonly Group[]
    readonly members: readonly z.infer<typeof EntraMember>[]
    readonly isInScope: (personId: string) => boolean
  },
): Promise<readonly NestedGroup[]> {
  const { app, groups } = known
  const pairs = known.members.filter(({ memberType }) => memberType === 'group')
  if (app === undefined || pairs.length === 0) return []
  const innerIds = pairs.map(({ memberId }) => memberId)
  const [inner, members] = await Promise.all([
    read.byKeys('groups', EntraGroup, innerIds),
    read.filed('groupMembers', EntraMember, { index: 'group', values: innerIds, what: 'members of nested groups' }),
  ])
  const candidates = members.records
    .filter(({ memberType, memberId }) => memberType === 'user' && !known.isInScope(memberId))
    .map(({ memberId }) => memberId)
  const [people, own, others] = await Promise.all([
    read.byKeys('users', EntraUser, candidates),
    read.filed('appRoleAssignments', EntraAssignment, {
      index: 'pair',
      values: candidates.map((id) => `${app.id}/${id}`),
      what: 'assignments of members of nested groups',
    }),
    read.filed('groupMembers', EntraMember, { index: 'member', values: candidates, what: 'memberships' }),
  ])
  const assigned = new Set(groups.map(({ id }) => id))
  const reached = new Set([
    ...own.records.map(({ principalId }) => principalId),
    ...others.records.filter(({ groupId }) => assigned.has(groupId)).map(({ memberId }) => memberId),
  ])
  const isCertain = own.isWhole && others.isWhole
  return pairs.flatMap(({ groupId, memberId }) => {
    const [outerGroup, innerGroup] = [groups.find(({ id }) => id === groupId), inner.find(({ id }) => id === memberId)]
    if (!isCertain || outerGroup === undefined || innerGroup?.deletedDateTime !== undefined) return []
    if (innerGroup === undefined || assigned.has(innerGroup.id)) return []
    const ids = new Set(members.records.filter((pair) => pair.groupId === memberId).map((pair) => pair.memberId))
    const missed = people.filter(
      ({ id, deletedDateTime }) => deletedDateTime === undefined && ids.has(id) && !reached.has(id),
    )
    return missed.length === 0 ? [] : [{ outer: outerGroup, inner: innerGroup, missed }]
  })
}
