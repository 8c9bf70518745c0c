import { z } from 'zod'
import type { ControlClient } from '#scenarios/library/control-client.ts'
import { lookAt } from './records.ts'

const User = z.looseObject({
  id: z.string(),
  userPrincipalName: z.string(),
  displayName: z.string(),
  jobTitle: z.string().optional(),
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
      scopingFilters: z.array(z.looseObject({ title: z.string() })),
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
  timeEnded: z.string(),
  counts: Counts,
})
const Run = z.looseObject({
  jobId: z.string(),
  cycle: z.unknown(),
  quarantine: z.unknown(),
  lastExecution: Execution.optional(),
})
const LogEntry = z.looseObject({
  action: z.string(),
  status: z.string(),
  trigger: z.string(),
  source: z.looseObject({ id: z.string(), displayName: z.string(), name: z.string().optional() }),
  modified: z.array(z.looseObject({ name: z.string(), newValue: z.string().nullable() })),
})

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
  readonly log: readonly z.infer<typeof LogEntry>[]
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
    person: (name) => users.find((user) => user.userPrincipalName.toLowerCase() === name.toLowerCase()),
    membersOf(name) {
      const group = groups.find((each) => each.displayName === name)
      return members.filter((pair) => pair.groupId === group?.id).map((pair) => nameOf(pair.memberId))
    },
    hasGroup: (name) => groups.some((group) => group.displayName === name),
  }
}
