import type { Frame } from '#kit/ui/look.ts'
import { SignInCard } from './sign-in-card.tsx'

/** The end of a session. */
export function SignedOutPage(props: {
  readonly frame: Frame
  readonly signInHref: string
  /** Addresses of applications that end their own sessions, opened unseen. */
  readonly frames?: readonly string[]
  /** Where the browser goes on to by itself. */
  readonly target?: string | undefined
}) {
  const { frames = [], target } = props
  return (
    <SignInCard frame={props.frame} title="You signed out of your account">
      <p>It's a good idea to close all browser windows.</p>
      <p>{target === undefined ? <a href={props.signInHref}>Sign in again</a> : <a href={target}>Continue</a>}</p>
      {frames.map((address) => (
        <iframe key={address} src={address} title="Signing out of an application" hidden />
      ))}
    </SignInCard>
  )
}
