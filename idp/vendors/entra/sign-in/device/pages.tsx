import type { OidcDeviceForm } from '#idp/protocols/oidc/device-policy.ts'
import { Button } from '#kit/ui/button.tsx'
import { Form, FormActions, HiddenFields } from '#kit/ui/form.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { TextField } from '#kit/ui/text-field.tsx'
import { SignInCard } from '../pages/sign-in-card.tsx'

/** "Enter code": which device is it? */
export function CodeStep(props: {
  readonly frame: Frame
  readonly form: OidcDeviceForm
  readonly problem?: string | undefined
  readonly userCode?: string | undefined
}) {
  return (
    <SignInCard frame={props.frame} title="Enter code">
      <p>Enter the code displayed on your app or device.</p>
      <Form action={props.form.action} noValidate>
        <HiddenFields fields={props.form.fields} />
        <TextField
          label="Code"
          labelHidden
          placeholder="Code"
          name="user_code"
          autocomplete="off"
          value={props.userCode}
          problem={props.problem}
          required
          autofocus
        />
        <FormActions>
          <Button kind="primary">Next</Button>
        </FormActions>
      </Form>
    </SignInCard>
  )
}

/** Asked before the sign-in: somebody else may have sent the code. */
export function ConfirmDeviceStep(props: {
  readonly frame: Frame
  readonly form: OidcDeviceForm
  readonly appName: string
}) {
  return (
    <SignInCard frame={props.frame} title={`Are you trying to sign in to ${props.appName}?`}>
      <p>
        Only continue if you started this sign-in yourself, on a device or app you trust. Somebody who sends you a code
        signs in as you.
      </p>
      <Form action={props.form.action}>
        <HiddenFields fields={props.form.fields} />
        <FormActions>
          <Button kind="primary" name="confirm" value="yes">
            Continue
          </Button>
          <Button name="abort" value="yes">
            Cancel
          </Button>
        </FormActions>
      </Form>
    </SignInCard>
  )
}

/** The end of it in the browser; the device goes on by itself. */
export function DeviceDoneStep(props: {
  readonly frame: Frame
  readonly appName?: string | undefined
  readonly declined?: boolean
}) {
  if (props.declined) {
    return (
      <SignInCard frame={props.frame} title="You cancelled the sign-in">
        <p>The device is told so. You may now close this window.</p>
      </SignInCard>
    )
  }
  return (
    <SignInCard frame={props.frame} title={props.appName ?? 'Signed in'}>
      <p role="status">
        You have signed in to the {props.appName} application on your device. You may now close this window.
      </p>
    </SignInCard>
  )
}
