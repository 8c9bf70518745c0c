import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { SearchField } from '#kit/ui/search-field.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { OktaApp } from '../../apps/records.ts'
import type { OktaGroup, OktaUser } from '../../collections.ts'
import { fullName } from '../account.ts'
import { appHref } from '../apps/app-href.ts'
import { ConsolePage } from '../console-page.tsx'
import type { ConsoleContext } from '../context.ts'
import { FormProblem, type FormView } from '../form-view.tsx'
import { personHref } from '../people/person-page.tsx'
import { statusWords } from '../people/statuses.ts'
import { GroupPage, groupHref } from './group-page.tsx'

interface GroupProps {
  readonly context: ConsoleContext
  readonly group: OktaGroup
}

export interface PickPeopleView {
  readonly text: string
  readonly people: readonly { readonly person: OktaUser; readonly isMember: boolean }[]
  readonly hasMore: boolean
}

/** People of a group, with the picker over it where it is open. */
export function GroupPeople(
  props: GroupProps & {
    readonly people: readonly OktaUser[]
    /** By person: names of the active rules that hold them in the group. */
    readonly managedBy: ReadonlyMap<string, readonly string[]>
    readonly pager: PagerProps | undefined
    readonly picker?: PickPeopleView
  },
) {
  const { context, group } = props
  const mayChange = context.may.people && group.type === 'OKTA_GROUP'
  return (
    <GroupPage
      context={context}
      group={group}
      tab="People"
      overlay={props.picker && <AssignPeoplePanel group={group} view={props.picker} />}
    >
      <DataTable
        caption="People"
        columns={[
          { key: 'name', header: 'Person' },
          { key: 'login', header: 'Username' },
          { key: 'status', header: 'Status' },
          { key: 'managed', header: 'Managed' },
          ...(mayChange ? [{ key: 'remove', header: 'Actions', headerHidden: true, narrow: true }] : []),
        ]}
        rows={props.people.map((person) => {
          const { label, tone } = statusWords(person.status)
          return {
            key: person.id,
            href: personHref(person.id),
            cells: {
              name: fullName(person),
              login: person.profile.login,
              status: <Badge tone={tone}>{label}</Badge>,
              managed: managedWords(props.managedBy.get(person.id) ?? []),
              remove: (
                <LinkButton
                  kind="subtle"
                  icon="close"
                  href={groupHref(group.id, `people/${person.id}/remove`)}
                  label={`Remove ${fullName(person)}`}
                >
                  Remove
                </LinkButton>
              ),
            },
          }
        })}
        empty={
          <EmptyState title="No people in this group" icon="user">
            Assign people to give them the apps of the group.
          </EmptyState>
        }
      />
      {props.pager && <Pager {...props.pager} />}
    </GroupPage>
  )
}

/** Who put somebody into the group. */
function managedWords(rules: readonly string[]): string {
  return rules.length === 0 ? 'Manually' : `By rule ${rules.join(', ')}`
}

/** Assign people: search, then + beside each; the group keeps what was added at once. */
function AssignPeoplePanel({ group, view }: { readonly group: OktaGroup; readonly view: PickPeopleView }) {
  return (
    <Panel
      title={`Assign people to ${group.name}`}
      closeHref={groupHref(group.id)}
      footer={
        <LinkButton kind="primary" href={groupHref(group.id)}>
          Done
        </LinkButton>
      }
    >
      <SearchField
        label="Search people to assign"
        action={groupHref(group.id, 'people/assign')}
        value={view.text}
        id="search-pick"
      />
      <DataTable
        caption="People to assign"
        columns={[
          { key: 'name', header: 'Person' },
          { key: 'add', header: 'Assign', headerHidden: true, narrow: true },
        ]}
        rows={view.people.map(({ person, isMember }) => ({
          key: person.id,
          cells: {
            name: `${fullName(person)} (${person.profile.login})`,
            add: isMember ? (
              <Button type="button" disabled>
                Assigned
              </Button>
            ) : (
              <Form
                action={groupHref(group.id, 'people/assign')}
                fields={{ userId: person.id, q: view.text }}
                layout="bare"
              >
                <Button icon="add" label={`Assign ${fullName(person)}`}>
                  Assign
                </Button>
              </Form>
            ),
          },
        }))}
        empty={<EmptyState title="No people found">Search for the beginning of a name.</EmptyState>}
      />
      {view.hasMore && <p>There are more. Search for the beginning of a name to find them.</p>}
    </Panel>
  )
}

/** Applications that the group gives its people. */
export function GroupApplications(props: GroupProps & { readonly apps: readonly OktaApp[] }) {
  return (
    <GroupPage context={props.context} group={props.group} tab="Applications">
      <DataTable
        caption="Applications"
        columns={[
          { key: 'label', header: 'Application' },
          { key: 'status', header: 'Status' },
        ]}
        rows={props.apps.map((app) => ({
          key: app.id,
          href: appHref(app, 'assignments'),
          cells: { label: app.label, status: app.status === 'ACTIVE' ? 'Active' : 'Inactive' },
        }))}
        empty={
          <EmptyState title="No apps assigned to this group" icon="apps">
            Assign the group on the Assignments tab of an app.
          </EmptyState>
        }
      />
    </GroupPage>
  )
}

/** Profile of a group: name, description, id. */
export function GroupProfile({ context, group }: GroupProps) {
  return (
    <GroupPage context={context} group={group} tab="Profile">
      <Card
        title="Profile"
        action={
          context.may.people &&
          group.type === 'OKTA_GROUP' && (
            <LinkButton kind="subtle" href={groupHref(group.id, 'profile/edit')}>
              Edit
            </LinkButton>
          )
        }
      >
        <DefinitionList
          items={[
            { term: 'Name', value: group.name },
            { term: 'Description', value: group.description },
            { term: 'Type', value: group.type === 'BUILT_IN' ? 'Built-in' : 'Okta group' },
            { term: 'Okta group id', value: <code class="k-mono">{group.id}</code> },
          ]}
        />
      </Card>
    </GroupPage>
  )
}

function GroupFields({ values, problems }: FormView) {
  return (
    <>
      <TextField label="Name" name="name" value={values['name']} problem={problems['name']} required />
      <TextField
        label="Description (optional)"
        name="description"
        multiline={3}
        value={values['description']}
        problem={problems['description']}
      />
    </>
  )
}

/** Add group. */
export function AddGroupPage({ context, view }: { readonly context: ConsoleContext; readonly view: FormView }) {
  return (
    <ConsolePage
      context={context}
      section="Groups"
      path={[{ label: 'Groups', href: '/admin/groups' }]}
      title="Add group"
      notices={<FormProblem problems={view.problems} shown={['name', 'description']} />}
    >
      <Form action="/admin/groups/new" label="Add group" noValidate>
        <GroupFields {...view} />
        <FormActions>
          <Button kind="primary">Save</Button>
          <LinkButton href="/admin/groups">Cancel</LinkButton>
        </FormActions>
      </Form>
    </ConsolePage>
  )
}

/** Rename or describe a group. */
export function EditGroupPage({ context, group, view }: GroupProps & { readonly view: FormView }) {
  return (
    <GroupPage
      context={context}
      group={group}
      tab="Profile"
      notices={<FormProblem problems={view.problems} shown={['name', 'description']} />}
    >
      <Form action={groupHref(group.id, 'profile/edit')} label="Profile" noValidate>
        <GroupFields {...view} />
        <FormActions>
          <Button kind="primary">Save</Button>
          <LinkButton href={groupHref(group.id, 'profile')}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </GroupPage>
  )
}

/** Asks before a group goes, naming the apps its people lose. */
export function DeleteGroupPage({ context, group, apps }: GroupProps & { readonly apps: readonly OktaApp[] }) {
  return (
    <GroupPage context={context} group={group}>
      <ConfirmForm
        title="Delete group"
        headingLevel={2}
        subject={group.name}
        action={groupHref(group.id, 'delete')}
        confirmLabel="Delete"
        cancelHref={groupHref(group.id)}
      >
        <p>This cannot be undone. The people of the group stay.</p>
        {apps.length > 0 && (
          <p>{`They lose the apps the group gives them: ${apps.map((app) => app.label).join(', ')}.`}</p>
        )}
      </ConfirmForm>
    </GroupPage>
  )
}

/** Asks before somebody leaves a group. */
export function RemoveMemberPage(
  props: GroupProps & {
    readonly person: OktaUser
    readonly apps: readonly OktaApp[]
    /** Names of the active rules that would put the person back. */
    readonly rules: readonly string[]
  },
) {
  const { group, person, apps, rules } = props
  return (
    <GroupPage context={props.context} group={group} tab="People">
      <ConfirmForm
        title={`Remove from ${group.name}?`}
        headingLevel={2}
        subject={fullName(person)}
        action={groupHref(group.id, `people/${person.id}/remove`)}
        confirmLabel="Remove"
        cancelHref={groupHref(group.id)}
      >
        {apps.length === 0 ? (
          <p>The group gives no apps.</p>
        ) : (
          <p>{`Without another assignment they lose: ${apps.map((app) => app.label).join(', ')}.`}</p>
        )}
        {rules.length > 0 && (
          <p>{`The membership is managed by rule ${rules.join(', ')}. The person is added to the exceptions of the rule, so that it does not put them back.`}</p>
        )}
      </ConfirmForm>
    </GroupPage>
  )
}
