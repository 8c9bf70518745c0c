import { z } from 'zod'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { USER_FIELDS } from '../admin/users/user-fields.ts'
import { deleteUsers, deleteUsersPermanently, restoreUsers } from '../commands/deleted-users.ts'
import { addUser, editUser, resetPassword, setSignIn, type UserProperties } from '../commands/users.ts'
import { entraCommand, KIT, type SceneDeps } from './entra-command.ts'
import { deletedPersonNamed, personNamed } from './find.ts'

const Person = z.strictObject({ person: z.string() })

/** A text as long as the form of the admin center takes it; null and the empty text clear it. */
function text(name: keyof DirectoryUser) {
  const longest = USER_FIELDS.find((field) => field.name === name)?.longest ?? 1_024
  return z.string().trim().max(longest).nullable().optional()
}
const Country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'a country is two capital letters, such as US')
  .nullable()
  .optional()

const PROPERTIES = {
  givenName: text('givenName'),
  surname: text('surname'),
  jobTitle: text('jobTitle'),
  department: text('department'),
  employeeId: text('employeeId'),
  physicalDeliveryOfficeName: text('physicalDeliveryOfficeName'),
  streetAddress: text('streetAddress'),
  city: text('city'),
  state: text('state'),
  postalCode: text('postalCode'),
  country: Country,
  telephoneNumber: text('telephoneNumber'),
  mobile: text('mobile'),
  mail: text('mail'),
  usageLocation: Country,
  preferredLanguage: text('preferredLanguage'),
  mailNickname: z.string().optional(),
  userType: z.enum(['Member', 'Guest']).optional(),
  /** Who they report to. */
  manager: z.string().nullable().optional(),
} as const
const Properties = z.strictObject(PROPERTIES)

const tellPerson = ({ id, userPrincipalName, accountEnabled }: DirectoryUser) => ({
  id,
  userPrincipalName,
  accountEnabled,
})
const tellMade = (made: { readonly user: DirectoryUser; readonly madePassword?: string }) => ({
  ...tellPerson(made.user),
  ...(made.madePassword === undefined ? {} : { password: made.madePassword }),
})

/** People of the tenant. */
export function peopleCommands(deps: SceneDeps) {
  function propertiesOf({ manager, ...rest }: z.output<typeof Properties>): UserProperties {
    const managerId = manager == null ? manager : personNamed(deps, manager).id
    const set = Object.entries({ ...rest, managerId }).filter(([, value]) => value !== undefined)
    return Object.fromEntries(set) as UserProperties
  }
  const one = async (changed: Promise<readonly DirectoryUser[]>, id: string) => {
    const person = (await changed).find((each) => each.id === id)
    return person === undefined ? { id } : tellPerson(person)
  }

  return [
    entraCommand(
      'add-person',
      'Adds somebody. Without a password one is made, and told this once.',
      z.strictObject({
        userPrincipalName: z.string(),
        displayName: z.string(),
        password: z.string().optional(),
        /** Whether they may sign in. */
        enabled: z.boolean().default(true),
        ...PROPERTIES,
      }),
      async ({ userPrincipalName, displayName, password, enabled, ...properties }) =>
        tellMade(
          await addUser(deps, KIT, {
            userPrincipalName,
            displayName,
            accountEnabled: enabled,
            ...(password === undefined ? {} : { password }),
            properties: propertiesOf(properties),
          }),
        ),
    ),
    entraCommand(
      'edit-person',
      'Changes any property of somebody; null clears one.',
      z.strictObject({
        person: z.string(),
        userPrincipalName: z.string().optional(),
        displayName: z.string().optional(),
        ...PROPERTIES,
      }),
      async ({ person, userPrincipalName, displayName, ...properties }) =>
        tellPerson(
          await editUser(deps, KIT, {
            userId: personNamed(deps, person).id,
            patch: {
              ...(userPrincipalName === undefined ? {} : { userPrincipalName }),
              ...(displayName === undefined ? {} : { displayName }),
              ...propertiesOf(properties),
            },
          }),
        ),
    ),
    entraCommand('block-person', 'Blocks sign-in of somebody.', Person, async ({ person }) =>
      tellPerson(await setSignIn(deps, KIT, { userId: personNamed(deps, person).id, allowed: false })),
    ),
    entraCommand('unblock-person', 'Allows sign-in of somebody again.', Person, async ({ person }) =>
      tellPerson(await setSignIn(deps, KIT, { userId: personNamed(deps, person).id, allowed: true })),
    ),
    entraCommand(
      'reset-password',
      'Gives somebody a password: the one told, or one that is made and told this once.',
      z.strictObject({ person: z.string(), password: z.string().optional() }),
      async ({ person, password }) =>
        tellMade(
          await resetPassword(deps, KIT, {
            userId: personNamed(deps, person).id,
            ...(password === undefined ? {} : { password }),
          }),
        ),
    ),
    entraCommand(
      'delete-person',
      'Moves somebody to the recycle bin; they can be restored for 30 days.',
      Person,
      async ({ person }) => {
        const { id } = personNamed(deps, person)
        return one(deleteUsers(deps, KIT, { userIds: [id] }), id)
      },
    ),
    entraCommand('restore-person', 'Takes somebody out of the recycle bin.', Person, async ({ person }) => {
      const { id } = deletedPersonNamed(deps, person)
      return one(restoreUsers(deps, KIT, { userIds: [id] }), id)
    }),
    entraCommand('erase-person', 'Deletes somebody in the recycle bin for good.', Person, async ({ person }) => {
      const { id } = deletedPersonNamed(deps, person)
      return one(deleteUsersPermanently(deps, KIT, { userIds: [id] }), id)
    }),
  ]
}
