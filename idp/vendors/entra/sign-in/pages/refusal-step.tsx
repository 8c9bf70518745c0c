import { Button } from '#kit/ui/button.tsx'
import { Form } from '#kit/ui/form.tsx'
import type { Frame } from '#kit/ui/look.ts'
import type { AadstsError } from '../aadsts.ts'
import { ErrorPage } from './error-page.tsx'

/** A signed-in person who may not use the application, with the way to another account. */
export function RefusalStep(props: {
  readonly frame: Frame
  readonly action: string
  readonly error: AadstsError
  readonly user: string
}) {
  return (
    <ErrorPage
      frame={props.frame}
      error={props.error}
      user={props.user}
      actions={
        <Form action={`${props.action}/switch`}>
          <Button kind="primary">Sign out and sign in with a different account</Button>
        </Form>
      }
    />
  )
}
