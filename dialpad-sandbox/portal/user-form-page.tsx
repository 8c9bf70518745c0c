import type { ComponentChildren } from 'preact'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { LICENCE_CHOICES } from './add-users-page.tsx'
import { COMPANY, userPath } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { FormProblem, type Typed } from './typed.tsx'
import type { UserView } from './user-page.tsx'

/** What can be changed about a person by a form of its own, below `/admin/users/…`. */
export type UserFormName = 'edit' | 'email' | 'license' | 'move'

export interface UserFormPageProps {
  readonly chrome: Chrome
  readonly user: UserView
  readonly typed: Typed
}

/** Edit user: name and job title. A directory that provisions this person overwrites them. */
export function EditUserPage(props: UserFormPageProps) {
  const { values, problems } = props.typed
  return (
    <UserForm {...props} name="edit" title="Edit user" submit="Save">
      <TextField label="First name" name="givenName" value={values['givenName']} problem={problems['givenName']} />
      <TextField label="Last name" name="familyName" value={values['familyName']} problem={problems['familyName']} />
      <TextField label="Job title" name="title" value={values['title']} problem={problems['title']} />
      <TextField
        label="Language"
        name="language"
        value={values['language']}
        problem={problems['language']}
        hint="Such as en or fr-CA."
      />
      <TextField
        label="Country"
        name="country"
        value={values['country']}
        problem={problems['country']}
        hint="Two letters, such as US."
      />
      {props.user.isProvisioned && (
        <Quiet>A directory provisions this user: what it sends next takes the place of what is saved here.</Quiet>
      )}
    </UserForm>
  )
}

/** Options > Admin > Edit email address. */
export function EditEmailPage(props: UserFormPageProps) {
  return (
    <UserForm {...props} name="email" title="Edit email address" submit="Save">
      <TextField
        label="Email"
        name="email"
        type="email"
        value={props.typed.values['email']}
        problem={props.typed.problems['email']}
        hint={`They log in with it from then on. ${props.user.email} stays as a secondary address; only Dialpad support removes one.`}
        required
      />
    </UserForm>
  )
}

/** Change license: in the product Customer Care does it. */
export function ChangeLicencePage(props: UserFormPageProps) {
  return (
    <UserForm {...props} name="license" title="Change license" submit="Save">
      <SelectField
        label="License"
        name="licence"
        value={props.typed.values['licence']}
        options={LICENCE_CHOICES}
        problem={props.typed.problems['licence']}
        hint="It takes a free license of the office. A license without a direct number sends theirs to the Reserved Numbers."
      />
      <Quiet>In the product this is asked of Customer Care; the simulation does it at once.</Quiet>
    </UserForm>
  )
}

/** Move to another office. */
export function MoveUserPage(props: UserFormPageProps) {
  return (
    <UserForm {...props} name="move" title="Move to another office" submit="Move">
      <SelectField
        label="Office"
        name="officeId"
        value={props.typed.values['officeId']}
        options={props.chrome.offices.map((office) => ({ value: office.id, label: office.name }))}
        problem={props.typed.problems['officeId']}
        hint="It takes a free license there. Into another country their numbers stay behind, in the Reserved Numbers, and a new one is assigned."
      />
    </UserForm>
  )
}

function UserForm(
  props: UserFormPageProps & {
    readonly name: UserFormName
    readonly title: string
    readonly submit: string
    readonly children: ComponentChildren
  },
) {
  const { user } = props
  return (
    <AdminPage
      chrome={props.chrome}
      current={`${COMPANY}/users`}
      title={props.title}
      trail={[
        { label: 'Users', href: `${COMPANY}/users` },
        { label: user.name, href: userPath(user.id) },
      ]}
      lead={`${user.name} (${user.email})`}
    >
      <Card>
        <FormProblem typed={props.typed} />
        <Form action={userPath(user.id, props.name)} label={props.title} noValidate>
          {props.children}
          <FormActions>
            <Button kind="primary">{props.submit}</Button>
            <LinkButton href={userPath(user.id)}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </AdminPage>
  )
}
