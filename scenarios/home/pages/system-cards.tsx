import { Badge } from '#kit/ui/badge.tsx'
import { Card } from '#kit/ui/card.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { type Definition, DefinitionList } from '#kit/ui/definition-list.tsx'
import { Columns, Figure, Inline, Quiet, Stack } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TENANT_ID } from '#kit/world/constants.ts'
import type { SignIns } from './sign-ins.ts'
import type { SystemState } from './system-state.ts'

export interface SystemCardView {
  readonly name: string
  readonly label: string
  readonly url: string
  readonly state: SystemState
  readonly signIns: SignIns
}

/** One card for each system: how it is, where it is, whom to be. */
export function SystemCards({ systems }: { readonly systems: readonly SystemCardView[] }) {
  return (
    <div class="home-systems">
      <Columns>
        {systems.map((system) => (
          <SystemCard key={system.name} system={system} />
        ))}
      </Columns>
    </div>
  )
}

function SystemCard({ system }: { readonly system: SystemCardView }) {
  const { label, url, state, signIns } = system
  return (
    <Card
      title={label}
      action={state.kind === 'up' ? <Badge tone="success">Up</Badge> : <Badge tone="danger">Not reachable</Badge>}
      lead={state.kind === 'up' ? state.line : undefined}
    >
      {state.kind === 'down' ? (
        <Notice tone="danger" role="none">
          {state.advice}
        </Notice>
      ) : (
        state.figures.length > 0 && (
          <Inline>
            {state.figures.map((figure) => (
              <Figure key={figure.label} label={figure.label} value={figure.value} />
            ))}
          </Inline>
        )
      )}
      <p>
        <a href={`${url}/`}>{url}</a>
      </p>
      <SignInList signIns={signIns} label={label} />
      <DefinitionList items={addressesOf(system)} />
    </Card>
  )
}

function SignInList({ signIns, label }: { readonly signIns: SignIns; readonly label: string }) {
  return (
    <Stack gap="tight">
      {signIns.note !== undefined && (
        <p>
          <Quiet>{signIns.note}</Quiet>
        </p>
      )}
      {signIns.people.length > 0 && (
        <ul class="home-people" aria-label={`Sign in to ${label} as`}>
          {signIns.people.map((person) => (
            <li key={person.address}>
              <Copyable label={`address of ${person.name}`} value={person.address} />
              <span class="k-quiet">{person.may}</span>
            </li>
          ))}
        </ul>
      )}
    </Stack>
  )
}

/** What programs and forms ask for. */
function addressesOf({ name, url }: SystemCardView): readonly Definition[] {
  switch (name) {
    case 'entra':
      return [
        { term: 'Admin center', value: <a href={`${url}/admin`}>{`${url}/admin`}</a> },
        { term: 'My Apps', value: <a href={`${url}/myapps`}>{`${url}/myapps`}</a> },
        { term: 'Tenant ID', value: <Copyable label="tenant ID" value={TENANT_ID} /> },
      ]
    case 'dialpad':
      return [
        { term: 'Log in', value: <a href={`${url}/login`}>{`${url}/login`}</a> },
        { term: 'Tenant URL', value: <Copyable label="SCIM address" value={`${url}/scim`} /> },
      ]
    default:
      return []
  }
}
