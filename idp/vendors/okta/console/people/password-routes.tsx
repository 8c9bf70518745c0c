import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { mustAdminister } from '../../commands/actor.ts'
import { activatePerson, setPassword } from '../../commands/people.ts'
import { clearSessions, resetPassword } from '../../commands/reset-password.ts'
import { sendActivation, startRecovery } from '../../commands/sign-in-links.ts'
import { passwordProblem } from '../../sign-in/password-policy.ts'
import { fullName } from '../account.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../context.ts'
import { problemsOf } from '../form-view.tsx'
import { ClearSessionsPage, ResetPasswordPage, SetPasswordPage, TemporaryPasswordPage } from './confirm-pages.tsx'
import { mailWords } from './mail-words.ts'
import { personOf } from './person-of.ts'
import { personHref } from './person-page.tsx'

const SetPasswordForm = z.strictObject({ password: z.string().max(1000) })

/** Reset password, by a temporary one or by mail; Set Password & Activate, Resend Activation Email; Clear sessions. */
export function passwordRoutes(deps: ConsoleDeps): Router {
  const router = Router()

  const mustManage = (req: Request, res: Response) => {
    const context = contextOf(deps, req, res)
    mustAdminister(deps.system.store, context.actor, 'people')
    return { context, person: personOf(deps, req) }
  }

  router.get('/user/:userId/reset-password', (req, res) => {
    res.type('html').send(renderPage(<ResetPasswordPage {...mustManage(req, res)} />))
  })

  router.post('/user/:userId/reset-password', async (req, res) => {
    const { context, person } = mustManage(req, res)
    const { temporaryPassword } = await resetPassword(deps, context.actor, { userId: person.id })
    const page = <TemporaryPasswordPage context={context} person={personOf(deps, req)} password={temporaryPassword} />
    res.set('cache-control', 'no-store').type('html').send(renderPage(page))
  })

  router.post('/user/:userId/send-reset', async (req, res) => {
    const { context, person } = mustManage(req, res)
    const { mail } = await startRecovery(deps, context.actor, { userId: person.id })
    const { text, tone } = mailWords(mail, person)
    await goSaying(deps, req, res, personHref(person.id), `The password was reset. ${text}`, tone)
  })

  router.post('/user/:userId/resend-activation', async (req, res) => {
    const { context, person } = mustManage(req, res)
    const { mail } = await sendActivation(deps, context.actor, { userId: person.id })
    const { text, tone } = mailWords(mail, person)
    await goSaying(deps, req, res, personHref(person.id), text, tone)
  })

  router.get('/user/:userId/clear-sessions', (req, res) => {
    res.type('html').send(renderPage(<ClearSessionsPage {...mustManage(req, res)} />))
  })

  router.post('/user/:userId/clear-sessions', async (req, res) => {
    const { context, person } = mustManage(req, res)
    await clearSessions(deps, context.actor, { userId: person.id })
    if (person.id === context.person.id) return res.redirect(303, '/login/login.htm')
    return goSaying(deps, req, res, personHref(person.id), `The sessions of ${fullName(person)} have been cleared.`)
  })

  const showSet = (req: Request, res: Response, problems: Readonly<Record<string, string>>, status = 200): void => {
    res
      .status(status)
      .type('html')
      .send(renderPage(<SetPasswordPage {...mustManage(req, res)} problems={problems} />))
  }

  router.get('/user/:userId/set-password', (req, res) => showSet(req, res, {}))

  router.post('/user/:userId/set-password', async (req, res) => {
    const { context, person } = mustManage(req, res)
    const form = parseForm(SetPasswordForm, req.body)
    if (!form.ok) return showSet(req, res, form.problems, 422)
    const { password } = form.value
    const problem = passwordProblem(password, person.profile.login)
    if (problem !== undefined) return showSet(req, res, { password: problem }, 422)
    try {
      if (person.status === 'STAGED') await activatePerson(deps, context.actor, { userId: person.id })
      await setPassword(deps, context.actor, { userId: person.id, password })
    } catch (error) {
      return showSet(req, res, problemsOf(error), 422)
    }
    return goSaying(deps, req, res, personHref(person.id), `${fullName(person)} has been activated.`)
  })

  return router
}
