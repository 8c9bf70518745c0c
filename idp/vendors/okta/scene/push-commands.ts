import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import {
  addPushRule,
  pushGroupByName,
  pushNow,
  refreshAppGroups,
  retryAllGroups,
  setGroupPush,
  setRenameAppGroups,
  unlinkGroup,
} from '../commands/push-groups.ts'
import type { GroupPushMapping } from '../provisioning/records.ts'
import { appGroupNamed, appNamed, groupNamed, pushOf } from './find.ts'
import { given, KIT, oktaCommand, type SceneDeps } from './okta-command.ts'

const app = z.string().optional()
const OfApp = z.strictObject({ app })
const OfGroup = z.strictObject({ group: z.string(), app })
const Condition = z.strictObject({ operator: z.enum(['starts-with', 'ends-with', 'contains']), value: z.string() })

const tellPush = ({ id, targetName, status }: GroupPushMapping) => ({ pushId: id, name: targetName, status })

/** The Push Groups tab of an app. */
export function pushCommands(deps: SceneDeps) {
  const pushIdOf = ({ group, app: name }: { readonly group: string; readonly app?: string | undefined }): string =>
    pushOf(deps, appNamed(deps, name), groupNamed(deps, group)).id
  return [
    oktaCommand(
      'push-group',
      'Pushes a group: it is created in the app, or linked to one the app has.',
      z
        .strictObject({
          group: z.string(),
          /** Another name in the app. */
          name: z.string().optional(),
          /** A group of the app, by name or by its id there. */
          linkTo: z.string().optional(),
          memberships: z.boolean().default(true),
          inactive: z.boolean().default(false),
          app,
        })
        .refine(({ name, linkTo }) => name === undefined || linkTo === undefined, {
          error: 'a group is created under a name or linked to another, not both',
        }),
      async ({ group, name, linkTo, memberships, inactive, app: label }) => {
        const target = appNamed(deps, label)
        const action =
          linkTo === undefined
            ? { kind: 'create' as const, ...given({ name }) }
            : { kind: 'link' as const, targetGroupId: appGroupNamed(deps, target, linkTo).externalId }
        const { id: groupId } = groupNamed(deps, group)
        const input = { appId: target.id, groupId, action, pushMemberships: memberships, inactive }
        return tellPush(await pushGroupByName(deps, KIT, input))
      },
    ),
    oktaCommand('push-now', 'Push now: overwrites the members, whatever the app has.', OfGroup, async (input) =>
      tellPush(await pushNow(deps, KIT, { mappingId: pushIdOf(input) })),
    ),
    oktaCommand(
      'set-group-push',
      'Activates or deactivates the push of a group.',
      z.strictObject({ group: z.string(), active: z.boolean(), app }),
      async ({ active, ...input }) => tellPush(await setGroupPush(deps, KIT, { mappingId: pushIdOf(input), active })),
    ),
    oktaCommand(
      'unlink-group',
      'Ends the push of a group; the group in the app stays, unless it is to be deleted.',
      z.strictObject({ group: z.string(), deleteTarget: z.boolean().default(false), app }),
      async ({ deleteTarget, ...input }) =>
        tellPush(await unlinkGroup(deps, KIT, { mappingId: pushIdOf(input), deleteTarget })),
    ),
    oktaCommand(
      'add-push-rule',
      'Pushes every group whose name or description meets a condition, now and later.',
      z.strictObject({
        name: z.string(),
        groupName: Condition.optional(),
        groupDescription: Condition.optional(),
        memberships: z.boolean().default(true),
        app,
      }),
      async ({ name, memberships, app: label, ...conditions }) => {
        const { id: appId } = appNamed(deps, label)
        const input = { appId, name, pushMemberships: memberships, ...given(conditions) }
        const rule = await addPushRule(deps, KIT, input)
        return { ruleId: rule.id, status: rule.status }
      },
    ),
    oktaCommand(
      'set-rename-app-groups',
      'Rename app groups to match group name in Okta.',
      z.strictObject({ rename: z.boolean(), app }),
      async ({ rename, app: label }) => {
        const { id: appId } = appNamed(deps, label)
        await setRenameAppGroups(deps, KIT, { appId, rename })
        return { appId, rename }
      },
    ),
    oktaCommand(
      'refresh-app-groups',
      'Refresh App Groups: reads the groups of the app, for linking.',
      OfApp,
      async (input) => {
        const refresh = await refreshAppGroups(deps, KIT, { appId: appNamed(deps, input.app).id })
        if (refresh.ok) return { ...refresh.counts }
        throw new Refusal('refresh_failed', 422, refresh.message, { hint: 'Correct the API integration.' })
      },
    ),
    oktaCommand('retry-groups', 'Retry All Groups: those whose push failed.', OfApp, async (input) => ({
      queued: await retryAllGroups(deps, KIT, { appId: appNamed(deps, input.app).id }),
    })),
  ]
}
