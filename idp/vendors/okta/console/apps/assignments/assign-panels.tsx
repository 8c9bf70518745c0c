import { Button, LinkButton } from '#kit/ui/button.tsx'
import { RadioGroup } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { SearchField } from '#kit/ui/search-field.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { OktaApp } from '../../../apps/records.ts'
import type { AttributeDefinition } from '../../../profiles/records.ts'
import { FormProblem, type FormView } from '../../form-view.tsx'
import { ProfileField } from '../../profile-fields.tsx'
import { appHref } from '../app-href.ts'

/** Somebody, or a group, that the app can be assigned to. */
export interface Candidate {
  readonly id: string
  readonly name: string
  readonly detail: string
  readonly isAssigned: boolean
}

export interface PickView {
  readonly kind: 'people' | 'groups'
  readonly text: string
  readonly candidates: readonly Candidate[]
  readonly hasMore: boolean
  /** What the last Save and Go Back did. */
  readonly said?: string | undefined
}

const backOf = (app: OktaApp, kind: PickView['kind']): string =>
  appHref(app, kind === 'people' ? 'assignments' : 'assignments?filter=groups')

/** "Assign {App} to People" (or Groups): search, an Assign link each, Done. */
export function PickPanel({ app, view }: { readonly app: OktaApp; readonly view: PickView }) {
  const here = appHref(app, `assignments/assign/${view.kind}`)
  const isPeople = view.kind === 'people'
  return (
    <Panel
      title={`Assign ${app.label} to ${isPeople ? 'People' : 'Groups'}`}
      closeHref={backOf(app, view.kind)}
      wide
      footer={
        <LinkButton kind="primary" href={backOf(app, view.kind)}>
          Done
        </LinkButton>
      }
    >
      {view.said !== undefined && <Notice tone="success">{view.said}</Notice>}
      <SearchField
        label={isPeople ? 'Search people' : 'Search groups'}
        action={here}
        value={view.text}
        id="search-candidates"
      />
      <DataTable
        caption={isPeople ? 'People' : 'Groups'}
        columns={[
          { key: 'name', header: isPeople ? 'Person' : 'Group' },
          { key: 'act', header: 'Assign', headerHidden: true, narrow: true },
        ]}
        rows={view.candidates.map(({ id, name, detail, isAssigned }) => ({
          key: id,
          cells: {
            name: (
              <>
                {name}
                <br />
                <Quiet>{detail}</Quiet>
              </>
            ),
            act: isAssigned ? (
              <Button type="button" disabled label={`Assigned ${name}`}>
                Assigned
              </Button>
            ) : (
              <LinkButton href={`${here}/${id}`} label={`Assign ${name}`}>
                Assign
              </LinkButton>
            ),
          },
        }))}
        empty={
          <EmptyState title={isPeople ? 'No users found' : 'No groups found'}>
            Search for the beginning of a name.
          </EmptyState>
        }
      />
      {view.hasMore && <p>There are more. Search for the beginning of a name to find them.</p>}
    </Panel>
  )
}

export interface AssignmentFormView extends FormView {
  readonly title: string
  readonly action: string
  readonly closeHref: string
  /** `Save and Go Back` while assigning, `Save` while editing. */
  readonly saveLabel: string
  /** Absent for groups. */
  readonly userName?: string | undefined
  /** Somebody who came by a group: what decides the values. */
  readonly source?: 'GROUP' | 'USER' | undefined
  readonly priority?: string | undefined
  readonly attributes: readonly AttributeDefinition[]
}

/** The review of an assignment: User Name, then the app's attributes in their order, mapped ones filled in. */
export function AssignmentPanel({ view }: { readonly view: AssignmentFormView }) {
  const shown = ['userName', 'priority', ...view.attributes.map(({ name }) => name)]
  return (
    <Panel
      title={view.title}
      closeHref={view.closeHref}
      wide
      footer={
        <>
          <Button kind="primary" form="assignment">
            {view.saveLabel}
          </Button>
          <LinkButton href={view.closeHref}>Cancel</LinkButton>
        </>
      }
    >
      <FormProblem problems={view.problems} shown={shown} />
      <Form action={view.action} id="assignment" label={view.title} noValidate>
        {view.source !== undefined && (
          <RadioGroup
            label="Assignment source"
            name="scope"
            value={view.source}
            options={[
              { value: 'GROUP', label: 'Group' },
              { value: 'USER', label: 'Administrator (overrides group)' },
            ]}
          />
        )}
        {view.userName !== undefined && (
          <TextField
            label="User Name"
            name="userName"
            value={view.userName}
            problem={view.problems['userName']}
            autocomplete="off"
            required
          />
        )}
        {view.priority !== undefined && (
          <TextField
            label="Priority"
            name="priority"
            type="number"
            min="1"
            value={view.priority}
            problem={view.problems['priority']}
            hint="1 is the highest: of somebody's groups it decides."
          />
        )}
        {view.attributes.map((attribute) => (
          <ProfileField
            key={attribute.name}
            attribute={attribute}
            text={view.values[attribute.name] ?? ''}
            problem={view.problems[attribute.name]}
          />
        ))}
      </Form>
    </Panel>
  )
}
