import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import type { AdminContext } from '../context.ts'
import { UserPage, userHref } from './user-page.tsx'

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
