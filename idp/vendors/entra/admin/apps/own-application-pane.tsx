import { Button, LinkButton } from '#kit/ui/button.tsx'
import { RadioGroup } from '#kit/ui/choice-fields.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { FormProblem, type FormView } from '../form-problem.tsx'

/** Address of the pane. */
export const OWN_APPLICATION_HREF = '/admin/apps/create'

export type OwnApplicationView = FormView

/** What an app of one's own can be for (reference 10.1). Two need parts of the product that are not simulated. */
const PURPOSES = [
  {
    value: 'proxy',
    label: 'Configure Application Proxy for secure remote access to an on-premises application',
    hint: 'Not here: there is no application proxy in this simulation.',
    disabled: true,
  },
  {
    value: 'register',
    label: 'Register an application to integrate with Microsoft Entra ID (App you’re developing)',
    hint: 'Not here: an application you develop is registered under App registrations; it cannot be provisioned.',
    disabled: true,
  },
  {
    value: 'non-gallery',
    label: 'Integrate any other application you don’t find in the gallery (Non-gallery)',
  },
] as const

/** The pane that makes an app which is in no gallery. */
export function OwnApplicationPane({
  view,
  closeHref,
}: {
  readonly view: OwnApplicationView
  readonly closeHref: string
}) {
  const { values, problems } = view
  return (
    <Panel
      title="Create your own application"
      closeHref={closeHref}
      footer={
        <>
          <Button kind="primary" form="own-application">
            Create
          </Button>
          <LinkButton href={closeHref}>Cancel</LinkButton>
        </>
      }
    >
      <FormProblem problems={problems} title="The application was not created" shown={['displayName', 'purpose']} />
      <p>
        For an app that is in no gallery: one that speaks SCIM can be provisioned from here, whatever its Tenant URL.
      </p>
      <Form action={OWN_APPLICATION_HREF} id="own-application" noValidate>
        <TextField
          label="What's the name of your app?"
          name="displayName"
          value={values['displayName']}
          problem={problems['displayName']}
          placeholder="Input name"
          autocomplete="off"
          required
        />
        <RadioGroup
          label="What are you looking to do with your application?"
          name="purpose"
          value={values['purpose'] ?? 'non-gallery'}
          problem={problems['purpose']}
          options={PURPOSES}
        />
      </Form>
    </Panel>
  )
}
