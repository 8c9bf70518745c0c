import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import type { SharedSnapshot } from '../control/shared-snapshots.ts'
import { HomePage } from './home-page.tsx'
import { snapshotPath } from './snapshots-page.tsx'
import type { Visit } from './visits.ts'

export interface BranchView {
  readonly snapshot: SharedSnapshot
  /** The name typed for the present state. */
  readonly save?: string | undefined
  readonly problem?: string | undefined
  /** A snapshot of that name is there: it may be replaced when that is said. */
  readonly isTaken?: boolean
}

/** Keeps the present under a name and goes on from another state: back and forth between two stories. */
export function BranchPage({ visit, view }: { readonly visit: Visit; readonly view: BranchView }) {
  const { snapshot, save, problem, isTaken } = view
  return (
    <HomePage visit={visit} section="/snapshots" title="Branch from a snapshot">
      <Card
        title={`Keep the present, go on from ${snapshot.name}`}
        lead={`The present state is saved under a name of its own. Then all systems return to world ${snapshot.world} at ${formatDateTime(snapshot.virtualAt)}. Branch from the saved name to come back.`}
      >
        <Form action={snapshotPath(snapshot.name, 'branch')} noValidate>
          <TextField
            label="Name for the present state"
            name="save"
            value={save}
            problem={problem}
            autocomplete="off"
            maxLength={64}
            required
          />
          {isTaken && <CheckboxField label={`Replace the snapshot ${save}`} name="replace" />}
          <FormActions>
            <Button kind="primary">Save and go on</Button>
            <LinkButton href="/snapshots">Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </HomePage>
  )
}
