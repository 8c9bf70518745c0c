import { Router } from 'express'
import { z } from 'zod'
import type { Application } from '#idp/core/directory/records.ts'
import { parseForm } from '#kit/http/forms.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { editRegistration } from '../../commands/registrations/properties.ts'
import { type AdminContext, type AdminDeps, goSaying } from '../context.ts'
import { FormProblem, type FormView } from '../form-problem.tsx'
import { registrationContextOf } from './registration-context.ts'
import { RegistrationPage, registrationHref } from './registration-page.tsx'
import { attempt, sendPage, typedTexts } from './send-page.ts'

const BrandingForm = z.strictObject({
  displayName: z.string().trim().min(1, 'Name is required.').max(120, 'Name has at most 120 characters.'),
  homepage: z.string().trim().max(256, 'The home page URL has at most 256 characters.'),
})

interface BrandingView extends FormView {
  readonly registration: Application
  readonly readOnly: string | undefined
}

/** Branding & properties: what people see of the application. */
function BrandingPage(props: { readonly context: AdminContext; readonly view: BrandingView }) {
  const { registration, readOnly, values, problems } = props.view
  const action = registrationHref(registration.id, 'branding')
  const field = (name: string) => ({
    name,
    value: values[name],
    problem: problems[name],
    disabled: readOnly !== undefined,
  })
  return (
    <RegistrationPage context={props.context} registration={registration} page="Branding & properties">
      <FormProblem problems={problems} title="The properties were not saved" shown={['displayName', 'homepage']} />
      <Form action={action} label="Branding & properties" noValidate>
        <TextField label="Name" required {...field('displayName')} />
        <TextField
          label="Home page URL"
          type="url"
          mono
          placeholder="e.g. https://example.com"
          {...field('homepage')}
        />
        {readOnly === undefined && (
          <FormActions>
            <Button kind="primary">Save</Button>
            <LinkButton href={action}>Discard</LinkButton>
          </FormActions>
        )}
      </Form>
    </RegistrationPage>
  )
}

/** Branding & properties: `/{applicationId}/branding`. */
export function brandingRoutes(deps: AdminDeps): Router {
  const router = Router()

  router.get('/:applicationId/branding', (req, res) => {
    const { context, registration, readOnly } = registrationContextOf(deps, req, res)
    const values = { displayName: registration.displayName, homepage: registration.homepage ?? '' }
    sendPage(res, <BrandingPage context={context} view={{ registration, readOnly, values, problems: {} }} />)
  })

  router.post('/:applicationId/branding', async (req, res) => {
    const { context, registration, readOnly } = registrationContextOf(deps, req, res)
    const refuse = (problems: Readonly<Record<string, string>>): void => {
      const view = { registration, readOnly, values: typedTexts(req.body), problems }
      sendPage(res, <BrandingPage context={context} view={view} />, problems)
    }
    const form = parseForm(BrandingForm, req.body)
    if (!form.ok) return refuse(form.problems)
    await attempt(async () => {
      const { displayName, homepage } = form.value
      const patch = { displayName, homepage: homepage || null }
      const saved = await editRegistration(deps, context.actor, { applicationId: registration.id, patch })
      const text = `The properties of ${saved.displayName} were saved.`
      await goSaying(deps, req, res, registrationHref(registration.id, 'branding'), text)
    }, refuse)
  })

  return router
}
