import { digitsOf, lettersOf } from '#kit/ids.ts'
import type { Seed } from '#kit/system/system.ts'
import { TARGET_GROUP_MEMBERS } from '#kit/world/cast.ts'
import { CONNECTED_API_KEY } from '#kit/world/constants.ts'
import { catalogEntry } from '../apps/catalog.ts'
import { type AppUser, appGroupKey, type OktaApp } from '../apps/records.ts'
import { accountOf } from '../assignments/settle.ts'
import type { OktaWriter } from '../collections.ts'
import { writeNewApp } from '../commands/apps.ts'

/** The world whose target already holds what this app has written; ids in the target are values of its name. */
const WORLD = 'connected-okta'

/** Id of the app of the connected world. */
export const CONNECTED_APP_ID = lettersOf('okta/app/dialpad', '0oa', 17)

/** Every feature on, and the user name format the target needs. */
function connect(app: OktaApp, seed: Seed): OktaApp {
  const { provisioning } = app
  if (provisioning === undefined) throw new Error('The app of this world cannot provision.')
  return {
    ...app,
    signOn: { ...app.signOn, usernameTemplate: { format: 'email', pushStatus: 'PUSH' } },
    provisioning: {
      ...provisioning,
      enabled: true,
      configured: true,
      sealedToken: seed.vault.seal(CONNECTED_API_KEY),
      toApp: {
        ...provisioning.toApp,
        createUsers: true,
        updateAttributes: true,
        deactivateUsers: true,
        syncPassword: true,
      },
    },
  }
}

/** What `connected-okta` adds to the org: the app, its group assigned, and everybody in it in step with the target. */
export function seedConnectedApp(
  tx: OktaWriter,
  seed: Seed,
  groupId: string,
  userIdOf: (handle: string) => string,
): void {
  const entry = catalogEntry('dialpad')
  if (entry === undefined) throw new Error('The target of this world is not in the catalog.')
  const now = new Date(seed.nowMs).toISOString()
  const ids = {
    id: CONNECTED_APP_ID,
    samlKey: lettersOf('okta/app/dialpad/saml', 'exk', 17),
    embedKey: lettersOf('okta/app/dialpad/embed', 'aln', 17),
    mappingToApp: lettersOf('okta/app/dialpad/to-app', 'prm', 17),
    mappingToUser: lettersOf('okta/app/dialpad/to-user', 'prm', 17),
  }
  const app = connect(writeNewApp(tx, entry, ids, { label: entry.name, now }), seed)
  tx.put('apps', app.id, app)
  tx.put('appGroups', appGroupKey(app.id, groupId), {
    appId: app.id,
    groupId,
    priority: 0,
    profile: {},
    created: now,
    lastUpdated: now,
  })
  const clock = { now: () => seed.nowMs, iso: () => now }
  for (const handle of TARGET_GROUP_MEMBERS) {
    const user = tx.get('users', userIdOf(handle))
    if (user === undefined) continue
    const appUser: AppUser = {
      id: lettersOf(`okta/app/dialpad/${handle}`, '0ua', 17),
      appId: app.id,
      userId: user.id,
      scope: 'GROUP',
      ...accountOf({ tx, clock }, app, user, { scope: 'GROUP', overrides: {} }),
      userNameTyped: false,
      overrides: {},
      status: 'PROVISIONED',
      syncState: 'SYNCHRONIZED',
      externalId: digitsOf(`${WORLD}/user/${handle}`),
      lastSync: now,
      beforeProvisioning: false,
      created: now,
      statusChanged: now,
      lastUpdated: now,
    }
    tx.put('appUsers', appUser.id, appUser)
  }
}
