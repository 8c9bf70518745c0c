import { assign, unassign } from '#idp/core/directory/assignments.ts'
import { DIRECTORY_COLLECTIONS } from '#idp/core/directory/collections.ts'
import { createGroup } from '#idp/core/directory/groups.ts'
import { addMember, removeMember } from '#idp/core/directory/members.ts'
import { DEFAULT_ACCESS_ROLE_ID, type DirectoryShape } from '#idp/core/directory/records.ts'
import { createUser, hardDeleteUser, softDeleteUser, type UserPatch, updateUser } from '#idp/core/directory/users.ts'
import { PUBLISHED_THRESHOLDS } from '#idp/core/provisioning/quarantine.ts'
import type { AttributeMapping, ProvisioningSchema } from '#idp/core/provisioning/types.ts'
import { type OpenedSystem, type OpenSystemOptions, openSystem } from '#kit/system/open-system.ts'
import { ENGINE_COLLECTIONS } from '../collections.ts'
import type { JobPolicy } from '../context.ts'
import { createDirectorySource } from '../directory-source.ts'
import { createEngine, type Engine } from '../engine.ts'
import type { Announce, Notify } from '../job-event.ts'
import { createJob } from '../jobs.ts'
import { PLAIN_PHRASING } from '../phrasing.ts'
import type { EngineShape, ProvisioningJob, ProvisioningLogEntry } from '../records.ts'

/** A directory with one app and one job, driven by its real transitions, and an engine over it. */
export const TENANT = { id: 'tenant-1', verifiedDomains: ['brightwave.example'] }
export const APP_ID = 'sp-1'
export const JOB_ID = 'job-1'

const DEPARTMENT = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department'

function row(source: AttributeMapping['source'], targetAttributeName: string, matchingPriority = 0): AttributeMapping {
  return { source, targetAttributeName, matchingPriority, flowType: 'Always' }
}

const copy = (name: string, path: string, priority = 0) => row({ type: 'Attribute', name }, path, priority)

export const SCHEMA: ProvisioningSchema = {
  users: {
    name: 'Users',
    enabled: true,
    sourceObjectName: 'User',
    targetObjectName: 'User',
    scopingFilters: [],
    targetAttributes: [],
    actions: { create: true, update: true, delete: true },
    attributeMappings: [
      copy('userPrincipalName', 'userName', 1),
      row({ type: 'Function', expression: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")' }, 'active'),
      copy('displayName', 'displayName'),
      copy('jobTitle', 'title'),
      copy('mail', 'emails[type eq "work"].value'),
      copy('givenName', 'name.givenName'),
      copy('surname', 'name.familyName'),
      copy('department', DEPARTMENT),
      copy('objectId', 'externalId'),
    ],
  },
  groups: {
    name: 'Groups',
    enabled: true,
    sourceObjectName: 'Group',
    targetObjectName: 'Group',
    scopingFilters: [],
    targetAttributes: [],
    actions: { create: true, update: true, delete: true },
    attributeMappings: [
      copy('displayName', 'displayName', 1),
      copy('objectId', 'externalId'),
      copy('members', 'members'),
    ],
  },
}

type Shape = DirectoryShape & EngineShape

export interface Fixture {
  readonly system: OpenedSystem<Shape>
  readonly engine: Engine
  readonly people: People
  job(): ProvisioningJob
  /** Entries of the provisioning log, oldest first. */
  log(): readonly ProvisioningLogEntry[]
  close(): Promise<void>
}

/** What an administrator does to the directory. */
export interface People {
  user(id: string, fields?: UserPatch): Promise<void>
  change(id: string, patch: UserPatch): Promise<void>
  group(id: string, name: string, memberIds?: readonly string[]): Promise<void>
  join(groupId: string, userId: string): Promise<void>
  leave(groupId: string, userId: string): Promise<void>
  assign(principalId: string): Promise<void>
  unassign(principalId: string): Promise<void>
  softDelete(id: string): Promise<void>
  hardDelete(id: string): Promise<void>
}

function peopleOf(system: OpenedSystem<Shape>): People {
  const { store, clock } = system
  let assigned = 0
  return {
    user: (id, fields = {}) =>
      store.transact((tx) => {
        const values = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
        createUser(
          tx,
          TENANT,
          { id, now: clock.iso() },
          {
            userPrincipalName: `${id}@brightwave.example`,
            displayName: id,
            mail: `${id}@brightwave.example`,
            ...values,
          },
        )
      }),
    change: (id, patch) => store.transact((tx) => void updateUser(tx, TENANT, id, patch)),
    group: (id, displayName, memberIds = []) =>
      store.transact((tx) => {
        createGroup(tx, TENANT.id, { id, now: clock.iso() }, { displayName })
        for (const memberId of memberIds) addMember(tx, TENANT.id, id, memberId)
      }),
    join: (groupId, userId) => store.transact((tx) => void addMember(tx, TENANT.id, groupId, userId)),
    leave: (groupId, userId) => store.transact((tx) => removeMember(tx, TENANT.id, groupId, userId)),
    assign: (principalId) =>
      store.transact((tx) => {
        assigned += 1
        const id = `assignment-${principalId}-${assigned}`
        assign(tx, {
          id,
          now: clock.iso(),
          tenantId: TENANT.id,
          principalId,
          resourceId: APP_ID,
          appRoleId: DEFAULT_ACCESS_ROLE_ID,
        })
      }),
    unassign: (principalId) =>
      store.transact((tx) => {
        for (const held of tx.find('appRoleAssignments', 'pair', `${APP_ID}/${principalId}`)) {
          unassign(tx, TENANT.id, held.id)
        }
      }),
    softDelete: (id) => store.transact((tx) => void softDeleteUser(tx, TENANT.id, id, clock.iso())),
    hardDelete: (id) => store.transact((tx) => hardDeleteUser(tx, TENANT.id, id)),
  }
}

export interface FixtureOptions extends Partial<OpenSystemOptions> {
  readonly targetUrl: string
  readonly token: string
  readonly policy?: Partial<JobPolicy>
  readonly schema?: ProvisioningSchema
  readonly notify?: Notify
  readonly announce?: Announce
}

/** Open the directory; the job is made the first time and found again when `dataDir` holds one. Time stands still unless moved. */
export async function openFixture(options: FixtureOptions): Promise<Fixture> {
  const { targetUrl, token, policy = {}, schema = SCHEMA, notify, announce, ...openOptions } = options
  const system = await openSystem<Shape>(
    {
      name: 'idp',
      collections: { ...DIRECTORY_COLLECTIONS, ...ENGINE_COLLECTIONS },
      operations: [],
      ledger: [],
      seed(tx, { nowMs, vault }) {
        const now = new Date(nowMs).toISOString()
        tx.put('servicePrincipals', APP_ID, {
          id: APP_ID,
          tenantId: TENANT.id,
          appId: 'app-1',
          applicationId: 'application-1',
          displayName: 'Target app',
          publisherName: 'Publisher',
          accountEnabled: true,
          appRoleAssignmentRequired: false,
          visibleToUsers: true,
          appRoles: [],
          ownerIds: [],
          firstParty: false,
          createdDateTime: now,
        })
        createJob(tx, vault, {
          id: JOB_ID,
          tenantId: TENANT.id,
          servicePrincipalId: APP_ID,
          templateId: 'scim',
          tenantUrl: targetUrl,
          token,
          schema,
          now,
        })
      },
    },
    { dataDir: null, world: 'empty', urls: { idp: 'http://localhost:1' }, ...openOptions },
  )
  const engine = createEngine({
    system,
    source: createDirectorySource(system.store),
    phrasing: PLAIN_PHRASING,
    policyOf: ({ tenantUrl }) => ({
      baseUrl: tenantUrl,
      dialect: 'compliant',
      onUnassign: 'disable',
      defaultRoleCounts: true,
      intervalMinutes: 40,
      memberBatch: 20,
      concurrency: 8,
      timeoutMs: 5_000,
      quarantineThresholds: PUBLISHED_THRESHOLDS,
      ...policy,
    }),
    appName: () => 'Target app',
    ...(notify === undefined ? {} : { notify }),
    ...(announce === undefined ? {} : { announce }),
  })
  system.schedule.register(engine.due)
  return {
    system,
    engine,
    people: peopleOf(system),
    job() {
      const job = system.store.get('provisioningJobs', JOB_ID)
      if (job === undefined) throw new Error('The fixture has no job.')
      return job
    },
    log: () => Array.from(system.store.entries('provisioningLogs'), ([, entry]) => entry),
    async close() {
      await engine.shutdown()
      await system.close()
    },
  }
}
