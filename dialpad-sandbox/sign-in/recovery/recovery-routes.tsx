import { type Request, Router } from 'express'
import { nameSubject } from '#kit/http/record.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Stack } from '#kit/ui/layout.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import { renderPage } from '#kit/ui/render.ts'
import { allowOtherProviders } from '../../commands/saml-settings.ts'
import { isSamlOnly } from '../../domain/saml.ts'
import { isSignInAllowed, primaryEmail } from '../../domain/user-states.ts'
import { LoginCard } from '../../portal/look/shell.tsx'
import type { Company, DialpadUser } from '../../records.ts'
import { RECOVERY_PATH } from '../closed-ways.ts'
import type { PageDeps } from '../deps.ts'
import { formFrameOf } from '../visitor.ts'
import { recoveryFlow } from './recovery-flow.ts'

/** `/login/recovery`: the break-glass of the sandbox (FID-DIALPAD-SIGN-IN-08). */
export function recoveryRoutes(deps: PageDeps): Router {
  const { system } = deps
  const router = Router()
  const flow = recoveryFlow(deps)

  /** The Company Admin who has proved themselves in this browser, while they are still locked out. */
  function lockedOut(req: Request): { readonly admin: DialpadUser; readonly company: Company } | undefined {
    const admin = system.store.get('users', flow.read(req)?.userId ?? '')
    if (!isSignInAllowed(admin) || !admin.isCompanyAdmin) return undefined
    const company = system.store.get('companies', admin.companyId)
    return company !== undefined && isSamlOnly(company) ? { admin, company } : undefined
  }

  router.get(RECOVERY_PATH, async (req, res) => {
    const found = lockedOut(req)
    if (found === undefined) {
      res.redirect(303, '/login')
      return
    }
    const frame = await formFrameOf(deps, req, res)
    res.send(renderPage(<RecoveryPage frame={frame} {...found} />))
  })

  router.post(RECOVERY_PATH, async (req, res) => {
    const found = lockedOut(req)
    await flow.take(req)
    if (found === undefined) {
      res.redirect(303, '/login')
      return
    }
    nameSubject(primaryEmail(found.admin))
    await allowOtherProviders(system, found.admin)
    res.redirect(303, '/login?done=recovered')
  })

  return router
}

function RecoveryPage(props: { readonly frame: Frame; readonly admin: DialpadUser; readonly company: Company }) {
  const { company, admin } = props
  return (
    <LoginCard
      frame={props.frame}
      title="Recovery"
      notices={
        <Notice tone="warning" title="Sandbox only" role="none">
          The product has no such page. Here it ends a lesson that nobody could leave otherwise.
        </Notice>
      }
      footer={<a href="/login">Back to Log in</a>}
    >
      <Stack>
        <p>
          {primaryEmail(admin)} is a Company Admin of {company.name}. Opening the other ways in switches off “Prevent
          users from logging in with other SSO providers”; everything else of the SAML settings stays.
        </p>
        <Form action={RECOVERY_PATH}>
          <FormActions>
            <Button kind="primary" wide>
              Open the other ways in
            </Button>
            <LinkButton href="/login">Cancel</LinkButton>
          </FormActions>
        </Form>
      </Stack>
    </LoginCard>
  )
}
