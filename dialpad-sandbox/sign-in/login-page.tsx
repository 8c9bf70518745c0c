import type { ComponentChildren } from 'preact'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Stack } from '#kit/ui/layout.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { LoginCard } from '../portal/look/shell.tsx'
import type { ClosedWay } from './closed-ways.ts'
import { MICROSOFT_SIGN_OUT_PATH } from './microsoft/relying-party.ts'
import { ProviderButtons } from './ways-in.tsx'

export interface LoginView {
  readonly hasMicrosoft: boolean
  /** Nobody has signed up in this world: there is no account to log in with. */
  readonly hasCompany: boolean
  /** Path to go to afterwards. */
  readonly next: string
  readonly email?: string | undefined
  readonly problems?: Readonly<Record<string, string>> | undefined
  /** What went wrong with the account as a whole. */
  readonly refusal?:
    | { readonly title: string; readonly text: string; readonly actions?: ClosedWay['actions'] | undefined }
    | undefined
  readonly done?: string | undefined
  /** This browser is still signed in at Microsoft: whoever uses it next is let in without a password. */
  readonly isStillAtMicrosoft?: boolean | undefined
}

/** The card of logging in: providers first, then e-mail and password. */
export function LoginPage({ frame, view }: { readonly frame: Frame; readonly view: LoginView }) {
  const { problems = {} } = view
  const query = view.next === '/app' ? '' : `?next=${encodeURIComponent(view.next)}`
  return (
    <LoginCard
      frame={frame}
      title="Log in"
      notices={
        <>
          {view.done && <Notice tone="success">{view.done}</Notice>}
          {view.isStillAtMicrosoft && (
            <Notice
              tone="warning"
              title="You are still signed in to Microsoft"
              role="none"
              actions={<LinkButton href={MICROSOFT_SIGN_OUT_PATH}>Sign out of Microsoft</LinkButton>}
            >
              Logging out of Dialpad leaves that as it is: Log in with Microsoft lets this browser in again.
            </Notice>
          )}
          {view.refusal && (
            <Notice
              tone="danger"
              title={view.refusal.title}
              actions={view.refusal.actions?.map(({ label, href }) => (
                <LinkButton key={href} href={href}>
                  {label}
                </LinkButton>
              ))}
            >
              {view.refusal.text}
            </Notice>
          )}
          {!view.hasCompany && (
            <Notice tone="info" title="Nobody has signed up yet" role="none">
              This world has no Dialpad company, so there is no account to log in with. <a href="/signup">Sign up</a>{' '}
              first.
            </Notice>
          )}
        </>
      }
      footer={
        <>
          New to Dialpad? <a href="/signup">Sign up</a>
        </>
      }
    >
      <Stack>
        <ProviderButtons
          verb="Log in with"
          microsoftHref={view.hasMicrosoft ? `/login/microsoft${query}` : undefined}
        />
        <LinkButton href={`/login/provider${query}`} wide>
          Login with another provider
        </LinkButton>
        <Form action="/login" fields={{ next: view.next }} noValidate>
          <TextField
            label="Email"
            name="email"
            type="email"
            autocomplete="username"
            value={view.email}
            problem={problems['email']}
            required
          />
          <TextField
            label="Password"
            name="password"
            type="password"
            autocomplete="current-password"
            problem={problems['password']}
            required
          />
          <FormActions>
            <Button kind="primary" wide>
              Log in
            </Button>
          </FormActions>
        </Form>
      </Stack>
    </LoginCard>
  )
}

/** Login with another provider: the company's domain tells which one. */
export function ProviderPage(props: {
  readonly frame: Frame
  readonly next: string
  readonly domain?: string | undefined
  readonly problem?: string | undefined
  /** Name of the company that was found and has not set up a provider: there is nowhere to go on to. */
  readonly without?: string | undefined
}) {
  return (
    <LoginCard
      frame={props.frame}
      title="Login with another provider"
      notices={
        props.without && (
          <Notice tone="warning" title="No provider set up">
            {props.without} has not set up SAML with an identity provider, so there is nowhere to continue to. Log in
            with Microsoft or with email instead.
          </Notice>
        )
      }
      footer={<a href="/login">Back to Log in</a>}
    >
      <Stack>
        <p>Your company's SAML settings say which identity provider you continue to.</p>
        <Form action="/login/provider" fields={{ next: props.next }} noValidate>
          <TextField
            label="Company domain"
            name="domain"
            placeholder="brightwave.example"
            value={props.domain}
            problem={props.problem}
            required
          />
          <FormActions>
            <Button kind="primary" wide>
              Continue
            </Button>
          </FormActions>
        </Form>
      </Stack>
    </LoginCard>
  )
}

/** A sign-in that ended in a refusal: what happened, and the ways on. */
export function RefusedLoginPage(props: {
  readonly frame: Frame
  readonly title: string
  readonly children: ComponentChildren
  /** The provider's own words. */
  readonly words?: string | undefined
  readonly actions: readonly { readonly label: string; readonly href: string; readonly primary?: boolean }[]
  readonly requestId: string
}) {
  return (
    <LoginCard frame={props.frame} title={props.title} footer={`Request ${props.requestId}`}>
      <Stack>
        <Notice tone="danger">{props.children}</Notice>
        {props.words && (
          <Notice tone="neutral" title="Microsoft says" role="none">
            {props.words}
          </Notice>
        )}
        {props.actions.map((action) => (
          <LinkButton key={action.href} href={action.href} kind={action.primary ? 'primary' : 'secondary'} wide>
            {action.label}
          </LinkButton>
        ))}
      </Stack>
    </LoginCard>
  )
}
