import { z } from 'zod'
import type { OktaUser } from '../collections.ts'
import {
  activatePerson,
  addPerson,
  deactivatePerson,
  deletePerson,
  editPerson,
  type PersonInput,
  setPassword,
  suspendPerson,
  unlockPerson,
  unsuspendPerson,
} from '../commands/people.ts'
import { groupNamed, personNamed } from './find.ts'
import { KIT, oktaCommand, type SceneDeps } from './okta-command.ts'
import { Value, Values } from './profile-values.ts'

const Person = z.strictObject({ person: z.string() })

const tellPerson = ({ id, status, profile }: OktaUser) => ({ id, login: profile.login, status })

/** People of the org and their lifecycle. */
export function peopleCommands(deps: SceneDeps) {
  const move =
    (transition: (deps: SceneDeps, actor: typeof KIT, input: PersonInput) => Promise<OktaUser>) =>
    async ({ person }: z.output<typeof Person>) =>
      tellPerson(await transition(deps, KIT, { userId: personNamed(deps, person).id }))

  return [
    oktaCommand(
      'add-person',
      'Adds somebody: active with a password, pending without one, staged unless activated.',
      z.strictObject({
        email: z.string(),
        firstName: z.string(),
        lastName: z.string(),
        /** The e-mail address unless told. */
        login: z.string().optional(),
        /** Other attributes by variable name. */
        profile: Values.default({}),
        password: z.string().optional(),
        activate: z.boolean().default(true),
        mustChangePassword: z.boolean().default(false),
        groups: z.array(z.string()).default([]),
      }),
      async ({ email, firstName, lastName, login, profile, password, activate, mustChangePassword, groups }) =>
        tellPerson(
          await addPerson(deps, KIT, {
            profile: { ...profile, login: login ?? email, email, firstName, lastName },
            ...(password === undefined ? {} : { password }),
            activate,
            mustChangePassword,
            groupIds: groups.map((group) => groupNamed(deps, group).id),
          }),
        ),
    ),
    oktaCommand(
      'edit-person',
      'Changes any attribute of somebody, by its variable name; null removes the value.',
      z.strictObject({ person: z.string(), profile: z.record(z.string(), Value.nullable()) }),
      async ({ person, profile }) =>
        tellPerson(await editPerson(deps, KIT, { userId: personNamed(deps, person).id, profile })),
    ),
    oktaCommand(
      'set-password',
      'Gives somebody a password; it is pushed to apps that sync Okta passwords.',
      z.strictObject({ person: z.string(), password: z.string() }),
      async ({ person, password }) =>
        tellPerson(await setPassword(deps, KIT, { userId: personNamed(deps, person).id, password })),
    ),
    oktaCommand(
      'activate-person',
      'Activates somebody staged or deactivated; assignments by groups come back.',
      Person,
      move(activatePerson),
    ),
    oktaCommand(
      'deactivate-person',
      'Deactivates somebody: every assignment goes, and with it the accounts.',
      Person,
      move(deactivatePerson),
    ),
    oktaCommand(
      'suspend-person',
      'Suspends somebody who is active; nothing is sent to the apps.',
      Person,
      move(suspendPerson),
    ),
    oktaCommand('unsuspend-person', 'Ends a suspension.', Person, move(unsuspendPerson)),
    oktaCommand('unlock-person', 'Unlocks somebody who typed too many passwords.', Person, move(unlockPerson)),
    oktaCommand('delete-person', 'Deletes somebody deactivated, for good.', Person, move(deletePerson)),
  ]
}
