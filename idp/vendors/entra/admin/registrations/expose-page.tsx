import { apiNameOf } from '#idp/core/directory/applications.ts'
import type { Application, PermissionScope } from '#idp/core/directory/records.ts'
import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { CheckboxField, RadioGroup } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Inline, Quiet } from '#kit/ui/layout.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { permissionName, scopesOf } from '../../commands/registrations/permission-names.ts'
import type { AdminContext } from '../context.ts'
import { FormProblem, type FormView } from '../form-problem.tsx'
import { greyed } from '../greyed.ts'
import { RegistrationPage, registrationHref } from './registration-page.tsx'

/** The pane that is open. */
export type ExposePane = FormView &
  (
    | { readonly kind: 'uri' }
    /** `scopeId` absent: a new one. */
    | { readonly kind: 'scope'; readonly scopeId?: string | undefined }
    | { readonly kind: 'client'; readonly scopeIds: readonly string[]; readonly isNew: boolean }
  )

export interface ExposeView {
  readonly registration: Application
  readonly readOnly: string | undefined
  /** Names of authorized client applications that are known here, by client id. */
  readonly clientNames: Readonly<Record<string, string>>
  readonly pane?: ExposePane | undefined
}

/** Expose an API: its name, its scopes, and the clients that need no consent. */
export function ExposePage(props: { readonly context: AdminContext; readonly view: ExposeView }) {
  const { registration, readOnly, clientNames, pane } = props.view
  const page = registrationHref(registration.id, 'expose')
  const uri = registration.identifierUris?.[0]
  const scopes = scopesOf(registration)
  const clients = registration.api?.preAuthorizedApplications ?? []
  const scopeName = (id: string): string => {
    const scope = scopes.find((each) => each.id === id)
    return scope === undefined ? id : permissionName(registration, scope.value)
  }
  return (
    <RegistrationPage
      context={props.context}
      registration={registration}
      page="Expose an API"
      commands={[
        { kind: 'link', label: 'Add a scope', icon: 'add', href: `${page}/scopes/new`, ...greyed(readOnly) },
        {
          kind: 'link',
          label: 'Add a client application',
          icon: 'add',
          href: `${page}/clients/new`,
          ...greyed(readOnly ?? (scopes.length === 0 ? 'Add a scope first.' : undefined)),
        },
      ]}
      overlay={pane && <Pane registration={registration} page={page} pane={pane} />}
    >
      <DefinitionList
        items={[
          {
            term: 'Application ID URI',
            value: (
              <Inline>
                {uri === undefined ? <Quiet>Not set</Quiet> : <Copyable label="Application ID URI" value={uri} />}
                {readOnly === undefined && (
                  <LinkButton
                    kind="subtle"
                    icon={uri === undefined ? 'add' : 'edit'}
                    href={`${page}/uri`}
                    label={`${uri === undefined ? 'Add' : 'Edit'} Application ID URI`}
                  >
                    {uri === undefined ? 'Add' : 'Edit'}
                  </LinkButton>
                )}
              </Inline>
            ),
          },
        ]}
      />
      <h2 class="k-card__title">Scopes defined by this API</h2>
      <p>
        An application that needs part of this API asks people, or an administrator, to consent to its scopes. Scopes
        are delegated permissions; an application without a person is given an app role instead.
      </p>
      <p>
        <a href={registrationHref(registration.id, 'roles')}>Go to App roles</a>
      </p>
      <DataTable
        caption="Scopes defined by this API"
        columns={[
          { key: 'scope', header: 'Scopes' },
          { key: 'who', header: 'Who can consent' },
          { key: 'admin', header: 'Admin consent display name' },
          { key: 'user', header: 'User consent display name' },
          { key: 'state', header: 'State', narrow: true },
        ]}
        rows={scopes.map((scope) => ({
          key: scope.id,
          href: readOnly === undefined ? `${page}/scopes/${scope.id}` : undefined,
          cells: {
            scope: permissionName(registration, scope.value),
            who: scope.type === 'User' ? 'Admins and users' : 'Admins only',
            admin: scope.adminConsentDisplayName,
            user: scope.userConsentDisplayName,
            state: <StateBadge isEnabled={scope.isEnabled} />,
          },
        }))}
        empty={
          <EmptyState title="No scopes have been defined" icon="export">
            The first scope gives the API its Application ID URI, if it has none.
          </EmptyState>
        }
      />
      <h2 class="k-card__title">Authorized client applications</h2>
      <p>Nobody is asked for consent when one of these applications asks for the scopes it is given here.</p>
      <DataTable
        caption="Authorized client applications"
        columns={[
          { key: 'client', header: 'Client Id', mono: true },
          { key: 'name', header: 'Name' },
          { key: 'scopes', header: 'Scopes', mono: true },
        ]}
        rows={clients.map(({ appId, delegatedPermissionIds }) => ({
          key: appId,
          href: readOnly === undefined ? `${page}/clients/${appId}` : undefined,
          cells: {
            client: appId,
            name: clientNames[appId] ?? 'Not registered here',
            scopes: delegatedPermissionIds.map(scopeName).join(' '),
          },
        }))}
        empty={<EmptyState title="No client applications have been authorized" icon="apps" />}
      />
    </RegistrationPage>
  )
}

/** Enabled or disabled, of a scope or role. */
export function StateBadge({ isEnabled }: { readonly isEnabled: boolean }) {
  return <Badge tone={isEnabled ? 'success' : 'neutral'}>{isEnabled ? 'Enabled' : 'Disabled'}</Badge>
}

interface PaneProps {
  readonly registration: Application
  readonly page: string
  readonly pane: ExposePane
}

function Pane(props: PaneProps) {
  switch (props.pane.kind) {
    case 'uri':
      return <UriPanel {...props} />
    case 'scope':
      return <ScopePanel {...props} scopeId={props.pane.scopeId} />
    case 'client':
      return <ClientPanel {...props} scopeIds={props.pane.scopeIds} isNew={props.pane.isNew} />
  }
}

function UriPanel({ registration, page, pane }: PaneProps) {
  const { values, problems } = pane
  return (
    <Panel
      title="Edit application ID URI"
      closeHref={page}
      footer={
        <>
          <Button kind="primary" form="uri">
            Save
          </Button>
          <LinkButton href={page}>Discard</LinkButton>
        </>
      }
    >
      <FormProblem problems={problems} title="The Application ID URI was not saved" shown={['identifierUris']} />
      <Form action={`${page}/uri`} id="uri" noValidate>
        <TextField
          label="Application ID URI"
          name="identifierUris"
          value={values['identifierUris'] ?? apiNameOf(registration)}
          problem={problems['identifierUris']}
          hint="The name of the API in tokens and in the scopes others ask for. Empty it to remove the name."
          autocomplete="off"
          mono
        />
      </Form>
    </Panel>
  )
}

const WHO = [
  { value: 'User', label: 'Admins and users' },
  { value: 'Admin', label: 'Admins only' },
] as const

const STATES = [
  { value: 'enabled', label: 'Enabled' },
  { value: 'disabled', label: 'Disabled' },
] as const

/** The values of a scope's fields. */
export function scopeValues(scope: PermissionScope): Readonly<Record<string, string>> {
  return {
    value: scope.value,
    type: scope.type,
    adminConsentDisplayName: scope.adminConsentDisplayName,
    adminConsentDescription: scope.adminConsentDescription,
    userConsentDisplayName: scope.userConsentDisplayName ?? '',
    userConsentDescription: scope.userConsentDescription ?? '',
    state: scope.isEnabled ? 'enabled' : 'disabled',
  }
}

function ScopePanel({ registration, page, pane, scopeId }: PaneProps & { readonly scopeId?: string | undefined }) {
  const { values, problems } = pane
  const field = (name: string) => ({ name, value: values[name], problem: problems[name] })
  const isNew = scopeId === undefined
  return (
    <Panel
      title={isNew ? 'Add a scope' : 'Edit a scope'}
      closeHref={page}
      footer={
        <>
          <Button kind="primary" form="scope">
            {isNew ? 'Add scope' : 'Save'}
          </Button>
          <LinkButton href={page}>Cancel</LinkButton>
          {scopeId !== undefined && (
            <LinkButton kind="subtle" icon="delete" href={`${page}/scopes/${scopeId}/delete`} label="Delete this scope">
              Delete
            </LinkButton>
          )}
        </>
      }
    >
      <FormProblem
        problems={problems}
        title="The scope was not saved"
        shown={['value', 'type', 'adminConsentDisplayName', 'adminConsentDescription', 'state']}
      />
      <Form action={`${page}/scopes/${scopeId ?? 'new'}`} id="scope" noValidate>
        <TextField
          label="Scope name"
          required
          autocomplete="off"
          mono
          hint={`${apiNameOf(registration)}/…`}
          placeholder="e.g. Files.Read"
          {...field('value')}
        />
        <RadioGroup label="Who can consent?" row options={WHO} {...field('type')} />
        <TextField label="Admin consent display name" required {...field('adminConsentDisplayName')} />
        <TextField label="Admin consent description" required multiline={3} {...field('adminConsentDescription')} />
        <TextField label="User consent display name" {...field('userConsentDisplayName')} />
        <TextField label="User consent description" multiline={3} {...field('userConsentDescription')} />
        <RadioGroup label="State" row options={STATES} {...field('state')} />
      </Form>
    </Panel>
  )
}

function ClientPanel(props: PaneProps & { readonly scopeIds: readonly string[]; readonly isNew: boolean }) {
  const { registration, page, pane, scopeIds, isNew } = props
  const { values, problems } = pane
  return (
    <Panel
      title={isNew ? 'Add a client application' : 'Edit a client application'}
      closeHref={page}
      footer={
        <>
          <Button kind="primary" form="client">
            {isNew ? 'Add application' : 'Save'}
          </Button>
          <LinkButton href={page}>Cancel</LinkButton>
        </>
      }
    >
      <FormProblem problems={problems} title="The client application was not saved" shown={['clientId', 'scopeIds']} />
      <Form action={`${page}/clients/new`} id="client" noValidate>
        <TextField
          label="Client ID"
          name="clientId"
          value={values['clientId']}
          problem={problems['clientId']}
          hint="Application (client) ID of the application."
          readOnly={!isNew}
          required
          autocomplete="off"
          mono
        />
        <fieldset class="k-fieldset">
          <legend class="k-label">Authorized scopes</legend>
          {!isNew && <p class="k-hint">Without any scope the application is taken off the list.</p>}
          {scopesOf(registration).map(({ id, value }) => (
            <CheckboxField
              key={id}
              id={`scope-${id}`}
              name="scopeIds"
              value={id}
              label={permissionName(registration, value)}
              checked={scopeIds.includes(id)}
            />
          ))}
          {problems['scopeIds'] && <p class="k-problem">{problems['scopeIds']}</p>}
        </fieldset>
      </Form>
    </Panel>
  )
}

/** Asks before a scope is deleted. */
export function DeleteScopePage(props: {
  readonly context: AdminContext
  readonly registration: Application
  readonly scope: PermissionScope
}) {
  const { registration, scope } = props
  const page = registrationHref(registration.id, 'expose')
  return (
    <RegistrationPage context={props.context} registration={registration} page="Expose an API" step="Delete scope">
      <ConfirmForm
        title="Do you want to delete this scope?"
        subject={permissionName(registration, scope.value)}
        action={`${page}/scopes/${scope.id}/delete`}
        confirmLabel="Delete"
        cancelHref={page}
        headingLevel={2}
      >
        Applications that ask for it are refused from then on.
      </ConfirmForm>
    </RegistrationPage>
  )
}
