import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { badValue } from '#idp/core/directory/refusal.ts'
import { liveUser } from '#idp/core/directory/users.ts'
import { parseForm } from '#kit/http/forms.ts'
import { withholdAnswer } from '#kit/http/record.ts'
import { renderPage } from '#kit/ui/render.ts'
import { mustManageUsers } from '../../commands/actor.ts'
import { addUser, editUser, resetPassword, setSignIn, type UserProperties } from '../../commands/users.ts'
import { accountByName } from '../../sign-in/accounts.ts'
import { type AdminContext, type AdminDeps, contextOf, goSaying, say } from '../context.ts'
import type { FormView } from '../form-problem.tsx'
import { problemsOf } from '../forms.ts'
import { BlockSignInPage } from './block-sign-in-page.tsx'
import { PasswordMadePage, ResetPasswordPage } from './password-pages.tsx'
import { USER_FIELD_SCHEMAS, USER_FIELDS, userPropertiesOf } from './user-fields.ts'
import { EditUserPage, NewUserPage } from './user-form-pages.tsx'
import { userHref } from './user-page.tsx'
import { usersReadOnly } from './users-read-only.ts'

const Ticked = z
  .literal('true')
  .optional()
  .transform((value) => value === 'true')

const PASSWORD_FIELDS = { autoPassword: Ticked, password: z.string().max(256, 'A password has 8 to 256 characters.') }

const DISPLAY_NAME = z
  .string()
  .trim()
  .min(1, 'Display name is required.')
  .max(256, 'Display name has at most 256 characters.')

const NewUserForm = z.strictObject({
  ...USER_FIELD_SCHEMAS,
  ...PASSWORD_FIELDS,
  localPart: z.string().trim(),
  domain: z.string(),
  displayName: DISPLAY_NAME,
  accountEnabled: Ticked,
  manager: z.string().trim().max(256).default(''),
})

const EditUserForm = z.strictObject({
  ...USER_FIELD_SCHEMAS,
  displayName: DISPLAY_NAME,
  userPrincipalName: z.string().trim(),
  userType: z.enum(['Member', 'Guest'], 'Choose Member or Guest.'),
  manager: z.string().trim().max(256).default(''),
})

const ResetForm = z.strictObject({ ...PASSWORD_FIELDS, mustChange: Ticked })

/** @throws {DirectoryRefusal} for a typed password that would be passed over in silence. */
function mustMeanOnePassword(autoPassword: boolean, password: string): void {
  if (autoPassword && password !== '') {
    throw badValue('password', 'Clear the box "Auto-generate password" to use a password of your own.')
  }
}

/** Texts of a form that was sent, to show again; boxes that were not ticked are said to be so, passwords left out. */
function typedValues(body: unknown, boxes: readonly string[]): Readonly<Record<string, string>> {
  const sent = Object.entries(typeof body === 'object' && body !== null ? body : {}).flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'password' && name !== '_csrf' ? [[name, value]] : [],
  )
  return { ...Object.fromEntries(boxes.map((name) => [name, 'false'])), ...Object.fromEntries(sent) }
}

/** Creating and changing users: `/new`, `/{userId}/properties`, `/password`, `/block`, `/allow`, `/delete`. */
export function userFormRoutes(deps: AdminDeps): Router {
  const { system } = deps
  const { store } = system
  const router = Router()

  const userOf = (req: Request, { tenant }: AdminContext): DirectoryUser =>
    liveUser(store, tenant.id, String(req.params['userId']))

  /** @throws {DirectoryRefusal} when the name is not that of somebody in the tenant. */
  const managerIdOf = (name: string, { tenant }: AdminContext): string | null => {
    if (name === '') return null
    const manager = accountByName(store, name)
    if (manager?.tenantId === tenant.id) return manager.id
    throw badValue('managerId', `Nobody in this organization has the user principal name '${name}'.`)
  }

  const showNew = (req: Request, res: Response, view: FormView, status = 200): void => {
    const context = contextOf(deps, req, res)
    mustManageUsers(store, context.actor)
    res
      .status(status)
      .type('html')
      .send(renderPage(<NewUserPage context={context} view={view} />))
  }

  const showMade = (req: Request, res: Response, user: DirectoryUser, title: string, password: string): void => {
    withholdAnswer()
    res.setHeader('cache-control', 'no-store')
    const context = contextOf(deps, req, res)
    const page = <PasswordMadePage context={context} user={user} title={title} password={password} />
    res.type('html').send(renderPage(page))
  }

  router.get('/new', (req, res) => showNew(req, res, { values: {}, problems: {} }))

  router.post('/new', async (req, res) => {
    const context = contextOf(deps, req, res)
    const refuse = (problems: Readonly<Record<string, string>>): void =>
      showNew(req, res, { values: typedValues(req.body, ['autoPassword', 'accountEnabled']), problems }, 422)
    const form = parseForm(NewUserForm, req.body)
    if (!form.ok) return refuse(form.problems)
    const { localPart, domain, displayName, accountEnabled, manager, autoPassword, password, ...fields } = form.value
    try {
      mustMeanOnePassword(autoPassword, password)
      if (localPart === '') throw badValue('userPrincipalName', 'User principal name is required.')
      const properties = { ...userPropertiesOf(fields), managerId: managerIdOf(manager, context) } as UserProperties
      const made = await addUser(deps, context.actor, {
        userPrincipalName: `${localPart}@${domain}`,
        displayName,
        accountEnabled,
        properties,
        ...(autoPassword ? {} : { password }),
      })
      if (made.madePassword === undefined) {
        await goSaying(deps, req, res, userHref(made.user.id), `${made.user.displayName} was created.`)
      } else {
        showMade(req, res, made.user, 'User created', made.madePassword)
      }
    } catch (error) {
      refuse(problemsOf(error))
    }
  })

  const showEdit = (req: Request, res: Response, sent?: FormView): void => {
    const context = contextOf(deps, req, res)
    const user = userOf(req, context)
    const readOnly = usersReadOnly(context)
    const view = sent ?? { values: storedValues(user), problems: {} }
    res
      .status(sent === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(<EditUserPage context={context} user={user} view={view} readOnly={readOnly} />))
  }

  const storedValues = (user: DirectoryUser): Readonly<Record<string, string>> => ({
    ...Object.fromEntries(USER_FIELDS.map(({ name }) => [name, String(user[name] ?? '')])),
    displayName: user.displayName,
    userPrincipalName: user.userPrincipalName,
    userType: user.userType,
    manager: user.managerId === undefined ? '' : (store.get('users', user.managerId)?.userPrincipalName ?? ''),
  })

  router.get('/:userId/properties', (req, res) => showEdit(req, res))

  router.post('/:userId/properties', async (req, res) => {
    const context = contextOf(deps, req, res)
    const refuse = (problems: Readonly<Record<string, string>>): void =>
      showEdit(req, res, { values: typedValues(req.body, []), problems })
    const user = userOf(req, context)
    const form = parseForm(EditUserForm, req.body)
    if (!form.ok) return refuse(form.problems)
    const { displayName, userPrincipalName, userType, manager, ...fields } = form.value
    try {
      // A manager in the recycle bin cannot be found by name: left as it was, the field changes nothing.
      const isKept = manager === storedValues(user)['manager']
      const managerId = isKept ? (user.managerId ?? null) : managerIdOf(manager, context)
      const patch = {
        ...userPropertiesOf(fields),
        displayName,
        userPrincipalName,
        userType,
        managerId,
      } as UserProperties
      const saved = await editUser(deps, context.actor, { userId: user.id, patch })
      await goSaying(deps, req, res, userHref(saved.id), `The properties of ${saved.displayName} were saved.`)
    } catch (error) {
      refuse(problemsOf(error))
    }
  })

  const showReset = (req: Request, res: Response, view: FormView, status = 200): void => {
    const context = contextOf(deps, req, res)
    mustManageUsers(store, context.actor)
    const page = <ResetPasswordPage context={context} user={userOf(req, context)} view={view} />
    res.status(status).type('html').send(renderPage(page))
  }

  router.get('/:userId/password', (req, res) => showReset(req, res, { values: {}, problems: {} }))

  router.post('/:userId/password', async (req, res) => {
    const context = contextOf(deps, req, res)
    const refuse = (problems: Readonly<Record<string, string>>): void =>
      showReset(req, res, { values: typedValues(req.body, ['autoPassword', 'mustChange']), problems }, 422)
    const form = parseForm(ResetForm, req.body)
    if (!form.ok) return refuse(form.problems)
    const { autoPassword, password, mustChange } = form.value
    const userId = userOf(req, context).id
    try {
      mustMeanOnePassword(autoPassword, password)
      const input = { userId, mustChange, ...(autoPassword ? {} : { password }) }
      const { user, madePassword } = await resetPassword(deps, context.actor, input)
      // Resetting one's own password ends one's own session: the next page asks to sign in again.
      if (madePassword !== undefined) showMade(req, res, user, 'Password reset', madePassword)
      else await goSaying(deps, req, res, userHref(user.id), `The password of ${user.displayName} was reset.`)
    } catch (error) {
      refuse(problemsOf(error))
    }
  })

  router.get('/:userId/block', (req, res) => {
    const context = contextOf(deps, req, res)
    mustManageUsers(store, context.actor)
    res.type('html').send(renderPage(<BlockSignInPage context={context} user={userOf(req, context)} />))
  })

  const switchSignIn = async (req: Request, res: Response, allowed: boolean): Promise<void> => {
    const context = contextOf(deps, req, res)
    const { id } = userOf(req, context)
    try {
      const user = await setSignIn(deps, context.actor, { userId: id, allowed })
      await say(deps, req, `Sign-in of ${user.displayName} is ${allowed ? 'allowed' : 'blocked'}.`)
    } catch (error) {
      await say(deps, req, Object.values(problemsOf(error)).join(' '), 'danger')
    }
    res.redirect(303, userHref(id))
  }
  router.post('/:userId/block', (req, res) => switchSignIn(req, res, false))
  router.post('/:userId/allow', (req, res) => switchSignIn(req, res, true))

  router.get('/:userId/delete', (req, res) => {
    const context = contextOf(deps, req, res)
    res.redirect(303, `/admin/users/delete?${new URLSearchParams({ id: userOf(req, context).id })}`)
  })

  return router
}
