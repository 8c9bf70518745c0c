import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { Copyable, SecretOnce } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Inline, Quiet } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { formatDateTime, TimeText } from '#kit/ui/time-text.tsx'
import type { OidcApp } from '../../../oauth/clients.ts'
import { APPLICATION_TYPES, type ApplicationType, type ClientSecret } from '../../../oauth/records.ts'
import { ConsolePage } from '../../console-page.tsx'
import type { ConsoleContext } from '../../context.ts'
import { FormProblem, type FormView } from '../../form-view.tsx'
import { appHref } from '../app-href.ts'
import { AppPage } from '../app-page.tsx'
import { SETTINGS_FIELDS, SettingsFields } from './settings-form.tsx'
import { AUTH_WORDS, authWord, GRANT_WORDS, TYPE_WORDS } from './words.ts'

const APPLICATIONS = { label: 'Applications', href: '/admin/apps/active' } as const
export const CREATE_HREF = '/admin/apps/create/oidc'

/** Create App Integration > OIDC - OpenID Connect: the application type. */
export function ChooseTypePage({ context }: { readonly context: ConsoleContext }) {
  return (
    <ConsolePage context={context} section="Applications" path={[APPLICATIONS]} title="Create a new app integration">
      <form
        method="get"
        action={`${CREATE_HREF}/new`}
        class="k-form k-form--stack"
        aria-label="Create a new app integration"
      >
        <DefinitionList items={[{ term: 'Sign-in method', value: 'OIDC - OpenID Connect' }]} />
        <RadioGroup
          label="Application type"
          name="type"
          value="web"
          options={APPLICATION_TYPES.map((type) => ({ value: type, ...TYPE_WORDS[type] }))}
        />
        <FormActions>
          <Button kind="primary">Next</Button>
          <LinkButton href="/admin/apps/create">Cancel</LinkButton>
        </FormActions>
      </form>
    </ConsolePage>
  )
}

/** New Web App Integration and its siblings. */
export function NewOidcAppPage(props: {
  readonly context: ConsoleContext
  readonly type: ApplicationType
  readonly view: FormView
  /** Groups that can be assigned at once. */
  readonly groups: readonly { readonly id: string; readonly name: string }[]
}) {
  const { context, type, view, groups } = props
  const { title } = TYPE_WORDS[type]
  return (
    <ConsolePage
      context={context}
      section="Applications"
      path={[APPLICATIONS, { label: 'Create a new app integration', href: CREATE_HREF }]}
      title={title}
      notices={<FormProblem problems={view.problems} shown={['label', ...SETTINGS_FIELDS]} />}
    >
      <Card title="General Settings">
        <Form action={`${CREATE_HREF}/new`} label={title} fields={{ type }} noValidate>
          <TextField
            label="App integration name"
            name="label"
            value={view.values['label']}
            problem={view.problems['label']}
            required
          />
          <SettingsFields type={type} view={view} />
          {type !== 'service' && (
            <>
              <RadioGroup
                label="Controlled access"
                name="access"
                value={view.values['access'] ?? 'none'}
                options={[
                  { value: 'everyone', label: 'Allow everyone in your organization to access' },
                  { value: 'group', label: 'Limit access to selected groups' },
                  { value: 'none', label: 'Skip group assignment for now' },
                ]}
              />
              <SelectField
                label="Selected group"
                name="groupId"
                value={view.values['groupId']}
                emptyLabel="Choose a group"
                options={groups.map(({ id, name }) => ({ value: id, label: name }))}
                problem={view.problems['groupId']}
              />
            </>
          )}
          <FormActions>
            <Button kind="primary">Save</Button>
            <LinkButton href={CREATE_HREF}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </ConsolePage>
  )
}

interface AppProps {
  readonly context: ConsoleContext
  readonly app: OidcApp
}

/** General tab of an OpenID Connect app: Client Credentials, client secrets, General Settings. */
export function OidcGeneralPage(
  props: AppProps & {
    /** A secret somebody asked to see, or that was just made. */
    readonly revealed?: { readonly secretId: string; readonly value: string } | undefined
    /** Set: General Settings is a form, with these values. */
    readonly edit?: FormView | undefined
  },
) {
  const { context, app, revealed, edit } = props
  const { oidc } = app
  const mayChange = context.may.apps
  return (
    <AppPage
      context={context}
      app={app}
      tab="General"
      notices={
        <>
          {revealed && (
            <SecretOnce
              title="Client secret"
              label="Client secret"
              value={revealed.value}
              warning="Keep it where only the application can read it. Nobody else needs it."
            />
          )}
          {edit && <FormProblem problems={edit.problems} shown={SETTINGS_FIELDS} />}
        </>
      }
    >
      <Card title="Client Credentials">
        <DefinitionList
          items={[
            { term: 'Client ID', value: <Copyable label="Client ID" value={app.id} /> },
            { term: 'Client authentication', value: AUTH_WORDS[authWord(oidc.authMethod)] },
            { term: 'Proof Key for Code Exchange (PKCE)', value: oidc.pkceRequired ? 'Required' : 'Optional' },
            ...(oidc.jwks.length === 0 ? [] : [{ term: 'Public keys', value: `${oidc.jwks.length}` }]),
          ]}
        />
      </Card>
      {authWord(oidc.authMethod) === 'secret' && <SecretsCard context={context} app={app} />}
      {edit === undefined ? (
        <Card
          title="General Settings"
          action={
            mayChange && (
              <LinkButton kind="subtle" href={appHref(app, 'general/oidc/edit')} label="Edit General Settings">
                Edit
              </LinkButton>
            )
          }
        >
          <DefinitionList items={shownSettings(app)} />
        </Card>
      ) : (
        <Card title="General Settings">
          <Form action={appHref(app, 'general/oidc/edit')} label="General Settings" noValidate>
            <SettingsFields type={oidc.applicationType} view={edit} />
            <FormActions>
              <Button kind="primary">Save</Button>
              <LinkButton href={appHref(app, 'general')}>Cancel</LinkButton>
            </FormActions>
          </Form>
        </Card>
      )}
      {mayChange && (
        <p>
          <a href={appHref(app, 'general/edit')}>Edit label, visibility and notes</a>
        </p>
      )}
    </AppPage>
  )
}

function shownSettings({ label, oidc }: OidcApp) {
  const list = (addresses: readonly string[]) =>
    addresses.length === 0
      ? undefined
      : addresses.map((address) => (
          <div key={address}>
            <code>{address}</code>
          </div>
        ))
  const common = [
    { term: 'App integration name', value: label },
    { term: 'Application type', value: TYPE_WORDS[oidc.applicationType].label },
    { term: 'Grant type', value: oidc.grantTypes.map((grant) => GRANT_WORDS[grant]).join(', ') },
  ]
  if (oidc.applicationType === 'service') return common
  return [
    ...common,
    ...(oidc.grantTypes.includes('refresh_token')
      ? [
          {
            term: 'Refresh token behavior',
            value: oidc.refreshRotation === 'ROTATE' ? 'Rotate token after every use' : 'Use persistent token',
          },
        ]
      : []),
    { term: 'User consent', value: oidc.consentMethod === 'REQUIRED' ? 'Require consent' : 'Not required' },
    { term: 'Sign-in redirect URIs', value: list(oidc.redirectUris) },
    ...(oidc.anyLoopbackPort === true
      ? [{ term: 'Ports', value: <Quiet>Any loopback port: a rule of this training for its samples.</Quiet> }]
      : []),
    { term: 'Sign-out redirect URIs', value: list(oidc.postLogoutRedirectUris) },
    { term: 'Login initiated by', value: oidc.loginMode === 'SPEC' ? 'Either Okta or App' : 'App Only' },
    { term: 'Initiate login URI', value: oidc.initiateLoginUri },
    { term: 'Federation Broker Mode', value: oidc.implicitAssignment ? 'Enabled' : 'Disabled' },
  ]
}

function SecretsCard({ context, app }: AppProps) {
  const { secrets } = app.oidc
  const at = (id: string, act: string): string => appHref(app, `general/oidc/secrets/${id}/${act}`)
  const acts = ({ id, status }: ClientSecret) => (
    <Inline>
      <Form action={at(id, 'reveal')} layout="bare">
        <Button kind="subtle" label={`Show secret ${id}`}>
          Show
        </Button>
      </Form>
      <Form action={at(id, status === 'ACTIVE' ? 'deactivate' : 'activate')} layout="bare">
        <Button kind="subtle" label={`${status === 'ACTIVE' ? 'Deactivate' : 'Activate'} secret ${id}`}>
          {status === 'ACTIVE' ? 'Deactivate' : 'Activate'}
        </Button>
      </Form>
      {status === 'INACTIVE' && (
        <LinkButton kind="subtle" href={at(id, 'delete')} label={`Delete secret ${id}`}>
          Delete
        </LinkButton>
      )}
    </Inline>
  )
  return (
    <Card
      title="CLIENT SECRETS"
      flush
      action={
        context.may.apps && (
          <Form action={appHref(app, 'general/oidc/secrets/new')} layout="bare">
            <Button icon="add">Generate new secret</Button>
          </Form>
        )
      }
    >
      <DataTable
        caption="Client secrets"
        columns={[
          { key: 'created', header: 'Creation date' },
          { key: 'secret', header: 'Secret' },
          { key: 'status', header: 'Status' },
          { key: 'acts', header: 'Actions', headerHidden: true, narrow: true },
        ]}
        rows={secrets.map((secret) => ({
          key: secret.id,
          cells: {
            created: <TimeText iso={secret.created} />,
            secret: <Quiet>Hidden</Quiet>,
            status: (
              <Badge tone={secret.status === 'ACTIVE' ? 'success' : 'neutral'}>
                {secret.status === 'ACTIVE' ? 'Active' : 'Inactive'}
              </Badge>
            ),
            acts: context.may.apps && acts(secret),
          },
        }))}
      />
    </Card>
  )
}

/** Asks before a secret goes. */
export function DeleteSecretPage({ context, app, secret }: AppProps & { readonly secret: ClientSecret }) {
  return (
    <AppPage context={context} app={app} tab="General">
      <ConfirmForm
        title="Delete client secret"
        headingLevel={2}
        subject={`of ${app.label}, made ${formatDateTime(secret.created)}`}
        action={appHref(app, `general/oidc/secrets/${secret.id}/delete`)}
        confirmLabel="Delete"
        cancelHref={appHref(app, 'general')}
        kind="danger"
      >
        <p>An application that still uses this secret cannot get tokens any more, even if it is activated again.</p>
      </ConfirmForm>
    </AppPage>
  )
}

/** Sign On tab of an OpenID Connect app: what its ID tokens from the org server say. */
export function OidcSignOnPage(props: AppProps & { readonly issuer: string; readonly edit?: FormView | undefined }) {
  const { context, app, issuer, edit } = props
  const { groupsClaim } = app.oidc
  const WORDS = {
    'starts-with': 'Starts with',
    equals: 'Equals',
    contains: 'Contains',
    regex: 'Matches regex',
  } as const
  const items = [
    { term: 'Issuer', value: <Copyable label="Issuer" value={issuer} /> },
    { term: 'Audience', value: app.id },
    { term: 'Claims', value: 'Claims for this token include all user attributes on the app profile.' },
  ]
  return (
    <AppPage
      context={context}
      app={app}
      tab="Sign On"
      notices={edit && <FormProblem problems={edit.problems} shown={['groups_claim']} />}
    >
      <Card title="Settings">
        <DefinitionList items={[{ term: 'Sign on methods', value: 'OpenID Connect' }]} />
      </Card>
      <Card
        title="OpenID Connect ID Token"
        action={
          edit === undefined &&
          context.may.apps && (
            <LinkButton kind="subtle" href={appHref(app, 'signon/oidc/edit')} label="Edit OpenID Connect ID Token">
              Edit
            </LinkButton>
          )
        }
      >
        {edit === undefined ? (
          <DefinitionList
            items={[
              ...items,
              {
                term: 'Groups claim filter',
                value:
                  groupsClaim === undefined
                    ? 'None'
                    : `${groupsClaim.name}: ${WORDS[groupsClaim.filter]} ${groupsClaim.value}`,
              },
            ]}
          />
        ) : (
          <Form action={appHref(app, 'signon/oidc/edit')} label="OpenID Connect ID Token" noValidate>
            <DefinitionList items={items} />
            <TextField
              label="Groups claim name"
              name="name"
              value={edit.values['name']}
              hint="Empty: no groups claim."
            />
            <SelectField
              label="Groups claim filter"
              name="filter"
              value={edit.values['filter'] ?? 'starts-with'}
              options={Object.entries(WORDS).map(([value, label]) => ({ value, label }))}
            />
            <TextField
              label="Value"
              name="value"
              value={edit.values['value']}
              problem={edit.problems['groups_claim']}
            />
            <FormActions>
              <Button kind="primary">Save</Button>
              <LinkButton href={appHref(app, 'signon')}>Cancel</LinkButton>
            </FormActions>
          </Form>
        )}
      </Card>
      <Notice tone="info">
        With the scope groups, ID tokens of the org authorization server list the groups that pass. A custom
        authorization server has claims of its own: Security, API, Authorization Servers.
      </Notice>
    </AppPage>
  )
}
