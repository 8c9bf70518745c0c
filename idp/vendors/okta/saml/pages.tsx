import { assetBeside } from '#kit/ui/assets.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { HiddenFields } from '#kit/ui/form.tsx'
import { Quiet, Stack } from '#kit/ui/layout.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { OktaSignInCard } from '../look/shell.tsx'

export const submitScript = assetBeside(import.meta.url, './submit-at-once.js', '/_assets/okta/submit-at-once.js')

/** Carries an answer to the app: the browser sends the form by itself, or at Continue. No token of ours goes with it. */
export function SigningInPage(props: {
  readonly frame: Frame
  readonly label: string
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}) {
  return (
    <OktaSignInCard frame={props.frame} title={`Signing in to ${props.label}`}>
      <p>You are being taken to the app. Select Continue if nothing happens.</p>
      <AnswerForm action={props.action} fields={props.fields} />
    </OktaSignInCard>
  )
}

/** Carries the answer to a sign-out to the app, in the same way. */
export function SigningOutPage(props: {
  readonly frame: Frame
  readonly label: string
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}) {
  return (
    <OktaSignInCard frame={props.frame} title={`Signing out of ${props.label}`}>
      <p>You are being taken back to the app. Select Continue if nothing happens.</p>
      <AnswerForm action={props.action} fields={props.fields} />
    </OktaSignInCard>
  )
}

function AnswerForm(props: { readonly action: string; readonly fields: Readonly<Record<string, string>> }) {
  return (
    <>
      <form method="post" action={props.action} data-submit-at-once>
        <HiddenFields fields={props.fields} />
        <Button kind="primary">Continue</Button>
      </form>
      <script src={submitScript.urlPath} defer />
    </>
  )
}

/** Why a single sign-on ends here, in words for the person. */
export interface SsoProblem {
  readonly status: number
  readonly title: string
  readonly text: string
  /** What an administrator would look at. */
  readonly hint?: string
}

/** The end of a single sign-on that goes nowhere. */
export function SsoProblemPage(props: {
  readonly frame: Frame
  readonly problem: SsoProblem
  readonly requestId: string
}) {
  const { title, text, hint } = props.problem
  return (
    <OktaSignInCard frame={props.frame} title={title}>
      <Stack>
        <p>{text}</p>
        {hint && <p>{hint}</p>}
        <LinkButton href="/" kind="primary" wide>
          Go to Homepage
        </LinkButton>
        <p>
          <Quiet>Request {props.requestId}</Quiet>
        </p>
      </Stack>
    </OktaSignInCard>
  )
}
