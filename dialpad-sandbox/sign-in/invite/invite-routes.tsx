import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { currentContext } from '#kit/context.ts'
import { parseForm } from '#kit/http/forms.ts'
import { nameSubject } from '#kit/http/record.ts'
import { hashPassword } from '#kit/secrets.ts'
import { renderPage } from '#kit/ui/render.ts'
import { acceptInvitation, findInvited, findSuspendedInvitee } from '../../commands/invitations.ts'
import { noteTurnedAway } from '../../commands/turned-away.ts'
import { companyOf } from '../../commands/user-checks.ts'
import { DialpadRefusal } from '../../domain/refusal.ts'
import { primaryEmail } from '../../domain/user-states.ts'
import { judgeWayIn } from '../../domain/ways-in.ts'
import type { DialpadUser } from '../../records.ts'
import { describeClosedWay } from '../closed-ways.ts'
import type { PageDeps } from '../deps.ts'
import { leaveFlash } from '../flash.ts'
import { RefusedLoginPage } from '../login-page.tsx'
import { newPassword } from '../new-password.ts'
import { createSealedFlow } from '../sealed-flow.ts'
import { formFrameOf, signIn, userOf } from '../visitor.ts'
import { InviteNotValidPage, InvitePage, type InviteView } from './invite-pages.tsx'

const name = (what: string) => z.string().trim().min(1, `Enter ${what}`).max(64, 'Use at most 64 characters')

const acceptForm = (user: DialpadUser) =>
  z.object({
    givenName: name('your first name'),
    familyName: name('your last name'),
    password: newPassword([...user.emails, user.givenName, user.familyName]),
  })

/**
 * `/invite?token=…`, the link of an invitation, and `/invite/accept`, the page it leads to. The token moves from the address into the
 * sealed session at once, so that neither a page nor a referrer shows it.
 */
export function inviteRoutes(deps: PageDeps): Router {
  const { system } = deps
  const router = Router()
  const flow = createSealedFlow(deps, 'invite', z.strictObject({ token: z.string() }))

  router.get('/invite', async (req, res) => {
    const given = req.query['token']
    await flow.keep(req, res, { token: typeof given === 'string' ? given : '' })
    res.redirect(303, '/invite/accept')
  })

  /** Whose invitation this browser has followed. */
  function invitedOf(req: Request): { readonly token: string; readonly user: DialpadUser } | undefined {
    const token = flow.read(req)?.token ?? ''
    const user = token === '' ? undefined : findInvited(system, token)
    return user === undefined ? undefined : { token, user }
  }

  async function showNotValid(req: Request, res: Response): Promise<void> {
    const suspended = findSuspendedInvitee(system, flow.read(req)?.token ?? '')
    if (suspended !== undefined) noteTurnedAway(system, 'invitation', suspended)
    const frame = await formFrameOf(deps, req, res)
    res.status(410).send(renderPage(<InviteNotValidPage frame={frame} />))
  }

  /** @returns whether it was told that no password lets anybody of the company in. */
  async function toldClosed(req: Request, res: Response, user: DialpadUser): Promise<boolean> {
    const company = companyOf(system.store, user.companyId)
    const verdict = judgeWayIn(user, company, system.clock.now())
    if (verdict !== 'saml-only' && verdict !== 'company-suspended') return false
    const frame = await formFrameOf(deps, req, res)
    const { title, text } = describeClosedWay(verdict, company, false)
    res.status(403).send(
      renderPage(
        <RefusedLoginPage
          frame={frame}
          title={title}
          actions={[{ label: 'Back to Log in', href: '/login' }]}
          requestId={currentContext()?.traceId ?? 'unknown'}
        >
          {text}
        </RefusedLoginPage>,
      ),
    )
    return true
  }

  async function show(
    req: Request,
    res: Response,
    user: DialpadUser,
    typed: Partial<Pick<InviteView, 'values' | 'problems'>>,
  ): Promise<void> {
    const frame = await formFrameOf(deps, req, res)
    const visitor = userOf(deps, req)
    const view: InviteView = {
      email: primaryEmail(user),
      company: system.store.get('companies', user.companyId)?.name ?? '',
      values: typed.values ?? { givenName: user.givenName, familyName: user.familyName },
      problems: typed.problems ?? {},
      loggedInAs: visitor === undefined ? undefined : primaryEmail(visitor),
    }
    res.status(typed.problems === undefined ? 200 : 422).send(renderPage(<InvitePage frame={frame} view={view} />))
  }

  router.get('/invite/accept', async (req, res) => {
    const invited = invitedOf(req)
    if (invited === undefined) await showNotValid(req, res)
    else if (!(await toldClosed(req, res, invited.user))) await show(req, res, invited.user, {})
  })

  router.post('/invite/accept', async (req, res) => {
    const invited = invitedOf(req)
    if (invited === undefined) {
      await showNotValid(req, res)
      return
    }
    nameSubject(primaryEmail(invited.user))
    if (await toldClosed(req, res, invited.user)) return
    const form = parseForm(acceptForm(invited.user), req.body)
    if (!form.ok) {
      await show(req, res, invited.user, form)
      return
    }
    const { password, ...names } = form.value
    const passwordHash = await hashPassword(password)
    try {
      const user = await acceptInvitation(system, invited.token, { ...names, passwordHash })
      await signIn(deps, res, user, 'an invitation')
      await leaveFlash(deps.sessions, req, 'Your account is set up.')
      res.redirect(303, '/app')
    } catch (error) {
      if (!(error instanceof DialpadRefusal)) throw error
      // Accepted in another window meanwhile.
      await showNotValid(req, res)
    }
  })

  return router
}
