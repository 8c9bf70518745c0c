import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { MOST_ADDRESSES } from '../../../saml/check-settings.ts'
import type { AdminContext } from '../../context.ts'
import { FormProblem, type FormView } from '../../form-problem.tsx'
import { AppPage } from '../app-page.tsx'
import { ssoHref } from './sso-page.tsx'

/** Empty fields below those that are filled. */
const SPARE = 1

/** Names of the fields of a list, `identifier.0` …, one more than are filled. */
function listFields(values: FormView['values'], name: string): readonly string[] {
  const filled = Object.keys(values).filter((each) => each.startsWith(`${name}.`) && values[each] !== '')
  return Array.from({ length: Math.min(filled.length + SPARE, MOST_ADDRESSES) }, (_each, index) => `${name}.${index}`)
}

/** Basic SAML Configuration. */
export function BasicSamlPage(props: {
  readonly context: AdminContext
  readonly app: ServicePrincipal
  readonly form: FormView
}) {
  const { app, form } = props
  const { values, problems } = form
  const field = (name: string) => ({ name, value: values[name], problem: problems[name], mono: true })
  const list = (name: string, label: string, hint: string) =>
    listFields(values, name).map((each, index) => (
      <TextField
        key={each}
        {...field(each)}
        label={index === 0 ? label : `${label} ${index + 1}`}
        hint={index === 0 ? hint : undefined}
        required={index === 0}
      />
    ))
  const shown = Object.keys(problems)
  return (
    <AppPage context={props.context} app={app} page="Single sign-on" step="Basic SAML Configuration">
      <FormProblem problems={problems} title="The configuration was not saved" shown={shown} />
      <Form action={ssoHref(app.id, 'basic')} id="basic-saml" noValidate>
        {list(
          'identifier',
          'Identifier (Entity ID)',
          'The unique name by which the app is known here. It is the audience of answers; the first is the default.',
        )}
        {list(
          'replyUrl',
          'Reply URL (Assertion Consumer Service URL)',
          'Where the app expects the answer; the first is the default.',
        )}
        <TextField
          label="Sign on URL (Optional)"
          hint="The page of the app that begins a sign-in. Empty: sign-ins begin here."
          {...field('signOnUrl')}
        />
        <TextField
          label="Relay State (Optional)"
          hint="Tells the app where to go after the sign-in."
          {...field('relayState')}
        />
        <TextField
          label="Logout Url (Optional)"
          hint="Where the app takes the answer when it has signed somebody out here. Empty: the browser stays at the page that says so."
          {...field('logoutUrl')}
        />
        <FormActions>
          <Button kind="primary">Save</Button>
          <LinkButton href={ssoHref(app.id)}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </AppPage>
  )
}
