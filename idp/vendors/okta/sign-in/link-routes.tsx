import { type Request, type Response, Router } from 'express'
import type { VNode } from 'preact'
import { z } from 'zod'
import { csrf } from '#kit/http/csrf.ts'
import { parseForm } from '#kit/http/forms.ts'
import { nameSubject, withholdAddress } from '#kit/http/record.ts'
import type { Frame } from '#kit/ui/look.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaSystem, OktaUser } from '../collections.ts'
import { completeLink, requestRecovery } from '../commands/sign-in-links.ts'
import { frameOf } from '../frame.ts'
import { ChoosePasswordPage, ForgotPasswordPage, LinkExpiredPage, RecoverySentPage } from './link-pages.tsx'
import { linkPath, personOfLink } from './links.ts'
import { passwordProblem } from './password-policy.ts'
import type { LinkPurpose } from './records.ts'
import type { OktaSession } from './session.ts'

const ForgotForm = z.strictObject({
  username: z.string().trim().min(1, 'This field cannot be left blank').max(200, 'Use at most 200 characters'),
})
const ChooseForm = z.strictObject({
  username: z.string(),
  newPassword: z.string().max(1000),
  again: z.string().max(1000),
})

const PURPOSES: readonly LinkPurpose[] = ['activation', 'recovery']

/**
 * `/signin/forgot-password`, and where the links of mails lead: `/welcome/{token}` and `/signin/reset-password/{token}`. The token moves
 * from the address into the session at once, sealed, so that no page, referrer or journal shows it.
 */
export function linkRoutes({
  system,
  session,
}: {
  readonly system: OktaSystem
  readonly session: OktaSession
}): Router {
  const { sessions } = session
  const router = Router()
  router.use(['/signin', '/welcome'], csrf(sessions))

  const show = async (req: Request, res: Response, page: (frame: Frame) => VNode, status = 200): Promise<void> => {
    const { csrfToken } = await sessions.anonymous(req, res)
    res
      .status(status)
      .set('cache-control', 'no-store')
      .type('html')
      .send(renderPage(page(frameOf(system, req.originalUrl, csrfToken))))
  }

  router.get('/signin/forgot-password', (req, res) => show(req, res, (frame) => <ForgotPasswordPage frame={frame} />))

  router.post('/signin/forgot-password', async (req, res) => {
    const form = parseForm(ForgotForm, req.body)
    if (!form.ok) {
      const { values, problems } = form
      const page = (frame: Frame) => (
        <ForgotPasswordPage frame={frame} username={values['username']} problem={problems['username']} />
      )
      return show(req, res, page, 422)
    }
    const { username } = form.value
    await requestRecovery({ system }, username)
    return show(req, res, (frame) => <RecoverySentPage frame={frame} username={username} />)
  })

  /** Token of the link this browser has followed. */
  const tokenOf = (req: Request, purpose: LinkPurpose): string => {
    const sealed = sessions.of(req)?.data[`signin.${purpose}`]
    if (sealed === undefined) return ''
    try {
      return system.vault.open(sealed)
    } catch {
      // Sealed with another key, as after a state was brought in from elsewhere: the link has to be followed again.
      return ''
    }
  }

  const expired = (req: Request, res: Response, purpose: LinkPurpose): Promise<void> =>
    show(req, res, (frame) => <LinkExpiredPage frame={frame} purpose={purpose} />, 410)

  const choose = (
    req: Request,
    res: Response,
    purpose: LinkPurpose,
    { profile, id }: OktaUser,
    problems: Readonly<Record<string, string>>,
  ): Promise<void> => {
    const current = session.currentUser(req)?.user
    const view = {
      purpose,
      firstName: profile.firstName,
      login: profile.login,
      company: system.store.get('org', 'org')?.companyName ?? '',
      signedInAs: current === undefined || current.id === id ? undefined : current.profile.login,
      problems,
    }
    const status = Object.keys(problems).length > 0 ? 422 : 200
    return show(req, res, (frame) => <ChoosePasswordPage frame={frame} view={view} />, status)
  }

  for (const purpose of PURPOSES) {
    const path = linkPath(purpose)

    router.get(`${path}/:token`, async (req, res) => {
      withholdAddress(`${path}/…`)
      await sessions.anonymous(req, res)
      await sessions.set(req, { [`signin.${purpose}`]: system.vault.seal(String(req.params['token']).slice(0, 128)) })
      res.redirect(303, path)
    })

    router.get(path, async (req, res) => {
      const person = personOfLink(system, purpose, tokenOf(req, purpose))
      if (person === undefined) await expired(req, res, purpose)
      else await choose(req, res, purpose, person, {})
    })

    router.post(path, async (req, res) => {
      const token = tokenOf(req, purpose)
      const person = personOfLink(system, purpose, token)
      if (person === undefined) return expired(req, res, purpose)
      nameSubject(person.profile.login)
      const form = parseForm(ChooseForm, req.body)
      if (!form.ok) return choose(req, res, purpose, person, { newPassword: 'Use at most 1000 characters' })
      const { newPassword, again } = form.value
      const problem = passwordProblem(newPassword, person.profile.login)
      const problems = {
        ...(problem === undefined ? {} : { newPassword: problem }),
        ...(again === newPassword ? {} : { again: 'New passwords must match' }),
      }
      if (Object.keys(problems).length > 0) return choose(req, res, purpose, person, problems)
      const user = await completeLink({ system }, purpose, { token, password: newPassword })
      // Used in another window meanwhile.
      if (user === undefined) return expired(req, res, purpose)
      await session.open(res, user)
      return res.redirect(303, '/')
    })
  }

  return router
}
