import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { TabRow } from '#kit/ui/tab-row.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { AdminContext } from '../context.ts'
import { greyed } from '../greyed.ts'
import { AppPage, appHref } from './app-page.tsx'

/** One permission of a consent. */
export interface PermissionRow {
  /** As the consent holds it. */
  readonly value: string
  readonly title: string
  readonly api: string
}

/** A consent: who gave it, to which API. */
export interface ConsentView {
  /** Of the grant; `application` for what the app does by itself. */
  readonly id: string
  /** Display name of the person; absent for the organization's consent. */
  readonly person?: string | undefined
  /** Where there are several: the API it is for. */
  readonly about?: string | undefined
  readonly grantedIso?: string | undefined
  readonly rows: readonly PermissionRow[]
}

export interface PermissionsView {
  readonly app: ServicePrincipal
  readonly tab: 'admin' | 'user'
  readonly consents: readonly ConsentView[]
  readonly readOnly: string | undefined
  /** Why this person cannot grant admin consent, or there is nothing to grant. */
  readonly cannotGrant: string | undefined
}

/** The consent to application permissions, which is no grant of its own. */
export const APPLICATION_CONSENT = 'application'

/** Address of a page below the permissions of an app. */
export function permissionsHref(app: ServicePrincipal, page = ''): string {
  return appHref(app.id, page === '' ? 'permissions' : `permissions/${page}`)
}

function titleOf({ id, person, about }: ConsentView): string {
  if (id === APPLICATION_CONSENT) return 'Admin consent: application permissions'
  const title = person === undefined ? 'Admin consent' : `User consent: ${person}`
  return about === undefined ? title : `${title}, ${about}`
}

function leadOf({ id, person }: ConsentView): string {
  if (id === APPLICATION_CONSENT) return 'What the app does by itself, without anybody signed in.'
  return person === undefined ? 'Granted on behalf of the organization.' : `Granted by ${person}.`
}

/** What an app was allowed to do: for the organization, and by each person. */
export function PermissionsPage({ context, view }: { readonly context: AdminContext; readonly view: PermissionsView }) {
  const { app, consents, tab } = view
  const tenant = context.tenant.displayName
  return (
    <AppPage
      context={context}
      app={app}
      page="Permissions"
      commands={[
        {
          kind: 'link',
          label: `Grant admin consent for ${tenant}`,
          icon: 'check',
          href: permissionsHref(app, 'consent'),
          ...greyed(view.cannotGrant),
        },
        { kind: 'link', label: 'Review permissions', icon: 'shield', href: permissionsHref(app, 'review') },
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: context.frame.path },
      ]}
    >
      <p>{`Delegated permissions of Microsoft Graph that ${app.displayName} was granted in ${tenant}. The app acts on behalf of the person signed in.`}</p>
      <p>Those of other APIs stand beside them, and what the app may do without anybody signed in.</p>
      <TabRow
        label="Consents"
        items={[
          { label: 'Admin consent', href: permissionsHref(app), current: tab === 'admin' },
          {
            label: 'User consent',
            href: `${permissionsHref(app)}?tab=user`,
            current: tab === 'user',
          },
        ]}
      />
      {consents.length === 0 && (
        <EmptyState title="No permissions granted" icon="shield">
          {tab === 'admin'
            ? `They are granted when somebody signs in to ${app.displayName} and accepts what it asks for.`
            : `Nobody has consented to ${app.displayName} for themselves.`}
        </EmptyState>
      )}
      {consents.map((consent) => (
        <ConsentCard key={consent.id} app={app} consent={consent} readOnly={view.readOnly} />
      ))}
    </AppPage>
  )
}

function ConsentCard(props: {
  readonly app: ServicePrincipal
  readonly consent: ConsentView
  readonly readOnly: string | undefined
}) {
  const { app, consent } = props
  const title = titleOf(consent)
  const isApplication = consent.id === APPLICATION_CONSENT
  const revoke = permissionsHref(app, `${consent.id}/revoke`)
  return (
    <Card
      title={title}
      lead={
        consent.grantedIso === undefined ? (
          leadOf(consent)
        ) : (
          <>
            {`${leadOf(consent)} First granted `}
            <TimeText iso={consent.grantedIso} form="date" />
          </>
        )
      }
      action={
        props.readOnly === undefined && (
          <LinkButton kind="subtle" icon="delete" href={revoke} label={`Revoke permissions: ${title}`}>
            Revoke permissions
          </LinkButton>
        )
      }
    >
      <DataTable
        caption={title}
        columns={[
          { key: 'claim', header: 'Claim value', mono: true },
          { key: 'permission', header: 'Permission' },
          { key: 'api', header: 'API name' },
          { key: 'type', header: 'Type', narrow: true },
          { key: 'through', header: 'Granted through', narrow: true },
          ...(props.readOnly === undefined ? [{ key: 'revoke', header: 'Actions', narrow: true } as const] : []),
        ]}
        rows={consent.rows.map(({ value, title: permission, api }) => ({
          key: value,
          cells: {
            claim: value,
            permission,
            api,
            type: isApplication ? 'Application' : 'Delegated',
            through: consent.person === undefined ? 'Admin consent' : 'User consent',
            revoke: (
              <LinkButton
                kind="subtle"
                icon="close"
                href={`${revoke}?${new URLSearchParams({ permission: value })}`}
                label={`Revoke ${value}: ${title}`}
              >
                Revoke
              </LinkButton>
            ),
          },
        }))}
      />
    </Card>
  )
}

/** What is said wherever something is taken back. */
const TOKENS_LIVE_ON =
  'It counts from the next sign-in and the next token on. Access tokens already issued keep what they hold until they end, within about an hour.'

/** Asks before a consent, or one permission of it, is taken back. */
export function RevokePage(props: {
  readonly context: AdminContext
  readonly app: ServicePrincipal
  readonly consent: ConsentView
  /** One permission; all of them without. */
  readonly permission?: string | undefined
}) {
  const { app, consent, permission } = props
  return (
    <AppPage context={props.context} app={app} page="Permissions" step="Revoke permissions">
      <ConfirmForm
        title={permission === undefined ? `Revoke what ${app.displayName} was granted?` : `Revoke ${permission}?`}
        subject={consent.person ?? 'Admin consent'}
        action={permissionsHref(app, `${consent.id}/revoke`)}
        {...(permission === undefined ? {} : { fields: { permission } })}
        confirmLabel="Revoke"
        cancelHref={permissionsHref(app) + (consent.person === undefined ? '' : '?tab=user')}
        headingLevel={2}
      >
        <p>{consequenceOf(consent)}</p>
        <p>{TOKENS_LIVE_ON}</p>
      </ConfirmForm>
    </AppPage>
  )
}

function consequenceOf({ id, person }: ConsentView): string {
  if (id === APPLICATION_CONSENT) return 'The app can do this by itself no more, until an administrator consents again.'
  return person === undefined
    ? 'Everybody without a consent of their own is asked for permission at their next sign-in.'
    : `${person} is asked for permission at the next sign-in, unless there is admin consent.`
}

/** Asks before an administrator grants what the app asks for. */
export function GrantPage(props: {
  readonly context: AdminContext
  readonly app: ServicePrincipal
  readonly names: readonly string[]
}) {
  const { app, context } = props
  const tenant = context.tenant.displayName
  return (
    <AppPage context={context} app={app} page="Permissions" step="Grant admin consent">
      <ConfirmForm
        title={`Grant admin consent for ${tenant}?`}
        subject={app.displayName}
        action={permissionsHref(app, 'consent')}
        confirmLabel="Accept"
        cancelHref={permissionsHref(app)}
        kind="primary"
        headingLevel={2}
      >
        <p>{`${app.displayName} gets these permissions for all users in ${tenant}; nobody is asked any more:`}</p>
        <ul>
          {props.names.map((name) => (
            <li key={name} class="k-mono">
              {name}
            </li>
          ))}
        </ul>
      </ConfirmForm>
    </AppPage>
  )
}

/** "Review permissions": what to do about an app that may do too much. */
export function ReviewPage({ context, app }: { readonly context: AdminContext; readonly app: ServicePrincipal }) {
  return (
    <AppPage context={context} app={app} page="Permissions" step="Review permissions">
      <p>Why do you want to review permissions for this application?</p>
      <Card title="I want to control access to this application">
        <p>
          {'Let in only people who are assigned: switch '}
          <a href={appHref(app.id, 'properties')}>Assignment required?</a>
          {' to Yes, then assign '}
          <a href={appHref(app.id, 'users')}>users and groups</a>.
        </p>
      </Card>
      <Card title="This application has more permissions than I want">
        <p>
          {'Revoke single permissions, or all of them, under '}
          <a href={permissionsHref(app)}>Admin consent</a>
          {' and '}
          <a href={`${permissionsHref(app)}?tab=user`}>User consent</a>
          {`. ${TOKENS_LIVE_ON}`}
        </p>
      </Card>
      <Card title="This application is suspicious and I want to investigate">
        <p>
          {'Set '}
          <a href={appHref(app.id, 'properties')}>Enabled for users to sign-in?</a>
          {' to No: nobody gets in, and no token is issued. Then revoke what it was granted.'}
        </p>
      </Card>
    </AppPage>
  )
}
