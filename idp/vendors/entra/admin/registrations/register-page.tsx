import { Button, LinkButton } from '#kit/ui/button.tsx'
import { RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Quiet, Stack } from '#kit/ui/layout.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'
import { FormProblem, type FormView } from '../form-problem.tsx'
import { accountTypeChoices } from './account-types.ts'
import { REGISTRATIONS_HREF } from './registration-page.tsx'

/** Platforms, as the form that registers calls them. */
const PLATFORM_CHOICES = [
  { value: 'publicClient', label: 'Public client/native (mobile & desktop)' },
  { value: 'web', label: 'Web' },
  { value: 'spa', label: 'Single-page application (SPA)' },
] as const

/** Register an application: name, who may sign in, where answers go. */
export function RegisterPage(props: { readonly context: AdminContext; readonly view: FormView }) {
  const { context } = props
  const { values, problems } = props.view
  const field = (name: string) => ({ name, value: values[name], problem: problems[name] })
  return (
    <AdminPage
      context={context}
      section="App registrations"
      path={[{ label: 'App registrations', href: REGISTRATIONS_HREF }]}
      title="Register an application"
      icon="document"
    >
      <FormProblem
        problems={problems}
        title="The application was not registered"
        shown={['displayName', 'accounts', 'platform', 'redirectUri']}
      />
      <Form action={`${REGISTRATIONS_HREF}/new`} label="Register an application" noValidate>
        <TextField
          label="Name"
          hint="The user-facing display name for this application (this can be changed later)."
          required
          autocomplete="off"
          {...field('displayName')}
        />
        <fieldset class="k-fieldset">
          <legend class="k-label">Supported account types</legend>
          <RadioGroup
            label="Who can use this application or access this API?"
            options={accountTypeChoices(context.tenant.displayName)}
            {...field('accounts')}
          />
        </fieldset>
        <fieldset class="k-fieldset">
          <legend class="k-label">Redirect URI (optional)</legend>
          <Stack>
            <p>
              <Quiet>
                The address the answer of a sign-in goes to. It can be given or changed later; most applications need
                one.
              </Quiet>
            </p>
            <SelectField
              label="Select a platform"
              emptyLabel="Select a platform"
              options={PLATFORM_CHOICES}
              {...field('platform')}
            />
            <TextField
              label="Redirect URI"
              type="url"
              mono
              placeholder="e.g. https://example.com/auth"
              {...field('redirectUri')}
            />
          </Stack>
        </fieldset>
        <p>
          <Quiet>An app of the gallery, or of another organization, is added under Enterprise apps instead.</Quiet>
        </p>
        <p>
          <a href="/admin/apps/gallery">Browse the gallery</a>
        </p>
        <FormActions>
          <Button kind="primary">Register</Button>
          <LinkButton href={REGISTRATIONS_HREF}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </AdminPage>
  )
}
