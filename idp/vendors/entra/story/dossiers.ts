import { memberKey } from '#idp/core/directory/members.ts'
import type { DirectoryGroup, DirectoryUser, ServicePrincipal } from '#idp/core/directory/records.ts'
import { searchGroups, searchUsers } from '#idp/core/directory/search.ts'
import { leaveReasonOf } from '#idp/core/provisioning/scope.ts'
import { objectKey } from '#idp/engine/collections.ts'
import { scopeOf } from '#idp/engine/context.ts'
import type { ObjectKind, ProvisioningJob } from '#idp/engine/records.ts'
import type { AppStanding, Dossier, DossierKeeper, DossierReason } from '#kit/control/dossier.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import type { EntraSystem } from '../collections.ts'
import { policyFor } from '../provisioning/policy.ts'
import type { ProvisioningService } from '../provisioning/service.ts'
import { entraReason } from './reasons.ts'

type Deps = Pick<ProvisioningService, 'system' | 'source'>

/** Deleted people looked at for an address: the recycle bin has no list by name. */
const MOST_LOOKED_AT = 2_000

/** What the directory knows of people and groups of the primary tenant, and what becomes of them in each provisioned app. */
export function entraDossiers(deps: Deps): DossierKeeper {
  const { store } = deps.system
  return {
    search(text, limit) {
      const people = searchUsers(store, TENANT_ID, { text, offset: 0, limit }).items
      const groups = searchGroups(store, TENANT_ID, { text, offset: 0, limit }).items
      return [
        ...people.map((user) => ({ kind: 'person', name: user.displayName, subject: user.userPrincipalName }) as const),
        ...groups.map(({ displayName }) => ({ kind: 'group', name: displayName, subject: displayName }) as const),
      ].slice(0, limit)
    },
    of: (subject) => [
      ...usersNamed(store, subject).map((user) => personDossier(deps, user)),
      ...groupsNamed(store, subject).map((group) => groupDossier(deps, group)),
    ],
  }
}

function usersNamed(store: EntraSystem['store'], subject: string): readonly DirectoryUser[] {
  const known = store.get('users', subject)
  if (known !== undefined) return [known]
  const address = subject.toLowerCase()
  const live = store.find('users', 'userPrincipalName', address)
  if (live.length > 0) return live
  const byMail = store.find('users', 'mail', `${TENANT_ID}/${address}`)
  if (byMail.length > 0) return byMail
  return store
    .findPage('users', 'deleted', TENANT_ID, 0, MOST_LOOKED_AT)
    .filter((user) => user.userPrincipalName.toLowerCase() === address || user.mail?.toLowerCase() === address)
}

function groupsNamed(store: EntraSystem['store'], subject: string): readonly DirectoryGroup[] {
  const known = store.get('groups', subject)
  if (known !== undefined) return [known]
  const name = subject.toLowerCase()
  const live = store.find('groups', 'displayName', `${TENANT_ID}/${name}`)
  if (live.length > 0) return live
  return store
    .findPage('groups', 'deleted', TENANT_ID, 0, MOST_LOOKED_AT)
    .filter(({ displayName }) => displayName.toLowerCase() === name)
}

function personDossier(deps: Deps, user: DirectoryUser): Dossier {
  const { store } = deps.system
  const groups = store
    .find('groupMembers', 'member', user.id)
    .flatMap(({ groupId }) => store.get('groups', groupId) ?? [])
  const live = groups.filter(({ deletedDateTime }) => deletedDateTime === undefined)
  const apps = standings(deps, 'User', user.id)
  return {
    kind: 'person',
    id: user.id,
    name: user.displayName,
    subjects: [...new Set([user.userPrincipalName, user.mail ?? user.userPrincipalName])],
    related: [...groups.map(({ displayName }) => displayName), ...apps.map(({ app }) => app)],
    ...standingOf(user),
    path: `/admin/users/${user.id}`,
    facts: [
      { label: 'Department', value: user.department ?? '' },
      { label: 'Office location', value: user.physicalDeliveryOfficeName ?? '' },
      { label: 'Groups', value: live.map(({ displayName }) => displayName).join(', ') },
      { label: 'Deleted', value: user.deletedDateTime ?? '' },
    ].filter(({ value }) => value !== ''),
    apps,
  }
}

function standingOf(user: DirectoryUser): Pick<Dossier, 'standing' | 'words'> {
  if (user.deletedDateTime !== undefined) return { standing: 'deleted', words: 'Deleted, in the recycle bin' }
  return user.accountEnabled
    ? { standing: 'working', words: 'Account enabled' }
    : { standing: 'stopped', words: 'Sign-in blocked' }
}

function groupDossier(deps: Deps, group: DirectoryGroup): Dossier {
  const isDeleted = group.deletedDateTime !== undefined
  return {
    kind: 'group',
    id: group.id,
    name: group.displayName,
    subjects: [group.displayName],
    related: [],
    standing: isDeleted ? 'deleted' : 'working',
    words: isDeleted ? 'Deleted group' : 'Security group',
    path: `/admin/groups/${group.id}`,
    facts: [{ label: 'Members', value: String(deps.system.store.count('groupMembers', 'group', group.id)) }],
    apps: standings(deps, 'Group', group.id),
  }
}

/** One for each app of the tenant that provisions. */
function standings(deps: Deps, kind: ObjectKind, id: string): readonly AppStanding[] {
  const { store } = deps.system
  return store.find('provisioningJobs', 'tenant', TENANT_ID).flatMap((job) => {
    const app = store.get('servicePrincipals', job.servicePrincipalId)
    return app === undefined ? [] : [standingIn(deps, kind, id, job, app)]
  })
}

function standingIn(
  deps: Deps,
  kind: ObjectKind,
  id: string,
  job: ProvisioningJob,
  app: ServicePrincipal,
): AppStanding {
  const { store } = deps.system
  const link = store.get('provisioningLinks', objectKey(job.id, id))
  const reason = reasonIn(deps, kind, id, job, app)
  return {
    app: app.displayName,
    id: app.id,
    assigned: waysTo(store, app.id, id),
    account: link === undefined ? 'none' : link.active ? 'working' : 'off',
    ...(link === undefined ? {} : { accountId: link.targetId }),
    ...(reason === undefined ? {} : { reason }),
  }
}

/** How somebody comes to be assigned: by themselves, and by which groups. */
function waysTo(store: EntraSystem['store'], appId: string, id: string): readonly string[] {
  const isAssigned = (principalId: string): boolean =>
    store.count('appRoleAssignments', 'pair', `${appId}/${principalId}`) > 0
  const groups = store
    .find('appRoleAssignments', 'resource', appId)
    .filter(
      ({ principalType, principalId }) =>
        principalType === 'Group' && store.has('groupMembers', memberKey(principalId, id)),
    )
    .map(({ principalId }) => store.get('groups', principalId)?.displayName ?? principalId)
  return [...(isAssigned(id) ? ['directly'] : []), ...groups]
}

function reasonIn(
  { system, source }: Deps,
  kind: ObjectKind,
  id: string,
  job: ProvisioningJob,
  app: ServicePrincipal,
): DossierReason | undefined {
  const { store } = system
  const scope = scopeOf(job, policyFor(system.switches, job))
  const object = source.read(scope, kind, id)
  const link = store.get('provisioningLinks', objectKey(job.id, id))
  const escrow = store.get('provisioningEscrows', objectKey(job.id, id))
  const leave = object === undefined ? 'hard-deleted' : leaveReasonOf(object.facts, object.presence)
  const failed = object?.facts.clauses
  return entraReason({
    app: app.displayName,
    leave,
    wasProvisioned: link !== undefined,
    isWorking: link?.active === true,
    jobState: job.state,
    isQuarantined: store.get('provisioningRuns', job.id)?.quarantine != null,
    isHeldBack: store.get('provisioningDepartures', objectKey(job.id, id))?.stagedAt !== undefined,
    ...(escrow === undefined ? {} : { failure: escrow.error.message }),
    ...(failed === undefined ? {} : { clauses: failed }),
  })
}
