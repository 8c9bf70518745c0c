import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, SelectField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Inline, Quiet } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { OktaApp } from '../../../apps/records.ts'
import type { ImportCounts, ImportRow, ImportRun } from '../../../provisioning/records.ts'
import type { ConsoleContext } from '../../context.ts'
import { profileText } from '../../profile-fields.tsx'
import { appHref } from '../app-href.ts'
import { AppPage } from '../app-page.tsx'

const MATCHES = { exact: 'Exact match', partial: 'Partial match', new: 'New user', ignore: 'Ignore' } as const

export interface ImportView {
  readonly run: ImportRun | undefined
  readonly rows: readonly { readonly row: ImportRow; readonly proposed: string | undefined }[]
  readonly pager: PagerProps | undefined
}

/** Name of the drop-down that decides about a row. */
export function decisionName(externalId: string): string {
  return `decision.${externalId}`
}

/** Name of the text that says which existing person a row is given to. */
export function specifiedName(externalId: string): string {
  return `specified.${externalId}`
}

/** The decision "Existing user I specify". */
export const SPECIFIED = 'specified'

function countWords(counts: ImportCounts, noun: string): string {
  const { scanned, imported, updated, unchanged, removed } = counts
  return `${scanned} ${noun}s scanned · ${imported} new ${noun}s imported · ${updated} existing ${noun}s updated · ${unchanged} existing ${noun}s unchanged · ${removed} ${noun}s removed`
}

/** The Import tab (reference sheet 1.10): Import Now, what the last run found, Import Results. */
export function ImportPage(props: {
  readonly context: ConsoleContext
  readonly app: OktaApp
  readonly view: ImportView
}) {
  const { context, app, view } = props
  if (app.provisioning?.enabled !== true) {
    return (
      <AppPage context={context} app={app} tab="Import">
        <EmptyState
          title="Import is not enabled"
          icon="download"
          action={<LinkButton href={appHref(app, 'provisioning')}>Go to Provisioning</LinkButton>}
        >
          People can be imported once the API integration is enabled.
        </EmptyState>
      </AppPage>
    )
  }
  return (
    <AppPage context={context} app={app} tab="Import">
      {context.may.apps && (
        <Inline>
          <Form action={appHref(app, 'import/now')} layout="bare">
            <Button kind="primary">Import Now</Button>
          </Form>
          {view.rows.length > 0 && (
            <Form action={appHref(app, 'import/clear')} layout="bare">
              <Button>Clear Unconfirmed Users</Button>
            </Form>
          )}
        </Inline>
      )}
      {view.run && <RunSummary app={app} run={view.run} mayAct={context.may.apps} />}
      <Results app={app} view={view} mayAct={context.may.apps} />
    </AppPage>
  )
}

function RunSummary(props: { readonly app: OktaApp; readonly run: ImportRun; readonly mayAct: boolean }) {
  const { app, run } = props
  return (
    <Card title="Last import">
      <p>
        <TimeText iso={run.startedAt} /> <Quiet>{run.scheduled ? 'Scheduled' : 'Import Now'}</Quiet>
      </p>
      {run.users && <p>{countWords(run.users, 'user')}</p>}
      {run.groups && <p>{countWords(run.groups, 'group')}</p>}
      {run.state === 'FAILED' && <Notice tone="danger">{run.error ?? 'The import failed.'}</Notice>}
      {run.state === 'ROADBLOCK' && (
        <Notice
          tone="warning"
          title="Import stopped by the safeguard"
          actions={
            props.mayAct && (
              <Form action={appHref(app, 'import/resume')} layout="bare">
                <Button kind="danger">Resume Import</Button>
              </Form>
            )
          }
        >
          {`${run.heldBack?.length ?? 0} people would lose ${app.label}.`}
        </Notice>
      )}
    </Card>
  )
}

function Results(props: { readonly app: OktaApp; readonly view: ImportView; readonly mayAct: boolean }) {
  const { app, view } = props
  const table = (
    <DataTable
      caption="Import Results"
      columns={[
        { key: 'user', header: `${app.label} user` },
        { key: 'proposed', header: 'Okta user assignment' },
        { key: 'decision', header: 'Decision' },
      ]}
      rows={view.rows.map(({ row, proposed }) => ({
        key: row.externalId,
        label: row.userName,
        cells: {
          user: (
            <>
              {[row.profile['givenName'], row.profile['familyName']].map(profileText).join(' ')}
              <br />
              <Quiet>{row.userName}</Quiet>
            </>
          ),
          proposed: proposed === undefined ? MATCHES[row.match] : `${MATCHES[row.match]}: ${proposed}`,
          decision: <Decision app={app} row={row} proposed={proposed} mayAct={props.mayAct} />,
        },
      }))}
      select={props.mayAct ? { name: 'externalId' } : undefined}
      empty={
        <EmptyState title="No users to confirm" icon="user">
          Import Now reads the users of {app.label}; those that are not joined yet appear here.
        </EmptyState>
      }
    />
  )
  return (
    <Card title="Import Results">
      {props.mayAct && view.rows.length > 0 ? (
        <Form action={appHref(app, 'import/confirm')} label="Import Results">
          {table}
          <CheckboxField label="Auto-activate users after confirmation" name="activate" />
          <FormActions>
            <Button kind="primary">Confirm Assignments</Button>
          </FormActions>
        </Form>
      ) : (
        table
      )}
      {view.pager && <Pager {...view.pager} />}
    </Card>
  )
}

/** Whom an account is given to: the person proposed, somebody new, an existing person by username, or nobody. */
function Decision(props: {
  readonly app: OktaApp
  readonly row: ImportRow
  readonly proposed: string | undefined
  readonly mayAct: boolean
}) {
  const { row, proposed } = props
  const existing = row.userId === undefined ? [] : [{ value: row.userId, label: `Existing user: ${proposed ?? ''}` }]
  return (
    <div>
      <SelectField
        label={`Decision for ${row.userName}`}
        labelHidden
        name={decisionName(row.externalId)}
        id={`decision-${row.externalId}`}
        value={row.match === 'new' ? 'new' : row.match === 'ignore' ? 'ignore' : (row.userId ?? 'new')}
        options={[
          ...existing,
          { value: 'new', label: 'New user' },
          { value: 'ignore', label: 'Ignore' },
          { value: SPECIFIED, label: 'Existing user I specify' },
        ]}
        disabled={!props.mayAct}
      />
      {props.mayAct && (
        <div class="okta-specified">
          <TextField
            label={`Username of the existing user for ${row.userName}`}
            labelHidden
            name={specifiedName(row.externalId)}
            id={`specified-${row.externalId}`}
            placeholder="Username"
            autocomplete="off"
          />
        </div>
      )}
    </div>
  )
}
