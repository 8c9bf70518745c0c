import { z } from 'zod'
import type { DirectoryGroup } from '#idp/core/directory/records.ts'
import { restoreDeletedGroup } from '../commands/deleted-groups.ts'
import { addGroup, addGroupMembers, editGroup, removeGroup, removeGroupMembers } from '../commands/groups.ts'
import { entraCommand, KIT, type SceneDeps } from './entra-command.ts'
import { deletedGroupNamed, groupNamed, principalsNamed } from './find.ts'

const Group = z.strictObject({ group: z.string() })
const Members = z.strictObject({
  group: z.string(),
  /** People and groups. */
  member: z.union([z.string(), z.array(z.string()).min(1)]),
})

const tellGroup = ({ id, displayName }: DirectoryGroup) => ({ id, name: displayName })

/** Security groups and who is in them. */
export function groupCommands(deps: SceneDeps) {
  return [
    entraCommand(
      'add-group',
      'Adds a security group, with its members.',
      z.strictObject({
        name: z.string(),
        description: z.string().optional(),
        members: z.array(z.string()).default([]),
      }),
      async ({ name, description, members }) =>
        tellGroup(
          await addGroup(deps, KIT, {
            displayName: name,
            ...(description === undefined ? {} : { description }),
            memberIds: principalsNamed(deps, members),
          }),
        ),
    ),
    entraCommand(
      'edit-group',
      'Renames or describes a group; null clears the description.',
      z.strictObject({
        group: z.string(),
        name: z.string().optional(),
        description: z.string().nullable().optional(),
      }),
      async ({ group, name, description }) => {
        const patch = {
          ...(name === undefined ? {} : { displayName: name }),
          ...(description === undefined ? {} : { description }),
        }
        return tellGroup(await editGroup(deps, KIT, { groupId: groupNamed(deps, group).id, patch }))
      },
    ),
    entraCommand(
      'add-member',
      'Adds people and groups to a group: all of them, or none.',
      Members,
      async ({ group, member }) =>
        tellGroup(
          await addGroupMembers(deps, KIT, {
            groupId: groupNamed(deps, group).id,
            memberIds: principalsNamed(deps, member),
          }),
        ),
    ),
    entraCommand(
      'remove-member',
      'Removes people and groups from a group: all of them, or none.',
      Members,
      async ({ group, member }) =>
        tellGroup(
          await removeGroupMembers(deps, KIT, {
            groupId: groupNamed(deps, group).id,
            memberIds: principalsNamed(deps, member),
          }),
        ),
    ),
    entraCommand('delete-group', 'Moves a group to the recycle bin.', Group, async ({ group }) =>
      tellGroup(await removeGroup(deps, KIT, { groupId: groupNamed(deps, group).id })),
    ),
    entraCommand('restore-group', 'Takes a group out of the recycle bin.', Group, async ({ group }) =>
      tellGroup(await restoreDeletedGroup(deps, KIT, { groupId: deletedGroupNamed(deps, group).id })),
    ),
  ]
}
