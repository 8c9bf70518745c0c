import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { TextField } from '#kit/ui/text-field.tsx'
import type { AadstsError } from '../aadsts.ts'
import { SignInCard } from './sign-in-card.tsx'
import { TroubleshootingDetails } from './troubleshooting-details.tsx'

interface MfaStepProps {
  readonly frame: Frame
  /** Address of the interaction, without a trailing slash. */
  readonly action: string
  readonly email: string
}

/** What is told beside the field, and as the sign-in logs have it. */
interface CodeProblem {
  readonly problem?: string | undefined
  readonly error?: AadstsError | undefined
}

/** A code of six digits. */
function CodeField({ problem }: { readonly problem?: string | undefined }) {
  return (
    <TextField
      label="Code"
      labelHidden
      placeholder="Code"
      name="otp"
      autocomplete="one-time-code"
      problem={problem}
      required
      autofocus
    />
  )
}

/** Where the kit shows codes: it stands for the phone. */
function PhoneHint({ kitUrl }: { readonly kitUrl: string }) {
  return (
    <p>
      The kit stands for the phone: its{' '}
      <a href={`${kitUrl}/codes`} target="_blank" rel="noreferrer">
        authenticator
      </a>{' '}
      shows the code of the moment.
    </p>
  )
}

/** Second factor: the code of the moment. */
export function CodeNeededStep(props: MfaStepProps & CodeProblem) {
  return (
    <SignInCard
      frame={props.frame}
      title="Enter code"
      identity={props.email}
      footer={<PhoneHint kitUrl={props.frame.kitUrl} />}
    >
      <p>Enter the code displayed in the authenticator app on your mobile device.</p>
      <Form action={`${props.action}/code`} noValidate>
        <CodeField problem={props.problem} />
        <FormActions>
          <Button kind="primary">Verify</Button>
        </FormActions>
      </Form>
      <TroubleshootingDetails error={props.error} />
    </SignInCard>
  )
}

/** Nothing is registered yet: the way to it. */
export function MoreInformationStep(props: MfaStepProps) {
  return (
    <SignInCard frame={props.frame} title="More information required" identity={props.email}>
      <p>Your organization needs more information to keep your account secure. (AADSTS50079)</p>
      <Form action={`${props.action}/register`}>
        <FormActions>
          <Button kind="primary">Next</Button>
        </FormActions>
      </Form>
      <Form action={`${props.action}/switch`} layout="bare">
        <Button kind="subtle">Use a different account</Button>
      </Form>
    </SignInCard>
  )
}

/** Registration: the key for the app, and a first code to prove that it arrived. */
export function RegisterAppStep(props: MfaStepProps & CodeProblem & { readonly secretKey: string }) {
  return (
    <SignInCard
      frame={props.frame}
      title="Keep your account secure"
      identity={props.email}
      footer={<PhoneHint kitUrl={props.frame.kitUrl} />}
    >
      <p>
        Set up your account in an authenticator app: choose to add a work or school account, type in the account name
        and the secret key, then enter the code that the app shows.
      </p>
      <dl class="entra-facts">
        <dt>Account name</dt>
        <dd>{props.email}</dd>
        <dt>Secret key</dt>
        <dd>
          <Copyable label="Secret key" value={props.secretKey} />
        </dd>
      </dl>
      <Form action={`${props.action}/code`} noValidate>
        <CodeField problem={props.problem} />
        <FormActions>
          <Button kind="primary">Next</Button>
          <LinkButton href={`${props.action}?step=email`}>Back</LinkButton>
        </FormActions>
      </Form>
      <TroubleshootingDetails error={props.error} />
    </SignInCard>
  )
}
