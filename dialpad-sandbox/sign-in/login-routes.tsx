import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { nameSubject } from '#kit/http/record.ts'
import { renderPage } from '#kit/ui/render.ts'
import { verifyPasswordLogin } from '../commands/sign-in.ts'
import { noteTurnedAway } from '../commands/turned-away.ts'
import { samlAddresses, samlLoginUrl } from '../domain/saml.ts'
import { describeClosedWay, isRecoveryOffered } from './closed-ways.ts'
import type { PageDeps } from './deps.ts'
import { LoginPage, type LoginView, ProviderPage } from './login-page.tsx'
import { beganWithMicrosoft } from './microsoft/kept-tokens.ts'
import { pageFaults } from './page-faults.ts'
import { recoveryFlow } from './recovery/recovery-flow.ts'
import { returnAddress } from './return-address.ts'
import { formFrameOf, signIn, visitorOf } from './visitor.ts'

const LoginForm = z.object({
  email: z.string().trim().min(1, 'Enter your email address').max(254, 'This is too long for an email address'),
  password: z.string().min(1, 'Enter your password').max(1024, 'This is too long for a password'),
  next: z.string().optional(),
})

const ProviderForm = z.object({
  domain: z
    .string()
    .trim()
    .toLowerCase()
    .min(1, "Enter your company's domain")
    .max(320, 'This is too long for a domain')
    // An e-mail address names its company too.
    .transform((typed) => typed.slice(typed.lastIndexOf('@') + 1)),
  next: z.string().optional(),
})

/** Logged out of Dialpad, and not of Microsoft. */
const LOGGED_OUT_HERE = 'logged-out-of-dialpad'

/** What the page that was left for the login has done, by the word in the address. */
const DONE: ReadonlyMap<string, string> = new Map([
  ['logged-out', 'You have logged out.'],
  [LOGGED_OUT_HERE, 'You have logged out.'],
  ['recovered', 'The other ways in are open again. Log in, and mend the SAML settings.'],
])

/** `/login`, `/login/provider`, `/logout`: e-mail and password, and the way out. */
export function loginRoutes(deps: PageDeps): Router {
  const { system, sessions, attempts } = deps
  const router = Router()
  const recovery = recoveryFlow(deps)
  const nextOf = (given: unknown): string => returnAddress(given, system.origin)

  async function show(req: Request, res: Response, status: number, view: Pick<LoginView, 'next'> & Partial<LoginView>) {
    const frame = await formFrameOf(deps, req, res)
    const known = { hasMicrosoft: deps.microsoft !== undefined, hasCompany: system.store.count('companies') > 0 }
    res.status(status).send(renderPage(<LoginPage frame={frame} view={{ ...known, ...view }} />))
  }

  router.get('/login', async (req, res) => {
    const next = nextOf(req.query['next'])
    const visitor = visitorOf(deps, req)
    if (visitor.kind === 'user') {
      res.redirect(303, next)
      return
    }
    if (visitor.kind === 'ended') {
      const user = system.store.get('users', sessions.of(req)?.subjectId ?? '')
      if (user !== undefined && visitor.why === 'account') noteTurnedAway(system, 'session', user)
      await sessions.close(req, res)
      await show(req, res, 200, {
        next,
        refusal: {
          title: 'You were logged out',
          text:
            visitor.why === 'account'
              ? 'This account is suspended or deleted. Ask your Company Admin if you need it again.'
              : 'The whole company is suspended for an unpaid bill; this account is not. Nobody but its Company Admins can log in until it is paid.',
        },
      })
      return
    }
    const done = String(req.query['done'])
    const isStillAtMicrosoft = done === LOGGED_OUT_HERE && deps.microsoft !== undefined
    await show(req, res, 200, { next, done: DONE.get(done), isStillAtMicrosoft })
  })

  router.post('/login', pageFaults(deps, 'portal.sign-in'), async (req, res) => {
    const form = parseForm(LoginForm, req.body)
    const next = nextOf(req.body?.['next'])
    if (!form.ok) {
      await show(req, res, 422, { next, email: form.values['email'], problems: form.problems })
      return
    }
    const { email, password } = form.value
    nameSubject(email)
    const waitMs = attempts.waitMs(email)
    if (waitMs > 0) {
      const minutes = Math.ceil(waitMs / 60_000)
      res.setHeader('retry-after', String(Math.ceil(waitMs / 1000)))
      await show(req, res, 429, {
        next,
        email,
        refusal: {
          title: 'Too many attempts',
          text: `Wrong passwords were entered too often for this address. Try again in ${minutes} minute${minutes === 1 ? '' : 's'}.`,
        },
      })
      return
    }
    attempts.tried(email)
    const login = await verifyPasswordLogin(system, { email, password })
    switch (login.kind) {
      case 'ok':
        attempts.succeeded(email)
        await signIn(deps, res, login.user, 'email and password')
        res.redirect(303, next)
        return
      case 'wrong':
        await show(req, res, 401, {
          next,
          email,
          refusal: { title: 'Wrong email or password', text: 'Check both and try again.' },
        })
        return
      case 'no-password':
        await show(req, res, 401, {
          next,
          email,
          refusal: {
            title: 'This account has no password',
            text: 'It logs in with the provider it was set up with. Use Log in with Microsoft, or ask your Company Admin.',
          },
        })
        return
      case 'suspended':
        attempts.succeeded(email)
        noteTurnedAway(system, 'password', login.user)
        await show(req, res, 403, {
          next,
          email,
          refusal: {
            title: 'This account is suspended',
            text: 'Ask your Company Admin to reactivate it. A directory that provisions Dialpad does so when you are assigned again.',
          },
        })
        return
      case 'company-suspended':
      case 'saml-only': {
        attempts.succeeded(email)
        const mayRecover = isRecoveryOffered(login.kind, login.user)
        if (mayRecover) await recovery.keep(req, res, { userId: login.user.id })
        await show(req, res, 403, { next, email, refusal: describeClosedWay(login.kind, login.company, mayRecover) })
        return
      }
    }
  })

  router.get('/login/provider', async (req, res) => {
    const frame = await formFrameOf(deps, req, res)
    res.send(renderPage(<ProviderPage frame={frame} next={nextOf(req.query['next'])} />))
  })

  router.post('/login/provider', async (req, res) => {
    const form = parseForm(ProviderForm, req.body)
    const next = nextOf(req.body?.['next'])
    const company = form.ok ? system.store.find('companies', 'domain', form.value.domain)[0] : undefined
    if (company?.saml !== undefined) {
      const addresses = samlAddresses(system.origin, company.saml.provider, company.domains[0] ?? '')
      res.redirect(303, samlLoginUrl(addresses, next))
      return
    }
    const frame = await formFrameOf(deps, req, res)
    const domain = form.ok ? form.value.domain : form.values['domain']
    const problem = form.ok ? `No Dialpad company has the domain ${form.value.domain}` : form.problems['domain']
    const told = company === undefined ? { problem } : { without: company.name }
    res.status(422).send(renderPage(<ProviderPage frame={frame} next={next} domain={domain} {...told} />))
  })

  router.post('/logout', async (req, res) => {
    const hadMicrosoft = beganWithMicrosoft(sessions.of(req)?.data ?? {})
    await sessions.close(req, res)
    const next = nextOf(req.body?.['next'])
    const done = hadMicrosoft ? LOGGED_OUT_HERE : 'logged-out'
    res.redirect(303, next === '/app' ? `/login?done=${done}` : `/login?next=${encodeURIComponent(next)}`)
  })

  return router
}
