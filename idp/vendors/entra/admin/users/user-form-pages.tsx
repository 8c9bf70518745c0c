import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { SecretOnce } from '#kit/ui/copyable.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Columns } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'
import { USER_FIELD_GROUPS, type UserField } from './user-fields.ts'
import { UserPage, userHref } from './user-page.tsx'

/** What the fields of a form show, and what is wrong with them. */
export interface FormView {
  readonly values: Readonly<Record<string, string>>
  readonly problems: Readonly<Record<string, string>>
}

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

function FormProblem({ problems, title }: Pick<FormView, 'problems'> & { readonly title: string }) {
  if (Object.keys(problems).length === 0) return null
  return (
    <Notice tone="danger" title={title}>
      {problems[''] ?? 'Check the fields marked below.'}
    </Notice>
  )
}

/** Auto-generate a password, or type one. The typed one never comes back. */
function PasswordFields({ values, problems }: FormView) {
  return (
    <>
      <CheckboxField
        label="Auto-generate password"
        name="autoPassword"
        checked={(values['autoPassword'] ?? 'true') === 'true'}
        hint="The password is shown once, after saving. Clear the box to use the one typed below."
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autocomplete="new-password"
        hint="8 to 256 characters of three kinds: lower case, upper case, digits, symbols."
        problem={problems['password']}
      />
    </>
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
      notices={<FormProblem problems={problems} title="The user was not created" />}
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
  const unavailable = readOnly === undefined ? {} : { unavailable: readOnly }
  return (
    <UserPage
      context={context}
      user={user}
      page="Properties"
      commands={[
        { kind: 'submit', label: 'Save', icon: 'check', form: 'user-properties', ...unavailable },
        { kind: 'link', label: 'Discard', icon: 'close', href: userHref(user.id, 'properties') },
      ]}
      notices={<FormProblem problems={view.problems} title="The properties were not saved" />}
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

/** Reset password: made here, or typed. */
export function ResetPasswordPage(props: {
  readonly context: AdminContext
  readonly user: DirectoryUser
  readonly view: FormView
}) {
  const { user, view } = props
  return (
    <UserPage
      context={props.context}
      user={user}
      page="Overview"
      step="Reset password"
      notices={<FormProblem problems={view.problems} title="The password was not reset" />}
    >
      <p>{`${user.displayName} is signed out everywhere and signs in with the new password from now on.`}</p>
      <Form action={userHref(user.id, 'password')} label="Reset password" noValidate>
        <PasswordFields {...view} />
        <FormActions>
          <Button kind="primary">Reset password</Button>
          <LinkButton href={userHref(user.id)}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </UserPage>
  )
}

/** The one answer that shows a password made here. */
export function PasswordMadePage(props: {
  readonly context: AdminContext
  readonly user: DirectoryUser
  readonly title: string
  readonly password: string
}) {
  const { user } = props
  return (
    <UserPage context={props.context} user={user} page="Overview" step={props.title}>
      <SecretOnce
        title={`${user.displayName}: ${props.title.toLowerCase()}`}
        label="Password"
        value={props.password}
        warning="Copy the password now and hand it over. It is not shown again."
      />
      <div>
        <LinkButton href={userHref(user.id)}>{`Go to ${user.displayName}`}</LinkButton>
      </div>
    </UserPage>
  )
}

/** Asks before a person's sign-in is blocked. */
export function BlockSignInPage({ context, user }: { readonly context: AdminContext; readonly user: DirectoryUser }) {
  return (
    <UserPage context={context} user={user} page="Overview" step="Block sign-in">
      <ConfirmForm
        title="Block sign-in of this user?"
        subject={user.displayName}
        action={userHref(user.id, 'block')}
        confirmLabel="Block sign-in"
        cancelHref={userHref(user.id)}
        headingLevel={2}
      >
        They are signed out everywhere and cannot sign in until you allow it again. Their accounts in provisioned apps
        are deactivated in the next cycle.
      </ConfirmForm>
    </UserPage>
  )
}
