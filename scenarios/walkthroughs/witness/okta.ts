import { z } from 'zod'
import type { ControlClient } from '#scenarios/library/control-client.ts'
import { lookAt } from './records.ts'

const User = z.looseObject({
  id: z.string(),
  status: z.string(),
  profile: z.looseObject({ login: z.string(), email: z.string(), firstName: z.string(), lastName: z.string() }),
})
const Group = z.looseObject({ id: z.string(), name: z.string() })
const Member = z.looseObject({ groupId: z.string(), userId: z.string() })
const ToApp = z.looseObject({
  createUsers: z.boolean(),
  updateAttributes: z.boolean(),
  deactivateUsers: z.boolean(),
  syncPassword: z.boolean(),
})
const App = z.looseObject({
  id: z.string(),
  name: z.string(),
  label: z.string(),
  catalogKey: z.string(),
  status: z.string(),
  samlKey: z.string(),
  embedKey: z.string(),
  signOn: z.looseObject({
    usernameTemplate: z.looseObject({ format: z.string() }),
    acsUrl: z.string(),
    spEntityId: z.string(),
  }),
  provisioning: z
    .looseObject({ enabled: z.boolean(), configured: z.boolean(), importGroups: z.boolean(), toApp: ToApp })
    .optional(),
})
const AppUser = z.looseObject({
  id: z.string(),
  appId: z.string(),
  userId: z.string(),
  scope: z.string(),
  groupId: z.string().optional(),
  userName: z.string(),
  profile: z.record(z.string(), z.unknown()),
  status: z.string(),
  syncState: z.string(),
  externalId: z.string().optional(),
  error: z.string().optional(),
})
const AppGroup = z.looseObject({ appId: z.string(), groupId: z.string() })
const Attribute = z.looseObject({
  name: z.string(),
  title: z.string(),
  externalName: z.string().optional(),
  externalNamespace: z.string().optional(),
  members: z.array(z.looseObject({ value: z.string() })).optional(),
})
const Schema = z.looseObject({ ownerId: z.string(), attributes: z.array(Attribute) })
const Mapping = z.looseObject({
  appId: z.string(),
  direction: z.string(),
  properties: z.record(z.string(), z.looseObject({ expression: z.string(), pushStatus: z.string() })),
})
const Task = z.looseObject({ appId: z.string(), status: z.string(), message: z.string() })
const LogEvent = z.looseObject({
  eventType: z.string(),
  actor: z.looseObject({ id: z.string() }),
  outcome: z.looseObject({ result: z.string() }),
  target: z.array(z.looseObject({ id: z.string(), displayName: z.string() })),
})

export type OktaPerson = z.infer<typeof User>
export type OktaAccount = z.infer<typeof AppUser>
export type OktaAttribute = z.infer<typeof Attribute>

/** The catalog's key of the app the walkthroughs add. */
const CATALOG_KEY = 'dialpad'

/** The org's state at one moment, in the words a check speaks. */
export interface OktaPicture {
  /** Dialpad among the apps of the org; absent before it was added. */
  readonly app: z.infer<typeof App> | undefined
  /** Names of groups assigned to it. */
  readonly assignedGroups: readonly string[]
  /** Open tasks of it, in the words an administrator reads. */
  readonly tasks: readonly string[]
  /** The System Log, oldest first. */
  readonly log: readonly z.infer<typeof LogEvent>[]
  /** By username or by id; somebody who was deleted is gone. */
  person(loginOrId: string): OktaPerson | undefined
  /** The assignment of somebody to the app, by username or id of the person. */
  account(loginOrId: string): OktaAccount | undefined
  /** Usernames of members. */
  membersOf(group: string): readonly string[]
  /** An attribute of the profile of people, or of Dialpad's. */
  attribute(profile: 'user' | 'app', name: string): OktaAttribute | undefined
  /** Expression from which an attribute of Dialpad's profile is filled. */
  mappedFrom(attribute: string): string | undefined
}

export async function pictureOkta(client: ControlClient): Promise<OktaPicture> {
  const records = await lookAt(client)
  const users = records.of('users', User)
  const groups = records.of('groups', Group)
  const members = records.of('groupMembers', Member)
  const app = records.of('apps', App).find((each) => each.catalogKey === CATALOG_KEY)
  const accounts = records.of('appUsers', AppUser).filter((each) => each.appId === app?.id)
  const schemas = records.of('profileSchemas', Schema)
  const mappings = records.of('profileMappings', Mapping)
  const nameOf = (groupId: string): string => groups.find((group) => group.id === groupId)?.name ?? groupId
  const person = (who: string): OktaPerson | undefined =>
    users.find(({ id, profile }) => id === who || profile.login.toLowerCase() === who.toLowerCase())
  return {
    app,
    assignedGroups: records
      .of('appGroups', AppGroup)
      .filter((each) => each.appId === app?.id)
      .map(({ groupId }) => nameOf(groupId)),
    tasks: records
      .of('tasks', Task)
      .filter((task) => task.appId === app?.id && task.status === 'OPEN')
      .map(({ message }) => message),
    log: records.of('systemLog', LogEvent),
    person,
    account(who) {
      const id = person(who)?.id
      return accounts.find((each) => each.userId === id)
    },
    membersOf(name) {
      const group = groups.find((each) => each.name === name)
      return members
        .filter((pair) => pair.groupId === group?.id)
        .map(({ userId }) => person(userId)?.profile.login ?? userId)
    },
    attribute(profile, name) {
      const owner = profile === 'user' ? 'user' : app?.id
      return schemas.find(({ ownerId }) => ownerId === owner)?.attributes.find((each) => each.name === name)
    },
    mappedFrom: (attribute) =>
      mappings.find((each) => each.appId === app?.id && each.direction === 'to-app')?.properties[attribute]?.expression,
  }
}
