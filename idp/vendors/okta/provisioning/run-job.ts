import type { OktaSystem } from '../collections.ts'
import { schemaOf } from '../profiles/read.ts'
import { deactivateUser, removeUser } from './leave-user.ts'
import { failedBy, groupPushFailed, type Outcome, reasonOf } from './outcome.ts'
import { provisionUser, pushPassword, pushProfile, type Work } from './provision-user.ts'
import { type GroupProgress, membersToPush, pushGroup } from './push-group.ts'
import type { ProvisioningJob } from './records.ts'
import type { ScimClient } from './scim-client.ts'
import type { ConnectedApp } from './target.ts'

/** What a job did: what it came to, and of a pushed group what the app has now. */
export interface JobResult {
  readonly outcome: Outcome
  readonly progress?: GroupProgress
}

/** Send what one job stands for, as things are now. Writes nothing. */
export async function sendJob(
  system: OktaSystem,
  app: ConnectedApp,
  client: ScimClient,
  { work }: ProvisioningJob,
): Promise<JobResult> {
  const { store, vault } = system
  const { attributes } = schemaOf(store, app.id)
  switch (work.kind) {
    case 'provision':
    case 'push-profile':
    case 'push-password': {
      const appUser = store.get('appUsers', work.appUserId)
      const user = appUser === undefined ? undefined : store.get('users', appUser.userId)
      if (appUser === undefined || user === undefined) return { outcome: { kind: 'moot', line: 'no longer assigned' } }
      const about: Work = { app, appUser, user, attributes, client }
      if (work.kind === 'provision') return { outcome: await provisionUser(about) }
      if (work.kind === 'push-profile') return { outcome: await pushProfile(about) }
      return { outcome: await pushPassword(about, vault.open(work.sealedPassword)) }
    }
    case 'deactivate': {
      // Assigned again before this ran: the later assignment is what counts.
      return { outcome: await deactivateUser({ app, former: work.former, attributes, client }) }
    }
    case 'remove-user':
      return { outcome: await removeUser({ app, former: work.former, attributes, client }) }
    case 'push-group': {
      const mapping = store.get('groupPushMappings', work.mappingId)
      const group = mapping === undefined ? undefined : store.get('groups', mapping.groupId)
      if (mapping === undefined || group === undefined || mapping.status === 'INACTIVE') {
        return { outcome: { kind: 'moot', line: 'no longer pushed' } }
      }
      return pushGroup(
        { app, mapping, groupName: group.name, client, ...membersToPush(store, mapping) },
        work.overwrite,
      )
    }
    case 'delete-group':
      return { outcome: await deleteTargetGroup(client, work.targetGroupId, work.name) }
  }
}

async function deleteTargetGroup(client: ScimClient, id: string, name: string): Promise<Outcome> {
  const eventType = 'application.provision.group_push.delete_appgroup'
  const answer = await client.remove('Groups', id)
  if (answer.ok) return { kind: 'done', steps: [{ eventType }], line: `group ${name} deleted` }
  const reason = reasonOf(answer)
  return failedBy(answer, {
    steps: [{ eventType, failure: reason }],
    message: groupPushFailed(name, reason),
    task: 'group',
  })
}
