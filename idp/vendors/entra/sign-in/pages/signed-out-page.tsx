import type { Frame } from '#kit/ui/look.ts'
import { SignInCard } from './sign-in-card.tsx'

/** The end of a session. */
export function SignedOutPage({ frame, signInHref }: { readonly frame: Frame; readonly signInHref: string }) {
  return (
    <SignInCard frame={frame} title="You signed out of your account">
      <p>It's a good idea to close all browser windows.</p>
      <p>
        <a href={signInHref}>Sign in again</a>
      </p>
    </SignInCard>
  )
}
