import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Stack } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { mayChangeUser } from '../domain/admin-rights.ts'
import type { ChangeLogEntry, LicenceType, UserState } from '../records.ts'
import { COMPANY, groupPath, userPath, withQuery } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { ChangeLogTable } from './change-log-page.tsx'
import { COMPANY_ADMIN_ACTIONS, USER_ACTIONS, type UserActionName } from './user-actions.ts'
import { LicenceBadge, StateBadge } from './user-badges.tsx'

export interface UserView {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly secondaryEmails: readonly string[]
  readonly title: string | undefined
  readonly office: { readonly id: string; readonly name: string }
  readonly licence: LicenceType
  readonly numbers: readonly string[]
  readonly state: UserState
  readonly origin: string
  /** Made by a directory or taken over by one. */
  readonly isProvisioned: boolean
  readonly isCompanyAdmin: boolean
  readonly officeAdminOf: readonly { readonly id: string; readonly name: string }[]
  readonly linkedToMicrosoft: boolean
  readonly country: string | undefined
  readonly language: string | undefined
  readonly createdAt: string
  readonly modifiedAt: string
  readonly lastLoginAt: string | undefined
  /** Present while deleted: until when they can be restored. */
  readonly restorableUntil: string | undefined
  readonly groups: readonly { readonly id: string; readonly name: string }[]
  readonly changes: readonly ChangeLogEntry[]
  /** What can be done to them now. */
  readonly actions: readonly UserActionName[]
}

const usersCrumb = { label: 'Users', href: `${COMPANY}/users` }

/** One person: what they have, and what can be done. */
export function UserPage(props: {
  readonly chrome: Chrome
  readonly user: UserView
  /** A command was declined. */
  readonly refusal?: string | undefined
}) {
  const { user, chrome } = props
  const isCompanyAdmin = chrome.rights.kind === 'company'
  const mayChange = mayChangeUser(chrome.rights, { officeId: user.office.id, isCompanyAdmin: user.isCompanyAdmin })
  const actions = user.actions.filter((name) => mayChange && (isCompanyAdmin || !COMPANY_ADMIN_ACTIONS.includes(name)))
  return (
    <AdminPage
      chrome={chrome}
      current={`${COMPANY}/users`}
      title={user.name}
      trail={[usersCrumb]}
      lead={user.email}
      badge={<StateBadge state={user.state} />}
      notices={
        <>
          {props.refusal && <Notice tone="danger">{props.refusal}</Notice>}
          {user.restorableUntil && (
            <Notice tone="warning">
              Deleted. Can be restored until <TimeText iso={user.restorableUntil} form="datetime" />.
            </Notice>
          )}
        </>
      }
      actions={
        <>
          {user.state !== 'deleted' && <LinkButton href={userPath(user.id, 'options')}>Options</LinkButton>}
          {user.state === 'pending' && mayChange && (
            <LinkButton href={userPath(user.id, 'resend-invite')}>Resend invite</LinkButton>
          )}
          {actions.map((name) => (
            <LinkButton key={name} href={userPath(user.id, name)} kind={name === 'delete' ? 'danger' : 'secondary'}>
              {USER_ACTIONS[name].label}
            </LinkButton>
          ))}
          {actions.includes('restore') && (
            <LinkButton href={userPath(user.id, 'permanently-delete')} kind="danger">
              Permanently Delete
            </LinkButton>
          )}
        </>
      }
    >
      <Stack gap="loose">
        <Card
          title="Account Details"
          action={user.state !== 'deleted' && mayChange && <a href={userPath(user.id, 'edit')}>Edit</a>}
        >
          <DefinitionList
            items={[
              { term: 'Office', value: user.office.name },
              { term: 'License', value: <LicenceBadge licence={user.licence} /> },
              {
                term: 'Number',
                value: user.numbers.length === 0 ? undefined : <span class="k-mono">{user.numbers.join(', ')}</span>,
              },
              { term: 'State', value: <StateBadge state={user.state} /> },
              { term: 'Origin', value: user.origin },
              { term: 'Role', value: roleInWords(user) },
              { term: 'Job title', value: user.title },
              { term: 'Secondary emails', value: user.secondaryEmails.join(', ') },
              { term: 'Country', value: user.country },
              { term: 'Language', value: user.language },
              { term: 'Microsoft account', value: user.linkedToMicrosoft ? 'Linked' : 'Not linked' },
              { term: 'Added', value: <TimeText iso={user.createdAt} /> },
              { term: 'Last changed', value: <TimeText iso={user.modifiedAt} /> },
              {
                term: 'Last login',
                value: user.lastLoginAt === undefined ? 'Never' : <TimeText iso={user.lastLoginAt} />,
              },
              { term: 'Id', value: <span class="k-mono">{user.id}</span> },
            ]}
          />
        </Card>
        <Card title="Directory groups">
          {user.groups.length === 0
            ? 'In no directory group.'
            : user.groups.map((group, index) => (
                <span key={group.id}>
                  {index > 0 && ', '}
                  {isCompanyAdmin ? <a href={groupPath(group.id)}>{group.name}</a> : group.name}
                </span>
              ))}
        </Card>
        <Card
          title="Recent changes"
          flush
          action={isCompanyAdmin && <a href={withQuery(`${COMPANY}/change-log`, { target: user.id })}>All changes</a>}
        >
          <ChangeLogTable entries={user.changes} />
        </Card>
      </Stack>
    </AdminPage>
  )
}

function roleInWords(user: UserView): string {
  const roles = [
    ...(user.isCompanyAdmin ? ['Company Admin'] : []),
    ...(user.officeAdminOf.length > 0
      ? [`Office Admin of ${user.officeAdminOf.map(({ name }) => name).join(', ')}`]
      : []),
  ]
  return roles.length === 0 ? 'User' : roles.join('; ')
}

/** Asks before something is done to a person, by name. */
export function ConfirmUserPage(props: {
  readonly chrome: Chrome
  readonly user: Pick<UserView, 'id' | 'name' | 'email'>
  readonly action: UserActionName
}) {
  const { user } = props
  const { label, question, consequence, isDestructive } = USER_ACTIONS[props.action]
  return (
    <AdminPage
      chrome={props.chrome}
      current={`${COMPANY}/users`}
      title={label}
      trail={[usersCrumb, { label: user.name, href: userPath(user.id) }]}
    >
      <ConfirmForm
        title={question}
        subject={`${user.name} (${user.email})`}
        action={userPath(user.id, props.action)}
        confirmLabel={label}
        cancelHref={userPath(user.id)}
        kind={isDestructive ? 'danger' : 'primary'}
        headingLevel={2}
      >
        {consequence}
      </ConfirmForm>
    </AdminPage>
  )
}
