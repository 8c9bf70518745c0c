import { assetBeside } from '#kit/ui/assets.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form, HiddenFields } from '#kit/ui/form.tsx'
import { Inline, Quiet, Stack } from '#kit/ui/layout.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { OktaSignInCard } from '../look/shell.tsx'
import { submitScript } from '../saml/pages.tsx'
import type { OAuthError } from './oauth-error.ts'

export const postMessageScript = assetBeside(import.meta.url, './post-message.js', '/_assets/okta/post-message.js')

const TITLES: Readonly<Record<number, string>> = { 403: '403 Forbidden', 404: '404 Not Found' }

/** An error that is told to the person alone: where the browser would be sent is not to be trusted. */
export function OAuthProblemPage({ frame, error }: { readonly frame: Frame; readonly error: OAuthError }) {
  return (
    <OktaSignInCard frame={frame} title={TITLES[error.status] ?? '400 Bad Request'}>
      <Stack>
        <p>Your request resulted in an error.</p>
        <DefinitionList
          items={[
            { term: 'Error Code', value: error.error },
            { term: 'Description', value: error.description },
          ]}
        />
        <LinkButton href="/" kind="primary" wide>
          Go to Homepage
        </LinkButton>
      </Stack>
    </OktaSignInCard>
  )
}

/** Carries an answer to the app by a form the browser posts (OAuth 2.0 Form Post Response Mode). */
export function FormPostPage(props: {
  readonly frame: Frame
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}) {
  return (
    <OktaSignInCard frame={props.frame} title="Signing in">
      <p>You are being taken to the app. Select Continue if nothing happens.</p>
      <form method="post" action={props.action} data-submit-at-once>
        <HiddenFields fields={props.fields} />
        <Button kind="primary">Continue</Button>
      </form>
      <script src={submitScript.urlPath} defer />
    </OktaSignInCard>
  )
}

/** Hands an answer to the page that opened this one or has it in a frame: response mode `okta_post_message`. */
export function PostMessagePage(props: {
  readonly frame: Frame
  readonly origin: string
  readonly fields: Readonly<Record<string, string>>
}) {
  return (
    <OktaSignInCard frame={props.frame} title="Signing in">
      <p>The page that asked is being told. You may close this one.</p>
      <template data-post-message={props.origin} data-message={JSON.stringify(props.fields)} />
      <script src={postMessageScript.urlPath} defer />
    </OktaSignInCard>
  )
}

/** One scope somebody is asked for. */
export interface AskedScope {
  readonly name: string
  readonly title: string
  readonly description: string
}

/** Consent: what the app would like to do; Don't Allow, Allow Access. */
export function ConsentPage(props: {
  readonly frame: Frame
  readonly action: string
  readonly app: string
  readonly login: string
  readonly scopes: readonly AskedScope[]
}) {
  return (
    <OktaSignInCard frame={props.frame} title={`${props.app} would like to:`} identity={props.login}>
      <Stack>
        <ul>
          {props.scopes.map(({ name, title, description }) => (
            <li key={name}>
              <strong>{title}</strong>
              {description !== '' && (
                <>
                  <br />
                  <Quiet>{description}</Quiet>
                </>
              )}
            </li>
          ))}
        </ul>
        <p>
          <Quiet>By clicking Allow Access, you allow the actions listed above.</Quiet>
        </p>
        <Form action={props.action} label="Consent" layout="bare">
          <Inline>
            <Button name="decision" value="deny">
              Don't Allow
            </Button>
            <Button kind="primary" name="decision" value="allow">
              Allow Access
            </Button>
          </Inline>
        </Form>
      </Stack>
    </OktaSignInCard>
  )
}

/** Somebody who is signed out, where no app is to be told. */
export function SignedOutPage({ frame }: { readonly frame: Frame }) {
  return (
    <OktaSignInCard frame={frame} title="Signed out">
      <Stack>
        <p>You have signed out of your organization.</p>
        <LinkButton href="/login/login.htm" kind="primary" wide>
          Sign in
        </LinkButton>
      </Stack>
    </OktaSignInCard>
  )
}
