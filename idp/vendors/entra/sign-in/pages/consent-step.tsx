import { Button } from '#kit/ui/button.tsx'
import { CheckboxField } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { AadstsError } from '../aadsts.ts'
import type { AskedPermission } from '../consent/describe-permission.ts'
import { PermissionList } from './permission-list.tsx'
import { SignInCard } from './sign-in-card.tsx'
import { TroubleshootingDetails } from './troubleshooting-details.tsx'

export interface ConsentStepProps {
  readonly frame: Frame
  readonly action: string
  readonly email: string
  readonly appName: string
  readonly publisher: string
  readonly permissions: readonly AskedPermission[]
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
          Accepting means that you allow this app to use your data as its publisher describes.
          {' You can change this later in '}
          <a href="/myapps" target="_blank" rel="noopener">
            My Apps
          </a>
          .
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

/** What somebody who needs an administrator can do about it. */
export type ApprovalOffer =
  /** The organization takes no requests. */
  | { readonly kind: 'none' }
  | { readonly kind: 'ask'; readonly typed?: string | undefined; readonly problem?: string | undefined }
  | { readonly kind: 'waiting'; readonly sinceIso: string; readonly expiresIso: string }

/** "Need admin approval": the person may not grant this, and may ask for it where the organization takes requests. */
export function ApprovalNeededStep(
  props: ConsentStepProps & { readonly error: AadstsError; readonly offer: ApprovalOffer },
) {
  const { offer } = props
  return (
    <SignInCard
      frame={props.frame}
      title="Need admin approval"
      identity={props.email}
      notices={
        offer.kind === 'waiting' && (
          <Notice role="status" title="You have requested approval already">
            <p>
              {'Asked on '}
              <TimeText iso={offer.sinceIso} form="date" />
              {'; the request expires on '}
              <TimeText iso={offer.expiresIso} form="date" />. You get a mail when an administrator has reviewed it.
            </p>
          </Notice>
        )
      }
    >
      <AppLine appName={props.appName} publisher={props.publisher} />
      <p role="alert">{props.error.text}</p>
      <PermissionList permissions={props.permissions} />
      {offer.kind === 'ask' && (
        <Form action={`${props.action}/request`} noValidate>
          <TextField
            label="Enter justification for requesting this app"
            name="reason"
            multiline={3}
            value={offer.typed}
            problem={offer.problem}
            maxLength={500}
            required
          />
          <FormActions>
            <Button kind="primary">Request approval</Button>
          </FormActions>
        </Form>
      )}
      <Form action={`${props.action}/switch`}>
        <Button kind="subtle">Have an admin account? Sign in with that account</Button>
      </Form>
      <Form action={`${props.action}/consent`}>
        <Button kind="subtle" name="decision" value="cancel">
          Return to the application without granting consent
        </Button>
      </Form>
      <TroubleshootingDetails error={props.error} />
    </SignInCard>
  )
}

/** "Request sent": an administrator will look at it. */
export function RequestSentStep(props: Omit<ConsentStepProps, 'permissions'> & { readonly expiresIso: string }) {
  return (
    <SignInCard frame={props.frame} title="Request sent" identity={props.email}>
      <AppLine appName={props.appName} publisher={props.publisher} />
      <p role="status">
        Your administrators were asked to approve this app. You get a mail when one of them has reviewed the request; it
        expires on <TimeText iso={props.expiresIso} form="date" />.
      </p>
      <Form action={`${props.action}/consent`}>
        <FormActions>
          <Button kind="primary" name="decision" value="cancel">
            Back to app
          </Button>
        </FormActions>
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
