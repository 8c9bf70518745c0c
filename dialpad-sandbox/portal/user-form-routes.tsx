import type { VNode } from 'preact'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { changeLicence } from '../commands/change-licence.ts'
import { moveUser } from '../commands/patch-user.ts'
import { updateUser } from '../commands/update-user.ts'
import type { DialpadSystem } from '../commands/work.ts'
import { licenceName } from '../domain/licences.ts'
import { displayName, primaryEmail } from '../domain/user-states.ts'
import type { DialpadUser } from '../records.ts'
import { userPath } from './addresses.ts'
import { declined, statusOf, type Typed, untouched } from './typed.tsx'
import {
  ChangeLicencePage,
  EditEmailPage,
  EditUserPage,
  MoveUserPage,
  type UserFormName,
  type UserFormPageProps,
} from './user-form-page.tsx'
import type { UserView } from './user-page.tsx'
import { type AdminRoutes, type AdminVisit, attempt } from './visit.ts'

const text = z.string().trim().max(64, 'Use at most 64 characters')
const orNull = (value: string): string | null => (value === '' ? null : value)

interface UserFormSpec<T extends Readonly<Record<string, string>>> {
  readonly page: (props: UserFormPageProps) => VNode
  readonly schema: z.ZodType<T>
  readonly valuesOf: (user: DialpadUser) => Readonly<Record<string, string>>
  readonly run: (system: DialpadSystem, visit: AdminVisit, user: DialpadUser, value: T) => Promise<DialpadUser>
  readonly done: (system: DialpadSystem, user: DialpadUser) => string
}

interface EditValues extends Readonly<Record<string, string>> {
  readonly givenName: string
  readonly familyName: string
  readonly title: string
  readonly language: string
  readonly country: string
}

const EDIT: UserFormSpec<EditValues> = {
  page: EditUserPage,
  schema: z
    .object({
      givenName: text,
      familyName: text,
      title: text,
      language: text.regex(/^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$/, 'Use a language tag such as en or fr-CA'),
      country: text.regex(/^([A-Za-z]{2})?$/, 'Use the two letters of a country, such as US'),
    })
    .refine((form) => form.givenName !== '' || form.familyName !== '', {
      path: ['givenName'],
      message: 'Enter a first or a last name',
    }),
  valuesOf: (user) => ({
    givenName: user.givenName,
    familyName: user.familyName,
    title: user.title ?? '',
    language: user.language ?? '',
    country: user.country ?? '',
  }),
  run: (system, { actor }, user, { givenName, familyName, title, language, country }) =>
    updateUser(system, actor, user.id, {
      givenName,
      familyName,
      title: orNull(title),
      language: orNull(language),
      country: orNull(country),
    }),
  done: (_system, user) => `${displayName(user)} is saved.`,
}

const EMAIL: UserFormSpec<{ email: string }> = {
  page: EditEmailPage,
  schema: z.object({ email: z.string().trim().min(1, 'Enter an email address') }),
  valuesOf: (user) => ({ email: primaryEmail(user) }),
  run: (system, { actor }, user, { email }) => updateUser(system, actor, user.id, { email }),
  done: (_system, user) => `${displayName(user)} logs in as ${primaryEmail(user)}; the old address is a secondary one.`,
}

const LICENCE: UserFormSpec<{ licence: DialpadUser['licence'] }> = {
  page: ChangeLicencePage,
  schema: z.object({
    licence: z.enum(['talk', 'lite_support_agents', 'agents', 'lite_lines', 'magenta_lines'], 'Choose a license'),
  }),
  valuesOf: (user) => ({ licence: user.licence }),
  run: (system, { actor, company }, user, { licence }) => changeLicence(system, actor, company.id, user.id, licence),
  done: (_system, user) => `${displayName(user)} has a ${licenceName(user.licence)} license.`,
}

const MOVE: UserFormSpec<{ officeId: string }> = {
  page: MoveUserPage,
  schema: z.object({ officeId: z.string().min(1, 'Select an office') }),
  valuesOf: (user) => ({ officeId: user.officeId }),
  run: (system, { actor, company }, user, { officeId }) => moveUser(system, actor, company.id, user.id, officeId),
  done: (system, user) =>
    `${displayName(user)} is in ${system.store.get('offices', user.officeId)?.name ?? 'the office'}.`,
}

/** The forms of a person's page. `present` finds somebody not deleted, or refuses. */
export function mountUserForms(
  system: DialpadSystem,
  routes: AdminRoutes,
  present: (visit: AdminVisit) => DialpadUser,
  viewOf: (user: DialpadUser) => UserView,
): void {
  function mount<T extends Readonly<Record<string, string>>>(name: UserFormName, spec: UserFormSpec<T>): void {
    const show = (visit: AdminVisit, user: DialpadUser, typed: Typed): Promise<void> =>
      visit.show((chrome) => spec.page({ chrome, user: viewOf(user), typed }), statusOf(typed))

    routes.get(userPath(':id', name), (visit) => {
      const user = present(visit)
      return show(visit, user, untouched(spec.valuesOf(user)))
    })

    routes.post(userPath(':id', name), async (visit) => {
      const user = present(visit)
      const form = parseForm(spec.schema, visit.req.body)
      if (!form.ok) {
        await show(visit, user, form)
        return
      }
      const saved = await attempt(() => spec.run(system, visit, user, form.value))
      if (saved.ok) await visit.done(userPath(user.id), spec.done(system, saved.value))
      else await show(visit, user, declined(form.value, saved.refusal))
    })
  }

  mount('edit', EDIT)
  mount('email', EMAIL)
  mount('license', LICENCE)
  mount('move', MOVE)
}
