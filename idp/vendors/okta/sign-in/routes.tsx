import { type Request, type Response, Router } from 'express'
import type { VNode } from 'preact'
import { z } from 'zod'
import { csrf } from '#kit/http/csrf.ts'
import { parseForm } from '#kit/http/forms.ts'
import { hashPassword } from '#kit/secrets.ts'
import type { Frame } from '#kit/ui/look.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaSystem } from '../collections.ts'
import { logActorOf } from '../commands/actor.ts'
import { frameOf } from '../frame.ts'
import { recordEvent, userTarget } from '../system-log/record-event.ts'
import { checkPassword } from './check-password.ts'
import { linkRoutes } from './link-routes.tsx'
import { ownPath } from './own-path.ts'
import { IdentifyPage, NewPasswordPage, PasswordPage } from './pages.tsx'
import { passwordProblem } from './password-policy.ts'
import type { OktaSession } from './session.ts'

export interface SignInDeps {
  readonly system: OktaSystem
  readonly session: OktaSession
}

const FromUri = z
  .string()
  .default('')
  .transform((given) => ownPath(given) ?? '/')
const LONGEST_NAME = 200
const BLANK = 'This field cannot be left blank'
const IdentifyForm = z.strictObject({
  username: z.string().trim().min(1, BLANK).max(LONGEST_NAME),
  fromURI: FromUri,
})
const VerifyForm = z.strictObject({
  username: z.string().trim().min(1, BLANK).max(LONGEST_NAME),
  password: z.string().min(1, BLANK).max(1000),
  fromURI: FromUri,
})
const ChangeForm = z.strictObject({
  username: z.string(),
  newPassword: z.string().max(1000),
  again: z.string().max(1000),
  fromURI: FromUri,
})

/** The same for every reason: it tells nothing about the account. */
const UNABLE = 'Unable to sign in'

/** Keys of the session of somebody on their way in: whose name was typed; whose password is right but has to be changed. */
const USERNAME = 'signin.username'
const CHANGING = 'signin.changing'

/** `/login/login.htm` and the forms of its steps: user name, password, where needed a new password; sign-out. */
export function signInRoutes({ system, session }: SignInDeps): Router {
  const { store, clock } = system
  const { sessions } = session
  const router = Router()
  router.use('/login', csrf(sessions))

  const show = async (req: Request, res: Response, page: (frame: Frame) => VNode, status = 200): Promise<void> => {
    const anonymous = await sessions.anonymous(req, res)
    res
      .status(status)
      .type('html')
      .send(renderPage(page(frameOf(system, req.originalUrl, anonymous.csrfToken))))
  }

  router.get(['/login/login.htm', '/login/default', '/login'], async (req, res) => {
    const fromUri = ownPath(String(req.query['fromURI'] ?? '')) ?? '/'
    if (session.mayGoOn(req, fromUri)) return res.redirect(303, fromUri)
    const { username: given, step } = req.query
    const hint = typeof given === 'string' && given.length <= LONGEST_NAME ? given : undefined
    const username = hint ?? sessions.of(req)?.data[USERNAME]
    const isPassword = username !== undefined && hint === undefined && step === 'password'
    await show(req, res, (frame) =>
      isPassword ? (
        <PasswordPage frame={frame} fromUri={fromUri} username={username} />
      ) : (
        <IdentifyPage frame={frame} fromUri={fromUri} username={username} />
      ),
    )
  })

  router.post('/login/identify', async (req, res) => {
    const form = parseForm(IdentifyForm, req.body)
    if (!form.ok) {
      const fromUri = ownPath(form.values['fromURI']) ?? '/'
      const { values, problems } = form
      const problem = problems['username'] ?? UNABLE
      return show(
        req,
        res,
        (frame) => <IdentifyPage frame={frame} fromUri={fromUri} username={values['username']} problem={problem} />,
        422,
      )
    }
    // The name is not looked up: an unknown one is asked for its password like any other.
    const { username, fromURI } = form.value
    await sessions.set(req, { [USERNAME]: username })
    const query = new URLSearchParams({ step: 'password', fromURI })
    return res.redirect(303, `/login/login.htm?${query}`)
  })

  router.post('/login/verify', async (req, res) => {
    const form = parseForm(VerifyForm, req.body)
    if (!form.ok) {
      const { values, problems } = form
      const fromUri = ownPath(values['fromURI']) ?? '/'
      const username = values['username'] ?? ''
      return show(
        req,
        res,
        (frame) => (
          <PasswordPage frame={frame} fromUri={fromUri} username={username} problem={problems['password'] ?? UNABLE} />
        ),
        422,
      )
    }
    const { username, password, fromURI } = form.value
    const outcome = await checkPassword(system, username, password)
    switch (outcome.kind) {
      case 'refused': {
        const { user, reason } = outcome
        if (user !== undefined) {
          await store.transact((tx) => {
            const actor = logActorOf(tx, user.id)
            recordEvent(tx, clock, {
              eventType: 'user.session.start',
              actor,
              target: [userTarget(user)],
              failure: reason,
            })
          })
        }
        return show(
          req,
          res,
          (frame) => <PasswordPage frame={frame} fromUri={fromURI} username={username} error={UNABLE} />,
          401,
        )
      }
      case 'change-password': {
        await sessions.set(req, { [USERNAME]: username, [CHANGING]: outcome.user.id })
        return show(req, res, (frame) => (
          <NewPasswordPage frame={frame} fromUri={fromURI} username={outcome.user.profile.login} problems={{}} />
        ))
      }
      case 'signed-in': {
        await session.open(res, outcome.user)
        return res.redirect(303, fromURI)
      }
    }
  })

  router.post('/login/change-password', async (req, res) => {
    const form = parseForm(ChangeForm, req.body)
    const changing = store.get('users', sessions.of(req)?.data[CHANGING] ?? '')
    const mayChange = changing?.status === 'PASSWORD_EXPIRED' || changing?.status === 'RECOVERY'
    if (changing === undefined || !mayChange || !form.ok) return res.redirect(303, '/login/login.htm')
    const { newPassword, again, fromURI } = form.value
    const { login } = changing.profile
    const problem = passwordProblem(newPassword, login)
    const problems = {
      ...(problem === undefined ? {} : { newPassword: problem }),
      ...(again === newPassword ? {} : { again: 'New passwords must match' }),
    }
    if (Object.keys(problems).length > 0) {
      return show(
        req,
        res,
        (frame) => <NewPasswordPage frame={frame} fromUri={fromURI} username={login} problems={problems} />,
        422,
      )
    }
    const passwordHash = await hashPassword(newPassword)
    const now = clock.iso()
    const changed = await store.transact((tx) => {
      const user = tx.get('users', changing.id)
      if (user?.status !== changing.status) return undefined
      const next = {
        ...user,
        passwordHash,
        passwordChanged: now,
        status: 'ACTIVE',
        statusChanged: now,
        lastUpdated: now,
      } as const
      tx.put('users', user.id, next)
      return next
    })
    if (changed === undefined) return res.redirect(303, '/login/login.htm')
    await session.open(res, changed)
    return res.redirect(303, fromURI)
  })

  router.use(linkRoutes({ system, session }))

  router.post('/login/signout', async (req, res) => {
    await session.close(req, res)
    res.redirect(303, '/login/login.htm')
  })

  return router
}
