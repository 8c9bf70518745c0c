import { Copyable } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { TabRow } from '#kit/ui/tab-row.tsx'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import { additionalDetails, remedyOf } from '../../sign-in-logs/error-guide.ts'
import type { SignInEntry } from '../../sign-in-logs/records.ts'
import { StatusBadge } from './sign-in-list.tsx'

/** The tabs of an entry's pane, by what the address says. */
export const SIGN_IN_TABS = { basic: 'Basic info', authentication: 'Authentication details' } as const
export type SignInTab = keyof typeof SIGN_IN_TABS

const REQUIREMENTS = {
  singleFactorAuthentication: 'Single-factor authentication',
  multiFactorAuthentication: 'Multifactor authentication',
} as const

const PROTOCOLS = { oAuth2: 'OAuth 2.0', deviceCode: 'Device code', saml20: 'SAML 2.0' } as const

export interface SignInDetailsView {
  readonly entry: SignInEntry
  readonly tab: SignInTab
  /** Address of a tab. */
  readonly tabHref: (tab: SignInTab) => string
  /** Address of the list with its filters. */
  readonly closeHref: string
}

/** The pane of one entry, over the list it is from. */
export function SignInDetails({ view }: { readonly view: SignInDetailsView }) {
  const { entry, tab } = view
  const isByApp = entry.kind === 'servicePrincipal'
  const tabs = (Object.keys(SIGN_IN_TABS) as SignInTab[]).filter((each) => each === 'basic' || !isByApp)
  return (
    <Panel
      title={isByApp ? 'Activity Details: Service principal sign-ins' : 'Activity Details: Sign-ins'}
      subtitle={entry.user?.displayName ?? entry.app.displayName}
      closeHref={view.closeHref}
      wide
    >
      <TabRow
        label="Activity details"
        items={tabs.map((name) => ({ label: SIGN_IN_TABS[name], href: view.tabHref(name), current: name === tab }))}
      />
      {tab === 'basic' ? <BasicInfo entry={entry} /> : <Authentication entry={entry} />}
    </Panel>
  )
}

function BasicInfo({ entry }: { readonly entry: SignInEntry }) {
  const { user, app, resource, errorCode } = entry
  const remedy = remedyOf(errorCode)
  return (
    <>
      {remedy !== undefined && (
        <Notice tone={entry.status === 'failure' ? 'warning' : 'info'} title="What to do" role="none">
          {remedy}
        </Notice>
      )}
      <DefinitionList
        items={[
          { term: 'Date', value: formatDateTime(entry.at) },
          { term: 'Request ID', value: <Copyable label="Request ID" value={entry.id} /> },
          { term: 'Correlation ID', value: <Copyable label="Correlation ID" value={entry.correlationId} /> },
          { term: 'Session ID', value: entry.sessionId },
          { term: 'Authentication requirement', value: REQUIREMENTS[entry.requirement] },
          { term: 'Status', value: <StatusBadge status={entry.status} /> },
          { term: 'Sign-in error code', value: errorCode === 0 ? undefined : <code>{errorCode}</code> },
          { term: 'Failure reason', value: entry.failureReason },
          {
            term: 'Additional Details',
            value: additionalDetails(errorCode, entry.requirement === 'multiFactorAuthentication'),
          },
        ]}
      />
      <h3 class="k-card__title">Who, to what, from where</h3>
      <DefinitionList
        items={[
          ...(user === undefined
            ? []
            : [
                {
                  term: 'User',
                  value:
                    user.id === undefined ? (
                      user.displayName
                    ) : (
                      <a href={`/admin/users/${user.id}`}>{user.displayName}</a>
                    ),
                },
                { term: 'Username', value: user.userPrincipalName },
                { term: 'User ID', value: user.id && <Copyable label="User ID" value={user.id} /> },
              ]),
          {
            term: 'Application',
            value:
              app.principalId === undefined ? (
                app.displayName
              ) : (
                <a href={`/admin/apps/${app.principalId}`}>{app.displayName}</a>
              ),
          },
          { term: 'Application ID', value: <Copyable label="Application ID" value={app.appId} /> },
          { term: 'Resource', value: resource.displayName },
          { term: 'Resource ID', value: <Copyable label="Resource ID" value={resource.id} /> },
          { term: 'Client app', value: entry.clientApp },
          { term: 'Authentication protocol', value: PROTOCOLS[entry.protocol] },
          { term: 'IP address', value: entry.ipAddress },
          { term: 'User agent', value: entry.userAgent },
        ]}
      />
    </>
  )
}

function Authentication({ entry }: { readonly entry: SignInEntry }) {
  return (
    <DataTable
      caption="Authentication details"
      columns={[
        { key: 'date', header: 'Date', narrow: true },
        { key: 'method', header: 'Authentication method' },
        { key: 'detail', header: 'Authentication method detail' },
        { key: 'succeeded', header: 'Succeeded', narrow: true },
        { key: 'result', header: 'Result detail' },
        { key: 'requirement', header: 'Requirement' },
      ]}
      rows={entry.details.map((each, index) => ({
        key: String(index),
        cells: {
          date: formatDateTime(entry.at),
          method: each.method,
          detail: each.detail,
          succeeded: each.succeeded ? 'true' : 'false',
          result: each.result,
          requirement: each.requirement,
        },
      }))}
      empty={
        <EmptyState title="Nothing was authenticated" icon="list">
          The sign-in ended before a password or a code was given.
        </EmptyState>
      }
    />
  )
}
