import { Button } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { RadioGroup } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'
import { FormProblem, type FormView } from '../form-problem.tsx'

export const CONDITIONAL_ACCESS = '/admin/conditional-access'

/** Conditional Access | Session: how often people sign in again. */
export function ConditionalAccessPage(props: {
  readonly context: AdminContext
  readonly view: FormView
  readonly readOnly: string | undefined
}) {
  const { context, view, readOnly } = props
  const isOff = readOnly !== undefined
  return (
    <AdminPage
      context={context}
      section="Conditional Access"
      title="Conditional Access | Session"
      crumb="Session"
      subtitle={context.tenant.displayName}
      icon="shield"
      notices={<FormProblem problems={view.problems} title="The setting was not saved" shown={['hours']} />}
    >
      <Card
        title="Sign-in frequency"
        lead="How long ago people may have signed in before applications, and their tokens, send them to sign in again. For all users and all apps."
      >
        {isOff && <p>{readOnly}</p>}
        <Form action={CONDITIONAL_ACCESS} label="Sign-in frequency" noValidate>
          <RadioGroup
            label="Sign-in frequency"
            name="frequency"
            value={view.values['frequency']}
            options={[
              { value: 'off', label: 'Not configured: as long as the session lasts' },
              { value: 'periodic', label: 'Periodic reauthentication' },
            ]}
            disabled={isOff}
          />
          <TextField
            label="Hours"
            name="hours"
            type="number"
            min="1"
            value={view.values['hours']}
            problem={view.problems['hours']}
            hint="Of virtual time: put the clock forward on the kit home to see it."
            disabled={isOff}
          />
          <FormActions>
            <Button kind="primary" disabled={isOff}>
              Save
            </Button>
          </FormActions>
        </Form>
      </Card>
    </AdminPage>
  )
}
