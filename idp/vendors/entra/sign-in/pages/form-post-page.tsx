import { assetBeside } from '#kit/ui/assets.ts'
import { Button } from '#kit/ui/button.tsx'
import { HiddenFields } from '#kit/ui/form.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { EntraSignInCard } from '../../look/shell.tsx'

/** Sends the form of the page without a click, where scripts run. */
export const SUBMIT_SCRIPT = assetBeside(import.meta.url, './submit-at-once.js', '/_assets/entra/submit-at-once.js')

/** The answer to an application that asked for it as a form (`response_mode=form_post`). No token of ours goes with it. */
export function FormPostPage(props: {
  readonly frame: Frame
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}) {
  return (
    <EntraSignInCard frame={props.frame} title="Working...">
      <p>You are being taken back to the application. Select Continue if nothing happens.</p>
      <form method="post" action={props.action} data-submit-at-once>
        <HiddenFields fields={props.fields} />
        <Button kind="primary">Continue</Button>
      </form>
      <script src={SUBMIT_SCRIPT.urlPath} defer />
    </EntraSignInCard>
  )
}
