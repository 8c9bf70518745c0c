import { type Request, type Response, Router } from 'express'
import type { VNode } from 'preact'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { nameSubject } from '#kit/http/record.ts'
import { hashPassword } from '#kit/secrets.ts'
import type { Frame } from '#kit/ui/look.ts'
import { renderPage } from '#kit/ui/render.ts'
import { signUpCompany } from '../../commands/sign-up.ts'
import { emailDomain, isEmail } from '../../domain/emails.ts'
import { DialpadRefusal } from '../../domain/refusal.ts'
import type { PageDeps } from '../deps.ts'
import { leaveFlash } from '../flash.ts'
import { sealTokens } from '../microsoft/kept-tokens.ts'
import { newPassword } from '../new-password.ts'
import { formFrameOf, signIn, userOf } from '../visitor.ts'
import { EMPLOYEE_COUNTS, suggestedCompanyName, TIMEZONES, TRIAL_SEATS } from './sign-up-choices.ts'
import { draftEmail, draftName, type SignUpDraft, signUpFlow } from './sign-up-flow.ts'
import { CompanyStepPage, EmailSignUpPage, OfficeStepPage, SignUpPage, type Typed } from './sign-up-pages.tsx'

const text = (what: string, longest = 64) =>
  z.string().trim().min(1, `Enter ${what}`).max(longest, `Use at most ${longest} characters`)

const emailForm = (about: readonly string[]) =>
  z.object({
    email: z.string().trim().refine(isEmail, 'Enter a full email address'),
    givenName: text('your first name'),
    familyName: text('your last name'),
    password: newPassword(about),
  })

const CompanyForm = z.object({
  companyName: text('the company name'),
  employees: z.enum(EMPLOYEE_COUNTS, 'Choose how many you are'),
})

const OfficeForm = z.object({
  officeName: text('the office name'),
  country: z.string(),
  areaCode: z.string().trim(),
  timezone: z.enum(TIMEZONES, 'Choose a time zone'),
})

/** The sign-up (reference sheet 2.1): who, the company, its first office. Each step is a page; the draft waits in the browser's session. */
export function signUpRoutes(deps: PageDeps): Router {
  const { system } = deps
  const router = Router()
  const flow = signUpFlow(deps)

  async function show(req: Request, res: Response, typed: Typed, page: (frame: Frame) => VNode): Promise<void> {
    const frame = await formFrameOf(deps, req, res)
    res.status(typed.problems === undefined ? 200 : 422).send(renderPage(page(frame)))
  }

  /** The draft of this browser; without one the sign-up starts again. */
  function draftOf(req: Request, res: Response): SignUpDraft | undefined {
    const draft = flow.read(req)
    if (draft === undefined) res.redirect(303, '/signup')
    return draft
  }

  router.get('/signup', async (req, res) => {
    if (userOf(deps, req) !== undefined) {
      res.redirect(303, '/app')
      return
    }
    await show(req, res, {}, (frame) => <SignUpPage frame={frame} hasMicrosoft={deps.microsoft !== undefined} />)
  })

  router.get('/signup/email', (req, res) => show(req, res, {}, (frame) => <EmailSignUpPage frame={frame} typed={{}} />))

  router.post('/signup/email', async (req, res) => {
    const about = ['email', 'givenName', 'familyName'].map((name) => String(req.body?.[name] ?? ''))
    const form = parseForm(emailForm(about), req.body)
    const refuse = (typed: Typed): Promise<void> =>
      show(req, res, typed, (frame) => <EmailSignUpPage frame={frame} typed={typed} />)
    if (!form.ok) {
      await refuse(form)
      return
    }
    const { password, ...person } = form.value
    if (system.store.count('companies', 'domain', emailDomain(person.email)) > 0) {
      const problem = `A company with the domain ${emailDomain(person.email)} has signed up already; ask its Company Admin for an account`
      await refuse({ values: person, problems: { email: problem } })
      return
    }
    await flow.keep(req, res, { by: 'email', ...person, passwordHash: await hashPassword(password) })
    res.redirect(303, '/signup/company')
  })

  function companyStep(req: Request, res: Response, draft: SignUpDraft, typed: Typed): Promise<void> {
    const email = draftEmail(draft)
    const values = {
      companyName: draft.company?.name ?? suggestedCompanyName(emailDomain(email)),
      ...(draft.company === undefined ? {} : { employees: draft.company.employees }),
      ...typed.values,
    }
    return show(req, res, typed, (frame) => (
      <CompanyStepPage frame={frame} email={email} typed={{ values, problems: typed.problems }} />
    ))
  }

  router.get('/signup/company', async (req, res) => {
    const draft = draftOf(req, res)
    if (draft !== undefined) await companyStep(req, res, draft, {})
  })

  router.post('/signup/company', async (req, res) => {
    const draft = draftOf(req, res)
    if (draft === undefined) return
    const form = parseForm(CompanyForm, req.body)
    if (!form.ok) {
      await companyStep(req, res, draft, form)
      return
    }
    const { companyName: name, employees } = form.value
    await flow.keep(req, res, { ...draft, company: { name, employees } })
    res.redirect(303, '/signup/office')
  })

  function officeStep(req: Request, res: Response, draft: SignUpDraft, typed: Typed): Promise<void> {
    return show(req, res, typed, (frame) => <OfficeStepPage frame={frame} email={draftEmail(draft)} typed={typed} />)
  }

  router.get('/signup/office', async (req, res) => {
    const draft = draftOf(req, res)
    if (draft === undefined) return
    if (draft.company === undefined) res.redirect(303, '/signup/company')
    else await officeStep(req, res, draft, {})
  })

  router.post('/signup/office', async (req, res) => {
    const draft = draftOf(req, res)
    if (draft === undefined) return
    if (draft.company === undefined) {
      res.redirect(303, '/signup/company')
      return
    }
    const form = parseForm(OfficeForm, req.body)
    if (!form.ok) {
      await officeStep(req, res, draft, form)
      return
    }
    const { officeName: name, ...place } = form.value
    try {
      const { admin, company } = await signUpCompany(system, {
        companyName: draft.company.name,
        office: { name, ...place, seats: TRIAL_SEATS },
        admin: {
          email: draftEmail(draft),
          ...draftName(draft),
          ...(draft.by === 'microsoft'
            ? { microsoft: { tenantId: draft.identity.tenantId, objectId: draft.identity.objectId } }
            : { passwordHash: draft.passwordHash }),
        },
      })
      nameSubject(draftEmail(draft))
      if (draft.by === 'microsoft') {
        const { tenantId, objectId } = draft.identity
        const tokens = sealTokens(system.vault, { tenantId, objectId, ...draft.tokens })
        await signIn(deps, res, admin, 'Microsoft', tokens)
      } else await signIn(deps, res, admin, 'email and password')
      await leaveFlash(deps.sessions, req, `${company.name} is set up. You are its Company Admin.`)
      res.redirect(303, '/app')
    } catch (error) {
      if (!(error instanceof DialpadRefusal)) throw error
      const field = error.field !== undefined && error.field in form.value ? error.field : ''
      await officeStep(req, res, draft, { values: form.value, problems: { [field]: `${error.message}.` } })
    }
  })

  return router
}
