import type { DirectoryGroup, DirectoryUser } from '#idp/core/directory/records.ts'
import type { Clock } from '#kit/clock.ts'
import type { EntraWriter } from '../collections.ts'
import type { Standing } from '../commands/actor.ts'
import type { AuditActivity } from './activities.ts'
import { initiatorOf } from './initiators.ts'
import { groupTarget, recordAudit, userTarget } from './record-audit.ts'
import type { AuditedProperty } from './records.ts'

/** Audit what was done to one user. Inside the transaction of the change. */
export function auditUser(
  tx: EntraWriter,
  clock: Pick<Clock, 'iso'>,
  standing: Standing,
  activity: AuditActivity,
  user: DirectoryUser,
  modified: readonly AuditedProperty[] = [],
): void {
  const initiatedBy = initiatorOf(tx, standing)
  recordAudit(tx, clock, { tenantId: standing.tenant.id, activity, initiatedBy, targets: [userTarget(user, modified)] })
}

/** Audit what was done to one group. Inside the transaction of the change. */
export function auditGroup(
  tx: EntraWriter,
  clock: Pick<Clock, 'iso'>,
  standing: Standing,
  activity: AuditActivity,
  group: DirectoryGroup,
  modified: readonly AuditedProperty[] = [],
): void {
  const initiatedBy = initiatorOf(tx, standing)
  const targets = [groupTarget(group, modified)]
  recordAudit(tx, clock, { tenantId: standing.tenant.id, activity, initiatedBy, targets })
}
