import { Button } from '#kit/ui/button.tsx'
import { HiddenFields } from '#kit/ui/form.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { SignInCard, submitScript } from './sign-in-card.tsx'

/** The answer to an application that asked for it as a form (`response_mode=form_post`). No token of ours goes with it. */
export function FormPostPage(props: {
  readonly frame: Frame
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}) {
  return (
    <SignInCard frame={props.frame} title="Working...">
      <p>You are being taken back to the application. Select Continue if nothing happens.</p>
      <form method="post" action={props.action} data-submit-at-once>
        <HiddenFields fields={props.fields} />
        <Button kind="primary">Continue</Button>
      </form>
      <script src={submitScript.urlPath} defer />
    </SignInCard>
  )
}
