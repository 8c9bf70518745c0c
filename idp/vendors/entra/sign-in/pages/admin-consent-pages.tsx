import { Button } from '#kit/ui/button.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import type { Frame } from '#kit/ui/look.ts'
import type { AadstsError } from '../aadsts.ts'
import type { AskedPermission } from '../consent/describe-permission.ts'
import { ErrorPage } from './error-page.tsx'
import { PermissionList } from './permission-list.tsx'
import { SignInCard } from './sign-in-card.tsx'
import { TroubleshootingDetails } from './troubleshooting-details.tsx'

interface AdminConsentProps {
  readonly frame: Frame
  /** Where the forms go: the address asked, without its parameters. */
  readonly action: string
  /** Parameters of the request, carried by every form. */
  readonly params: Readonly<Record<string, string>>
  readonly email: string
  readonly appName: string
  readonly publisher: string
}

/** "Permissions requested: Review for your organization". */
export function AdminConsentPage(
  props: AdminConsentProps & {
    readonly organization: string
    readonly permissions: readonly AskedPermission[]
    /** Shown, so that one sees where the answer goes. */
    readonly redirectUri: string
  },
) {
  return (
    <SignInCard frame={props.frame} title="Permissions requested" identity={props.email}>
      <p>Review for your organization</p>
      <AppLine {...props} />
      <p>This app would like to:</p>
      <PermissionList permissions={props.permissions} />
      <p>
        {`If you accept, this app will get access to the specified resources for all users in ${props.organization}. No one else will be prompted to review these permissions.`}
      </p>
      <p>
        Accepting means that you allow this app to use the organization's data as its publisher describes. You can
        change this later on the Permissions page of the app.
      </p>
      <p class="entra-account__detail">{`The answer goes to ${props.redirectUri}`}</p>
      <Form action={props.action} fields={props.params}>
        <FormActions>
          <Button kind="primary" name="decision" value="accept">
            Accept
          </Button>
          <Button name="decision" value="cancel">
            Cancel
          </Button>
        </FormActions>
      </Form>
      <OtherAccount {...props} />
    </SignInCard>
  )
}

/** Somebody who may not grant this for the organization. */
export function NoAdminPage(
  props: AdminConsentProps & { readonly error: AadstsError; readonly needed: readonly string[] },
) {
  return (
    <SignInCard frame={props.frame} title="Need admin approval" identity={props.email}>
      <AppLine {...props} />
      <p role="alert">{props.error.text}</p>
      <p>{`These permissions are granted by: ${props.needed.join(', ')}.`}</p>
      <OtherAccount {...props} words="Have an admin account? Sign in with that account" />
      <Form action={props.action} fields={props.params}>
        <Button kind="subtle" name="decision" value="return">
          Return to the application without granting consent
        </Button>
      </Form>
      <TroubleshootingDetails error={props.error} />
    </SignInCard>
  )
}

/** Somebody of another organization than the one in the address. */
export function WrongTenantPage(props: AdminConsentProps & { readonly error: AadstsError }) {
  return (
    <ErrorPage
      frame={props.frame}
      error={props.error}
      user={props.email}
      actions={<OtherAccount {...props} words="Sign out and sign in with a different account" />}
    />
  )
}

function OtherAccount(props: Pick<AdminConsentProps, 'action' | 'params'> & { readonly words?: string }) {
  return (
    <Form action={props.action} fields={props.params}>
      <Button kind="subtle" name="decision" value="switch">
        {props.words ?? 'Sign in with a different account'}
      </Button>
    </Form>
  )
}

function AppLine(props: Pick<AdminConsentProps, 'appName' | 'publisher'>) {
  return (
    <p>
      <strong>{props.appName}</strong>
      <br />
      {props.publisher} (unverified)
    </p>
  )
}
