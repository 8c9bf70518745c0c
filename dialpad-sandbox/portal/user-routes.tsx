import { numbersOf } from '../commands/assign-numbers.ts'
import { HOLD_MS } from '../domain/numbers.ts'
import { notFound } from '../domain/refusal.ts'
import { displayName, isRestorable, primaryEmail } from '../domain/user-states.ts'
import type { DialpadUser } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { userPath } from './addresses.ts'
import { ownUser } from './own-records.ts'
import { actionsFor, USER_ACTION_NAMES, USER_ACTIONS } from './user-actions.ts'
import { ConfirmUserPage, UserPage, type UserView } from './user-page.tsx'
import { type AdminRoutes, type AdminVisit, attempt } from './visit.ts'

/** Lines of the change log on a person's page. */
const CHANGES_SHOWN = 10

const ORIGINS: Readonly<Record<DialpadUser['origin'], string>> = {
  portal: 'Added in Dialpad',
  scim: 'Provisioned by SCIM',
  'sign-up': 'Signed up',
  api: 'Added by the API',
}

/** A person's page, and what a Company Admin does there. */
export function mountUsers({ system }: PageDeps, routes: AdminRoutes): void {
  const { store, clock } = system

  function viewOf(user: DialpadUser): UserView {
    const restorableUntil =
      user.deletedAt !== undefined && isRestorable(user, clock.now())
        ? new Date(Date.parse(user.deletedAt) + HOLD_MS).toISOString()
        : undefined
    const changes = store.count('changeLog', 'target', user.id)
    const first = Math.max(0, changes - CHANGES_SHOWN)
    return {
      id: user.id,
      name: displayName(user),
      email: primaryEmail(user),
      secondaryEmails: user.emails.slice(1),
      title: user.title,
      office: { id: user.officeId, name: store.get('offices', user.officeId)?.name ?? '' },
      licence: user.licence,
      numbers: numbersOf(store, user.id).map((number) => number.number),
      state: user.state,
      origin: ORIGINS[user.origin],
      isCompanyAdmin: user.isCompanyAdmin,
      linkedToMicrosoft: user.microsoft !== undefined,
      country: user.country,
      language: user.language,
      createdAt: user.createdAt,
      modifiedAt: user.modifiedAt,
      lastLoginAt: user.lastLoginAt,
      restorableUntil,
      groups: store.find('groupMembers', 'user', user.id).flatMap(({ groupId }) => {
        const group = store.get('groups', groupId)
        return group === undefined ? [] : [{ id: group.id, name: group.displayName }]
      }),
      changes: [...store.findPage('changeLog', 'target', user.id, first, CHANGES_SHOWN)].reverse(),
      actions: actionsFor(user, clock.now()),
    }
  }

  /** Somebody still to be seen: active, suspended, or deleted and restorable. */
  function shownUser(visit: AdminVisit): DialpadUser {
    const user = ownUser(store, visit)
    if (user.state === 'deleted' && !isRestorable(user, clock.now())) throw notFound('User', user.id)
    return user
  }

  routes.get(userPath(':id'), async (visit) => {
    const user = viewOf(shownUser(visit))
    await visit.show((chrome) => <UserPage chrome={chrome} user={user} />)
  })

  for (const name of USER_ACTION_NAMES) {
    const action = USER_ACTIONS[name]

    routes.get(userPath(':id', name), async (visit) => {
      const user = viewOf(shownUser(visit))
      if (!user.actions.includes(name)) {
        visit.res.redirect(303, userPath(user.id))
        return
      }
      await visit.show((chrome) => <ConfirmUserPage chrome={chrome} user={user} action={name} />)
    })

    routes.post(userPath(':id', name), async (visit) => {
      const before = shownUser(visit)
      const result = await attempt(() => action.run(system, visit.actor, before.id))
      if (!result.ok) {
        const user = viewOf(shownUser(visit))
        const refusal = `${result.refusal.message}.`
        await visit.show((chrome) => <UserPage chrome={chrome} user={user} refusal={refusal} />, result.refusal.status)
        return
      }
      const keys = name === 'remove-admin' ? activeKeysOf(before) : 0
      const words = action.done(displayName(before))
      await visit.done(
        userPath(before.id),
        keys === 0 ? words : `${words} ${keys} API key${keys === 1 ? '' : 's'} of theirs can no longer be used.`,
      )
    })
  }

  function activeKeysOf(user: DialpadUser): number {
    return store
      .find('apiKeys', 'company', user.companyId)
      .filter((key) => key.createdBy === user.id && key.revokedAt === undefined).length
  }
}
