import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Inline, Stack } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { COMPANY, userPath } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import type { UserView } from './user-page.tsx'

/** Admin privileges: Company Admin, and Office Admin of one office or several (reference sheet 3.9). */
export function UserPrivilegesPage(props: {
  readonly chrome: Chrome
  readonly user: UserView
  readonly refusal?: string | undefined
}) {
  const { chrome, user } = props
  return (
    <AdminPage
      chrome={chrome}
      current={`${COMPANY}/users`}
      title="Admin privileges"
      trail={[
        { label: 'Users', href: `${COMPANY}/users` },
        { label: user.name, href: userPath(user.id) },
      ]}
      lead={`${user.name} (${user.email})`}
      notices={props.refusal && <Notice tone="danger">{props.refusal}</Notice>}
    >
      <Stack gap="loose">
        <Card title="Company Admin" lead="Manages users, offices, licenses and API keys of the whole company.">
          <Inline>
            {user.isCompanyAdmin ? (
              <LinkButton href={userPath(user.id, 'remove-admin')} kind="danger">
                Remove admin privileges
              </LinkButton>
            ) : (
              <LinkButton href={userPath(user.id, 'add-admin')}>Add admin privileges</LinkButton>
            )}
          </Inline>
        </Card>
        <Card
          title="Office Admin"
          lead="Has the portal of the office: its settings, users, numbers and departments. Of several offices: a Regional Admin."
        >
          <Form action={userPath(user.id, 'privileges')} label="Office Admin">
            {chrome.offices.map((office) => (
              <CheckboxField
                key={office.id}
                label={office.name}
                name="offices"
                id={`field-office-${office.id}`}
                value={office.id}
                checked={user.officeAdminOf.some((each) => each.id === office.id)}
              />
            ))}
            <FormActions>
              <Button kind="primary">Save</Button>
              <LinkButton href={userPath(user.id)}>Cancel</LinkButton>
            </FormActions>
          </Form>
        </Card>
      </Stack>
    </AdminPage>
  )
}
