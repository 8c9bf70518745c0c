import { z } from 'zod'
import type { ControlClient } from '#scenarios/library/control-client.ts'
import { lookAt } from './records.ts'

const User = z.looseObject({
  id: z.string(),
  userPrincipalName: z.string(),
  displayName: z.string(),
  jobTitle: z.string().optional(),
  department: z.string().optional(),
  accountEnabled: z.boolean(),
  deletedDateTime: z.string().optional(),
})
const Group = z.looseObject({ id: z.string(), displayName: z.string() })
const Member = z.looseObject({ groupId: z.string(), memberId: z.string() })
const App = z.looseObject({
  id: z.string(),
  tenantId: z.string(),
  displayName: z.string(),
  templateId: z.string().optional(),
})
const Grant = z.looseObject({ clientId: z.string(), consentType: z.string(), scope: z.string() })
const Assignment = z.looseObject({ principalId: z.string(), resourceId: z.string() })
const Job = z.looseObject({
  id: z.string(),
  servicePrincipalId: z.string(),
  tenantUrl: z.string(),
  state: z.string(),
  scope: z.string(),
  notification: z.looseObject({ enabled: z.boolean(), email: z.string() }),
  deletionGuard: z.looseObject({ enabled: z.boolean(), threshold: z.number() }),
  schema: z.looseObject({
    users: z.looseObject({
      attributeMappings: z.array(z.looseObject({ targetAttributeName: z.string() })),
      scopingFilters: z.array(
        z.looseObject({
          title: z.string(),
          clauses: z.array(z.looseObject({ attribute: z.string(), operator: z.string(), value: z.string() })),
        }),
      ),
    }),
  }),
})
const Counts = z.looseObject({
  created: z.number(),
  updated: z.number(),
  disabled: z.number(),
  deleted: z.number(),
  failed: z.number(),
})
const Execution = z.looseObject({
  id: z.string(),
  kind: z.string(),
  state: z.string(),
  timeBegan: z.string(),
  timeEnded: z.string(),
  counts: Counts,
})
const Quarantine = z.looseObject({
  reason: z.string(),
  since: z.string(),
  nextAttempt: z.string(),
  failedAttempts: z.number(),
  error: z.looseObject({ code: z.string(), message: z.string() }),
})
const Run = z.looseObject({
  jobId: z.string(),
  cycle: z.looseObject({ id: z.string(), kind: z.string() }).nullable(),
  quarantine: Quarantine.nullable(),
  nextRunAt: z.string().nullable(),
  statistics: z.looseObject({ users: z.number(), groups: z.number() }),
  steadyStateLastAchieved: z.string().optional(),
  lastExecution: Execution.optional(),
})
const LogEntry = z.looseObject({
  key: z.string(),
  cycleId: z.string(),
  changeId: z.string(),
  action: z.string(),
  status: z.string(),
  trigger: z.string(),
  source: z.looseObject({ id: z.string(), displayName: z.string(), name: z.string().optional() }),
  steps: z.array(
    z.looseObject({
      name: z.string(),
      type: z.string(),
      status: z.string(),
      details: z.record(z.string(), z.string()),
    }),
  ),
  modified: z.array(
    z.looseObject({ name: z.string(), oldValue: z.string().nullable(), newValue: z.string().nullable() }),
  ),
  outcome: z.looseObject({ code: z.string(), reason: z.string() }).optional(),
})
const Departure = z.looseObject({ jobId: z.string(), stagedAt: z.string().optional(), allowed: z.boolean() })
const AuditEvent = z.looseObject({
  activity: z.string(),
  result: z.string(),
  reason: z.string(),
  targets: z.array(z.looseObject({ id: z.string() })),
})

export type EntraLogEntry = z.infer<typeof LogEntry>

/** The gallery's id of the app the walkthroughs add. */
const TEMPLATE = 'dialpad'

/** Entra's state at one moment, in the words a check speaks. */
export interface EntraPicture {
  /** Dialpad among the enterprise apps of the tenant; absent before consent. */
  readonly app: z.infer<typeof App> | undefined
  readonly grants: readonly z.infer<typeof Grant>[]
  /** Names of people and groups assigned to the app. */
  readonly assigned: readonly string[]
  readonly job: z.infer<typeof Job> | undefined
  readonly run: z.infer<typeof Run> | undefined
  /** Oldest first. */
  readonly log: readonly EntraLogEntry[]
  /** Departures the deletion guard holds back and nobody has allowed. */
  readonly staged: number
  /** What the audit log says about the app, oldest first. */
  readonly audit: readonly z.infer<typeof AuditEvent>[]
  /** The recycle bin included. */
  person(userPrincipalName: string): z.infer<typeof User> | undefined
  /** Principal names of direct members. */
  membersOf(group: string): readonly string[]
  hasGroup(name: string): boolean
}

export async function pictureEntra(client: ControlClient): Promise<EntraPicture> {
  const records = await lookAt(client)
  const users = records.of('users', User)
  const groups = records.of('groups', Group)
  const members = records.of('groupMembers', Member)
  const app = records.of('servicePrincipals', App).find((each) => each.templateId === TEMPLATE)
  const job = records.of('provisioningJobs', Job).find((each) => each.servicePrincipalId === app?.id)
  const nameOf = (id: string): string =>
    users.find((user) => user.id === id)?.userPrincipalName ??
    groups.find((group) => group.id === id)?.displayName ??
    id
  return {
    app,
    job,
    grants: records.of('permissionGrants', Grant).filter((grant) => grant.clientId === app?.id),
    assigned: records
      .of('appRoleAssignments', Assignment)
      .filter((assignment) => assignment.resourceId === app?.id)
      .map((assignment) => nameOf(assignment.principalId)),
    run: records.of('provisioningRuns', Run).find((run) => run.jobId === job?.id),
    log: records.of('provisioningLogs', LogEntry),
    staged: records
      .of('provisioningDepartures', Departure)
      .filter(({ jobId, stagedAt, allowed }) => jobId === job?.id && stagedAt !== undefined && !allowed).length,
    audit: records.of('auditEvents', AuditEvent).filter(({ targets }) => targets.some(({ id }) => id === app?.id)),
    person: (name) => users.find((user) => user.userPrincipalName.toLowerCase() === name.toLowerCase()),
    membersOf(name) {
      const group = groups.find((each) => each.displayName === name)
      return members.filter((pair) => pair.groupId === group?.id).map((pair) => nameOf(pair.memberId))
    },
    hasGroup: (name) => groups.some((group) => group.displayName === name),
  }
}

/** Words for how many consents there are: `1 consent`, `no consents`. */
export function tellConsents(count: number): string {
  return count === 1 ? '1 consent' : `${count === 0 ? 'no' : count} consents`
}
