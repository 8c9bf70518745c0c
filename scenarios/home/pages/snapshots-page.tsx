import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Inline } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import type { SharedSnapshot } from '../control/all-systems.ts'
import { HomePage } from './home-page.tsx'
import type { Visit } from './visits.ts'

export interface SnapshotsView {
  /** `partOf`: labels of the systems that have it, where not all of them do. */
  readonly snapshots: readonly (SharedSnapshot & { readonly partOf: readonly string[] | undefined })[]
  /** Why they cannot be listed. */
  readonly unavailable?: string
  readonly problem?: string | undefined
}

/** Named states of all systems. */
export function SnapshotsPage({ visit, view }: { readonly visit: Visit; readonly view: SnapshotsView }) {
  return (
    <HomePage
      visit={visit}
      section="/snapshots"
      title="Snapshots"
      lead="The state of all systems under a name, the virtual time included, to come back to."
    >
      {view.unavailable !== undefined && (
        <Notice tone="warning" title={view.unavailable}>
          Snapshots are of all systems. Start what is missing, then reload this page.
        </Notice>
      )}
      <Card
        title="Save the present state"
        lead="Letters, digits, dots, dashes and underscores make a name. A name that exists is replaced."
      >
        <Form action="/snapshots" layout="inline" noValidate>
          <TextField label="Name" name="name" problem={view.problem} autocomplete="off" maxLength={64} required />
          <Button kind="primary">Save</Button>
        </Form>
      </Card>
      <Card flush title="Saved">
        <DataTable
          caption="Snapshots"
          columns={[
            { key: 'name', header: 'Name' },
            { key: 'world', header: 'World' },
            { key: 'virtualAt', header: 'Virtual time' },
            { key: 'action', header: 'Restore', headerHidden: true, narrow: true },
          ]}
          rows={view.snapshots.map((snapshot) => ({
            key: snapshot.name,
            cells: {
              name: (
                <Inline>
                  {snapshot.name}
                  {snapshot.partOf !== undefined && <Badge tone="warning">Only {snapshot.partOf.join(', ')}</Badge>}
                </Inline>
              ),
              world: snapshot.world,
              virtualAt: formatDateTime(snapshot.virtualAt),
              action: snapshot.partOf === undefined && (
                <LinkButton
                  href={`/snapshots/${encodeURIComponent(snapshot.name)}/restore`}
                  label={`Restore ${snapshot.name}`}
                >
                  Restore
                </LinkButton>
              ),
            },
          }))}
          empty={
            <EmptyState title="No snapshots yet" icon="download">
              Save one before you try something you want to undo.
            </EmptyState>
          }
        />
      </Card>
    </HomePage>
  )
}

/** Says what a restore brings back and what it costs. */
export function RestorePage({ visit, snapshot }: { readonly visit: Visit; readonly snapshot: SharedSnapshot }) {
  return (
    <HomePage visit={visit} section="/snapshots" title="Restore a snapshot">
      <ConfirmForm
        title="Restore this snapshot?"
        subject={snapshot.name}
        headingLevel={2}
        action={`/snapshots/${encodeURIComponent(snapshot.name)}/restore`}
        confirmLabel="Restore"
        cancelHref="/snapshots"
      >
        <p>
          All systems return to world {snapshot.world} at {formatDateTime(snapshot.virtualAt)}. What has been done since
          is lost, unless you save it under another name first.
        </p>
      </ConfirmForm>
    </HomePage>
  )
}
