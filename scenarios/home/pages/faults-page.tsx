import type { FaultRecord } from '#kit/system/collections.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Disclosure, Quiet } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { effectWords } from '#scenarios/library/fault-rules.ts'
import { HomePage } from './home-page.tsx'
import type { Visit } from './visits.ts'

export interface SystemFaults {
  readonly name: string
  readonly label: string
  readonly reachable: boolean
  readonly rules: readonly FaultRecord[]
  /** Those that can be made to fail. */
  readonly operations: readonly string[]
  /** Whether others can be made to hand out something wrong. */
  readonly hasFlaws: boolean
}

export interface FaultsView {
  readonly systems: readonly SystemFaults[]
  /** The form that was refused, to be shown again. */
  readonly rejected?: {
    readonly system: string
    readonly values: Readonly<Record<string, string>>
    readonly problems: Readonly<Record<string, string>>
  }
}

const EFFECTS = [
  { value: 'status', label: 'Answer with a status' },
  { value: 'drop', label: 'Close the connection' },
  { value: 'html', label: 'Answer with a web page' },
  { value: 'late', label: 'Answer late' },
] as const

/** Rules that make operations fail, a card for each system. */
export function FaultsPage({ visit, view }: { readonly visit: Visit; readonly view: FaultsView }) {
  return (
    <HomePage
      visit={visit}
      section="/faults"
      title="Faults"
      lead="Make an operation fail, in the product's own error, to see what its callers do about it."
    >
      {view.systems.map((faults) => (
        <SystemFaultsCard
          key={faults.name}
          faults={faults}
          rejected={view.rejected?.system === faults.name ? view.rejected : undefined}
        />
      ))}
    </HomePage>
  )
}

function SystemFaultsCard(props: { readonly faults: SystemFaults; readonly rejected: FaultsView['rejected'] }) {
  const { faults, rejected } = props
  if (!faults.reachable) {
    return (
      <Card title={faults.label}>
        <Notice tone="warning" role="none">
          Not reachable. Start it, then reload this page.
        </Notice>
      </Card>
    )
  }
  if (faults.operations.length === 0) {
    return (
      <Card title={faults.label}>
        <Quiet>Has no operations that can be made to fail.</Quiet>
        {faults.hasFlaws && <NegativesHint />}
      </Card>
    )
  }
  return (
    <Card
      title={faults.label}
      action={
        faults.rules.length > 0 && (
          <LinkButton href={`/faults/${faults.name}/clear`} label={`Clear rules of ${faults.label}`}>
            Clear rules
          </LinkButton>
        )
      }
    >
      <DataTable
        caption={`Fault rules of ${faults.label}`}
        columns={[
          { key: 'on', header: 'Operation', mono: true },
          { key: 'effect', header: 'What happens' },
          { key: 'used', header: 'Happened', align: 'end' },
        ]}
        rows={faults.rules.map((rule) => ({
          key: rule.id,
          cells: {
            on: rule.on,
            effect: effectWords(rule.effect),
            used: rule.times === undefined ? `${rule.used}` : `${rule.used} of ${rule.times}`,
          },
        }))}
        empty={<EmptyState title="No rules: everything works">Add one below.</EmptyState>}
      />
      {faults.hasFlaws && <NegativesHint />}
      <Disclosure title="Add a rule" open={rejected !== undefined || faults.rules.length === 0}>
        <RuleForm faults={faults} values={rejected?.values ?? {}} problems={rejected?.problems ?? {}} />
      </Disclosure>
    </Card>
  )
}

function NegativesHint() {
  return (
    <p>
      What it hands out at a sign-in can be made wrong: <a href="/negatives">Negatives</a>.
    </p>
  )
}

function RuleForm(props: {
  readonly faults: SystemFaults
  readonly values: Readonly<Record<string, string>>
  readonly problems: Readonly<Record<string, string>>
}) {
  const { faults, values, problems } = props
  const field = (name: string) => ({
    name,
    id: `field-${faults.name}-${name}`,
    value: values[name],
    problem: problems[name],
  })
  return (
    <Form action={`/faults/${faults.name}`} label={`Add a rule for ${faults.label}`} noValidate>
      <div class="home-fields">
        <SelectField
          label="Operation"
          {...field('on')}
          emptyLabel="Choose an operation"
          options={faults.operations.map((name) => ({ value: name, label: name }))}
          required
        />
        <SelectField label="What happens" {...field('effect')} options={EFFECTS} required />
        <TextField
          label="Status"
          {...field('status')}
          value={values['status'] ?? '429'}
          hint="For an answer with a status"
          mono
        />
        <TextField label="Retry-After" {...field('retryAfter')} hint="Seconds, if wanted" mono />
        <TextField label="Late by" {...field('delayMs')} hint="Milliseconds, if wanted" mono />
        <TextField label="Times" {...field('times')} value={values['times'] ?? '1'} hint="Empty: always" mono />
      </div>
      <div>
        <Button kind="primary">Add rule</Button>
      </div>
    </Form>
  )
}

/** Asks before the rules of a system go. */
export function ClearFaultsPage({ visit, faults }: { readonly visit: Visit; readonly faults: SystemFaults }) {
  return (
    <HomePage visit={visit} section="/faults" title="Clear fault rules">
      <ConfirmForm
        title="Clear all fault rules?"
        subject={faults.label}
        headingLevel={2}
        action={`/faults/${faults.name}/clear`}
        confirmLabel="Clear rules"
        cancelHref="/faults"
      >
        <p>
          {faults.rules.length === 1 ? 'One rule goes' : `${faults.rules.length} rules go`}; everything works again.
        </p>
      </ConfirmForm>
    </HomePage>
  )
}
