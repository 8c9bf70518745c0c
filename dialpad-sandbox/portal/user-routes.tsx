import { z } from 'zod'
import { listField, parseForm } from '#kit/http/forms.ts'
import { deleteUserWithLicence } from '../commands/administer-users.ts'
import { numbersOf } from '../commands/assign-numbers.ts'
import { permanentlyDeleteUser } from '../commands/delete-user.ts'
import { renewInvitation } from '../commands/invitations.ts'
import { updateUser } from '../commands/update-user.ts'
import { sameEmail } from '../domain/emails.ts'
import { licenceName } from '../domain/licences.ts'
import { HOLD_MS } from '../domain/numbers.ts'
import { type DialpadRefusal, notFound } from '../domain/refusal.ts'
import { displayName, isRestorable, primaryEmail } from '../domain/user-states.ts'
import type { DialpadUser } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { sendInvitation } from '../sign-in/invite/send-invitation.ts'
import { COMPANY, userPath } from './addresses.ts'
import { ConfirmPage } from './confirm-page.tsx'
import { DeleteUserPage, PermanentlyDeletePage } from './delete-user-page.tsx'
import { ownUser } from './own-records.ts'
import { statusOf, type Typed, untouched } from './typed.tsx'
import { actionsFor, USER_ACTION_NAMES, USER_ACTIONS } from './user-actions.ts'
import { mountUserForms } from './user-form-routes.tsx'
import { mountUserNumbers } from './user-numbers-routes.tsx'
import { UserOptionsPage } from './user-options-page.tsx'
import { ConfirmUserPage, UserPage, type UserView } from './user-page.tsx'
import { UserPrivilegesPage } from './user-privileges-page.tsx'
import { type AdminRoutes, type AdminVisit, attempt } from './visit.ts'

/** Lines of the change log on a person's page. */
const CHANGES_SHOWN = 10

const OfficesForm = z.object({ offices: z.preprocess(listField, z.array(z.string())) })

const ORIGINS: Readonly<Record<DialpadUser['origin'], string>> = {
  portal: 'Added in Dialpad',
  scim: 'Provisioned by SCIM',
  'sign-up': 'Signed up',
  api: 'Added by the API',
}

/** A person's page, and what a Company Admin does there. */
export function mountUsers(deps: PageDeps, routes: AdminRoutes): void {
  const { system } = deps
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
      isProvisioned: user.origin === 'scim' || Object.keys(user.scimExtras).length > 0,
      isCompanyAdmin: user.isCompanyAdmin,
      officeAdminOf: (user.officeAdminOf ?? []).map((id) => ({ id, name: store.get('offices', id)?.name ?? id })),
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

  /** Somebody who can be changed: not deleted. */
  function presentUser(visit: AdminVisit): DialpadUser {
    const user = ownUser(store, visit)
    if (user.state === 'deleted') throw notFound('User', user.id)
    return user
  }

  routes.get(userPath(':id', 'options'), async (visit) => {
    const user = viewOf(presentUser(visit))
    await visit.show((chrome) => <UserOptionsPage chrome={chrome} user={user} />)
  })

  mountUserForms(system, routes, presentUser, viewOf)
  mountUserNumbers(system, routes, presentUser, viewOf)

  function showPrivileges(visit: AdminVisit, user: DialpadUser, refusal?: DialpadRefusal): Promise<void> {
    const words = refusal === undefined ? undefined : `${refusal.message}.`
    return visit.show(
      (chrome) => <UserPrivilegesPage chrome={chrome} user={viewOf(user)} refusal={words} />,
      refusal?.status,
    )
  }

  routes.get(userPath(':id', 'privileges'), (visit) => showPrivileges(visit, presentUser(visit)))

  routes.post(userPath(':id', 'privileges'), async (visit) => {
    const user = presentUser(visit)
    const form = parseForm(OfficesForm, visit.req.body)
    const officeAdminOf = form.ok ? form.value.offices : []
    const saved = await attempt(() => updateUser(system, visit.actor, user.id, { officeAdminOf }))
    if (saved.ok) await visit.done(userPath(user.id), `The admin privileges of ${displayName(user)} are saved.`)
    else await showPrivileges(visit, user, saved.refusal)
  })

  routes.get(userPath(':id', 'resend-invite'), async (visit) => {
    const user = viewOf(presentUser(visit))
    if (user.state !== 'pending') {
      visit.res.redirect(303, userPath(user.id))
      return
    }
    await visit.show((chrome) => (
      <ConfirmPage
        chrome={chrome}
        current={`${COMPANY}/users`}
        title="Resend invite"
        trail={[{ label: user.name, href: userPath(user.id) }]}
        confirm={{
          title: 'Resend the invite?',
          subject: `${user.name} (${user.email})`,
          children: 'They get a mail with a new link. The link that was sent before is of no more use.',
          action: userPath(user.id, 'resend-invite'),
          confirmLabel: 'Resend invite',
          cancelHref: userPath(user.id),
          kind: 'primary',
        }}
      />
    ))
  })

  routes.post(userPath(':id', 'resend-invite'), async (visit) => {
    const user = presentUser(visit)
    const renewed = await attempt(() => renewInvitation(system, visit.actor, visit.company.id, user.id))
    if (!renewed.ok) {
      await refuse(visit, renewed.refusal)
      return
    }
    const outcome = await sendInvitation(deps, renewed.value, visit.actor.name)
    await visit.done(
      userPath(user.id),
      outcome.kind === 'sent'
        ? `A new invite is on its way to ${primaryEmail(user)}.`
        : `The mail could not be sent: ${outcome.why}. The old link is of no more use; try again.`,
    )
  })

  function showPermanentlyDelete(visit: AdminVisit, user: DialpadUser, typed: Typed): Promise<void> {
    return visit.show(
      (chrome) => <PermanentlyDeletePage chrome={chrome} user={viewOf(user)} typed={typed} />,
      statusOf(typed),
    )
  }

  function deletedUser(visit: AdminVisit): DialpadUser {
    const user = shownUser(visit)
    if (user.state !== 'deleted') throw notFound('User', user.id)
    return user
  }

  routes.get(userPath(':id', 'permanently-delete'), (visit) =>
    showPermanentlyDelete(visit, deletedUser(visit), untouched()),
  )

  routes.post(userPath(':id', 'permanently-delete'), async (visit) => {
    const user = deletedUser(visit)
    const confirm = String(visit.req.body?.['confirm'] ?? '').trim()
    if (!sameEmail(confirm, primaryEmail(user))) {
      await showPermanentlyDelete(visit, user, {
        values: { confirm },
        problems: { confirm: `Type ${primaryEmail(user)} to confirm` },
      })
      return
    }
    await permanentlyDeleteUser(system, visit.actor, visit.company.id, user.id)
    await visit.done(`${COMPANY}/deleted-users`, `${displayName(user)} is permanently deleted.`)
  })

  async function refuse(visit: AdminVisit, refusal: DialpadRefusal): Promise<void> {
    const user = viewOf(ownUser(store, visit))
    const words = `${refusal.message}.`
    await visit.show((chrome) => <UserPage chrome={chrome} user={user} refusal={words} />, refusal.status)
  }

  for (const name of USER_ACTION_NAMES) {
    const action = USER_ACTIONS[name]

    routes.get(userPath(':id', name), async (visit) => {
      const user = viewOf(shownUser(visit))
      if (!user.actions.includes(name)) {
        visit.res.redirect(303, userPath(user.id))
        return
      }
      if (name === 'delete') {
        const licence = licenceName(user.licence)
        await visit.show((chrome) => <DeleteUserPage chrome={chrome} user={user} licence={licence} />)
        return
      }
      await visit.show((chrome) => <ConfirmUserPage chrome={chrome} user={user} action={name} />)
    })

    routes.post(userPath(':id', name), async (visit) => {
      const before = shownUser(visit)
      const licence = visit.req.body?.['licence'] === 'remove' ? 'remove' : 'keep'
      const result = await attempt(() =>
        name === 'delete'
          ? deleteUserWithLicence(system, visit.actor, visit.company.id, before.id, licence)
          : action.run(system, visit.actor, before.id),
      )
      if (!result.ok) {
        await refuse(visit, result.refusal)
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
