import type { z } from 'zod'
import { TENANT_ID } from '#kit/world/constants.ts'
import type { SystemReading } from '../reading/read-system.ts'
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
} from '../records/entra.ts'
import { findNestedGroups, type NestedGroup } from './entra-nested.ts'
import { type EntraSignIn, gatherSignIn } from './entra-sign-in.ts'

/** The gallery's listing of the app that is looked at. */
const TEMPLATE = 'dialpad'

export type EntraPerson = z.infer<typeof EntraUser>
export type EntraGroupRecord = z.infer<typeof EntraGroup>
type Link = z.infer<typeof EntraLink>
type Escrow = z.infer<typeof EntraEscrow>

/** The tenant and its app Dialpad, in the words a diagnosis speaks. */
export interface EntraSide {
  readonly app: z.infer<typeof EntraApp> | undefined
  readonly job: z.infer<typeof EntraJob> | undefined
  readonly run: z.infer<typeof EntraRun> | undefined
  /** Cycles run and reach the target: what is wrong with a person is about that person. */
  readonly works: boolean
  readonly assignments: readonly z.infer<typeof EntraAssignment>[]
  /**
   * Assigned themselves or as direct members of an assigned group (everybody, where the scope says so); the recycle bin left out.
   * Of very many, some, and those who fail.
   */
  readonly inScope: readonly EntraPerson[]
  /** Groups inside assigned ones whose members are not in scope by another way. */
  readonly nested: readonly NestedGroup[]
  /** Departures the deletion guard holds back and nobody has allowed. */
  readonly heldBack: readonly z.infer<typeof EntraDeparture>[]
  /** What the job knows of the accounts of whoever is in scope. */
  readonly links: readonly Link[]
  /** Left scope, have an account, and the request to switch it off fails. */
  readonly leavers: readonly EntraPerson[]
  /** What the job knows of groups of the target. */
  readonly groupLinks: readonly Link[]
  /** How many accounts of people the job has made or found, and of these how many it believes to work. */
  readonly accounts: { readonly all: number; readonly working: number }
  /** What fails, and is tried again. */
  readonly failures: readonly Escrow[]
  /** Users may not consent to apps, and nobody has consented to Dialpad for all of them. */
  readonly consentBlocked: boolean
  readonly defaultAccess: string | undefined
  /** The tenant's applications, and how they sign people in. */
  readonly signIn: EntraSignIn
  /** Virtual time, ISO. */
  readonly now: string
  link(sourceId: string): Link | undefined
  /** What failed last for somebody, and is tried again. */
  failure(sourceId: string): string | undefined
  failureCode(sourceId: string): string | undefined
  /** Of those in scope, held back, failing. */
  person(id: string): EntraPerson | undefined
  group(id: string): EntraGroupRecord | undefined
  /** Attribute of the directory that a target attribute is filled from; `undefined`: not mapped, or by an expression. */
  sourceOf(targetAttribute: string): string | undefined
  /** Path of a page of the app; of the list of apps when there is none. */
  page(path: string): string
}

/** Gather what there is to say of the app in the tenant. */
export async function gatherEntra(read: SystemReading): Promise<EntraSide> {
  const { app, job } = await findApp(read)
  const [[run], assigned, departures, escrows, consent, signIn] = await Promise.all([
    read.byKeys('provisioningRuns', EntraRun, job === undefined ? [] : [job.id]),
    read.filed('appRoleAssignments', EntraAssignment, {
      index: 'resource',
      values: app === undefined ? [] : [app.id],
      what: 'assignments',
    }),
    read.filed('provisioningDepartures', EntraDeparture, ofJob(job, 'staged', 'departures held back')),
    read.filed('provisioningEscrows', EntraEscrow, ofJob(job, 'job', 'objects that fail')),
    readConsent(read, app?.id),
    gatherSignIn(read),
  ])
  const assignments = assigned.records
  const groups = (
    await read.byKeys(
      'groups',
      EntraGroup,
      assignments.filter(({ principalType }) => principalType === 'Group').map(({ principalId }) => principalId),
    )
  ).filter(isLiving)
  const failures = escrows.records
  const [scope, failing] = await Promise.all([
    gatherScope(read, { everybody: job?.scope === 'all', assigned, groups }),
    failingPeople(read, failures),
  ])
  const people = new Map([...scope.people, ...failing].map((person) => [person.id, person]))

  const [links, groupLinks, heldPeople, nested, all, working] = await Promise.all([
    read.byKeys(
      'provisioningLinks',
      EntraLink,
      job === undefined ? [] : [...people.keys()].map((id) => `${job.id}/${id}`),
    ),
    read.filed('provisioningLinks', EntraLink, {
      index: 'job',
      values: job === undefined ? [] : [`${job.id}/Group`],
      what: 'groups in the target',
    }),
    read.byKeys(
      'users',
      EntraUser,
      departures.records.map(({ sourceId }) => sourceId).filter((id) => !people.has(id)),
    ),
    findNestedGroups(read, {
      app,
      groups,
      members: scope.members,
      isInScope: (id) => scope.people.some((person) => person.id === id),
    }),
    job === undefined ? 0 : read.count('provisioningLinks', 'job', `${job.id}/User`),
    job === undefined ? 0 : read.count('provisioningLinks', 'working', job.id),
  ])
  const linkedGroups = await read.byKeys(
    'groups',
    EntraGroup,
    [...groupLinks.records, ...failures].filter(({ kind }) => kind === 'Group').map(({ sourceId }) => sourceId),
  )
  const groupById = new Map([...groups, ...linkedGroups].filter(isLiving).map((group) => [group.id, group]))
  for (const person of heldPeople) people.set(person.id, person)
  const linkedIds = new Set(links.map(({ sourceId }) => sourceId))
  // Whoever is still to be created is in scope; with an account somebody may fail who has left.
  const created = scope.isWhole ? [] : failing.filter(({ id }) => !linkedIds.has(id))
  const inScope = [...new Map([...scope.people, ...created].map((person) => [person.id, person])).values()]
  const inScopeIds = new Set(inScope.map(({ id }) => id))
  const linkBySource = new Map(links.map((link) => [link.sourceId, link]))
  const failureBySource = new Map(failures.map((each) => [each.sourceId, each.error]))

  return {
    app,
    job,
    run,
    works: job?.state === 'Active' && run?.quarantine === null,
    assignments,
    inScope,
    nested,
    heldBack: departures.records,
    links: links.filter(({ sourceId }) => inScopeIds.has(sourceId)),
    leavers: scope.isWhole
      ? links.flatMap((link) => {
          const person = inScopeIds.has(link.sourceId) ? undefined : people.get(link.sourceId)
          return person === undefined || !link.active ? [] : [person]
        })
      : [],
    groupLinks: groupLinks.records,
    accounts: { all, working },
    failures,
    consentBlocked: consent.isBlocked,
    defaultAccess: read.switchValue('default-access'),
    signIn,
    now: read.now,
    link: (sourceId) => linkBySource.get(sourceId),
    failure: (sourceId) => failureBySource.get(sourceId)?.message,
    failureCode: (sourceId) => failureBySource.get(sourceId)?.code,
    person: (id) => people.get(id),
    group: (id) => groupById.get(id),
    sourceOf: (target) =>
      job?.schema.users.attributeMappings.find(({ targetAttributeName }) => targetAttributeName === target)?.source
        .name,
    page: (path) => (app === undefined ? '/admin/apps' : `/admin/apps/${app.id}/${path}`),
  }
}

const isLiving = ({ deletedDateTime }: { readonly deletedDateTime?: string | undefined }): boolean =>
  deletedDateTime === undefined

const ofJob = (job: z.infer<typeof EntraJob> | undefined, index: string, what: string) => ({
  index,
  values: job === undefined ? [] : [job.id],
  what,
})

/** Dialpad among the enterprise apps: the one that is provisioned, where there are several. */
async function findApp(read: SystemReading) {
  const principals = await read.filed('servicePrincipals', EntraApp, {
    index: 'tenant',
    values: [TENANT_ID],
    what: 'enterprise apps',
  })
  const apps = principals.records.filter(({ templateId }) => templateId === TEMPLATE)
  const jobs = await read.filed('provisioningJobs', EntraJob, {
    index: 'servicePrincipal',
    values: apps.map(({ id }) => id),
    what: 'provisioning jobs',
  })
  const app = apps.find(({ id }) => jobs.records.some(({ servicePrincipalId }) => servicePrincipalId === id)) ?? apps[0]
  return { app, job: jobs.records.find(({ servicePrincipalId }) => servicePrincipalId === app?.id) }
}

/** A consent that was not looked at may be the one for everybody: nothing is said then. */
async function readConsent(read: SystemReading, appId: string | undefined): Promise<{ readonly isBlocked: boolean }> {
  const [settings] = await read.byKeys('consentSettings', EntraConsent, [TENANT_ID])
  if (settings?.userConsent !== 'block') return { isBlocked: false }
  const grants = await read.filed('permissionGrants', EntraGrant, {
    index: 'client',
    values: appId === undefined ? [] : [appId],
    what: 'consents',
  })
  return { isBlocked: grants.isWhole && !grants.records.some(({ consentType }) => consentType === 'AllPrincipals') }
}

async function gatherScope(
  read: SystemReading,
  asked: {
    readonly everybody: boolean
    readonly assigned: { readonly records: readonly z.infer<typeof EntraAssignment>[]; readonly isWhole: boolean }
    readonly groups: readonly EntraGroupRecord[]
  },
) {
  const members = await read.filed('groupMembers', EntraMember, {
    index: 'group',
    values: asked.groups.map(({ id }) => id),
    what: 'members of assigned groups',
  })
  if (asked.everybody) {
    const everybody = await read.filed('users', EntraUser, {
      index: 'live',
      values: [TENANT_ID],
      what: 'people in scope',
    })
    return { people: everybody.records, members: members.records, isWhole: everybody.isWhole }
  }
  const ids = [
    ...asked.assigned.records.filter(({ principalType }) => principalType === 'User').map((each) => each.principalId),
    ...members.records.filter(({ memberType }) => memberType === 'user').map(({ memberId }) => memberId),
  ]
  const people = (await read.byKeys('users', EntraUser, ids)).filter(isLiving)
  return { people, members: members.records, isWhole: asked.assigned.isWhole && members.isWhole }
}

async function failingPeople(read: SystemReading, failures: readonly Escrow[]): Promise<readonly EntraPerson[]> {
  const ids = failures.filter(({ kind }) => kind === 'User').map(({ sourceId }) => sourceId)
  return (await read.byKeys('users', EntraUser, ids)).filter(isLiving)
}
