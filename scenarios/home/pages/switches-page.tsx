import type { SwitchState } from '#kit/system/system-control.ts'
import { Badge } from '#kit/ui/badge.tsx'
import { Button } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Inline, Quiet } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { HomePage } from './home-page.tsx'
import type { Visit } from './visits.ts'

export interface SystemSwitches {
  readonly name: string
  readonly label: string
  readonly reachable: boolean
  readonly switches: readonly SwitchState[]
}

/** Every behaviour that can be chosen, with what it means and where it comes from. */
export function SwitchesPage({
  visit,
  systems,
}: {
  readonly visit: Visit
  readonly systems: readonly SystemSwitches[]
}) {
  return (
    <HomePage
      visit={visit}
      section="/switches"
      title="Switches"
      lead="Where a product behaves in more than one way, choose one. A reset returns to the defaults."
    >
      {systems.map((system) => (
        <Card key={system.name} title={system.label}>
          {!system.reachable && (
            <Notice tone="warning" role="none">
              Not reachable. Start it, then reload this page.
            </Notice>
          )}
          {system.reachable && system.switches.length === 0 && (
            <EmptyState title="No switches" icon="gear">
              {system.label} behaves in one way only.
            </EmptyState>
          )}
          {system.switches.map((each) => (
            <SwitchItem key={each.id} system={system} state={each} />
          ))}
        </Card>
      ))}
    </HomePage>
  )
}

function SwitchItem({ system, state }: { readonly system: SystemSwitches; readonly state: SwitchState }) {
  const { id, value, values, behaviour, source } = state
  return (
    <section class="home-switch" aria-label={`${system.label}: ${id}`}>
      <div>
        <Inline>
          <strong class="k-mono">{id}</strong>
          {value !== state.default && <Badge tone="info">changed</Badge>}
        </Inline>
        <p>{behaviour}</p>
        <p>
          <Quiet>Source: {source}</Quiet>
        </p>
      </div>
      <Form action={`/switches/${system.name}`} fields={{ id }} layout="inline">
        <SelectField
          label={`Value of ${id}`}
          labelHidden
          name="value"
          id={`field-${system.name}-${id}`}
          value={value}
          options={values.map((each) => ({ value: each, label: each === state.default ? `${each} (default)` : each }))}
        />
        <Button label={`Set ${id}`}>Set</Button>
      </Form>
    </section>
  )
}
