import { Button } from '#kit/ui/button.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { TextField } from '#kit/ui/text-field.tsx'
import { SignInCard } from './sign-in-card.tsx'

/** "Error lookup": a number of the sign-in service and what it means. */
export function ErrorLookupPage(props: {
  readonly frame: Frame
  /** As typed, without the letters in front. */
  readonly asked: string
  readonly entry: { readonly code: string; readonly error: string; readonly text: string } | undefined
}) {
  const { asked, entry } = props
  const problem = asked !== '' && entry === undefined ? 'This twin has no error of that number.' : undefined
  return (
    <SignInCard frame={props.frame} title="Error lookup">
      <form method="get" action="/error" class="k-form k-form--stack">
        <TextField label="Error code" name="code" value={asked} placeholder="AADSTS50058" problem={problem} />
        <div class="k-actions">
          <Button kind="primary">Submit</Button>
        </div>
      </form>
      {entry && (
        <DefinitionList
          items={[
            { term: 'Error code', value: entry.code },
            { term: 'OAuth error', value: entry.error },
            { term: 'Message', value: entry.text },
          ]}
        />
      )}
    </SignInCard>
  )
}
