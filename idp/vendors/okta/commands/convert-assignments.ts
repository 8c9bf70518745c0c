import type { AppUser, OktaApp } from '../apps/records.ts'
import { accountOf, assignedGroupsOf, refreshAppUser } from '../assignments/settle.ts'
import type { OktaGroup, OktaReader, OktaUser } from '../collections.ts'
import { sameProfile } from '../profiles/app-profile.ts'
import type { Actor, CommandDeps } from './actor.ts'
import { inChange } from './in-change.ts'
import { knownApp, knownAppUser, knownUser } from './known.ts'
import { OktaRefusal } from './refusal.ts'

/** Convert Assignments (reference sheet 1.8): who has the app individually and is in an assigned group as well becomes the group's. */

/** An individual assignment that a group could hold. */
export interface Convertible {
  readonly appUser: AppUser
  readonly user: OktaUser
  /** The assigned group of the highest priority the person is in. */
  readonly group: OktaGroup
  /** What the group and the mapping give differs from what the person has now: it is pushed. */
  readonly changesValues: boolean
}

/** How many are shown, and converted, at a time. */
export const CONVERTED_AT_ONCE = 100

/** Who of an app can be converted, in the order they were assigned; the first {@link CONVERTED_AT_ONCE} of them. */
export function convertibleAssignments({ system }: CommandDeps, appId: string): readonly Convertible[] {
  const { store, clock } = system
  const app = knownApp(store, appId)
  return store
    .find('appUsers', 'app', appId)
    .filter(({ scope, userId }) => scope === 'USER' && assignedGroupsOf(store, appId, userId).length > 0)
    .slice(0, CONVERTED_AT_ONCE)
    .flatMap((appUser) => {
      const user = store.get('users', appUser.userId)
      const group = groupOf(store, appId, appUser.userId)
      if (user === undefined || group === undefined) return []
      const after = accountOf({ tx: store, clock }, app, user, { scope: 'GROUP', overrides: {} }, appUser)
      const changesValues = after.userName !== appUser.userName || !sameProfile(after.profile, appUser.profile)
      return [{ appUser, user, group, changesValues }]
    })
}

function groupOf(reader: OktaReader, appId: string, userId: string): OktaGroup | undefined {
  const [highest] = assignedGroupsOf(reader, appId, userId)
  return highest === undefined ? undefined : reader.get('groups', highest.groupId)
}

/**
 * Give assignments to the people's groups: values come from the group and the mapping, and what differs is pushed. Whoever is a
 * group's already stays so.
 * @returns how many were converted.
 * @throws {OktaRefusal} E0000001 for somebody in no assigned group, E0000006, E0000007; nobody is converted then.
 */
export function convertAssignments(
  deps: CommandDeps,
  actor: Actor,
  { appId, appUserIds }: { readonly appId: string; readonly appUserIds: readonly string[] },
): Promise<number> {
  let app: OktaApp | undefined
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx } = change
      app = knownApp(tx, appId)
      let count = 0
      for (const id of new Set(appUserIds)) {
        const appUser = knownAppUser(tx, id)
        const user = knownUser(tx, appUser.userId)
        if (appUser.appId !== appId || groupOf(tx, appId, user.id) === undefined) {
          throw new OktaRefusal('E0000001', `${user.profile.login} is in no group that is assigned to ${app.label}.`)
        }
        if (appUser.scope === 'GROUP') continue
        refreshAppUser(change, app, user, appUser, { scope: 'GROUP', overrides: {} })
        count += 1
      }
      return count
    },
    (count) => ({
      title: `${count} assignments of ${app?.label} were converted to group assignments`,
      subject: app?.label ?? appId,
      change: { type: 'app', id: appId },
    }),
  )
}
