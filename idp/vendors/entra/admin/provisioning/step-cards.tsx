import type { ComponentChildren } from 'preact'
import type { LogStatus, ModifiedProperty, ObjectKind, ProvisioningStep, StepType } from '#idp/engine/records.ts'
import { Card } from '#kit/ui/card.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Disclosure, Stack } from '#kit/ui/layout.tsx'
import { ModifiedProperties } from './log-details.tsx'
import { StatusBadge } from './logs-page.tsx'
import { stepValue } from './scoping/step-value.tsx'

/** A run as its cards show it: of an entry, or of a plan that was not applied. */
export interface StepCardsView {
  readonly kind: ObjectKind
  readonly steps: readonly ProvisioningStep[]
  readonly modified: readonly ModifiedProperty[]
  /** What was, or would be, done: `Create`, `Update`, `Disable`, `Delete`, `Other`. */
  readonly action: string
  /** `true`: nothing was sent that changes anything. */
  readonly isPlan: boolean
  /** The target refused or did not answer: the card of the connection test comes first. */
  readonly connectionProblem?: { readonly code: string; readonly message: string } | undefined
  /** Source of each target attribute, as the mapping says it. */
  readonly sources?: ReadonlyMap<string, string> | undefined
}

/** Titles of the cards, in their order (reference 7.1). */
function titleOf(type: StepType, kind: ObjectKind): string {
  const noun = kind.toLowerCase()
  switch (type) {
    case 'import':
      return `Import ${noun}`
    case 'scoping':
      return `Determine if ${noun} is in scope`
    case 'matching':
      return `Match ${noun} between source and target system`
    case 'export':
      return 'Perform action'
    case 'referenceResolution':
      return 'Resolve references'
  }
}

/** What happened with one object, step by step, each with its details folded away. */
export function StepCards({ view }: { readonly view: StepCardsView }) {
  const { kind, steps } = view
  const hasMatched = steps.some(({ type }) => type === 'matching')
  const performed = steps.find(({ type }) => type === 'export')
  const references = steps.filter(({ type }) => type === 'referenceResolution')
  return (
    <Stack>
      {view.connectionProblem && (
        <StepCard
          title="Test connection"
          status="Failure"
          lead="The target system refused the credential, or could not be reached."
          details={{ ErrorCode: view.connectionProblem.code, Details: view.connectionProblem.message }}
        />
      )}
      {steps
        .filter(({ type }) => type === 'import' || type === 'scoping' || type === 'matching')
        .map((step) => (
          <StepCard
            key={step.type}
            title={titleOf(step.type, kind)}
            status={step.status}
            lead={step.description}
            details={step.details}
          />
        ))}
      {!hasMatched && (
        <StepCard
          title={titleOf('matching', kind)}
          status="Skipped"
          lead="The target system was not asked: there is nothing to match."
          details={{}}
        />
      )}
      <PerformCard view={view} performed={performed} />
      {references.map((step) => (
        <StepCard
          key="references"
          title={titleOf(step.type, kind)}
          status={step.status}
          lead={step.description}
          details={step.details}
        />
      ))}
    </Stack>
  )
}

function PerformCard(props: { readonly view: StepCardsView; readonly performed: ProvisioningStep | undefined }) {
  const { view, performed } = props
  const lead = view.isPlan
    ? 'This is what would be sent. Nothing was changed.'
    : (performed?.description ?? 'Nothing was sent.')
  return (
    <StepCard
      title={titleOf('export', view.kind)}
      status={performed?.status ?? (view.isPlan && view.modified.length > 0 ? undefined : 'Skipped')}
      lead={lead}
      details={{ Action: view.action, ...performed?.details }}
    >
      {view.modified.length > 0 && <ModifiedProperties entry={view} sources={view.sources ?? new Map()} />}
    </StepCard>
  )
}

function StepCard(props: {
  readonly title: string
  readonly status: LogStatus | undefined
  readonly lead: string
  readonly details: Readonly<Record<string, string>>
  readonly children?: ComponentChildren
}) {
  const items = Object.entries(props.details).map(([term, value]) => ({ term, value: stepValue(term, value) }))
  return (
    <Card title={props.title} action={props.status && <StatusBadge status={props.status} />} lead={props.lead}>
      {(items.length > 0 || props.children) && (
        <Disclosure title="View details" of={props.title}>
          {items.length > 0 && <DefinitionList items={items} />}
          {props.children}
        </Disclosure>
      )}
    </Card>
  )
}
