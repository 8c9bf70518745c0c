import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { SignInCard } from './sign-in-card.tsx'

export interface RoleNeededPageProps {
  readonly frame: Frame
  readonly email: string
  /** Any one of these would do. */
  readonly needed: readonly string[]
  readonly held: readonly string[]
}

/** "You don't have access": which roles open the page, and the way to another account. */
export function RoleNeededPage(props: RoleNeededPageProps) {
  return (
    <SignInCard frame={props.frame} title="You don't have access" identity={props.email}>
      <p role="alert">
        This page needs one of these roles: <strong>{props.needed.join(', ')}</strong>.
      </p>
      <p>{props.held.length === 0 ? 'Your account holds no role.' : `Your account holds: ${props.held.join(', ')}.`}</p>
      <p>Ask a Global Administrator for a role, or sign in with an account that has one.</p>
      <Form action="/admin/switch-account">
        <FormActions>
          <Button kind="primary">Sign in with a different account</Button>
          <LinkButton href="/admin">Home</LinkButton>
        </FormActions>
      </Form>
    </SignInCard>
  )
}
