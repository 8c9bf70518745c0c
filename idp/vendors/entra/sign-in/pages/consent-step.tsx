import { Button } from '#kit/ui/button.tsx'
import { CheckboxField } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import type { Frame } from '#kit/ui/look.ts'
import type { DelegatedPermission } from '../permissions.ts'
import { SignInCard } from './sign-in-card.tsx'

export interface ConsentStepProps {
  readonly frame: Frame
  readonly action: string
  readonly email: string
  readonly appName: string
  readonly publisher: string
  readonly permissions: readonly DelegatedPermission[]
}

/** "Permissions requested": what the app wants, and who says yes. */
export function ConsentStep(props: ConsentStepProps & { readonly forOrganization: boolean }) {
  return (
    <SignInCard frame={props.frame} title="Permissions requested" identity={props.email}>
      <AppLine appName={props.appName} publisher={props.publisher} />
      <p>This app would like to:</p>
      <PermissionList permissions={props.permissions} />
      <Form action={`${props.action}/consent`}>
        {props.forOrganization && (
          <CheckboxField
            name="organization"
            label="Consent on behalf of your organization"
            hint="If you consent, this app will get access to the specified resources for all users in your organization. No one else will be prompted to review these permissions."
          />
        )}
        <p>
          Accepting means that you allow this app to use your data as its publisher describes. You can change this later
          in My Apps.
        </p>
        <FormActions>
          <Button kind="primary" name="decision" value="accept">
            Accept
          </Button>
          <Button name="decision" value="cancel">
            Cancel
          </Button>
        </FormActions>
      </Form>
    </SignInCard>
  )
}

/** "Need admin approval": the person may not grant this. */
export function ApprovalNeededStep(props: ConsentStepProps & { readonly errorText: string }) {
  return (
    <SignInCard frame={props.frame} title="Need admin approval" identity={props.email}>
      <AppLine appName={props.appName} publisher={props.publisher} />
      <p role="alert">{props.errorText}</p>
      <PermissionList permissions={props.permissions} />
      <Form action={`${props.action}/switch`}>
        <Button kind="subtle">Have an admin account? Sign in with that account</Button>
      </Form>
      <Form action={`${props.action}/consent`}>
        <Button kind="subtle" name="decision" value="cancel">
          Return to the application without granting consent
        </Button>
      </Form>
    </SignInCard>
  )
}

function AppLine(props: { readonly appName: string; readonly publisher: string }) {
  return (
    <p>
      <strong>{props.appName}</strong>
      <br />
      {props.publisher} (unverified)
    </p>
  )
}

/** Each permission opens to its explanation, without a script. */
function PermissionList({ permissions }: { readonly permissions: readonly DelegatedPermission[] }) {
  return (
    <ul class="entra-permissions">
      {permissions.map((each) => (
        <li key={each.value}>
          <details>
            <summary>{each.title}</summary>
            <p>{each.detail}</p>
            <p class="k-mono">{each.value}</p>
          </details>
        </li>
      ))}
    </ul>
  )
}
