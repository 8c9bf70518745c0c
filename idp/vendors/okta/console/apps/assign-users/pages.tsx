import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Columns, Quiet } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { OktaApp } from '../../../apps/records.ts'
import type { OktaUser } from '../../../collections.ts'
import { fullName } from '../../account.ts'
import { ConsolePage } from '../../console-page.tsx'
import type { ConsoleContext } from '../../context.ts'

export const ASSIGN_USERS_HREF = '/admin/apps/assign-users'
const TITLE = 'Assign Applications'
const APPLICATIONS = { label: 'Applications', href: '/admin/apps/active' } as const

export interface ChooseView {
  readonly apps: readonly OktaApp[]
  /** Those that are ticked come first. */
  readonly people: readonly OktaUser[]
  readonly chosenApps: readonly string[]
  readonly chosenPeople: readonly string[]
  readonly text: string
  readonly hasMore: boolean
  readonly problem?: string | undefined
}

/** Assign Users to App, first step: which apps, which people. */
export function ChooseAssignmentsPage({
  context,
  view,
}: {
  readonly context: ConsoleContext
  readonly view: ChooseView
}) {
  return (
    <ConsolePage
      context={context}
      section="Applications"
      path={[APPLICATIONS]}
      title={TITLE}
      notices={view.problem !== undefined && <Notice tone="danger">{view.problem}</Notice>}
    >
      {view.apps.length === 0 ? (
        <EmptyState
          title="No apps found"
          icon="apps"
          action={<LinkButton href="/admin/apps/add-app">Browse App Catalog</LinkButton>}
        >
          Only active apps can be assigned.
        </EmptyState>
      ) : (
        <Form action={ASSIGN_USERS_HREF} label={TITLE} noValidate>
          <Columns>
            <Card title="Applications">
              <fieldset class="k-field k-fieldset">
                <legend class="k-label">Apps to assign</legend>
                {view.apps.map((app) => (
                  <CheckboxField
                    key={app.id}
                    label={app.label}
                    name="appId"
                    id={`app-${app.id}`}
                    value={app.id}
                    checked={view.chosenApps.includes(app.id)}
                  />
                ))}
              </fieldset>
            </Card>
            <Card title="People">
              <TextField label="Search people" name="q" value={view.text} autocomplete="off" />
              <FormActions>
                <Button name="do" value="search">
                  Search
                </Button>
              </FormActions>
              {view.people.length === 0 ? (
                <p>No people found. Search for the beginning of a name.</p>
              ) : (
                <fieldset class="k-field k-fieldset">
                  <legend class="k-label">People to assign to</legend>
                  {view.people.map((person) => (
                    <CheckboxField
                      key={person.id}
                      label={`${fullName(person)} (${person.profile.login})`}
                      name="userId"
                      id={`person-${person.id}`}
                      value={person.id}
                      checked={view.chosenPeople.includes(person.id)}
                    />
                  ))}
                </fieldset>
              )}
              {view.hasMore && <p>There are more. Search for the beginning of a name to find them.</p>}
            </Card>
          </Columns>
          <FormActions>
            <Button kind="primary" name="do" value="next">
              Next
            </Button>
            <LinkButton href="/admin/apps/active">Cancel</LinkButton>
          </FormActions>
        </Form>
      )}
    </ConsolePage>
  )
}

/** One assignment that would be made, or why it is not. */
export interface PlannedAssignment {
  readonly app: OktaApp
  readonly person: OktaUser
  readonly userName: string
  /** Individually assigned already, or against the app's profile. */
  readonly refusal?: string | undefined
}

/** Second step: what is assigned, and what cannot be. */
export function ReviewAssignmentsPage(props: {
  readonly context: ConsoleContext
  readonly planned: readonly PlannedAssignment[]
}) {
  const { planned } = props
  const ready = planned.filter(({ refusal }) => refusal === undefined)
  return (
    <ConsolePage context={props.context} section="Applications" path={[APPLICATIONS]} title={TITLE}>
      <Card title="Review assignments">
        <DataTable
          caption="Assignments"
          columns={[
            { key: 'person', header: 'Person' },
            { key: 'app', header: 'Application' },
            { key: 'userName', header: 'User Name' },
            { key: 'state', header: 'Result' },
          ]}
          rows={planned.map(({ app, person, userName, refusal }) => ({
            key: `${app.id}/${person.id}`,
            cells: {
              person: (
                <>
                  {fullName(person)}
                  <br />
                  <Quiet>{person.profile.login}</Quiet>
                </>
              ),
              app: app.label,
              userName,
              state: refusal === undefined ? <Badge tone="success">Ready</Badge> : refusal,
            },
          }))}
        />
        {ready.length === 0 && <p>None of these can be assigned.</p>}
        <Form action={ASSIGN_USERS_HREF} label="Review assignments">
          {[...new Set(planned.map(({ app }) => app.id))].map((id) => (
            <input key={id} type="hidden" name="appId" value={id} />
          ))}
          {[...new Set(planned.map(({ person }) => person.id))].map((id) => (
            <input key={id} type="hidden" name="userId" value={id} />
          ))}
          <FormActions>
            {ready.length > 0 && (
              <Button kind="primary" name="do" value="confirm">
                Confirm Assignments
              </Button>
            )}
            <Button name="do" value="search">
              Previous
            </Button>
            <LinkButton href="/admin/apps/active">Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </ConsolePage>
  )
}
