import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Inline } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import type { SharedSnapshot } from '../control/shared-snapshots.ts'
import { HomePage } from './home-page.tsx'
import { type UnderWay, WhatEnds } from './under-way.tsx'
import type { Visit } from './visits.ts'

export interface ListedSnapshot extends SharedSnapshot {
  /** Labels of the systems that have it, where not all of them do. */
  readonly partOf: readonly string[] | undefined
}

export interface SnapshotsView {
  readonly snapshots: readonly ListedSnapshot[]
  /** Why they cannot be listed. */
  readonly unavailable?: string
  readonly problem?: string | undefined
}

/** The page of one act on one snapshot. */
export function snapshotPath(name: string, act: 'restore' | 'branch' | 'delete' | 'replace'): string {
  return `/snapshots/${encodeURIComponent(name)}/${act}`
}

/** Named states of all systems. */
export function SnapshotsPage({ visit, view }: { readonly visit: Visit; readonly view: SnapshotsView }) {
  const whole = view.snapshots.filter(({ partOf }) => partOf === undefined)
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
        lead="Letters, digits, dots, dashes and underscores make a name. Before one is replaced you are asked."
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
            { key: 'action', header: 'Restore', headerHidden: true, align: 'end' },
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
              action: <SnapshotActs name={snapshot.name} isWhole={snapshot.partOf === undefined} />,
            },
          }))}
          empty={
            <EmptyState title="No snapshots yet" icon="download">
              Save one before you try something you want to undo.
            </EmptyState>
          }
        />
      </Card>
      {whole.length > 0 && (
        <Card title="Compare" lead="What became different from one state to another, system by system.">
          <CompareForm names={whole.map(({ name }) => name)} from={whole[0]?.name} with="" />
        </Card>
      )}
    </HomePage>
  )
}

function SnapshotActs({ name, isWhole }: { readonly name: string; readonly isWhole: boolean }) {
  return (
    <Inline>
      {isWhole && (
        <>
          <LinkButton href={snapshotPath(name, 'restore')} label={`Restore ${name}`}>
            Restore
          </LinkButton>
          <LinkButton href={snapshotPath(name, 'branch')} label={`Branch from ${name}`}>
            Branch
          </LinkButton>
          <LinkButton
            href={`/snapshots/compare?from=${encodeURIComponent(name)}`}
            label={`Compare ${name} with the present state`}
          >
            Compare
          </LinkButton>
        </>
      )}
      <LinkButton href={snapshotPath(name, 'delete')} label={`Delete ${name}`}>
        Delete
      </LinkButton>
    </Inline>
  )
}

/** Two states to choose; the second is the present one unless a snapshot is chosen. */
export function CompareForm(props: {
  readonly names: readonly string[]
  readonly from: string | undefined
  readonly with: string
}) {
  const options = props.names.map((name) => ({ value: name, label: name }))
  return (
    <form method="get" action="/snapshots/compare" class="k-form k-form--inline">
      <SelectField label="From" name="from" value={props.from} options={options} />
      <SelectField label="To" name="with" value={props.with} options={options} emptyLabel="the present state" />
      <Button>Compare</Button>
    </form>
  )
}

/** Says what a restore brings back and what it costs. */
export function RestorePage(props: {
  readonly visit: Visit
  readonly snapshot: SharedSnapshot
  readonly underWay: readonly UnderWay[]
}) {
  const { visit, snapshot, underWay } = props
  return (
    <HomePage visit={visit} section="/snapshots" title="Restore a snapshot">
      <ConfirmForm
        title="Restore this snapshot?"
        subject={snapshot.name}
        headingLevel={2}
        action={snapshotPath(snapshot.name, 'restore')}
        confirmLabel="Restore"
        cancelHref="/snapshots"
      >
        <p>
          All systems return to world {snapshot.world} at {formatDateTime(snapshot.virtualAt)}. What has been done since
          is lost, unless you save it under another name first.
        </p>
        <WhatEnds underWay={underWay} />
      </ConfirmForm>
    </HomePage>
  )
}

/** Asks before a snapshot gives way to the present state. */
export function ReplacePage({ visit, snapshot }: { readonly visit: Visit; readonly snapshot: SharedSnapshot }) {
  return (
    <HomePage visit={visit} section="/snapshots" title="Replace a snapshot">
      <ConfirmForm
        title="Replace this snapshot?"
        subject={snapshot.name}
        headingLevel={2}
        action="/snapshots"
        fields={{ name: snapshot.name, replace: 'true' }}
        confirmLabel="Replace"
        cancelHref="/snapshots"
      >
        <p>
          It holds world {snapshot.world} at {formatDateTime(snapshot.virtualAt)}. That state is lost; the name stands
          for the present one then.
        </p>
      </ConfirmForm>
    </HomePage>
  )
}

/** Asks before a snapshot goes. */
export function DeletePage({ visit, snapshot }: { readonly visit: Visit; readonly snapshot: SharedSnapshot }) {
  return (
    <HomePage visit={visit} section="/snapshots" title="Delete a snapshot">
      <ConfirmForm
        title="Delete this snapshot?"
        subject={snapshot.name}
        headingLevel={2}
        action={snapshotPath(snapshot.name, 'delete')}
        confirmLabel="Delete"
        cancelHref="/snapshots"
      >
        <p>
          World {snapshot.world} at {formatDateTime(snapshot.virtualAt)} cannot be returned to any more. The systems
          themselves stay as they are.
        </p>
      </ConfirmForm>
    </HomePage>
  )
}
