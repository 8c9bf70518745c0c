import type { Application } from '#idp/core/directory/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Inline, Quiet } from '#kit/ui/layout.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { TabRow } from '#kit/ui/tab-row.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'
import { greyed } from '../greyed.ts'
import { CredentialBadge, type CredentialState } from './credential-state.tsx'
import { REGISTRATIONS_HREF, registrationHref } from './registration-page.tsx'

/** Tabs of the list, as addresses and pages name them. */
export const LIST_TABS = [
  { value: '', label: 'All applications' },
  { value: 'owned', label: 'Owned applications' },
  { value: 'deleted', label: 'Deleted applications' },
] as const
export type ListTab = (typeof LIST_TABS)[number]['value']

export interface ListedRegistration {
  readonly application: Application
  readonly credentials: CredentialState | undefined
  /** Why it cannot be restored or deleted for good. */
  readonly readOnly: string | undefined
  /** Of a deleted one: when it goes for good. */
  readonly goesAt?: string
}

export interface RegistrationListView {
  readonly tab: ListTab
  readonly text: string
  readonly rows: readonly ListedRegistration[]
  readonly found: number
  readonly pager?: PagerProps | undefined
  /** Why this person cannot register applications. */
  readonly readOnly: string | undefined
}

const tabHref = (tab: ListTab): string => (tab === '' ? REGISTRATIONS_HREF : `${REGISTRATIONS_HREF}?tab=${tab}`)

/** App registrations: applications whose home is this tenant. */
export function RegistrationListPage(props: { readonly context: AdminContext; readonly view: RegistrationListView }) {
  const { context, view } = props
  const { tab } = view
  return (
    <AdminPage
      context={context}
      section="App registrations"
      title="App registrations"
      subtitle={context.tenant.displayName}
      icon="document"
      commands={[
        {
          kind: 'link',
          label: 'New registration',
          icon: 'add',
          href: `${REGISTRATIONS_HREF}/new`,
          ...greyed(view.readOnly),
        },
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: context.frame.path },
      ]}
    >
      <p>
        Applications registered in this tenant. What this tenant uses, wherever it is registered, is under Enterprise
        apps.
      </p>
      <TabRow
        label="App registrations"
        items={LIST_TABS.map(({ value, label }) => ({ label, href: tabHref(value), current: value === tab }))}
      />
      <search aria-label="App registrations">
        <form method="get" action={REGISTRATIONS_HREF} class="k-form k-form--inline">
          {tab !== '' && <input type="hidden" name="tab" value={tab} />}
          <TextField
            label="Start typing a display name or application (client) ID to filter these results"
            name="q"
            value={view.text}
          />
          <Button icon="filter">Apply</Button>
        </form>
      </search>
      <Inline>
        <Quiet>{view.found === 1 ? '1 application found' : `${view.found} applications found`}</Quiet>
      </Inline>
      {tab === 'deleted' ? <DeletedTable view={view} /> : <LiveTable view={view} />}
      {view.pager && <Pager {...view.pager} />}
    </AdminPage>
  )
}

function LiveTable({ view }: { readonly view: RegistrationListView }) {
  return (
    <DataTable
      caption="App registrations"
      columns={[
        { key: 'name', header: 'Display name' },
        { key: 'clientId', header: 'Application (client) ID' },
        { key: 'redirects', header: 'Redirect URIs', align: 'end', narrow: true },
        { key: 'created', header: 'Created on', narrow: true },
        { key: 'credentials', header: 'Certificates & secrets' },
      ]}
      rows={view.rows.map(({ application, credentials }) => ({
        key: application.id,
        href: registrationHref(application.id),
        cells: {
          name: application.displayName,
          clientId: <Copyable label={`Application ID of ${application.displayName}`} value={application.appId} />,
          redirects:
            application.web.redirectUris.length +
            application.spa.redirectUris.length +
            application.publicClient.redirectUris.length,
          created: <TimeText iso={application.createdDateTime} form="date" />,
          credentials: credentials === undefined ? '-' : <CredentialBadge state={credentials} />,
        },
      }))}
      empty={<Nothing view={view} />}
    />
  )
}

function DeletedTable({ view }: { readonly view: RegistrationListView }) {
  return (
    <>
      <p>
        <Quiet>Deleted applications can be restored for 30 days, then they are deleted for good.</Quiet>
      </p>
      <DataTable
        caption="Deleted applications"
        columns={[
          { key: 'name', header: 'Display name' },
          { key: 'clientId', header: 'Application (client) ID' },
          { key: 'deleted', header: 'Deleted on', narrow: true },
          { key: 'goes', header: 'Permanent deletion' },
          { key: 'actions', header: 'Actions', headerHidden: true },
        ]}
        rows={view.rows.map(({ application, readOnly, goesAt }) => ({
          key: application.id,
          cells: {
            name: application.displayName,
            clientId: application.appId,
            deleted: <TimeText iso={application.deletedDateTime ?? ''} form="date" />,
            goes: goesAt === undefined ? '-' : <TimeText iso={goesAt} form="date" />,
            actions: readOnly === undefined && <DeletedActions application={application} />,
          },
        }))}
        empty={<Nothing view={view} />}
      />
    </>
  )
}

function DeletedActions({ application }: { readonly application: Application }) {
  const { id, displayName } = application
  return (
    <Inline>
      <Form action={registrationHref(id, 'restore')} layout="bare">
        <Button kind="subtle" icon="restart" label={`Restore app registration ${displayName}`}>
          Restore app registration
        </Button>
      </Form>
      <LinkButton
        kind="subtle"
        icon="delete"
        href={registrationHref(id, 'purge')}
        label={`Delete permanently ${displayName}`}
      >
        Delete permanently
      </LinkButton>
    </Inline>
  )
}

const EMPTY: Readonly<Record<ListTab, string>> = {
  '': 'No applications are registered here',
  owned: 'You own no applications in this directory',
  deleted: 'No deleted applications',
}

function Nothing({ view: { tab, text, readOnly } }: { readonly view: RegistrationListView }) {
  if (text !== '') return <EmptyState title={`No application is called "${text}"`} icon="search" />
  const offersNew = tab !== 'deleted' && readOnly === undefined
  return (
    <EmptyState
      title={EMPTY[tab]}
      icon="document"
      action={offersNew && <LinkButton href={`${REGISTRATIONS_HREF}/new`}>New registration</LinkButton>}
    >
      {tab === 'deleted'
        ? 'What is deleted stays here for 30 days.'
        : 'An application is registered to sign people in with this tenant, or to call APIs with its tokens.'}
    </EmptyState>
  )
}

/** Asks before a deleted registration goes for good. */
export function PurgePage(props: { readonly context: AdminContext; readonly application: Application }) {
  const { application } = props
  return (
    <AdminPage
      context={props.context}
      section="App registrations"
      path={[{ label: 'App registrations', href: REGISTRATIONS_HREF }]}
      title="Delete permanently"
      icon="document"
    >
      <ConfirmForm
        title="Permanently delete this app registration?"
        subject={application.displayName}
        action={registrationHref(application.id, 'purge')}
        confirmLabel="Delete permanently"
        cancelHref={tabHref('deleted')}
        headingLevel={2}
      >
        It cannot be restored afterwards. Its Application (client) ID is never used again.
      </ConfirmForm>
    </AdminPage>
  )
}
