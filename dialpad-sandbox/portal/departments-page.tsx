import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Quiet, Stack } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { MOST_OPERATORS } from '../domain/departments.ts'
import { DEPARTMENTS, officePath, userPath } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { FormProblem, type Typed } from './typed.tsx'

type OfficeName = { readonly id: string; readonly name: string } | undefined

export function departmentPath(id: string, action?: string): string {
  return action === undefined ? `${DEPARTMENTS}/${id}` : `${DEPARTMENTS}/${id}/${action}`
}

export interface DepartmentRow {
  readonly id: string
  readonly name: string
  readonly office: { readonly id: string; readonly name: string }
  readonly numbers: readonly string[]
  readonly operators: number
}

/** Departments of the company, or of an office (reference sheet 3.10). */
export function DepartmentsPage(props: {
  readonly chrome: Chrome
  readonly office: OfficeName
  readonly rows: readonly DepartmentRow[]
}) {
  const query = props.office === undefined ? '' : `?office=${props.office.id}`
  const add = (
    <LinkButton href={`${departmentPath('new')}${query}`} kind="primary" icon="add">
      Add department
    </LinkButton>
  )
  return (
    <AdminPage
      chrome={props.chrome}
      office={props.office}
      current={props.office === undefined ? DEPARTMENTS : officePath(props.office.id, 'departments')}
      title="Departments"
      lead="Lines of an office that several people answer. The department of a directory does not lead here: it chooses the office."
      actions={add}
    >
      <DataTable
        caption="Departments"
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'office', header: 'Office' },
          { key: 'number', header: 'Main number', mono: true },
          { key: 'operators', header: 'Operators', align: 'end' },
        ]}
        rows={props.rows.map((row) => ({
          key: row.id,
          href: departmentPath(row.id),
          cells: {
            name: row.name,
            office: row.office.name,
            number: row.numbers.length === 0 ? '-' : row.numbers.join(', '),
            operators: `${row.operators} of ${MOST_OPERATORS}`,
          },
        }))}
        empty={
          <EmptyState title="No departments yet" icon="phone">
            A department has a main number, hours and up to {MOST_OPERATORS} operators.
          </EmptyState>
        }
      />
    </AdminPage>
  )
}

/** Departments > Add department. */
export function NewDepartmentPage({ chrome, typed }: { readonly chrome: Chrome; readonly typed: Typed }) {
  const { values, problems } = typed
  return (
    <AdminPage
      chrome={chrome}
      current={DEPARTMENTS}
      title="Add department"
      trail={[{ label: 'Departments', href: DEPARTMENTS }]}
    >
      <Card>
        <FormProblem typed={typed} />
        <Form action={departmentPath('new')} label="Add department" noValidate>
          <TextField label="Name" name="name" value={values['name']} problem={problems['name']} required />
          <SelectField
            label="Office"
            name="officeId"
            emptyLabel="Select an office"
            value={values['officeId']}
            options={chrome.offices.map(({ id, name }) => ({ value: id, label: name }))}
            problem={problems['officeId']}
            required
          />
          <FormActions>
            <Button kind="primary">Add department</Button>
            <LinkButton href={DEPARTMENTS}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </AdminPage>
  )
}

export interface DepartmentView extends DepartmentRow {
  readonly people: readonly {
    readonly id: string
    readonly name: string
    readonly email: string
    readonly role: 'operator' | 'admin'
  }[]
  /** People of the company who could join. */
  readonly candidates: readonly { readonly id: string; readonly name: string }[]
  readonly renaming: Typed
  readonly refusal: string | undefined
}

/** One department: name, main number, operators. */
export function DepartmentPage({ chrome, view }: { readonly chrome: Chrome; readonly view: DepartmentView }) {
  const isFull = view.operators >= MOST_OPERATORS
  return (
    <AdminPage
      chrome={chrome}
      current={DEPARTMENTS}
      title={view.name}
      trail={[{ label: 'Departments', href: DEPARTMENTS }]}
      lead={`A department of ${view.office.name}`}
      notices={view.refusal && <Notice tone="danger">{view.refusal}</Notice>}
      actions={
        <LinkButton href={departmentPath(view.id, 'delete')} kind="danger">
          Delete department
        </LinkButton>
      }
    >
      <Stack gap="loose">
        <Card title="Department">
          <DefinitionList
            items={[
              { term: 'Office', value: <a href={officePath(view.office.id)}>{view.office.name}</a> },
              { term: 'Main numbers', value: view.numbers.join(', ') },
              { term: 'Id', value: <span class="k-mono">{view.id}</span> },
            ]}
          />
          <Form action={departmentPath(view.id, 'name')} label="Rename" noValidate>
            <TextField
              label="Name"
              name="name"
              value={view.renaming.values['name']}
              problem={view.renaming.problems['name']}
              required
            />
            <FormActions>
              <Button>Save</Button>
            </FormActions>
          </Form>
          {view.numbers.length === 0 && (
            <Form action={departmentPath(view.id, 'number')} label="Main number" layout="bare">
              <Button>Assign main number</Button>
            </Form>
          )}
        </Card>
        <Card title="Operators" lead={`${view.operators} of ${MOST_OPERATORS}`}>
          <DataTable
            caption="Operators"
            columns={[
              { key: 'name', header: 'Name' },
              { key: 'email', header: 'Email' },
              { key: 'role', header: 'Role' },
              { key: 'actions', header: 'Actions', headerHidden: true, narrow: true },
            ]}
            rows={view.people.map((person) => ({
              key: person.id,
              href: userPath(person.id),
              cells: {
                name: person.name,
                email: person.email,
                role: person.role === 'admin' ? 'Department Admin' : 'Operator',
                actions: (
                  <Form
                    action={departmentPath(view.id, 'operators/remove')}
                    fields={{ userId: person.id }}
                    layout="bare"
                  >
                    <Button label={`Remove ${person.name}`}>Remove</Button>
                  </Form>
                ),
              },
            }))}
            empty={
              <EmptyState title="No operators" icon="user">
                Calls of this department reach nobody until somebody answers them.
              </EmptyState>
            }
          />
          {isFull ? (
            <Quiet>A department can have {MOST_OPERATORS} operators at most.</Quiet>
          ) : (
            view.candidates.length > 0 && (
              <Form action={departmentPath(view.id, 'operators/add')} label="Make department operator" layout="inline">
                <SelectField
                  label="User"
                  name="userId"
                  options={view.candidates.map(({ id, name }) => ({ value: id, label: name }))}
                />
                <SelectField
                  label="Role"
                  name="role"
                  options={[
                    { value: 'operator', label: 'Operator' },
                    { value: 'admin', label: 'Department Admin' },
                  ]}
                />
                <Button>Make department operator</Button>
              </Form>
            )
          )}
        </Card>
      </Stack>
    </AdminPage>
  )
}
