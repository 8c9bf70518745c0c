import type { Application } from '#idp/core/directory/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, RadioGroup } from '#kit/ui/choice-fields.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Quiet, Stack } from '#kit/ui/layout.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { PLATFORMS, type Platform } from '../../commands/registrations/redirect-uris.ts'
import type { AdminContext } from '../context.ts'
import { FormProblem } from '../form-problem.tsx'
import { greyed } from '../greyed.ts'
import { accountTypeChoices } from './account-types.ts'
import { SHOWN_FIELD } from './changed-meanwhile.ts'
import { RegistrationPage, registrationHref } from './registration-page.tsx'

/** Platforms as the page calls them, with the word its addresses have. */
export const PLATFORM_NAMES: Readonly<Record<Platform, { readonly title: string; readonly lead: string }>> = {
  web: {
    title: 'Web',
    lead: 'Web servers that keep a secret: pages, websites and APIs with a server of their own.',
  },
  spa: {
    title: 'Single-page application',
    lead: 'Applications that run in the browser, with the authorization code flow and PKCE.',
  },
  publicClient: {
    title: 'Mobile and desktop applications',
    lead: 'Installed applications, command lines and devices, which cannot keep a secret.',
  },
}

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
] as const

export interface AuthenticationView {
  readonly registration: Application
  readonly readOnly: string | undefined
  /** Redirect URIs by platform: what is stored, or what was typed. */
  readonly uris: Readonly<Record<Platform, readonly string[]>>
  /** What is wrong with single redirect URIs, by {@link uriField}. */
  readonly uriProblems?: Readonly<Record<string, string>> | undefined
  /** `accounts`, `logoutUrl`, `publicClientFlows`. */
  readonly values: Readonly<Record<string, string>>
  /** Mark of the settings as they are stored. */
  readonly mark: string
  readonly problems: Readonly<Record<string, string>>
  /** The pane that adds a platform, when it is open: choosing one, or configuring it. */
  readonly pane?: { readonly kind: 'choose' } | (ConfigureView & { readonly kind: 'configure' }) | undefined
}

/** The id of a redirect URI's field. */
export function uriField(platform: Platform, index: number): string {
  return `field-${platform}-${index}`
}

/** Authentication: platforms and their redirect URIs, who may sign in, public clients. */
export function AuthenticationPage(props: { readonly context: AdminContext; readonly view: AuthenticationView }) {
  const { context, view } = props
  const { registration, readOnly, uris, values, problems, pane } = view
  const action = registrationHref(registration.id, 'authentication')
  const disabled = readOnly !== undefined
  const configured = PLATFORMS.filter((platform) => uris[platform].length > 0)
  return (
    <RegistrationPage
      context={context}
      registration={registration}
      page="Authentication"
      commands={[
        { kind: 'link', label: 'Add a platform', icon: 'add', href: `${action}/add`, ...greyed(readOnly) },
        { kind: 'submit', label: 'Save', icon: 'check', form: 'authentication', ...greyed(readOnly) },
        { kind: 'link', label: 'Discard', icon: 'close', href: action },
      ]}
      overlay={pane && <Pane registration={registration} pane={pane} />}
    >
      {pane === undefined && (
        <FormProblem
          problems={problems}
          title="The settings were not saved"
          shown={['logoutUrl', 'accounts', 'publicClientFlows']}
        />
      )}
      <h2 class="k-card__title">Platform configurations</h2>
      <p>
        <Quiet>Where the application runs decides what it needs: redirect URIs, and settings of the platform.</Quiet>
      </p>
      <Form action={action} id="authentication" label="Authentication" fields={{ [SHOWN_FIELD]: view.mark }} noValidate>
        {configured.length === 0 && (
          <EmptyState
            title="No platform is configured"
            icon="device"
            action={!disabled && <LinkButton href={`${action}/add`}>Add a platform</LinkButton>}
          >
            Without a redirect URI nobody can sign in to this application in a browser.
          </EmptyState>
        )}
        {configured.map((platform) => (
          <PlatformCard
            key={platform}
            platform={platform}
            uris={uris[platform]}
            problems={view.uriProblems ?? {}}
            disabled={disabled}
            logoutUrl={platform === 'web' ? { value: values['logoutUrl'], problem: problems['logoutUrl'] } : undefined}
          />
        ))}
        <fieldset class="k-fieldset">
          <legend class="k-label">Supported account types</legend>
          <RadioGroup
            label="Who can use this application or access this API?"
            name="accounts"
            value={values['accounts']}
            problem={problems['accounts']}
            disabled={disabled}
            options={accountTypeChoices(context.tenant.displayName)}
          />
        </fieldset>
        <fieldset class="k-fieldset">
          <legend class="k-label">Allow public client flows</legend>
          <RadioGroup
            label="Enable the following mobile and desktop flows:"
            hint="Device code, and sign-in with a password on the device: an application that uses them holds no secret."
            name="publicClientFlows"
            value={values['publicClientFlows']}
            problem={problems['publicClientFlows']}
            disabled={disabled}
            options={YES_NO}
            row
          />
        </fieldset>
        {!disabled && (
          <FormActions>
            <Button kind="primary" label="Save authentication settings">
              Save
            </Button>
            <LinkButton href={action}>Discard</LinkButton>
          </FormActions>
        )}
      </Form>
    </RegistrationPage>
  )
}

function PlatformCard(props: {
  readonly platform: Platform
  readonly uris: readonly string[]
  readonly problems: Readonly<Record<string, string>>
  readonly disabled: boolean
  readonly logoutUrl: { readonly value: string | undefined; readonly problem: string | undefined } | undefined
}) {
  const { platform, uris, problems, disabled, logoutUrl } = props
  const { title, lead } = PLATFORM_NAMES[platform]
  return (
    <Card title={title} headingLevel={3} lead={lead}>
      <Stack>
        <fieldset class="k-fieldset">
          <legend class="k-label">Redirect URIs</legend>
          <p class="k-hint">
            An answer goes only to an address that is listed here, letter for letter. Empty a field to remove its URI.
          </p>
          <Stack gap="tight">
            {uris.map((uri, index) => (
              <TextField
                key={`${platform}-${index}`}
                label={`Redirect URI ${index + 1} of ${title}`}
                labelHidden
                id={uriField(platform, index)}
                name={platform}
                value={uri}
                problem={problems[uriField(platform, index)]}
                disabled={disabled}
                autocomplete="off"
                mono
              />
            ))}
            {!disabled && (
              <TextField label="Add URI" id={`field-${platform}-new`} name={platform} autocomplete="off" mono />
            )}
          </Stack>
        </fieldset>
        {logoutUrl && (
          <TextField
            label="Front-channel logout URL"
            hint="Where the application is told that the person's session is over."
            name="logoutUrl"
            placeholder="e.g. https://example.com/logout"
            disabled={disabled}
            autocomplete="off"
            mono
            {...logoutUrl}
          />
        )}
      </Stack>
    </Card>
  )
}

export interface ConfigureView {
  readonly platform: Platform
  readonly values: Readonly<Record<string, string>>
  readonly problems: Readonly<Record<string, string>>
}

/** Redirect URIs the real service suggests for installed applications. */
export function suggestedUris({ appId }: Pick<Application, 'appId'>): readonly { uri: string; label: string }[] {
  const native = 'https://login.microsoftonline.com/common/oauth2/nativeclient'
  const msal = `msal${appId}://auth`
  return [
    { uri: native, label: native },
    { uri: msal, label: `${msal} (MSAL only)` },
  ]
}

function Pane(props: { readonly registration: Application; readonly pane: NonNullable<AuthenticationView['pane']> }) {
  const { registration, pane } = props
  const closeHref = registrationHref(registration.id, 'authentication')
  if (pane.kind === 'choose') {
    return (
      <Panel title="Configure platforms" closeHref={closeHref}>
        <ul class="entra-picker">
          {PLATFORMS.map((platform) => (
            <li key={platform} class="entra-picker__entry">
              <span class="k-person__words">
                <a href={`${closeHref}/add/${platform}`}>{PLATFORM_NAMES[platform].title}</a>
                <span class="k-person__detail">{PLATFORM_NAMES[platform].lead}</span>
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    )
  }
  return <ConfigurePanel registration={registration} view={pane} closeHref={closeHref} />
}

function ConfigurePanel(props: {
  readonly registration: Application
  readonly view: ConfigureView
  readonly closeHref: string
}) {
  const { registration, view, closeHref } = props
  const { platform, values, problems } = view
  const { title } = PLATFORM_NAMES[platform]
  const isNative = platform === 'publicClient'
  return (
    <Panel
      title={
        isNative ? 'Configure Desktop + devices' : `Configure ${title === 'Web' ? title : 'single-page application'}`
      }
      closeHref={closeHref}
      footer={
        <>
          <Button kind="primary" form="configure">
            Configure
          </Button>
          <LinkButton href={closeHref}>Cancel</LinkButton>
        </>
      }
    >
      <FormProblem problems={problems} title="The platform was not added" shown={['redirectUri', 'logoutUrl']} />
      <Form action={`${closeHref}/add/${platform}`} id="configure" noValidate>
        {isNative && (
          <fieldset class="k-fieldset">
            <legend class="k-label">Redirect URIs</legend>
            <Stack gap="tight">
              {suggestedUris(registration).map(({ uri, label }, index) => (
                <CheckboxField key={uri} id={`field-suggested-${index}`} name="suggested" value={uri} label={label} />
              ))}
            </Stack>
          </fieldset>
        )}
        <TextField
          label={isNative ? 'Custom redirect URIs' : 'Redirect URIs'}
          name="redirectUri"
          value={values['redirectUri']}
          problem={problems['redirectUri']}
          placeholder={isNative ? 'e.g. myapp://auth' : 'e.g. https://example.com/auth'}
          required={!isNative}
          autocomplete="off"
          mono
        />
        {platform === 'web' && (
          <TextField
            label="Front-channel logout URL"
            hint="Where the application is told that the person's session is over."
            name="logoutUrl"
            value={values['logoutUrl']}
            problem={problems['logoutUrl']}
            placeholder="e.g. https://example.com/logout"
            autocomplete="off"
            mono
          />
        )}
      </Form>
    </Panel>
  )
}
