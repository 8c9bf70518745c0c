import type { Application } from '#idp/core/directory/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { CheckboxField, RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { TabRow } from '#kit/ui/tab-row.tsx'
import {
  EMIT_AS_ROLES,
  GROUP_FORMATS,
  OPTIONAL_CLAIMS,
  optionalClaimsOf,
  TOKEN_TYPE_LABELS,
  TOKEN_TYPES,
  type TokenType,
} from '../../commands/registrations/token-configuration.ts'
import type { AdminContext } from '../context.ts'
import { FormProblem } from '../form-problem.tsx'
import { greyed } from '../greyed.ts'
import { RegistrationPage, registrationHref } from './registration-page.tsx'

/** Which groups go into tokens, in the words of the pane. */
export const GROUP_CHOICES = [
  { value: 'SecurityGroup', label: 'Security groups' },
  { value: 'DirectoryRole', label: 'Directory roles' },
  { value: 'All', label: 'All groups (includes distribution lists but not groups assigned to the application)' },
  {
    value: 'ApplicationGroup',
    label:
      'Groups assigned to the application (recommended for large enterprise companies to avoid exceeding the limit on the number of groups a token can emit)',
  },
] as const

/** The pane that is open. */
export type TokenPane =
  | { readonly kind: 'claims'; readonly tokenType: TokenType; readonly problems: Readonly<Record<string, string>> }
  | { readonly kind: 'groups'; readonly problems: Readonly<Record<string, string>> }

export interface TokenView {
  readonly registration: Application
  readonly readOnly: string | undefined
  readonly pane?: TokenPane | undefined
}

interface ClaimRow {
  readonly name: string
  readonly tokenType: TokenType
  readonly settings: string
}

function rowsOf(registration: Application): readonly ClaimRow[] {
  const claims = optionalClaimsOf(registration)
  return TOKEN_TYPES.flatMap((tokenType) =>
    claims[tokenType].map(({ name, additionalProperties }) => ({
      name,
      tokenType,
      settings:
        additionalProperties.length === 0 ? (name === 'groups' ? 'Default' : '-') : additionalProperties.join(', '),
    })),
  ).toSorted((one, other) => one.name.localeCompare(other.name, 'en'))
}

/** Token configuration: claims the application gets because it asks for them. */
export function TokenPage(props: { readonly context: AdminContext; readonly view: TokenView }) {
  const { registration, readOnly, pane } = props.view
  const page = registrationHref(registration.id, 'token-configuration')
  const { groupMembershipClaims: groups } = registration
  const rows = rowsOf(registration)
  return (
    <RegistrationPage
      context={props.context}
      registration={registration}
      page="Token configuration"
      commands={[
        { kind: 'link', label: 'Add optional claim', icon: 'add', href: `${page}/add`, ...greyed(readOnly) },
        { kind: 'link', label: 'Add groups claim', icon: 'add', href: `${page}/groups`, ...greyed(readOnly) },
      ]}
      overlay={
        pane &&
        (pane.kind === 'claims' ? (
          <ClaimsPanel registration={registration} page={page} pane={pane} />
        ) : (
          <GroupsPanel registration={registration} page={page} problems={pane.problems} />
        ))
      }
    >
      <h2 class="k-card__title">Optional claims</h2>
      <p>Optional claims put further information into one or more of the tokens the application gets.</p>
      <DataTable
        caption="Optional claims"
        columns={[
          { key: 'claim', header: 'Claim', mono: true },
          { key: 'description', header: 'Description' },
          { key: 'token', header: 'Token type', narrow: true },
          { key: 'settings', header: 'Optional settings' },
          { key: 'actions', header: 'Actions', headerHidden: true, narrow: true },
        ]}
        rows={rows.map(({ name, tokenType, settings }) => ({
          key: `${tokenType}/${name}`,
          cells: {
            claim: name,
            description: name === 'groups' ? groupsWords(groups) : OPTIONAL_CLAIMS[name]?.description,
            token: TOKEN_TYPE_LABELS[tokenType],
            settings,
            actions: readOnly === undefined && (
              <LinkButton
                kind="subtle"
                icon="delete"
                href={name === 'groups' ? `${page}/groups/delete` : `${page}/${tokenType}/${name}/delete`}
                label={`Delete ${name} from ${TOKEN_TYPE_LABELS[tokenType]} tokens`}
              >
                Delete
              </LinkButton>
            ),
          },
        }))}
        empty={
          <EmptyState title="No optional claims" icon="gear">
            {groups === undefined
              ? 'Tokens hold the claims every application gets.'
              : `Tokens hold the groups claim alone, as the manifest says: ${groupsWords(groups)}.`}
          </EmptyState>
        }
      />
    </RegistrationPage>
  )
}

function groupsWords(groups: Application['groupMembershipClaims']): string {
  return GROUP_CHOICES.find(({ value }) => value === groups)?.label ?? 'No groups'
}

function ClaimsPanel(props: {
  readonly registration: Application
  readonly page: string
  readonly pane: Extract<TokenPane, { kind: 'claims' }>
}) {
  const { registration, page, pane } = props
  const { tokenType, problems } = pane
  const held = optionalClaimsOf(registration)[tokenType].map(({ name }) => name)
  const offered = Object.entries(OPTIONAL_CLAIMS).filter(([, { tokens }]) => tokens.includes(tokenType))
  return (
    <Panel
      title="Add optional claim"
      closeHref={page}
      footer={
        <>
          <Button kind="primary" form="claims">
            Add
          </Button>
          <LinkButton href={page}>Cancel</LinkButton>
        </>
      }
    >
      <FormProblem problems={problems} title="No claim was added" shown={[]} />
      <TabRow
        label="Token type"
        items={TOKEN_TYPES.map((type) => ({
          label: TOKEN_TYPE_LABELS[type],
          href: `${page}/add?token=${type}`,
          current: type === tokenType,
        }))}
      />
      <Form action={`${page}/add`} id="claims" fields={{ tokenType }} noValidate>
        <fieldset class="k-fieldset">
          <legend class="k-label">{`Claims of ${TOKEN_TYPE_LABELS[tokenType]} tokens`}</legend>
          {offered.map(([name, { description }]) => (
            <CheckboxField
              key={name}
              id={`claim-${name}`}
              name="claim"
              value={name}
              label={name}
              hint={held.includes(name) ? `${description}. Added already.` : description}
              checked={held.includes(name)}
              disabled={held.includes(name)}
            />
          ))}
        </fieldset>
        {tokenType !== 'saml2Token' && (
          <CheckboxField
            label="Turn on the Microsoft Graph email, profile permission (required for claims to appear in token)."
            hint="For the claims email, family_name, given_name and upn."
            name="permissions"
          />
        )}
      </Form>
    </Panel>
  )
}

function GroupsPanel(props: {
  readonly registration: Application
  readonly page: string
  readonly problems: Readonly<Record<string, string>>
}) {
  const { registration, page, problems } = props
  const claims = optionalClaimsOf(registration)
  return (
    <Panel
      title="Edit groups claim"
      closeHref={page}
      wide
      footer={
        <>
          <Button kind="primary" form="groups">
            Add
          </Button>
          <LinkButton href={page}>Cancel</LinkButton>
        </>
      }
    >
      <FormProblem problems={problems} title="The groups claim was not saved" shown={['groups']} />
      <p>Adding the groups claim applies to Access, ID, and SAML token types.</p>
      <Form action={`${page}/groups`} id="groups" noValidate>
        <RadioGroup
          label="Select group types to include in Access, ID, and SAML tokens."
          name="groups"
          value={registration.groupMembershipClaims}
          problem={problems['groups']}
          options={GROUP_CHOICES}
        />
        <h3 class="k-card__title">Customize token properties by type</h3>
        {TOKEN_TYPES.map((type) => {
          const properties = claims[type].find(({ name }) => name === 'groups')?.additionalProperties ?? []
          const label = TOKEN_TYPE_LABELS[type]
          return (
            <fieldset class="k-fieldset" key={type}>
              <legend class="k-label">{label}</legend>
              <SelectField
                label={`How groups appear in ${label} tokens`}
                name={`${type}Format`}
                value={GROUP_FORMATS.find(({ value }) => value !== '' && properties.includes(value))?.value ?? ''}
                options={GROUP_FORMATS}
              />
              <CheckboxField
                label={`Emit groups as role claims in ${label} tokens`}
                name={`${type}Roles`}
                checked={properties.includes(EMIT_AS_ROLES)}
              />
            </fieldset>
          )
        })}
      </Form>
    </Panel>
  )
}

/** Asks before a claim leaves the tokens. */
export function DeleteClaimPage(props: {
  readonly context: AdminContext
  readonly registration: Application
  /** `undefined`: the groups claim, of all tokens. */
  readonly tokenType: TokenType | undefined
  readonly name: string
}) {
  const { registration, tokenType, name } = props
  const page = registrationHref(registration.id, 'token-configuration')
  return (
    <RegistrationPage
      context={props.context}
      registration={registration}
      page="Token configuration"
      step="Delete claim"
    >
      <ConfirmForm
        title="Do you want to delete this claim?"
        subject={tokenType === undefined ? name : `${name} (${TOKEN_TYPE_LABELS[tokenType]})`}
        action={tokenType === undefined ? `${page}/groups/delete` : `${page}/${tokenType}/${name}/delete`}
        confirmLabel="Delete"
        cancelHref={page}
        headingLevel={2}
      >
        Tokens issued from now on hold it no longer.
      </ConfirmForm>
    </RegistrationPage>
  )
}
