import { z } from 'zod'
import type { AppUser } from '../apps/records.ts'
import {
  assignGroup,
  assignPerson,
  editAssignment,
  editGroupAssignment,
  setGroupPriority,
  unassignGroup,
  unassignPerson,
} from '../commands/assignments.ts'
import { knownAppGroup } from '../commands/known.ts'
import { appNamed, assignmentOf, groupNamed, personNamed } from './find.ts'
import { KIT, oktaCommand, type SceneDeps } from './okta-command.ts'
import { Values } from './profile-values.ts'

const app = z.string().optional()
const OfPerson = z.strictObject({ person: z.string(), app })
const OfGroup = z.strictObject({ group: z.string(), app })
/** 0 is the highest. */
const priority = z.int().nonnegative().optional()

const tellAssignment = ({ id, scope, userName }: AppUser) => ({ assignmentId: id, scope, userName })

/** The Assignments tab of an app. */
export function assignmentCommands(deps: SceneDeps) {
  return [
    oktaCommand(
      'assign-person',
      'Assigns somebody to an app, with a user name or values of their own where they are told.',
      z.strictObject({ person: z.string(), userName: z.string().optional(), values: Values.optional(), app }),
      async ({ person, userName, values, app: name }) =>
        tellAssignment(
          await assignPerson(deps, KIT, {
            appId: appNamed(deps, name).id,
            userId: personNamed(deps, person).id,
            ...(userName === undefined ? {} : { userName }),
            ...(values === undefined ? {} : { values }),
          }),
        ),
    ),
    oktaCommand(
      'edit-assignment',
      'Changes the assignment of somebody; the scope GROUP gives it back to their groups.',
      z.strictObject({
        person: z.string(),
        scope: z.enum(['USER', 'GROUP']).optional(),
        userName: z.string().optional(),
        values: Values.optional(),
        app,
      }),
      async ({ person, scope, userName, values, app: name }) => {
        const before = assignmentOf(deps, appNamed(deps, name), personNamed(deps, person))
        return tellAssignment(
          await editAssignment(deps, KIT, {
            appUserId: before.id,
            ...(scope === undefined ? {} : { scope }),
            ...(userName === undefined ? {} : { userName }),
            values: { ...before.overrides, ...values },
          }),
        )
      },
    ),
    oktaCommand(
      'unassign-person',
      'Takes the assignment of somebody away; in an assigned group they stay assigned by it.',
      OfPerson,
      async ({ person, app: name }) => {
        const { id } = assignmentOf(deps, appNamed(deps, name), personNamed(deps, person))
        await unassignPerson(deps, KIT, { appUserId: id })
        return { unassigned: id }
      },
    ),
    oktaCommand(
      'assign-group',
      'Assigns a group to an app, with values for its members; last in priority unless told.',
      z.strictObject({ group: z.string(), values: Values.optional(), priority, app }),
      async ({ group, values, priority: place, app: name }) => {
        const appId = appNamed(deps, name).id
        const groupId = groupNamed(deps, group).id
        await assignGroup(deps, KIT, { appId, groupId, ...(values === undefined ? {} : { profile: values }) })
        if (place !== undefined) await setGroupPriority(deps, KIT, { appId, groupId, priority: place })
        return { appId, groupId }
      },
    ),
    oktaCommand(
      'edit-group-assignment',
      'Changes the values a group gives its members, or its priority; 0 is the highest.',
      z.strictObject({ group: z.string(), values: Values.optional(), priority, app }),
      async ({ group, values, priority: place, app: name }) => {
        const appId = appNamed(deps, name).id
        const groupId = groupNamed(deps, group).id
        const before = knownAppGroup(deps.system.store, appId, groupId)
        if (values !== undefined) {
          await editGroupAssignment(deps, KIT, { appId, groupId, profile: { ...before.profile, ...values } })
        }
        if (place !== undefined) await setGroupPriority(deps, KIT, { appId, groupId, priority: place })
        return { appId, groupId }
      },
    ),
    oktaCommand(
      'unassign-group',
      'Takes the assignment of a group away: who holds no other loses the app.',
      OfGroup,
      async ({ group, app: name }) => {
        const appId = appNamed(deps, name).id
        const groupId = groupNamed(deps, group).id
        await unassignGroup(deps, KIT, { appId, groupId })
        return { appId, groupId }
      },
    ),
  ]
}
