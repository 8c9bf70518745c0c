import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { DirectoryRefusal } from '#idp/core/directory/refusal.ts'
import { liveUser } from '#idp/core/directory/users.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { mustManageUsers } from '../../commands/actor.ts'
import {
  MFA_STATES,
  mfaStateOf,
  removeAuthenticator,
  setPerUserMfa,
  setSignInFrequency,
} from '../../commands/sign-in-states.ts'
import { type AdminContext, type AdminDeps, contextOf, goSaying, say } from '../context.ts'
import type { FormView } from '../form-problem.tsx'
import { problemsOf } from '../forms.ts'
import { listRequestOf, pagerOf, queryList, queryText } from '../read-query.ts'
import { userHref } from '../users/user-page.tsx'
import { PER_USER_MFA } from '../users/users-menu.ts'
import { usersReadOnly } from '../users/users-read-only.ts'
import { AuthenticationMethodsPage, RemoveAuthenticatorPage } from './authentication-methods-page.tsx'
import { CONDITIONAL_ACCESS, ConditionalAccessPage } from './conditional-access-page.tsx'
import { ConfirmMfaPage } from './confirm-mfa-page.tsx'
import { MFA_WORDS, PerUserMfaPage } from './per-user-mfa-page.tsx'

const Ids = z.union([z.string(), z.array(z.string()).max(200)]).transform((ids) => (Array.isArray(ids) ? ids : [ids]))
const MfaForm = z.object({ id: Ids, state: z.enum(MFA_STATES) })
const FrequencyForm = z.object({ frequency: z.enum(['off', 'periodic']), hours: z.string().trim().default('') })

/** Pages about how people sign in, addresses relative to `/admin`: per-user MFA, a person's methods, sign-in frequency. */
export function signInStateRoutes(deps: AdminDeps): Router {
  const { store } = deps.system
  const router = Router()

  router.get('/users/per-user-mfa', (req, res) => {
    const context = contextOf(deps, req, res)
    const request = listRequestOf(req)
    const { id: tenantId } = context.tenant
    const users = store.findPage('users', 'live', tenantId, request.offset, request.limit)
    const total = store.count('users', 'live', tenantId)
    const shown = { count: users.length, total, hasMore: request.offset + users.length < total }
    const rows = users.map((user) => ({
      user,
      state: mfaStateOf(store, user.id),
      hasApp: store.get('authenticators', user.id)?.state === 'registered',
    }))
    const pager = pagerOf(request, shown, 'users', PER_USER_MFA)
    const page = <PerUserMfaPage context={context} rows={rows} pager={pager} readOnly={usersReadOnly(context)} />
    res.type('html').send(renderPage(page))
  })

  router.get('/users/per-user-mfa/confirm', async (req, res) => {
    const context = contextOf(deps, req, res)
    mustManageUsers(store, context.actor)
    const users = queryList(req, 'id').map((id) => liveUser(store, context.tenant.id, id))
    const state = MFA_STATES.find((each) => each === queryText(req, 'state'))
    if (users.length === 0 || state === undefined) {
      await say(deps, req, 'Select users first.', 'warning')
      res.redirect(303, PER_USER_MFA)
      return
    }
    res.type('html').send(renderPage(<ConfirmMfaPage context={context} users={users} state={state} />))
  })

  router.post('/users/per-user-mfa', async (req, res) => {
    const context = contextOf(deps, req, res)
    const form = parseForm(MfaForm, req.body)
    if (!form.ok) {
      res.redirect(303, PER_USER_MFA)
      return
    }
    const { id: ids, state } = form.value
    const names: string[] = []
    for (const userId of ids) names.push((await setPerUserMfa(deps, context.actor, { userId, state })).displayName)
    const said = `Multifactor authentication is ${MFA_WORDS[state].toLowerCase()} for ${names.join(', ')}.`
    await goSaying(deps, req, res, PER_USER_MFA, said)
  })

  const userOf = (req: Request, { tenant }: AdminContext) => liveUser(store, tenant.id, String(req.params['userId']))

  router.get('/users/:userId/authentication-methods', (req, res) => {
    const context = contextOf(deps, req, res)
    const user = userOf(req, context)
    const view = {
      user,
      state: mfaStateOf(store, user.id),
      authenticator: store.get('authenticators', user.id),
      readOnly: usersReadOnly(context),
    }
    res.type('html').send(renderPage(<AuthenticationMethodsPage context={context} view={view} />))
  })

  router.get('/users/:userId/authentication-methods/remove', (req, res) => {
    const context = contextOf(deps, req, res)
    mustManageUsers(store, context.actor)
    res.type('html').send(renderPage(<RemoveAuthenticatorPage context={context} user={userOf(req, context)} />))
  })

  router.post('/users/:userId/authentication-methods/remove', async (req, res) => {
    const context = contextOf(deps, req, res)
    const user = userOf(req, context)
    const to = userHref(user.id, 'authentication-methods')
    try {
      await removeAuthenticator(deps, context.actor, { userId: user.id })
      await goSaying(deps, req, res, to, `${user.displayName} registers again at the next sign-in that needs a code.`)
    } catch (error) {
      if (!(error instanceof DirectoryRefusal)) throw error
      await say(deps, req, error.message, 'danger')
      res.redirect(303, to)
    }
  })

  const showFrequency = (req: Request, res: Response, sent?: FormView): void => {
    const context = contextOf(deps, req, res)
    const setting = store.get('signInFrequency', context.tenant.id)
    const stored: FormView = {
      values: {
        frequency: setting === undefined ? 'off' : 'periodic',
        hours: setting === undefined ? '' : String(setting.hours),
      },
      problems: {},
    }
    const mayChange = context.roles.includes('Global Administrator')
    const readOnly = mayChange ? undefined : 'Changing Conditional Access needs the role Global Administrator.'
    const page = <ConditionalAccessPage context={context} view={sent ?? stored} readOnly={readOnly} />
    res
      .status(sent === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(page))
  }

  router.get('/conditional-access', (req, res) => showFrequency(req, res))

  router.post('/conditional-access', async (req, res) => {
    const context = contextOf(deps, req, res)
    const form = parseForm(FrequencyForm, req.body)
    if (!form.ok) return showFrequency(req, res, { values: {}, problems: form.problems })
    const { frequency, hours } = form.value
    try {
      await setSignInFrequency(deps, context.actor, { hours: frequency === 'off' ? null : Number(hours || Number.NaN) })
      const said =
        frequency === 'off'
          ? 'Sign-in frequency is not configured any more.'
          : `People sign in again every ${hours} hours.`
      await goSaying(deps, req, res, CONDITIONAL_ACCESS, said)
    } catch (error) {
      showFrequency(req, res, { values: { frequency, hours }, problems: problemsOf(error) })
    }
  })

  return router
}
