import { Button, LinkButton } from '#kit/ui/button.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { SecretOnce } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { formatDateTime, TimeText } from '#kit/ui/time-text.tsx'
import { expiryOf } from '../../tokens/expiry.ts'
import type { ApiToken } from '../../tokens/records.ts'
import { ConsolePage } from '../console-page.tsx'
import type { ConsoleContext } from '../context.ts'
import { FormProblem, type FormView } from '../form-view.tsx'
import { apiTabs } from './api/api-page.tsx'

export const TOKENS_HREF = '/admin/access/api/tokens'

const PATH = [{ label: 'API', href: TOKENS_HREF }]
const TABS = apiTabs('Tokens')

export interface TokenRow {
  readonly token: ApiToken
  /** Name of its owner. */
  readonly owner: string
  readonly isExpired: boolean
  readonly mayRevoke: boolean
}

export interface TokensView {
  readonly rows: readonly TokenRow[]
  readonly pager: PagerProps | undefined
}

/** Security > API > Tokens (reference sheet 1.1). */
export function TokensPage({ context, view }: { readonly context: ConsoleContext; readonly view: TokensView }) {
  return (
    <ConsolePage
      context={context}
      section="API"
      title="API"
      tabs={TABS}
      actions={
        <LinkButton href={`${TOKENS_HREF}/new`} icon="add" kind="primary">
          Create token
        </LinkButton>
      }
    >
      <DataTable
        caption="Tokens"
        columns={[
          { key: 'name', header: 'Token name' },
          { key: 'owner', header: 'Created by' },
          { key: 'created', header: 'Created' },
          { key: 'expires', header: 'Expires' },
          { key: 'used', header: 'Last used' },
          { key: 'actions', header: 'Actions', headerHidden: true, narrow: true },
        ]}
        rows={view.rows.map(({ token, owner, isExpired, mayRevoke }) => ({
          key: token.id,
          cells: {
            name: token.name,
            owner,
            created: <TimeText iso={token.created} />,
            expires: isExpired ? 'Expired' : formatDateTime(expiryOf(token)),
            used: token.lastUsed === undefined ? 'Never' : <TimeText iso={token.lastUsed} />,
            actions: mayRevoke && (
              <LinkButton href={`${TOKENS_HREF}/${token.id}/revoke`} label={`Revoke ${token.name}`}>
                Revoke
              </LinkButton>
            ),
          },
        }))}
        empty={
          <EmptyState title="No tokens found" icon="key">
            A script that calls the Okta API needs a token. It has the rights of whoever creates it.
          </EmptyState>
        }
      />
      {view.pager && <Pager {...view.pager} />}
    </ConsolePage>
  )
}

/** The dialog "Create token". */
export function CreateTokenPage({ context, view }: { readonly context: ConsoleContext; readonly view: FormView }) {
  const { values, problems } = view
  return (
    <ConsolePage
      context={context}
      section="API"
      path={PATH}
      title="Create token"
      notices={<FormProblem problems={problems} shown={['name']} />}
    >
      <Form action={`${TOKENS_HREF}/new`} label="Create token" noValidate>
        <TextField
          label="Token name"
          name="name"
          value={values['name']}
          problem={problems['name']}
          hint="What will use it. It stays valid for 30 days after each use."
          autocomplete="off"
          required
        />
        <FormActions>
          <Button kind="primary">Create token</Button>
          <LinkButton href={TOKENS_HREF}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </ConsolePage>
  )
}

/** The answer to it: the value, once. */
export function TokenCreatedPage(props: { readonly context: ConsoleContext; readonly value: string }) {
  return (
    <ConsolePage context={props.context} section="API" path={PATH} title="Token created successfully!">
      <SecretOnce
        title="Copy it now"
        label="Token Value"
        value={props.value}
        warning="This is the only time it can be seen: what is kept of it is a hash."
      />
      <LinkButton href={TOKENS_HREF}>OK, got it</LinkButton>
    </ConsolePage>
  )
}

/** Asks before a token is revoked. */
export function RevokeTokenPage(props: { readonly context: ConsoleContext; readonly token: ApiToken }) {
  const { context, token } = props
  return (
    <ConsolePage context={context} section="API" path={PATH} title="Revoke token">
      <ConfirmForm
        title="Revoke token?"
        headingLevel={2}
        subject={token.name}
        action={`${TOKENS_HREF}/${token.id}/revoke`}
        confirmLabel="Revoke"
        cancelHref={TOKENS_HREF}
      >
        <p>Scripts that use it are refused from now on. This cannot be undone.</p>
      </ConfirmForm>
    </ConsolePage>
  )
}
