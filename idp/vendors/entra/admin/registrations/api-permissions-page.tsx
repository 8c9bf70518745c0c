import type { ComponentChildren } from 'preact'
import type { Application } from '#idp/core/directory/records.ts'
import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { CheckboxField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Quiet, Stack } from '#kit/ui/layout.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { TabRow } from '#kit/ui/tab-row.tsx'
import type { PermissionLine } from '../../commands/registrations/granted-permissions.ts'
import type { KnownPermission, PermissionType } from '../../commands/registrations/permission-names.ts'
import type { AdminContext } from '../context.ts'
import { FormProblem } from '../form-problem.tsx'
import { greyed } from '../greyed.ts'
import { RegistrationPage, registrationHref } from './registration-page.tsx'

/** An API one can ask permissions of, as the pane lists it. */
export interface ApiEntry {
  /** `graph`, or the object id of its registration. */
  readonly key: string
  readonly name: string
  readonly detail: string
}

/** Tabs of the pane's first step. */
export const API_TABS = [
  { value: 'microsoft', label: 'Microsoft APIs' },
  { value: 'organization', label: 'APIs my organization uses' },
  { value: 'mine', label: 'My APIs' },
] as const
export type ApiTab = (typeof API_TABS)[number]['value']

/** The pane that adds permissions: which API, then which permissions. */
export type PermissionsPane =
  | { readonly kind: 'api'; readonly tab: ApiTab; readonly apis: readonly ApiEntry[] }
  | {
      readonly kind: 'permissions'
      readonly api: ApiEntry
      readonly type: PermissionType
      readonly offered: readonly KnownPermission[]
      /** Names asked for already. */
      readonly held: readonly string[]
      readonly problems: Readonly<Record<string, string>>
    }

export interface ApiPermissionsView {
  readonly registration: Application
  readonly readOnly: string | undefined
  /** Why this person cannot grant admin consent. */
  readonly cannotConsent: string | undefined
  readonly configured: readonly PermissionLine[]
  readonly other: readonly PermissionLine[]
  readonly pane?: PermissionsPane | undefined
}

const TYPE_NAMES: Readonly<Record<PermissionType, string>> = { delegated: 'Delegated', application: 'Application' }

/** Address of one permission's confirmations. */
function lineHref(page: string, what: 'remove' | 'revoke', { type, name }: PermissionLine): string {
  return `${page}/${what}?${new URLSearchParams({ type, name })}`
}

/** API permissions: what the application asks for, and what was granted. */
export function ApiPermissionsPage(props: { readonly context: AdminContext; readonly view: ApiPermissionsView }) {
  const { context, view } = props
  const { registration, readOnly, cannotConsent, configured, other, pane } = view
  const tenant = context.tenant.displayName
  const page = registrationHref(registration.id, 'permissions')
  const nothing = configured.length === 0 ? 'The application asks for no permissions.' : undefined
  return (
    <RegistrationPage
      context={context}
      registration={registration}
      page="API permissions"
      commands={[
        { kind: 'link', label: 'Add a permission', icon: 'add', href: `${page}/add`, ...greyed(readOnly) },
        {
          kind: 'link',
          label: `Grant admin consent for ${tenant}`,
          icon: 'check',
          href: `${page}/consent`,
          ...greyed(nothing ?? cannotConsent),
        },
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: page },
      ]}
      overlay={pane && <AddPane page={page} pane={pane} />}
    >
      <h2 class="k-card__title">Configured permissions</h2>
      <p>
        What the application needs to call APIs. People, or an administrator for everybody, grant it when they consent.
      </p>
      <DataTable
        caption="Configured permissions"
        columns={COLUMNS}
        rows={configured.map((line) => ({
          key: `${line.type}/${line.name}`,
          cells: cellsOf(line, tenant, [
            readOnly === undefined && (
              <LinkButton
                kind="subtle"
                icon="delete"
                href={lineHref(page, 'remove', line)}
                label={`Remove permission ${line.value}`}
              >
                Remove
              </LinkButton>
            ),
            cannotConsent === undefined && line.isGranted && (
              <LinkButton
                kind="subtle"
                icon="close"
                href={lineHref(page, 'revoke', line)}
                label={`Revoke admin consent for ${line.value}`}
              >
                Revoke
              </LinkButton>
            ),
          ]),
        }))}
        empty={
          <EmptyState title="No permissions added" icon="shield">
            The application can sign people in, and calls no API.
          </EmptyState>
        }
      />
      {other.length > 0 && (
        <>
          <h2 class="k-card__title">{`Other permissions granted for ${tenant}`}</h2>
          <p>
            <Quiet>Granted for everybody, and not among the configured permissions.</Quiet>
          </p>
          <DataTable
            caption={`Other permissions granted for ${tenant}`}
            columns={COLUMNS}
            rows={other.map((line) => ({
              key: `${line.type}/${line.name}`,
              cells: cellsOf(line, tenant, [
                cannotConsent === undefined && (
                  <LinkButton
                    kind="subtle"
                    icon="close"
                    href={lineHref(page, 'revoke', line)}
                    label={`Revoke admin consent for ${line.value}`}
                  >
                    Revoke
                  </LinkButton>
                ),
              ]),
            }))}
          />
        </>
      )}
    </RegistrationPage>
  )
}

const COLUMNS = [
  { key: 'name', header: 'API / Permissions name' },
  { key: 'type', header: 'Type', narrow: true },
  { key: 'description', header: 'Description' },
  { key: 'admin', header: 'Admin consent required' },
  { key: 'status', header: 'Status' },
  { key: 'actions', header: 'Actions', headerHidden: true },
] as const

function cellsOf(line: PermissionLine, tenant: string, actions: readonly ComponentChildren[]) {
  return {
    name: (
      <span class="k-person__words">
        <span>{line.value}</span>
        <span class="k-person__detail">{line.apiName}</span>
      </span>
    ),
    type: TYPE_NAMES[line.type],
    description: line.isGone ? 'The API offers this permission no longer' : line.title,
    admin: line.adminOnly ? 'Yes' : 'No',
    status: <Status line={line} tenant={tenant} />,
    actions: <Stack gap="tight">{actions}</Stack>,
  }
}

function Status({ line, tenant }: { readonly line: PermissionLine; readonly tenant: string }) {
  if (line.isGranted) return <Badge tone="success">{`Granted for ${tenant}`}</Badge>
  return line.adminOnly ? <Badge tone="warning">{`Not granted for ${tenant}`}</Badge> : <>-</>
}

function AddPane({ page, pane }: { readonly page: string; readonly pane: PermissionsPane }) {
  return pane.kind === 'api' ? <ApiStep page={page} pane={pane} /> : <PermissionStep page={page} pane={pane} />
}

const NO_APIS: Readonly<Record<ApiTab, string>> = {
  microsoft: 'No API',
  organization: 'No application of this organization offers an API',
  mine: 'You own no application that offers an API',
}

function ApiStep(props: { readonly page: string; readonly pane: Extract<PermissionsPane, { kind: 'api' }> }) {
  const { page, pane } = props
  return (
    <Panel title="Request API permissions" closeHref={page} wide>
      <p>Select an API</p>
      <TabRow
        label="APIs"
        items={API_TABS.map(({ value, label }) => ({
          label,
          href: `${page}/add?tab=${value}`,
          current: value === pane.tab,
        }))}
      />
      {pane.apis.length === 0 ? (
        <EmptyState title={NO_APIS[pane.tab]} icon="export">
          An application offers an API once it exposes a scope, or has an app role for applications.
        </EmptyState>
      ) : (
        <ul class="entra-picker">
          {pane.apis.map((api) => (
            <li key={api.key} class="entra-picker__entry">
              <span class="k-person__words">
                <a href={`${page}/add/${api.key}`}>{api.name}</a>
                <span class="k-person__detail">{api.detail}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function PermissionStep(props: {
  readonly page: string
  readonly pane: Extract<PermissionsPane, { kind: 'permissions' }>
}) {
  const { page, pane } = props
  const { api, type, offered, held, problems } = pane
  const action = `${page}/add/${api.key}`
  return (
    <Panel
      title="Request API permissions"
      subtitle={api.name}
      closeHref={page}
      wide
      footer={
        <>
          <Button kind="primary" form="permissions" disabled={offered.length === 0}>
            Add permissions
          </Button>
          <LinkButton href={page}>Discard</LinkButton>
        </>
      }
    >
      <FormProblem problems={problems} title="No permission was added" shown={[]} />
      <p>
        <a href={`${page}/add`}>All APIs</a>
      </p>
      <p>What type of permissions does your application require?</p>
      <TabRow
        label="Type of permissions"
        items={[
          { label: 'Delegated permissions', href: action, current: type === 'delegated' },
          { label: 'Application permissions', href: `${action}?type=application`, current: type === 'application' },
        ]}
      />
      <p>
        <Quiet>
          {type === 'delegated'
            ? 'Your application needs to access the API as the signed-in user.'
            : 'Your application runs as a background service or daemon without a signed-in user.'}
        </Quiet>
      </p>
      <Form action={action} id="permissions" fields={{ type }} noValidate>
        <fieldset class="k-fieldset">
          <legend class="k-label">Select permissions</legend>
          {offered.length === 0 && <p>{`This API offers no ${type} permissions.`}</p>}
          {offered.map(({ name, value, title, adminOnly }) => {
            const isHeld = held.includes(name)
            const notes = [title, adminOnly && 'Admin consent required', isHeld && 'Added already']
            return (
              <CheckboxField
                key={name}
                id={`permission-${value}`}
                name="permission"
                value={name}
                label={value}
                hint={notes.filter(Boolean).join(' · ')}
                checked={isHeld}
                disabled={isHeld}
              />
            )
          })}
        </fieldset>
      </Form>
    </Panel>
  )
}

/** Asks before everything asked for is granted for everybody. */
export function GrantConsentPage(props: {
  readonly context: AdminContext
  readonly registration: Application
  readonly names: readonly string[]
}) {
  const { context, registration, names } = props
  const page = registrationHref(registration.id, 'permissions')
  return (
    <RegistrationPage
      context={context}
      registration={registration}
      page="API permissions"
      step="Grant admin consent confirmation"
    >
      <ConfirmForm
        title={`Do you want to grant consent for the requested permissions for all accounts in ${context.tenant.displayName}?`}
        subject={names.join(', ')}
        action={`${page}/consent`}
        confirmLabel="Yes"
        cancelLabel="No"
        cancelHref={page}
        kind="primary"
        headingLevel={2}
      >
        {`This will update any existing admin consent records ${registration.displayName} already has to match what is listed here.`}
      </ConfirmForm>
    </RegistrationPage>
  )
}

/** Asks before a permission is asked for no longer, or is taken back. */
export function PermissionConfirmPage(props: {
  readonly context: AdminContext
  readonly registration: Application
  readonly what: 'remove' | 'revoke'
  readonly line: Pick<PermissionLine, 'type' | 'name' | 'value' | 'apiName'>
}) {
  const { context, registration, what, line } = props
  const page = registrationHref(registration.id, 'permissions')
  const isRemove = what === 'remove'
  return (
    <RegistrationPage
      context={context}
      registration={registration}
      page="API permissions"
      step={isRemove ? 'Remove permission' : 'Revoke admin consent'}
    >
      <ConfirmForm
        title={isRemove ? 'Remove this permission?' : `Revoke admin consent for ${context.tenant.displayName}?`}
        subject={`${line.apiName}: ${line.value} (${TYPE_NAMES[line.type]})`}
        action={`${page}/${what}`}
        fields={{ type: line.type, name: line.name }}
        confirmLabel={isRemove ? 'Remove' : 'Revoke'}
        cancelHref={page}
        headingLevel={2}
      >
        {isRemove
          ? 'The application asks for it no longer. If it was granted, it stays granted until admin consent is revoked.'
          : 'The application holds the permission for everybody no longer; people who consented for themselves keep theirs.'}
      </ConfirmForm>
    </RegistrationPage>
  )
}
