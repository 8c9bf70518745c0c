import type { z } from 'zod'
import { TENANT_ID } from '#kit/world/constants.ts'
import type { Picture } from '../picture.ts'
import {
  EntraApp,
  EntraAssignment,
  EntraConsent,
  EntraDeparture,
  EntraEscrow,
  EntraGrant,
  EntraGroup,
  EntraJob,
  EntraLink,
  EntraMember,
  EntraRun,
  EntraUser,
} from '../records.ts'

/** The gallery's listing of the app that is looked at. */
const TEMPLATE = 'dialpad'

export type EntraPerson = z.infer<typeof EntraUser>

/** The tenant and its app Dialpad, in the words a diagnosis speaks. */
export interface EntraSide {
  readonly app: z.infer<typeof EntraApp> | undefined
  readonly job: z.infer<typeof EntraJob> | undefined
  readonly run: z.infer<typeof EntraRun> | undefined
  /** Cycles run and reach the target: what is wrong with a person is about that person. */
  readonly works: boolean
  readonly assignments: readonly z.infer<typeof EntraAssignment>[]
  readonly assignedGroups: readonly z.infer<typeof EntraGroup>[]
  /** Assigned themselves or as direct members of an assigned group (everybody, where the scope says so); the recycle bin left out. */
  readonly inScope: readonly EntraPerson[]
  readonly people: readonly EntraPerson[]
  /** Departures the deletion guard holds back and nobody has allowed. */
  readonly heldBack: readonly z.infer<typeof EntraDeparture>[]
  readonly links: readonly z.infer<typeof EntraLink>[]
  /** Users may not consent to apps, and nobody has consented to Dialpad for all of them. */
  readonly consentBlocked: boolean
  readonly defaultAccess: string | undefined
  link(sourceId: string): z.infer<typeof EntraLink> | undefined
  /** What failed last for somebody, and is tried again. */
  failure(sourceId: string): string | undefined
  failureCode(sourceId: string): string | undefined
  person(id: string): EntraPerson | undefined
  group(id: string): z.infer<typeof EntraGroup> | undefined
  membersOf(groupId: string): readonly EntraPerson[]
  groupsIn(groupId: string): readonly z.infer<typeof EntraGroup>[]
  /** Attribute of the directory that a target attribute is filled from; `undefined`: not mapped, or by an expression. */
  sourceOf(targetAttribute: string): string | undefined
  /** Path of a page of the app; of the list of apps when there is none. */
  page(path: string): string
}

/** Make the view of a picture. */
export function entraSide({ entra }: Picture): EntraSide {
  const ofTenant = <T extends { readonly tenantId: string }>(all: readonly T[]): readonly T[] =>
    all.filter(({ tenantId }) => tenantId === TENANT_ID)
  const apps = ofTenant(entra.of('servicePrincipals', EntraApp)).filter(({ templateId }) => templateId === TEMPLATE)
  const jobs = entra.of('provisioningJobs', EntraJob)
  const app = apps.find(({ id }) => jobs.some(({ servicePrincipalId }) => servicePrincipalId === id)) ?? apps[0]
  const job = jobs.find(({ servicePrincipalId }) => servicePrincipalId === app?.id)
  const run = entra.of('provisioningRuns', EntraRun).find(({ jobId }) => jobId === job?.id)
  const ofJob = <T extends { readonly jobId: string }>(all: readonly T[]): readonly T[] =>
    all.filter(({ jobId }) => jobId === job?.id)

  const people = ofTenant(entra.of('users', EntraUser))
  const living = people.filter(({ deletedDateTime }) => deletedDateTime === undefined)
  const byId = new Map(people.map((person) => [person.id, person]))
  const groups = new Map(
    ofTenant(entra.of('groups', EntraGroup))
      .filter(({ deletedDateTime }) => deletedDateTime === undefined)
      .map((group) => [group.id, group]),
  )
  const membersByGroup = new Map<string, z.infer<typeof EntraMember>[]>()
  for (const pair of entra.of('groupMembers', EntraMember)) {
    const known = membersByGroup.get(pair.groupId)
    if (known === undefined) membersByGroup.set(pair.groupId, [pair])
    else known.push(pair)
  }
  const membersOf = (groupId: string): readonly EntraPerson[] =>
    (membersByGroup.get(groupId) ?? []).flatMap(({ memberId }) => byId.get(memberId) ?? []).filter(isLiving)
  const assignments = entra.of('appRoleAssignments', EntraAssignment).filter(({ resourceId }) => resourceId === app?.id)
  const assignedGroups = assignments.flatMap(({ principalId }) => groups.get(principalId) ?? [])
  const links = ofJob(entra.of('provisioningLinks', EntraLink))
  const linkBySource = new Map(links.map((link) => [link.sourceId, link]))
  const failures = new Map(
    ofJob(entra.of('provisioningEscrows', EntraEscrow)).map((each) => [each.sourceId, each.error]),
  )
  const assigned = [
    ...assignments.flatMap(({ principalId }) => byId.get(principalId) ?? []),
    ...assignedGroups.flatMap(({ id }) => membersOf(id)),
  ].filter(isLiving)
  const consents = entra.of('consentSettings', EntraConsent)
  const forAll = entra
    .of('permissionGrants', EntraGrant)
    .some((grant) => grant.clientId === app?.id && grant.consentType === 'AllPrincipals')

  return {
    app,
    job,
    run,
    works: job?.state === 'Active' && run?.quarantine === null,
    assignments,
    assignedGroups,
    people: living,
    inScope: job?.scope === 'all' ? living : [...new Set(assigned)],
    heldBack: ofJob(entra.of('provisioningDepartures', EntraDeparture)).filter(
      ({ stagedAt, allowed }) => stagedAt !== undefined && !allowed,
    ),
    links,
    consentBlocked: consents.some(({ userConsent }) => userConsent === 'block') && !forAll,
    defaultAccess: entra.switchValue('default-access'),
    link: (sourceId) => linkBySource.get(sourceId),
    failure: (sourceId) => failures.get(sourceId)?.message,
    failureCode: (sourceId) => failures.get(sourceId)?.code,
    person: (id) => byId.get(id),
    group: (id) => groups.get(id),
    membersOf,
    groupsIn: (groupId) => (membersByGroup.get(groupId) ?? []).flatMap(({ memberId }) => groups.get(memberId) ?? []),
    sourceOf: (target) =>
      job?.schema.users.attributeMappings.find(({ targetAttributeName }) => targetAttributeName === target)?.source
        .name,
    page: (path) => (app === undefined ? '/admin/apps' : `/admin/apps/${app.id}/${path}`),
  }
}

const isLiving = ({ deletedDateTime }: EntraPerson): boolean => deletedDateTime === undefined
