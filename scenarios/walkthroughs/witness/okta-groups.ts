import { z } from 'zod'
import type { ControlClient } from '#scenarios/library/control-client.ts'
import { lookAt } from './records.ts'

const Group = z.looseObject({ id: z.string(), name: z.string() })
const Push = z.looseObject({
  id: z.string(),
  groupId: z.string(),
  targetName: z.string(),
  targetGroupId: z.string().optional(),
  ruleId: z.string().optional(),
  status: z.string(),
  error: z.string().optional(),
})
const Rule = z.looseObject({ id: z.string(), name: z.string(), status: z.string() })
const AppGroup = z.looseObject({ externalId: z.string(), name: z.string() })
const App = z.looseObject({
  catalogKey: z.string(),
  provisioning: z.looseObject({ renameAppGroups: z.boolean() }).optional(),
})
const LogEvent = z.looseObject({ eventType: z.string(), outcome: z.looseObject({ result: z.string() }) })

/** Which groups the org pushes, at one moment. */
export interface GroupPushPicture {
  readonly pushes: readonly z.infer<typeof Push>[]
  readonly rules: readonly z.infer<typeof Rule>[]
  /** Names of Dialpad's groups as the org last read them. */
  readonly appGroups: readonly string[]
  /** "Rename app groups to match group name in Okta". */
  readonly renames: boolean
  /** The push of a group, by the group's name in Okta. */
  push(group: string): z.infer<typeof Push> | undefined
  hasGroup(name: string): boolean
  /** Events of the System Log about pushed groups, by the end of their type: `removed`, `pushed`. */
  events(end: string): number
}

export async function pictureGroupPush(client: ControlClient): Promise<GroupPushPicture> {
  const records = await lookAt(client)
  const groups = records.of('groups', Group)
  const pushes = records.of('groupPushMappings', Push)
  const log = records.of('systemLog', LogEvent)
  const app = records.of('apps', App).find(({ catalogKey }) => catalogKey === 'dialpad')
  return {
    pushes,
    rules: records.of('groupPushRules', Rule),
    appGroups: records.of('appSideGroups', AppGroup).map(({ name }) => name),
    renames: app?.provisioning?.renameAppGroups === true,
    push(name) {
      const group = groups.find((each) => each.name === name)
      return pushes.find(({ groupId }) => groupId === group?.id)
    },
    hasGroup: (name) => groups.some((group) => group.name === name),
    events: (end) => log.filter(({ eventType }) => eventType === `application.provision.group_push.${end}`).length,
  }
}
