import { assetBeside } from '#kit/ui/assets.ts'
import { Button } from '#kit/ui/button.tsx'
import { HiddenFields } from '#kit/ui/form.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { LoginCard } from '../../portal/look/shell.tsx'

export const submitScript = assetBeside(import.meta.url, './submit-at-once.js', '/_assets/dialpad/submit-at-once.js')

/**
 * An answer posted from another site comes without the browser's cookies (`SameSite=Lax`), and so without the requests it has under way.
 * This page posts it again, from this site.
 */
export function BringAlongPage(props: {
  readonly frame: Frame
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}) {
  return (
    <LoginCard frame={props.frame} title="Logging you in">
      <p>Select Continue if nothing happens.</p>
      <form method="post" action={props.action} data-submit-at-once>
        <HiddenFields fields={props.fields} />
        <Button kind="primary" wide>
          Continue
        </Button>
      </form>
      <script src={submitScript.urlPath} defer />
    </LoginCard>
  )
}
