import type { DirectoryGroup } from '#idp/core/directory/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'
import { FormProblem, type FormView } from '../form-problem.tsx'
import { countWords } from '../forms.ts'
import { greyed } from '../greyed.ts'
import { PickerPanel } from '../picker-panel.tsx'
import type { PickerView } from '../read-picker.ts'
import { GroupPage, groupHref } from './group-page.tsx'

/** Fields whose problems stand beside them. */
const SHOWN = ['displayName', 'description'] as const

function GroupFields({ values, problems }: FormView) {
  return (
    <>
      <TextField
        label="Group name"
        name="displayName"
        required
        value={values['displayName']}
        problem={problems['displayName']}
        autocomplete="off"
      />
      <TextField
        label="Group description"
        name="description"
        multiline={3}
        value={values['description']}
        problem={problems['description']}
      />
    </>
  )
}

export interface NewGroupView extends FormView {
  readonly selected: PickerView['selected']
  readonly picker?: PickerView | undefined
}

/** New Group: type, name, description, members. */
export function NewGroupPage({ context, view }: { readonly context: AdminContext; readonly view: NewGroupView }) {
  const { values } = view
  const kept = { displayName: values['displayName'] ?? '', description: values['description'] ?? '' }
  const members =
    view.selected.length === 0 ? 'No members selected' : `${countWords(view.selected.length, 'member')} selected`
  const back = new URLSearchParams([
    ...Object.entries(kept).filter(([, value]) => value !== ''),
    ...view.selected.map((entry) => ['id', entry.id]),
  ])
  return (
    <AdminPage
      context={context}
      section="Groups"
      path={[{ label: 'Groups', href: '/admin/groups' }]}
      title="New Group"
      subtitle={context.tenant.displayName}
      icon="group"
      notices={<FormProblem problems={view.problems} title="The group was not created" shown={SHOWN} />}
      overlay={
        view.picker && (
          <PickerPanel
            title="Add members"
            view={view.picker}
            action="/admin/groups/new"
            fields={kept}
            closeHref={`/admin/groups/new?${back}`}
          />
        )
      }
    >
      <Form action="/admin/groups/new" id="new-group" label="New Group" noValidate>
        <DefinitionList
          items={[
            { term: 'Group type', value: 'Security' },
            { term: 'Membership type', value: 'Assigned' },
          ]}
        />
        <GroupFields {...view} />
        <div class="k-field">
          <p class="k-label">Members</p>
          {view.selected.map((entry) => (
            <input key={entry.id} type="hidden" name="id" value={entry.id} />
          ))}
          <Button name="do" value="pick" label={`Members: ${members}`}>
            {members}
          </Button>
          {view.selected.length > 0 && <p class="k-hint">{view.selected.map((entry) => entry.name).join(', ')}</p>}
        </div>
        <FormActions>
          <Button kind="primary" name="do" value="create">
            Create
          </Button>
          <LinkButton href="/admin/groups">Cancel</LinkButton>
        </FormActions>
      </Form>
    </AdminPage>
  )
}

/** Properties of a group: rename and describe. */
export function GroupPropertiesPage(props: {
  readonly context: AdminContext
  readonly group: DirectoryGroup
  readonly view: FormView
  readonly readOnly: string | undefined
}) {
  const { group, view, readOnly } = props
  return (
    <GroupPage
      context={props.context}
      group={group}
      page="Properties"
      commands={[
        { kind: 'submit', label: 'Save', icon: 'check', form: 'group-properties', ...greyed(readOnly) },
        { kind: 'link', label: 'Discard', icon: 'close', href: groupHref(group.id, 'properties') },
      ]}
      notices={<FormProblem problems={view.problems} title="The properties were not saved" shown={SHOWN} />}
    >
      <Form action={groupHref(group.id, 'properties')} id="group-properties" label="Properties" noValidate>
        <fieldset class="k-fieldset k-stack" disabled={readOnly !== undefined}>
          <legend class="k-hidden">General settings</legend>
          <GroupFields {...view} />
          <DefinitionList
            items={[
              { term: 'Group type', value: group.securityEnabled ? 'Security' : 'Mail-enabled' },
              { term: 'Membership type', value: 'Assigned' },
              { term: 'Object ID', value: <Copyable label="Object ID" value={group.id} /> },
            ]}
          />
          {readOnly === undefined && (
            <FormActions>
              <Button kind="primary" label="Save properties">
                Save
              </Button>
              <LinkButton href={groupHref(group.id)}>Cancel</LinkButton>
            </FormActions>
          )}
        </fieldset>
      </Form>
    </GroupPage>
  )
}
