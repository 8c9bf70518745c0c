import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { MOST_MEMBERS } from '#idp/engine/on-demand.ts'
import type { ObjectKind, ProvisioningLogEntry } from '#idp/engine/records.ts'
import { Avatar } from '#kit/ui/avatar.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Inline, Quiet, Stack } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { AdminContext } from '../context.ts'
import { StatusBadge } from './logs-page.tsx'
import { ProvisioningPage, provisioningHref } from './provisioning-page.tsx'
import { StepCards, type StepCardsView } from './step-cards.tsx'

/** Somebody who can be provisioned on demand. */
export interface Candidate {
  readonly id: string
  readonly kind: ObjectKind
  readonly displayName: string
  /** User principal name, or what the group is for. */
  readonly detail: string
}

/** Somebody chosen; of a group, the members who may come along. */
export interface Chosen extends Candidate {
  readonly members: readonly Candidate[]
  /** The group has more members than are shown. */
  readonly hasMoreMembers: boolean
}

export interface OnDemandView {
  readonly app: ServicePrincipal
  readonly text: string
  readonly candidates: readonly Candidate[]
  readonly hasMore: boolean
  readonly chosen?: Chosen | undefined
  /** What would be done, when it was asked for. */
  readonly plan?: StepCardsView | undefined
  /** Ids of members ticked. */
  readonly memberIds: readonly string[]
  readonly problem?: string | undefined
}

/** Provision on demand: find somebody, look at the plan if you like, provision. */
export function OnDemandPage({ context, view }: { readonly context: AdminContext; readonly view: OnDemandView }) {
  const { app, chosen, plan } = view
  const href = provisioningHref(app.id, 'on-demand')
  return (
    <ProvisioningPage
      context={context}
      app={app}
      page="Provision on demand"
      notices={view.problem && <Notice tone="danger">{view.problem}</Notice>}
    >
      <p>
        Provision one person or group at once, without waiting for a cycle. It works whether provisioning is started or
        not.
      </p>
      {chosen === undefined ? (
        <Search view={view} href={href} />
      ) : (
        <Selection view={view} chosen={chosen} href={href} />
      )}
      {plan && (
        <section aria-labelledby="plan-heading" class="k-stack">
          <h2 class="k-card__title" id="plan-heading">
            {`Preview: ${plan.action}`}
          </h2>
          <StepCards view={plan} />
        </section>
      )}
    </ProvisioningPage>
  )
}

function Search({ view, href }: { readonly view: OnDemandView; readonly href: string }) {
  return (
    <>
      <search aria-label="Users and groups">
        <form method="get" action={href} class="k-form k-form--inline">
          <TextField
            label="Select a user or group"
            name="q"
            value={view.text}
            placeholder="Name, user principal name or mail"
            autocomplete="off"
          />
          <Button icon="search">Search</Button>
        </form>
      </search>
      <DataTable
        caption="Users and groups"
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'kind', header: 'Type', narrow: true },
          { key: 'detail', header: 'User principal name or description' },
        ]}
        rows={view.candidates.map(({ id, kind, displayName, detail }) => ({
          key: id,
          href: `${href}?${new URLSearchParams({ object: id })}`,
          cells: { name: displayName, kind, detail },
        }))}
        empty={
          <EmptyState title="Nobody was found" icon="search">
            Search for the beginning of a name. People who are deleted or blocked from signing in are not shown.
          </EmptyState>
        }
      />
      {view.hasMore && <Quiet>There are more. Search for the beginning of a name to find them.</Quiet>}
    </>
  )
}

function Selection(props: { readonly view: OnDemandView; readonly chosen: Chosen; readonly href: string }) {
  const { view, chosen, href } = props
  return (
    <Form action={href} fields={{ objectId: chosen.id }}>
      <Card
        title="Selected user or group"
        action={
          <LinkButton kind="subtle" href={href}>
            Change
          </LinkButton>
        }
      >
        <Inline>
          <Avatar name={chosen.displayName} />
          <Stack gap="tight">
            <strong>{chosen.displayName}</strong>
            <Quiet>{chosen.detail}</Quiet>
          </Stack>
        </Inline>
        {chosen.kind === 'Group' && <Members view={view} chosen={chosen} />}
        <FormActions>
          <Button kind="primary" name="act" value="provision">
            Provision
          </Button>
          <Button name="act" value="preview">
            Preview
          </Button>
        </FormActions>
      </Card>
    </Form>
  )
}

function Members({ view, chosen }: { readonly view: OnDemandView; readonly chosen: Chosen }) {
  return (
    <fieldset class="k-fieldset">
      <legend class="k-label">{`Members to add in the application (up to ${MOST_MEMBERS})`}</legend>
      {chosen.members.length === 0 && <Quiet>The group has no immediate members who are users.</Quiet>}
      {chosen.members.map(({ id, displayName, detail }) => (
        <CheckboxField
          key={id}
          id={`member-${id}`}
          label={displayName}
          name="memberIds"
          value={id}
          checked={view.memberIds.includes(id)}
          hint={detail}
        />
      ))}
      {chosen.hasMoreMembers && <Quiet>The group has more members; a cycle brings them all.</Quiet>}
    </fieldset>
  )
}

export interface OnDemandResultView {
  readonly app: ServicePrincipal
  readonly entry: ProvisioningLogEntry
  readonly cards: StepCardsView
  /** Members that came along, to come along again. */
  readonly memberIds: readonly string[]
}

/** What provisioning on demand did, step by step. */
export function OnDemandResultPage(props: { readonly context: AdminContext; readonly view: OnDemandResultView }) {
  const { context, view } = props
  const { app, entry, cards } = view
  const href = provisioningHref(app.id, 'on-demand')
  return (
    <ProvisioningPage context={context} app={app} page="Provision on demand" step={entry.source.displayName}>
      <Inline>
        <strong>{`Action: ${entry.action}`}</strong>
        <StatusBadge status={entry.status} />
      </Inline>
      {entry.outcome && (
        <Notice tone={entry.status === 'Failure' ? 'danger' : 'info'} title={entry.outcome.code}>
          <p>{entry.outcome.reason}</p>
          {entry.outcome.advice && <p>{entry.outcome.advice}</p>}
        </Notice>
      )}
      <StepCards view={cards} />
      <Form action={href} fields={{ objectId: entry.source.id, act: 'provision' }}>
        {view.memberIds.map((id) => (
          <input key={id} type="hidden" name="memberIds" value={id} />
        ))}
        <FormActions>
          <Button icon="refresh">Retry</Button>
          <LinkButton kind="primary" href={href}>
            Provision another object
          </LinkButton>
          <LinkButton href={provisioningHref(app.id, `logs/${entry.key}`)}>View in provisioning logs</LinkButton>
        </FormActions>
      </Form>
    </ProvisioningPage>
  )
}
