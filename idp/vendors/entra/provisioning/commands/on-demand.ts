import { badValue, notFound } from '#idp/core/directory/refusal.ts'
import { MOST_MEMBERS, type OnDemandRefusal, type OnDemandResult, type Preview } from '#idp/engine/on-demand.ts'
import type { Actor } from '../../commands/actor.ts'
import { journalChange } from '../../commands/journal-change.ts'
import { type ManagedJob, mustBeConnected, mustManageJob, type ProvisioningDeps } from './job-of-app.ts'

export interface OnDemandInput {
  readonly appId: string
  /** A live user or group of the tenant. */
  readonly objectId: string
  /** Of a group: at most five of its members. */
  readonly memberIds?: readonly string[]
}

type Done = Extract<OnDemandResult, { kind: 'done' }>
type Planned = Extract<Preview, { kind: 'planned' }>

/** Deleted and blocked people cannot be chosen (reference 7.2). */
function mustBeLive({ system }: ProvisioningDeps, { tenant }: ManagedJob, objectId: string): void {
  const user = system.store.get('users', objectId)
  const object = user ?? system.store.get('groups', objectId)
  if (object === undefined || object.tenantId !== tenant.id || object.deletedDateTime !== undefined) {
    throw notFound('user or group', objectId)
  }
  if (user !== undefined && !user.accountEnabled) {
    throw badValue('objectId', `${user.displayName} is blocked from signing in and cannot be provisioned on demand.`)
  }
}

function refusalOf(reason: OnDemandRefusal, { objectId }: OnDemandInput): Error {
  switch (reason) {
    case 'unknown-job':
    case 'unknown-object':
      return notFound('user or group', objectId)
    case 'too-many-members':
      return badValue('memberIds', `At most ${MOST_MEMBERS} members can be provisioned at once.`)
  }
}

/**
 * What would be done for one person or group, and why. Asks the target and changes nothing.
 * @throws {Refusal} `role_needed`, `not_configured`, `no_credentials`. @throws {DirectoryRefusal} for somebody who cannot be chosen.
 */
export async function previewOnDemand(deps: ProvisioningDeps, actor: Actor, input: OnDemandInput): Promise<Planned> {
  const managed = mustManageJob(deps.system.store, actor, input.appId)
  mustBeConnected(managed)
  mustBeLive(deps, managed, input.objectId)
  const preview = await deps.engine.preview(managed.job.id, input.objectId)
  if (preview.kind === 'refused') throw refusalOf(preview.reason, input)
  return preview
}

/**
 * Provision one person or group at once, started or not. The watermark stays where it is.
 * @throws {Refusal} `role_needed`, `not_configured`, `no_credentials`. @throws {DirectoryRefusal} for somebody who cannot be chosen, and for
 *   more than five members.
 */
export async function provisionOnDemand(deps: ProvisioningDeps, actor: Actor, input: OnDemandInput): Promise<Done> {
  const { system, engine } = deps
  const managed = mustManageJob(system.store, actor, input.appId)
  mustBeConnected(managed)
  mustBeLive(deps, managed, input.objectId)
  const result = await engine.provisionOnDemand(managed.job.id, input.objectId, input.memberIds)
  if (result.kind === 'refused') throw refusalOf(result.reason, input)
  const { entry } = result
  const subject = entry.source.name ?? entry.source.displayName
  journalChange(system, {
    title: `${entry.source.displayName} was provisioned on demand to ${managed.app.displayName}: ${entry.action}, ${entry.status}`,
    subject,
    change: { type: 'provisioning', id: entry.source.id, after: { action: entry.action, status: entry.status } },
  })
  return result
}
