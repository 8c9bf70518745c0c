import { Card } from '#kit/ui/card.tsx'
import { Columns, Quiet } from '#kit/ui/layout.tsx'
import { type AdminRights, mayChangeUser } from '../domain/admin-rights.ts'
import { COMPANY, userPath } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import type { UserView } from './user-page.tsx'

const COMPANY_ADMINS_ONLY = 'Company Admins only'

interface Option {
  readonly label: string
  /** Absent: no part of the simulation. */
  readonly href?: string | undefined
  /** Why it cannot be done now. */
  readonly unavailable?: string | undefined
}

/** The groups of the menu and their entries, as the articles name them (reference sheet 3.5). */
function optionsOf(
  user: UserView,
  rights: AdminRights,
): readonly (readonly [group: string, options: readonly Option[]])[] {
  const to = (action: string): string => userPath(user.id, action)
  const isCompanyAdmin = rights.kind === 'company'
  const mayChange = mayChangeUser(rights, { officeId: user.office.id, isCompanyAdmin: user.isCompanyAdmin })
  const isClosed = mayChange ? undefined : COMPANY_ADMINS_ONLY
  const isTheirs = isCompanyAdmin ? undefined : COMPANY_ADMINS_ONLY
  return [
    [
      'Calling',
      [
        { label: 'Manage phone numbers', href: to('numbers'), unavailable: isClosed },
        { label: 'Swap number', href: to('numbers'), unavailable: isClosed },
        { label: 'Change license', href: to('license'), unavailable: isClosed },
        { label: 'Add Dialpad Meetings' },
        { label: 'Add a fax line' },
        { label: 'Add a desk phone' },
        { label: 'Extension' },
        { label: 'Integrations' },
      ],
    ],
    [
      'Groups',
      [
        { label: 'Make department operator', href: `${COMPANY}/departments` },
        { label: 'Make contact center agent' },
        { label: 'View analytics' },
      ],
    ],
    [
      'Privileges',
      [
        { label: 'Scorecard' },
        { label: 'Analytics' },
        { label: 'Proxy access' },
        { label: 'International' },
        { label: 'Multi-CC settings' },
      ],
    ],
    [
      'Admin',
      [
        { label: 'Edit user', href: to('edit'), unavailable: isClosed },
        { label: 'Edit email address', href: to('email'), unavailable: isClosed },
        { label: 'Move to another office', href: to('move'), unavailable: isTheirs },
        {
          label: user.isCompanyAdmin ? 'Remove admin privileges' : 'Add admin privileges',
          href: to('privileges'),
          unavailable: isTheirs ?? (user.state === 'pending' ? 'after the invite is accepted' : undefined),
        },
        {
          label: 'Resend invite',
          href: user.state === 'pending' ? to('resend-invite') : undefined,
          unavailable: isClosed ?? (user.state === 'pending' ? undefined : 'pending users only'),
        },
        { label: 'Delete user', href: to('delete'), unavailable: isClosed },
        { label: 'Retention policies' },
        { label: 'Proxy login' },
      ],
    ],
  ]
}

/** Users > Options of a person. */
export function UserOptionsPage({ chrome, user }: { readonly chrome: Chrome; readonly user: UserView }) {
  return (
    <AdminPage
      chrome={chrome}
      current={`${COMPANY}/users`}
      title="Options"
      trail={[
        { label: 'Users', href: `${COMPANY}/users` },
        { label: user.name, href: userPath(user.id) },
      ]}
      lead={`${user.name} (${user.email})`}
    >
      <Columns>
        {optionsOf(user, chrome.rights).map(([group, options]) => (
          <Card key={group} title={group}>
            <ul class="k-stack k-stack--tight">
              {options.map((option) => (
                <li key={option.label}>
                  {option.href === undefined || option.unavailable !== undefined ? (
                    <Quiet>
                      {option.label} ({option.unavailable ?? 'not part of the simulation'})
                    </Quiet>
                  ) : (
                    <a href={option.href}>{option.label}</a>
                  )}
                </li>
              ))}
            </ul>
          </Card>
        ))}
      </Columns>
    </AdminPage>
  )
}
