import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'

import { DELETED } from './users-menu.ts'
/** What is asked about a selection of users. */
export type UserQuestion = 'delete' | 'restore' | 'delete-permanently'

const QUESTIONS = {
  delete: {
    step: 'Delete users',
    title: 'Delete these users?',
    label: 'Delete',
    action: '/admin/users/delete',
    back: '/admin/users',
    text: 'They cannot sign in any more, and their accounts in provisioned apps are deactivated in the next cycle. You can restore them for 30 days.',
  },
  restore: {
    step: 'Restore users',
    title: 'Restore these users?',
    label: 'Restore',
    action: `${DELETED}/restore`,
    back: DELETED,
    text: 'They come back with the group memberships and app assignments they had.',
  },
  'delete-permanently': {
    step: 'Delete permanently',
    title: 'Delete these users permanently?',
    label: 'Delete permanently',
    action: `${DELETED}/delete`,
    back: DELETED,
    text: 'This cannot be undone. Their accounts in provisioned apps are deleted in the next cycle.',
  },
} as const satisfies Readonly<Record<UserQuestion, object>>

/** Asks before users are deleted, restored or deleted for good. */
export function ConfirmUsersPage(props: {
  readonly context: AdminContext
  readonly question: UserQuestion
  readonly users: readonly DirectoryUser[]
}) {
  const { question, users } = props
  const words = QUESTIONS[question]
  const title = users.length === 1 ? words.title.replace('these users', 'this user') : words.title
  return (
    <AdminPage
      context={props.context}
      section="Users"
      path={[{ label: 'Users', href: '/admin/users' }]}
      title={words.step}
      icon="user"
    >
      <ConfirmForm
        title={title}
        subject={users.map((user) => user.displayName).join(', ')}
        action={words.action}
        fields={{ ids: users.map((user) => user.id).join(',') }}
        confirmLabel={words.label}
        cancelHref={words.back}
        kind={question === 'restore' ? 'primary' : 'danger'}
        headingLevel={2}
      >
        {words.text}
      </ConfirmForm>
    </AdminPage>
  )
}
