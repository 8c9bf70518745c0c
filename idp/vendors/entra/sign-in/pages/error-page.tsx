import type { ComponentChildren } from 'preact'
import type { Frame } from '#kit/ui/look.ts'
import type { AadstsError } from '../aadsts.ts'
import { SignInCard } from './sign-in-card.tsx'
import { ErrorIds } from './troubleshooting-details.tsx'

export interface ErrorPageProps {
  readonly frame: Frame
  readonly error: AadstsError
  readonly title?: string
  /** Who is signed in, when that matters. */
  readonly user?: string | undefined
  /** Forms that lead on: switch the account, go back to the application. */
  readonly actions?: ComponentChildren
}

/** "Sorry, but we're having trouble signing you in.": the number, and what support would ask for. */
export function ErrorPage({ frame, error, title = 'Sign in', user, actions }: ErrorPageProps) {
  return (
    <SignInCard frame={frame} title={title} identity={user}>
      <p role="alert">Sorry, but we're having trouble signing you in.</p>
      <p>{error.text}</p>
      {actions}
      <h2 class="k-card__title">Troubleshooting details</h2>
      <ErrorIds error={error} />
    </SignInCard>
  )
}
