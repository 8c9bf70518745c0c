import { Badge } from '#kit/ui/badge.tsx'
import { Button } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, RadioGroup } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { WORLD_NAMES } from '#kit/world/worlds.ts'
import { HomePage } from './home-page.tsx'
import { type UnderWay, WhatEnds } from './under-way.tsx'
import type { Visit } from './visits.ts'

const DESCRIPTIONS: Readonly<Record<(typeof WORLD_NAMES)[number], string>> = {
  brightwave: 'A company with people in Entra and Okta and an account at Dialpad, not yet connected.',
  fresh: 'The same company, before anybody has signed up with Dialpad.',
  'connected-entra': 'Entra provisions to Dialpad: set up and synced.',
  'connected-okta': 'Okta provisions to Dialpad: set up and synced.',
  empty: 'For test suites: a Dialpad company without users, any e-mail domain, seats without end.',
}

/** The worlds to begin in. */
export function WorldsPage({ visit, problem }: { readonly visit: Visit; readonly problem?: string | undefined }) {
  const isScale = visit.world.startsWith('scale:')
  return (
    <HomePage
      visit={visit}
      section="/worlds"
      title="Worlds"
      lead="A world is a seeded state of all systems. Resetting puts all of them at its beginning."
    >
      <Card title="Reset to a world" action={<Badge tone="info">Now: {visit.world}</Badge>}>
        <form method="get" action="/worlds/reset" class="k-form k-form--stack">
          <RadioGroup
            label="World"
            name="world"
            value={isScale ? undefined : visit.world}
            options={WORLD_NAMES.map((name) => ({ value: name, label: name, hint: DESCRIPTIONS[name] }))}
          />
          <CheckboxField
            label="Keep Dialpad's API keys valid"
            name="keepApiKeys"
            hint="For programs that hold one already."
          />
          <div>
            <Button kind="primary">Reset</Button>
          </div>
        </form>
      </Card>
      <Card title="A large world" lead="scale:N has N people and N/20 groups.">
        <form method="get" action="/worlds/reset" class="k-form k-form--inline">
          <TextField
            label="World"
            name="world"
            id="field-scale"
            value={isScale ? visit.world : 'scale:500'}
            problem={problem}
            mono
          />
          <Button>Reset</Button>
        </form>
      </Card>
    </HomePage>
  )
}

/** Names the world and what is lost, before anything is. */
export function ResetPage(props: {
  readonly visit: Visit
  readonly world: string
  readonly keepApiKeys: boolean
  readonly underWay: readonly UnderWay[]
}) {
  const { visit, world, keepApiKeys, underWay } = props
  return (
    <HomePage visit={visit} section="/worlds" title="Reset all systems">
      <ConfirmForm
        title="Reset to this world?"
        subject={world}
        headingLevel={2}
        action="/worlds/reset"
        fields={{ world, ...(keepApiKeys ? { keepApiKeys: 'true' } : {}) }}
        confirmLabel="Reset"
        cancelHref="/worlds"
      >
        <p>
          Lost in Entra, Okta, Dialpad and here: everything done since world {visit.world} was seeded, sign-in sessions,
          {keepApiKeys ? '' : ' API keys,'} the timeline, mails, faults and switches. The clock returns to the present.
          Snapshots stay.
        </p>
        <WhatEnds underWay={underWay} />
      </ConfirmForm>
    </HomePage>
  )
}
