import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Columns } from '#kit/ui/layout.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'
import { FormProblem, type FormView } from '../form-problem.tsx'
import { greyed } from '../greyed.ts'
import { PasswordFields } from './password-pages.tsx'
import { USER_FIELD_GROUPS, USER_FIELDS, type UserField } from './user-fields.ts'
import { UserPage, userHref } from './user-page.tsx'

/** Fields whose problems stand beside them. */
const SHOWN = [
  ...USER_FIELDS.map((field) => field.name),
  'userPrincipalName',
  'domain',
  'displayName',
  'userType',
  'managerId',
  'password',
]

function textFieldOf({ values, problems }: FormView) {
  return ({ name, label, hint, longest }: UserField) => (
    <TextField
      key={name}
      name={name}
      label={label}
      hint={hint}
      maxLength={longest}
      value={values[name]}
      problem={problems[name]}
      autocomplete="off"
    />
  )
}

/** New user > Create new user. */
export function NewUserPage({ context, view }: { readonly context: AdminContext; readonly view: FormView }) {
  const { values, problems } = view
  const text = textFieldOf(view)
  const { domains } = context.tenant
  return (
    <AdminPage
      context={context}
      section="Users"
      path={[{ label: 'Users', href: '/admin/users' }]}
      title="Create new user"
      subtitle={context.tenant.displayName}
      icon="user"
      notices={<FormProblem problems={problems} title="The user was not created" shown={SHOWN} />}
    >
      <Form action="/admin/users/new" id="new-user" label="Create new user" noValidate>
        <Card title="Basics" lead="A new member of the organization.">
          <div class="entra-upn">
            <TextField
              label="User principal name"
              name="localPart"
              required
              value={values['localPart']}
              problem={problems['userPrincipalName']}
              autocomplete="off"
            />
            <SelectField
              label="Domain"
              name="domain"
              value={values['domain'] ?? domains[0]}
              options={domains.map((domain) => ({ value: domain, label: `@ ${domain}` }))}
              problem={problems['domain']}
            />
          </div>
          <TextField
            label="Display name"
            name="displayName"
            required
            value={values['displayName']}
            problem={problems['displayName']}
            autocomplete="off"
          />
          <PasswordFields {...view} />
          <CheckboxField
            label="Account enabled"
            name="accountEnabled"
            checked={(values['accountEnabled'] ?? 'true') === 'true'}
          />
        </Card>
        <h2 class="k-card__title">Properties</h2>
        <Columns min="wide">
          {USER_FIELD_GROUPS.map(({ title, fields }) => (
            <Card key={title} title={title} headingLevel={3}>
              {fields.map(text)}
              {title === 'Job Information' && <ManagerField {...view} />}
            </Card>
          ))}
        </Columns>
        <FormActions>
          <Button kind="primary">Create</Button>
          <LinkButton href="/admin/users">Cancel</LinkButton>
        </FormActions>
      </Form>
    </AdminPage>
  )
}

function ManagerField({ values, problems }: FormView) {
  return (
    <TextField
      label="Manager"
      name="manager"
      value={values['manager']}
      problem={problems['managerId']}
      hint="User principal name of the manager."
      autocomplete="off"
    />
  )
}

/** Properties of a user, all editable on one page. */
export function EditUserPage(props: {
  readonly context: AdminContext
  readonly user: DirectoryUser
  readonly view: FormView
  readonly readOnly: string | undefined
}) {
  const { context, user, view, readOnly } = props
  const text = textFieldOf(view)
  const unavailable = greyed(readOnly)
  return (
    <UserPage
      context={context}
      user={user}
      page="Properties"
      commands={[
        { kind: 'submit', label: 'Save', icon: 'check', form: 'user-properties', ...unavailable },
        { kind: 'link', label: 'Discard', icon: 'close', href: userHref(user.id, 'properties') },
      ]}
      notices={<FormProblem problems={view.problems} title="The properties were not saved" shown={SHOWN} />}
    >
      <Form action={userHref(user.id, 'properties')} id="user-properties" label="Properties" noValidate>
        <fieldset class="k-fieldset k-stack" disabled={readOnly !== undefined}>
          <legend class="k-hidden">Properties</legend>
          <Columns min="wide">
            {USER_FIELD_GROUPS.map(({ title, fields }) => (
              <Card key={title} title={title}>
                {title === 'Identity' && (
                  <>
                    <TextField
                      label="Display name"
                      name="displayName"
                      required
                      value={view.values['displayName']}
                      problem={view.problems['displayName']}
                    />
                    {fields.map(text)}
                    <TextField
                      label="User principal name"
                      name="userPrincipalName"
                      required
                      value={view.values['userPrincipalName']}
                      problem={view.problems['userPrincipalName']}
                    />
                    <RadioGroup
                      label="User type"
                      name="userType"
                      row
                      value={view.values['userType']}
                      problem={view.problems['userType']}
                      options={[
                        { value: 'Member', label: 'Member' },
                        { value: 'Guest', label: 'Guest' },
                      ]}
                    />
                  </>
                )}
                {title !== 'Identity' && fields.map(text)}
                {title === 'Job Information' && <ManagerField {...view} />}
              </Card>
            ))}
          </Columns>
          {readOnly === undefined && (
            <FormActions>
              <Button kind="primary" label="Save properties">
                Save
              </Button>
              <LinkButton href={userHref(user.id)}>Cancel</LinkButton>
            </FormActions>
          )}
        </fieldset>
      </Form>
    </UserPage>
  )
}
