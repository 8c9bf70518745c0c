import { z } from 'zod'
import type { OktaGroup } from '../collections.ts'
import { activateGroupRule, addGroupRule, deactivateGroupRule, deleteGroupRule } from '../commands/group-rules.ts'
import { addGroup, addMember, deleteGroup, editGroup, removeMember } from '../commands/groups.ts'
import type { GroupRule } from '../groups/rules/records.ts'
import { groupNamed, personNamed, ruleNamed } from './find.ts'
import { given, KIT, oktaCommand, type SceneDeps } from './okta-command.ts'

const Member = z.strictObject({ group: z.string(), person: z.string() })

const tellGroup = ({ id, name }: OktaGroup) => ({ id, name })
const tellRule = ({ id, name, status }: GroupRule) => ({ id, name, status })

/** Groups, who is in them, and the rules that put people in. */
export function groupCommands(deps: SceneDeps) {
  return [
    oktaCommand(
      'add-group',
      'Adds a group, with its members.',
      z.strictObject({
        name: z.string(),
        description: z.string().default(''),
        members: z.array(z.string()).default([]),
      }),
      async ({ name, description, members }) => {
        // Everybody is looked up before the group is there: an unknown name leaves nothing behind.
        const userIds = members.map((member) => personNamed(deps, member).id)
        const group = await addGroup(deps, KIT, { name, description })
        for (const userId of userIds) await addMember(deps, KIT, { groupId: group.id, userId })
        return tellGroup(group)
      },
    ),
    oktaCommand(
      'edit-group',
      'Renames or describes a group; one that is pushed is renamed in the app where that is on.',
      z.strictObject({ group: z.string(), name: z.string().optional(), description: z.string().optional() }),
      async ({ group, ...change }) =>
        tellGroup(await editGroup(deps, KIT, { groupId: groupNamed(deps, group).id, ...given(change) })),
    ),
    oktaCommand('add-member', 'Adds somebody to a group.', Member, async ({ group, person }) => {
      const { id: groupId } = groupNamed(deps, group)
      const { id: userId } = personNamed(deps, person)
      await addMember(deps, KIT, { groupId, userId })
      return { groupId, userId }
    }),
    oktaCommand(
      'remove-member',
      'Removes somebody from a group; rules that would put them back leave them out.',
      Member,
      async ({ group, person }) => {
        const { id: groupId } = groupNamed(deps, group)
        const { id: userId } = personNamed(deps, person)
        await removeMember(deps, KIT, { groupId, userId })
        return { groupId, userId }
      },
    ),
    oktaCommand(
      'delete-group',
      'Deletes a group: members lose what they had by it; what was pushed stays in the app.',
      z.strictObject({ group: z.string() }),
      async ({ group }) => tellGroup(await deleteGroup(deps, KIT, { groupId: groupNamed(deps, group).id })),
    ),
    oktaCommand(
      'add-group-rule',
      'Adds a rule that puts people into groups by an expression; it is activated unless told otherwise.',
      z.strictObject({
        name: z.string(),
        expression: z.string(),
        groups: z.array(z.string()).min(1),
        except: z.array(z.string()).default([]),
        activate: z.boolean().default(true),
      }),
      async ({ name, expression, groups, except, activate }) => {
        const rule = await addGroupRule(deps, KIT, {
          name,
          condition: { kind: 'expression', expression },
          groupIds: groups.map((group) => groupNamed(deps, group).id),
          exceptUserIds: except.map((person) => personNamed(deps, person).id),
        })
        return tellRule(activate ? await activateGroupRule(deps, KIT, { ruleId: rule.id }) : rule)
      },
    ),
    oktaCommand(
      'set-group-rule',
      'Activates or deactivates a group rule.',
      z.strictObject({ rule: z.string(), active: z.boolean() }),
      async ({ rule, active }) => {
        const { id: ruleId } = ruleNamed(deps, rule)
        return tellRule(await (active ? activateGroupRule : deactivateGroupRule)(deps, KIT, { ruleId }))
      },
    ),
    oktaCommand(
      'remove-group-rule',
      'Deletes an inactive group rule; its members stay, unless they are to leave.',
      z.strictObject({ rule: z.string(), removeMembers: z.boolean().default(false) }),
      async ({ rule, removeMembers }) => {
        const { id: ruleId } = ruleNamed(deps, rule)
        return tellRule(await deleteGroupRule(deps, KIT, { ruleId, removeMembers }))
      },
    ),
  ]
}
