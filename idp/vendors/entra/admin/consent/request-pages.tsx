import type { ComponentChildren } from 'preact'
import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import type { Tone } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import { TabRow } from '#kit/ui/tab-row.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { RequestDecision, RequestState } from '../../commands/consent-records.ts'
import type { AskedPermission } from '../../sign-in/consent/describe-permission.ts'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'
import { greyed } from '../greyed.ts'

export const REQUESTS_HREF = '/admin/consent/requests'

const TONES: Readonly<Record<RequestState, Tone>> = {
  Pending: 'info',
  Approved: 'success',
  Denied: 'warning',
  Blocked: 'danger',
  Expired: 'neutral',
}

/** A request as the list shows it. */
export interface RequestRow {
  readonly id: string
  readonly appName: string
  readonly requesters: readonly string[]
  readonly createdIso: string
  readonly expiresIso: string
  readonly state: RequestState
}

export interface RequestListView {
  readonly tab: 'my' | 'all'
  readonly pending: number
  readonly rows: readonly RequestRow[]
  /** The organization takes requests. */
  readonly isOn: boolean
}

/** Admin consent requests: those that wait for this reviewer, and all. */
export function RequestListPage({ context, view }: { readonly context: AdminContext; readonly view: RequestListView }) {
  return (
    <RequestsFrame context={context}>
      {!view.isOn && (
        <Notice role="none" title="Users cannot request admin consent">
          <p>
            {'Nobody can send a request until it is allowed in the '}
            <a href="/admin/consent/admins">Admin consent settings</a>.
          </p>
        </Notice>
      )}
      <TabRow
        label="Requests"
        items={[
          { label: 'My Pending', href: REQUESTS_HREF, current: view.tab === 'my', count: view.pending },
          { label: 'All', href: `${REQUESTS_HREF}?tab=all`, current: view.tab === 'all' },
        ]}
      />
      <DataTable
        caption={view.tab === 'my' ? 'My Pending' : 'All'}
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'requested', header: 'Requested by' },
          { key: 'created', header: 'Date requested', narrow: true },
          { key: 'expires', header: 'Expires', narrow: true },
          { key: 'state', header: 'Request status', narrow: true },
        ]}
        rows={view.rows.map((row) => ({
          key: row.id,
          href: `${REQUESTS_HREF}/${row.id}`,
          cells: {
            name: row.appName,
            requested: row.requesters.join(', '),
            created: <TimeText iso={row.createdIso} form="date" />,
            expires: <TimeText iso={row.expiresIso} form="date" />,
            state: <Badge tone={TONES[row.state]}>{row.state}</Badge>,
          },
        }))}
        empty={
          <EmptyState title={view.tab === 'my' ? 'No requests wait for you' : 'No requests'} icon="mail">
            Users who may not consent to an app ask for it on the page that says they need admin approval.
          </EmptyState>
        }
      />
    </RequestsFrame>
  )
}

export interface RequestView extends RequestRow {
  readonly appId: string
  readonly publisher: string
  readonly homepage: string | undefined
  readonly permissions: readonly AskedPermission[]
  readonly asked: readonly {
    readonly key: string
    readonly name: string
    readonly reason: string
    readonly at: string
  }[]
  readonly decided?: { readonly by: string; readonly at: string; readonly reason: string | undefined } | undefined
  /** Why this reviewer cannot grant; `undefined` when they can, or when nothing waits. */
  readonly cannotApprove: string | undefined
}

/** One request: app, permissions, who asks and why. */
export function RequestPage(props: {
  readonly context: AdminContext
  readonly view: RequestView
  readonly overlay?: ComponentChildren
}) {
  const { context, view } = props
  const at = `${REQUESTS_HREF}/${view.id}`
  const over = view.state === 'Pending' ? undefined : `The request is ${view.state.toLowerCase()}.`
  return (
    <RequestsFrame
      context={context}
      step={view.appName}
      commands={[
        {
          kind: 'link',
          label: 'Review permissions and consent',
          icon: 'check',
          href: `${at}/approve`,
          ...greyed(over ?? view.cannotApprove),
        },
        { kind: 'link', label: 'Deny', icon: 'close', href: `${at}/deny`, ...greyed(over) },
        { kind: 'link', label: 'Block', icon: 'stop', href: `${at}/block`, ...greyed(over) },
      ]}
    >
      <DefinitionList
        items={[
          { term: 'Request status', value: <Badge tone={TONES[view.state]}>{view.state}</Badge> },
          { term: 'Application ID', value: view.appId },
          { term: 'Publisher', value: view.publisher },
          { term: 'Homepage URL', value: view.homepage },
          { term: 'Date requested', value: <TimeText iso={view.createdIso} /> },
          { term: 'Expires', value: <TimeText iso={view.expiresIso} /> },
          ...(view.decided === undefined
            ? []
            : [
                { term: 'Reviewed by', value: view.decided.by },
                { term: 'Date reviewed', value: <TimeText iso={view.decided.at} /> },
                { term: 'Justification of the reviewer', value: view.decided.reason },
              ]),
        ]}
      />
      <h2 class="k-card__title">Requested by</h2>
      <DataTable
        caption="Requested by"
        columns={[
          { key: 'name', header: 'User' },
          { key: 'reason', header: 'Justification' },
          { key: 'at', header: 'Date', narrow: true },
        ]}
        rows={view.asked.map(({ key, name, reason, at: iso }) => ({
          key,
          cells: { name, reason, at: <TimeText iso={iso} /> },
        }))}
      />
      <PermissionTable permissions={view.permissions} />
    </RequestsFrame>
  )
}

const STEPS: Readonly<
  Record<RequestDecision, { readonly title: string; readonly button: string; readonly what: string }>
> = {
  approve: {
    title: 'Review permissions and consent',
    button: 'Accept',
    what: 'The app gets these permissions for all users in your organization. No one else is asked to review them, and those who asked are told by mail.',
  },
  deny: {
    title: 'Deny the request',
    button: 'Deny',
    what: 'Nothing is granted. Those who asked are told by mail and can ask again.',
  },
  block: {
    title: 'Block the app',
    button: 'Block',
    what: 'The app is added to the enterprise apps with sign-in switched off: nobody can use it, or ask for it, until an administrator enables it on its Properties page. Those who asked are told by mail.',
  },
}

/** Asks before a request is answered. */
export function DecisionPage(props: {
  readonly context: AdminContext
  readonly view: RequestView
  readonly decision: RequestDecision
  readonly reason?: string | undefined
  readonly problems?: Readonly<Record<string, string>>
}) {
  const { view, decision, problems = {} } = props
  const { title, button, what } = STEPS[decision]
  const at = `${REQUESTS_HREF}/${view.id}`
  return (
    <RequestsFrame context={props.context} step={title} between={{ label: view.appName, href: at }}>
      {problems[''] !== undefined && <Notice tone="danger">{problems['']}</Notice>}
      <p>
        <strong>{view.appName}</strong>
        {`, ${view.publisher}. Requested by ${view.requesters.join(', ')}.`}
      </p>
      {decision === 'approve' && <PermissionTable permissions={view.permissions} />}
      <p>{what}</p>
      <Form action={`${at}/${decision}`} noValidate>
        <TextField
          label="Justification"
          hint="Goes into the mail to those who asked."
          name="reason"
          multiline={2}
          value={props.reason}
          problem={problems['reason']}
          maxLength={500}
        />
        <FormActions>
          <Button kind={decision === 'approve' ? 'primary' : 'danger'} label={`${button} ${view.appName}`}>
            {button}
          </Button>
          <LinkButton href={at}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </RequestsFrame>
  )
}

function PermissionTable({ permissions }: { readonly permissions: readonly AskedPermission[] }) {
  return (
    <>
      <h2 class="k-card__title">Permissions requested</h2>
      <DataTable
        caption="Permissions requested"
        columns={[
          { key: 'permission', header: 'Permission' },
          { key: 'claim', header: 'Claim value', mono: true },
          { key: 'api', header: 'API name' },
          { key: 'type', header: 'Type', narrow: true },
        ]}
        rows={permissions.map((each) => ({
          key: each.value,
          cells: {
            permission: each.title,
            claim: each.value,
            api: each.api ?? 'Microsoft Graph',
            type: 'Delegated',
          },
        }))}
      />
    </>
  )
}

function RequestsFrame(props: {
  readonly context: AdminContext
  readonly step?: string
  readonly between?: { readonly label: string; readonly href: string }
  readonly commands?: Parameters<typeof AdminPage>[0]['commands']
  readonly children: ComponentChildren
}) {
  const { apps } = props.context.edition
  const list = { label: 'Admin consent requests', href: REQUESTS_HREF }
  return (
    <AdminPage
      context={props.context}
      section="Enterprise apps"
      path={[
        { label: apps, href: '/admin/apps' },
        ...(props.step === undefined ? [] : [list]),
        ...(props.between === undefined ? [] : [props.between]),
      ]}
      title={props.step ?? `${apps} | Admin consent requests`}
      crumb={props.step ?? 'Admin consent requests'}
      subtitle={props.step === undefined ? props.context.tenant.displayName : 'Admin consent request'}
      icon="shield"
      commands={props.commands}
    >
      {props.children}
    </AdminPage>
  )
}
