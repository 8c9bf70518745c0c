import type { ComponentChildren } from 'preact'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { FormProblem, type FormView } from '../../form-problem.tsx'
import { ssoHref } from './sso-page.tsx'

export interface SignOnFormProps {
  readonly appId: string
  /** Page of single sign-on the form is sent to, and its name. */
  readonly page: string
  readonly id: string
  /** `The claim was not saved`. */
  readonly refused: string
  readonly problems: FormView['problems']
  /** Fields whose problems stand beside them. */
  readonly shown: readonly string[]
  /** What goes along without being shown. */
  readonly fields?: Readonly<Record<string, string>> | undefined
  /** Where one goes who saves nothing, and how that is called. */
  readonly leave: { readonly page: string; readonly label: string }
  readonly children: ComponentChildren
}

/** A form of single sign-on: what was wrong with it, its fields, Save and the way back. */
export function SignOnForm(props: SignOnFormProps) {
  const { appId, page, id, refused, problems, shown, fields, leave } = props
  return (
    <>
      <FormProblem problems={problems} title={refused} shown={shown} />
      <Form action={ssoHref(appId, page)} id={id} fields={fields} noValidate>
        {props.children}
        <FormActions>
          <Button kind="primary">Save</Button>
          <LinkButton href={ssoHref(appId, leave.page)}>{leave.label}</LinkButton>
        </FormActions>
      </Form>
    </>
  )
}
