import type { ComponentChildren } from 'preact'
import type { PublishedKey } from '#idp/protocols/oidc/signing-keys.ts'
import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Inline, Quiet } from '#kit/ui/layout.tsx'
import { Menu } from '#kit/ui/menu.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { AccessPolicy, AccessRule, AuthorizationServer, OAuthClaim, OAuthScope } from '../../../oauth/records.ts'
import { GRANT_WORDS } from '../../apps/oidc/words.ts'
import { ConsolePage } from '../../console-page.tsx'
import type { ConsoleContext } from '../../context.ts'
import { FormProblem, type FormView } from '../../form-view.tsx'
import { ApiFormPage, apiTabs, SERVERS_HREF } from './api-page.tsx'

export function serverHref({ id }: Pick<AuthorizationServer, 'id'>, page = ''): string {
  return `${SERVERS_HREF}/${id}${page === '' ? '' : `/${page}`}`
}

const statusBadge = (status: 'ACTIVE' | 'INACTIVE') => (
  <Badge tone={status === 'ACTIVE' ? 'success' : 'neutral'}>{status === 'ACTIVE' ? 'Active' : 'Inactive'}</Badge>
)

/** Security > API > Authorization Servers. */
export function ServersPage(props: {
  readonly context: ConsoleContext
  readonly servers: readonly { readonly server: AuthorizationServer; readonly issuer: string }[]
}) {
  const { context, servers } = props
  return (
    <ConsolePage
      context={context}
      section="API"
      title="API"
      tabs={apiTabs('Authorization Servers')}
      actions={
        context.may.apps && (
          <LinkButton href={`${SERVERS_HREF}/new`} icon="add" kind="primary">
            Add Authorization Server
          </LinkButton>
        )
      }
    >
      <DataTable
        caption="Authorization Servers"
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'audience', header: 'Audience' },
          { key: 'issuer', header: 'Issuer URI' },
          { key: 'status', header: 'Status' },
        ]}
        rows={servers.map(({ server, issuer }) => ({
          key: server.id,
          href: serverHref(server),
          cells: {
            name: server.name,
            audience: server.audience,
            issuer: <code>{issuer}</code>,
            status: statusBadge(server.status),
          },
        }))}
        empty={
          <EmptyState title="No authorization servers" icon="key">
            An authorization server of your own gives tokens for your API.
          </EmptyState>
        }
      />
    </ConsolePage>
  )
}

const TABS = [
  { label: 'Settings', page: '' },
  { label: 'Scopes', page: 'scopes' },
  { label: 'Claims', page: 'claims' },
  { label: 'Access Policies', page: 'policies' },
] as const

interface ServerProps {
  readonly context: ConsoleContext
  readonly server: AuthorizationServer
}

/** A page of one server: its name, state, tabs. */
function ServerPage(
  props: ServerProps & {
    readonly tab: (typeof TABS)[number]['label']
    readonly actions?: ComponentChildren
    readonly children: ComponentChildren
  },
) {
  const { context, server, tab } = props
  const isActive = server.status === 'ACTIVE'
  const reason = context.may.apps ? {} : { unavailable: 'Your role does not change authorization servers.' }
  return (
    <ConsolePage
      context={context}
      section="API"
      path={[{ label: 'API', href: SERVERS_HREF }]}
      title={server.name}
      subtitle={server.description}
      actions={
        <>
          <Menu
            label={isActive ? 'Active' : 'Inactive'}
            items={[
              {
                kind: 'post',
                label: isActive ? 'Deactivate' : 'Activate',
                action: serverHref(server, isActive ? 'deactivate' : 'activate'),
                ...reason,
              },
              ...(isActive
                ? []
                : [{ kind: 'link' as const, label: 'Delete', href: serverHref(server, 'delete'), ...reason }]),
            ]}
          />
          {props.actions}
        </>
      }
      tabs={TABS.map(({ label, page }) => ({ label, href: serverHref(server, page), current: label === tab }))}
    >
      {props.children}
    </ConsolePage>
  )
}

export function SettingsPage(props: ServerProps & { readonly issuer: string; readonly keys: readonly PublishedKey[] }) {
  const { context, server, issuer, keys } = props
  return (
    <ServerPage
      context={context}
      server={server}
      tab="Settings"
      actions={context.may.apps && <LinkButton href={serverHref(server, 'edit')}>Edit</LinkButton>}
    >
      <Card title="Settings">
        <DefinitionList
          items={[
            { term: 'Name', value: server.name },
            { term: 'Audience', value: server.audience },
            { term: 'Description', value: server.description },
            { term: 'Issuer', value: <Copyable label="Issuer" value={issuer} /> },
            {
              term: 'Metadata URI',
              value: (
                <a
                  href={`${issuer}/.well-known/oauth-authorization-server`}
                >{`${issuer}/.well-known/oauth-authorization-server`}</a>
              ),
            },
          ]}
        />
      </Card>
      <Card
        title="Signing keys"
        flush
        action={
          context.may.apps && (
            <Form action={serverHref(server, 'rotate-keys')} layout="bare">
              <Button>Rotate Signing Keys</Button>
            </Form>
          )
        }
      >
        <DataTable
          caption="Signing keys"
          columns={[
            { key: 'kid', header: 'Key ID' },
            { key: 'status', header: 'Status' },
            { key: 'created', header: 'Created' },
            { key: 'acts', header: 'Actions', headerHidden: true, narrow: true },
          ]}
          rows={keys.map(({ kid, createdAt }, index) => ({
            key: kid,
            cells: {
              kid: <code>{kid}</code>,
              status: index === 0 ? 'Active: signs' : 'Published: what it signed is accepted',
              created: <TimeText iso={createdAt} />,
              acts: context.may.apps && index > 0 && (
                <LinkButton
                  kind="subtle"
                  href={serverHref(server, `keys/${encodeURIComponent(kid)}/retire`)}
                  label={`Retire ${kid}`}
                >
                  Retire
                </LinkButton>
              ),
            },
          }))}
          empty={
            <EmptyState title="No key yet" icon="key">
              The first one is made when somebody asks for a token or the keys.
            </EmptyState>
          }
        />
      </Card>
    </ServerPage>
  )
}

/** Add or edit a server. */
export function ServerFormPage(props: {
  readonly context: ConsoleContext
  readonly title: string
  readonly action: string
  readonly cancel: string
  readonly view: FormView
}) {
  const { values, problems } = props.view
  return (
    <ApiFormPage
      context={props.context}
      title={props.title}
      path={[]}
      notices={<FormProblem problems={problems} shown={['name', 'audiences', 'description']} />}
    >
      <Form action={props.action} label={props.title} noValidate>
        <TextField label="Name" name="name" value={values['name']} problem={problems['name']} required />
        <TextField
          label="Audience"
          name="audience"
          value={values['audience']}
          problem={problems['audiences']}
          hint="Who the access tokens are for: api://orders"
          required
        />
        <TextField
          label="Description"
          name="description"
          value={values['description']}
          problem={problems['description']}
        />
        <FormActions>
          <Button kind="primary">Save</Button>
          <LinkButton href={props.cancel}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </ApiFormPage>
  )
}

const rowActs = (may: boolean, href: string, name: string) =>
  may && (
    <Inline>
      <LinkButton kind="subtle" href={`${href}/edit`} label={`Edit ${name}`}>
        Edit
      </LinkButton>
      <LinkButton kind="subtle" href={`${href}/delete`} label={`Delete ${name}`}>
        Delete
      </LinkButton>
    </Inline>
  )

export function ScopesPage({ context, server, scopes }: ServerProps & { readonly scopes: readonly OAuthScope[] }) {
  return (
    <ServerPage
      context={context}
      server={server}
      tab="Scopes"
      actions={
        context.may.apps && (
          <LinkButton href={serverHref(server, 'scopes/new')} icon="add" kind="primary">
            Add Scope
          </LinkButton>
        )
      }
    >
      <DataTable
        caption="Scopes"
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'description', header: 'Description' },
          { key: 'default', header: 'Default Scope' },
          { key: 'published', header: 'Metadata Publish' },
          { key: 'consent', header: 'User consent' },
          { key: 'acts', header: 'Actions', headerHidden: true, narrow: true },
        ]}
        rows={scopes.map((scope) => ({
          key: scope.id,
          cells: {
            name: <code>{scope.name}</code>,
            description: scope.displayName === '' ? scope.description : scope.displayName,
            default: scope.isDefault ? 'Yes' : 'No',
            published: scope.isPublished ? 'Yes' : 'No',
            consent: scope.consent === 'REQUIRED' ? 'Required' : 'Implicit',
            acts: rowActs(context.may.apps && !scope.system, serverHref(server, `scopes/${scope.id}`), scope.name),
          },
        }))}
      />
    </ServerPage>
  )
}

export function ScopeFormPage(
  props: ServerProps & { readonly title: string; readonly action: string; readonly view: FormView },
) {
  const { values, problems } = props.view
  const cancel = serverHref(props.server, 'scopes')
  return (
    <ApiFormPage
      context={props.context}
      title={props.title}
      path={[{ label: props.server.name, href: cancel }]}
      notices={<FormProblem problems={problems} shown={['name']} />}
    >
      <Form action={props.action} label={props.title} noValidate>
        <TextField label="Name" name="name" value={values['name']} problem={problems['name']} mono required />
        <TextField
          label="Display phrase"
          name="displayName"
          value={values['displayName']}
          hint="What people read when they are asked."
          maxLength={255}
        />
        <TextField label="Description" name="description" value={values['description']} maxLength={255} />
        <RadioGroup
          label="User consent"
          name="consent"
          value={values['consent'] ?? 'IMPLICIT'}
          options={[
            { value: 'IMPLICIT', label: 'Implicit' },
            { value: 'REQUIRED', label: 'Required' },
          ]}
        />
        <CheckboxField label="Set as a default scope" name="isDefault" checked={values['isDefault'] === 'true'} />
        <CheckboxField
          label="Include in public metadata"
          name="isPublished"
          checked={values['isPublished'] === 'true'}
        />
        <FormActions>
          <Button kind="primary">Save</Button>
          <LinkButton href={cancel}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </ApiFormPage>
  )
}

export function ClaimsPage({ context, server, claims }: ServerProps & { readonly claims: readonly OAuthClaim[] }) {
  return (
    <ServerPage
      context={context}
      server={server}
      tab="Claims"
      actions={
        context.may.apps && (
          <LinkButton href={serverHref(server, 'claims/new')} icon="add" kind="primary">
            Add Claim
          </LinkButton>
        )
      }
    >
      <DataTable
        caption="Claims"
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'value', header: 'Value' },
          { key: 'scopes', header: 'Scopes' },
          { key: 'type', header: 'Claim type' },
          { key: 'include', header: 'Included' },
          { key: 'acts', header: 'Actions', headerHidden: true, narrow: true },
        ]}
        rows={claims.map((claim) => ({
          key: claim.id,
          cells: {
            name: <code>{claim.name}</code>,
            value: (
              <code>{claim.valueType === 'GROUPS' ? `Groups: ${claim.groupFilter} ${claim.value}` : claim.value}</code>
            ),
            scopes: claim.scopes.length === 0 ? 'Any' : claim.scopes.join(', '),
            type: claim.claimType === 'IDENTITY' ? 'ID Token' : 'Access Token',
            include:
              claim.status === 'INACTIVE' ? 'Disabled' : claim.alwaysInclude ? 'Always' : 'Userinfo / id_token request',
            acts: rowActs(context.may.apps && !claim.system, serverHref(server, `claims/${claim.id}`), claim.name),
          },
        }))}
      />
    </ServerPage>
  )
}

export function ClaimFormPage(
  props: ServerProps & { readonly title: string; readonly action: string; readonly view: FormView },
) {
  const { values, problems } = props.view
  const cancel = serverHref(props.server, 'claims')
  return (
    <ApiFormPage
      context={props.context}
      title={props.title}
      path={[{ label: props.server.name, href: cancel }]}
      notices={<FormProblem problems={problems} shown={['name', 'value', 'conditions.scopes']} />}
    >
      <Form action={props.action} label={props.title} noValidate>
        <TextField label="Name" name="name" value={values['name']} problem={problems['name']} mono required />
        <SelectField
          label="Include in token type"
          name="claimType"
          value={values['claimType'] ?? 'RESOURCE'}
          options={[
            { value: 'RESOURCE', label: 'Access Token' },
            { value: 'IDENTITY', label: 'ID Token' },
          ]}
        />
        <SelectField
          label="When"
          name="when"
          value={values['when'] ?? 'always'}
          options={[
            { value: 'always', label: 'Always' },
            { value: 'userinfo', label: 'Userinfo / id_token request' },
          ]}
          hint="For ID tokens: with an access token beside it, the claim may be left to userinfo."
        />
        <SelectField
          label="Value type"
          name="valueType"
          value={values['valueType'] ?? 'EXPRESSION'}
          options={[
            { value: 'EXPRESSION', label: 'Expression' },
            { value: 'GROUPS', label: 'Groups' },
          ]}
        />
        <SelectField
          label="Filter"
          name="groupFilter"
          value={values['groupFilter'] ?? 'starts-with'}
          options={[
            { value: 'starts-with', label: 'Starts with' },
            { value: 'equals', label: 'Equals' },
            { value: 'contains', label: 'Contains' },
            { value: 'regex', label: 'Matches regex' },
          ]}
          hint="For groups."
        />
        <TextField
          label="Value"
          name="value"
          value={values['value']}
          problem={problems['value']}
          hint="An expression, such as user.department, or the filter's text."
          mono
          required
        />
        <TextField
          label="Include in scopes"
          name="scopes"
          value={values['scopes']}
          problem={problems['conditions.scopes']}
          hint="Names with spaces between; empty: any scope."
          mono
        />
        <CheckboxField label="Disable claim" name="disabled" checked={values['disabled'] === 'true'} />
        <FormActions>
          <Button kind="primary">Save</Button>
          <LinkButton href={cancel}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </ApiFormPage>
  )
}

export function PoliciesPage(
  props: ServerProps & {
    readonly policies: readonly {
      readonly policy: AccessPolicy
      readonly clients: string
      readonly rules: readonly { readonly rule: AccessRule; readonly people: string }[]
    }[]
  },
) {
  const { context, server, policies } = props
  const at = ({ id }: AccessPolicy, page: string): string => serverHref(server, `policies/${id}/${page}`)
  return (
    <ServerPage
      context={context}
      server={server}
      tab="Access Policies"
      actions={
        context.may.apps && (
          <LinkButton href={serverHref(server, 'policies/new')} icon="add" kind="primary">
            Add New Access Policy
          </LinkButton>
        )
      }
    >
      {policies.length === 0 && (
        <EmptyState title="No access policies" icon="lock">
          Without a policy nobody gets a token: every request ends with Policy evaluation failed.
        </EmptyState>
      )}
      {policies.map(({ policy, clients, rules }) => (
        <Card
          key={policy.id}
          title={`${policy.priority}. ${policy.name}`}
          flush
          lead={
            <>
              {policy.description} <Quiet>Assigned to clients: {clients}.</Quiet>{' '}
              {policy.status === 'INACTIVE' && statusBadge('INACTIVE')}
            </>
          }
          action={
            context.may.apps && (
              <Inline>
                <LinkButton kind="subtle" href={at(policy, 'rules/new')} label={`Add rule to ${policy.name}`}>
                  Add rule
                </LinkButton>
                {rowActs(true, serverHref(server, `policies/${policy.id}`), policy.name)}
              </Inline>
            )
          }
        >
          <DataTable
            caption={`Rules of ${policy.name}`}
            columns={[
              { key: 'rule', header: 'Rule Name' },
              { key: 'grants', header: 'Grant type is' },
              { key: 'people', header: 'User is' },
              { key: 'scopes', header: 'Scopes requested' },
              { key: 'life', header: 'Access token lifetime' },
              { key: 'status', header: 'Status' },
              { key: 'acts', header: 'Actions', headerHidden: true, narrow: true },
            ]}
            rows={rules.map(({ rule, people }) => ({
              key: rule.id,
              cells: {
                rule: `${rule.priority}. ${rule.name}`,
                grants: rule.grantTypes.map((grant) => GRANT_WORDS[grant]).join(', '),
                people,
                scopes: rule.scopes === 'ANY' ? 'Any scopes' : rule.scopes.join(', '),
                life: `${rule.accessTokenMinutes} minutes`,
                status: statusBadge(rule.status),
                acts: rowActs(context.may.apps, at(policy, `rules/${rule.id}`), rule.name),
              },
            }))}
            empty={
              <EmptyState title="No rules" icon="info">
                A policy without a rule allows nothing.
              </EmptyState>
            }
          />
        </Card>
      ))}
    </ServerPage>
  )
}

export function PolicyFormPage(
  props: ServerProps & { readonly title: string; readonly action: string; readonly view: FormView },
) {
  const { values, problems } = props.view
  const cancel = serverHref(props.server, 'policies')
  return (
    <ApiFormPage
      context={props.context}
      title={props.title}
      path={[{ label: props.server.name, href: cancel }]}
      notices={<FormProblem problems={problems} shown={['name', 'clients']} />}
    >
      <Form action={props.action} label={props.title} noValidate>
        <TextField label="Name" name="name" value={values['name']} problem={problems['name']} required />
        <TextField label="Description" name="description" value={values['description']} maxLength={255} />
        <RadioGroup
          label="Assign to"
          name="assign"
          value={values['assign'] ?? 'all'}
          options={[
            { value: 'all', label: 'All clients' },
            { value: 'some', label: 'The following clients:' },
          ]}
        />
        <TextField
          label="Clients"
          name="clients"
          value={values['clients']}
          problem={problems['clients']}
          hint="Client IDs with spaces between."
          mono
        />
        <CheckboxField label="Inactive" name="inactive" checked={values['inactive'] === 'true'} />
        <FormActions>
          <Button kind="primary">{props.title.startsWith('Add') ? 'Create Policy' : 'Save'}</Button>
          <LinkButton href={cancel}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </ApiFormPage>
  )
}

export function RuleFormPage(
  props: ServerProps & { readonly title: string; readonly action: string; readonly view: FormView },
) {
  const { values, problems } = props.view
  const cancel = serverHref(props.server, 'policies')
  return (
    <ApiFormPage
      context={props.context}
      title={props.title}
      path={[{ label: props.server.name, href: cancel }]}
      notices={
        <FormProblem
          problems={problems}
          shown={[
            'name',
            'scopes',
            'people',
            'accessTokenLifetimeMinutes',
            'refreshTokenLifetimeMinutes',
            'refreshTokenWindowMinutes',
          ]}
        />
      }
    >
      <Form action={props.action} label={props.title} noValidate>
        <TextField label="Rule Name" name="name" value={values['name']} problem={problems['name']} required />
        <fieldset class="k-field k-fieldset">
          <legend class="k-label">IF Grant type is</legend>
          <CheckboxField
            label="Authorization Code"
            name="authorization_code"
            checked={values['authorization_code'] === 'true'}
          />
          <CheckboxField
            label="Client Credentials"
            name="client_credentials"
            checked={values['client_credentials'] === 'true'}
          />
        </fieldset>
        <TextField
          label="AND User is a member of"
          name="groups"
          value={values['groups']}
          problem={problems['people']}
          hint="Names of groups, one in a line; empty: any user assigned the app."
          multiline={2}
        />
        <TextField
          label="AND Scopes requested"
          name="scopes"
          value={values['scopes']}
          problem={problems['scopes']}
          hint="Names with spaces between; empty: any scopes."
          mono
        />
        <TextField
          label="THEN Access token lifetime is (minutes)"
          name="access"
          type="number"
          value={values['access']}
          problem={problems['accessTokenLifetimeMinutes']}
        />
        <TextField
          label="AND Refresh token lifetime is (minutes, 0: unlimited)"
          name="refresh"
          type="number"
          value={values['refresh']}
          problem={problems['refreshTokenLifetimeMinutes']}
        />
        <TextField
          label="but will expire if not used every (minutes)"
          name="window"
          type="number"
          value={values['window']}
          problem={problems['refreshTokenWindowMinutes']}
        />
        <CheckboxField label="Inactive" name="inactive" checked={values['inactive'] === 'true'} />
        <FormActions>
          <Button kind="primary">{props.title.startsWith('Add') ? 'Create rule' : 'Update rule'}</Button>
          <LinkButton href={cancel}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </ApiFormPage>
  )
}
