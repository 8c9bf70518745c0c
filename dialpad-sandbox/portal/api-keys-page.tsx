import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { CheckboxField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { Copyable, SecretOnce } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Inline, Stack } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { KeyVerdict } from '../domain/api-keys.ts'
import { ADDITIONAL_SCOPES } from '../records.ts'
import { KEYS } from './addresses.ts'
import { AdminPage, type Chrome, Formerly } from './admin-page.tsx'

export interface KeyRow {
  readonly id: string
  readonly name: string
  readonly last4: string
  readonly createdBy: string
  readonly createdAt: string
  /** Beyond basic access. */
  readonly scopes: readonly string[]
  readonly expiresAt?: string | undefined
  readonly lastUsedAt?: string | undefined
  readonly verdict: KeyVerdict
  /** The portal of 2019: the value can be shown again. */
  readonly canBeShown: boolean
  /** Just asked for. */
  readonly shown?: string | undefined
}

export interface ApiKeysView {
  readonly keys: readonly KeyRow[]
  /** The secret just made, with its key's name: told in this answer only. */
  readonly issued?: { readonly name: string; readonly secret: string } | undefined
  /** The form to add a key is open. */
  readonly adding?:
    | {
        readonly values: Readonly<Record<string, string>>
        readonly problems: Readonly<Record<string, string>>
        /** First day that can be chosen. */
        readonly minDate: string
      }
    | undefined
}

const AUTHENTICATION = [{ label: 'Authentication' }] as const

function AddKey() {
  return (
    <span title="formerly Add a key">
      <LinkButton href={`${KEYS}/new`} kind="primary" icon="add">
        Add key
      </LinkButton>
    </span>
  )
}

/** Company Settings > Authentication > API Keys. */
export function ApiKeysPage({ chrome, view }: { readonly chrome: Chrome; readonly view: ApiKeysView }) {
  return (
    <AdminPage
      chrome={chrome}
      current={KEYS}
      title="API Keys"
      trail={AUTHENTICATION}
      lead="A key lets a directory or your own code act on every user of the company, with the rights of the admin who made it."
      actions={view.keys.length > 0 && <AddKey />}
      notices={
        view.issued && (
          <SecretOnce
            title={`API key "${view.issued.name}" is ready`}
            label="API key"
            value={view.issued.secret}
            warning='Copy it now. It will not be visible again: where an article says "Select to show value", this is the value it means.'
          />
        )
      }
      overlay={view.adding && <AddKeyPanel adding={view.adding} />}
    >
      <DataTable
        caption="API keys"
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'value', header: 'Key', mono: true },
          { key: 'scopes', header: 'Scopes' },
          { key: 'createdBy', header: 'Created by' },
          { key: 'created', header: 'Created' },
          { key: 'expires', header: 'Expires' },
          { key: 'lastUsed', header: 'Last used' },
          { key: 'state', header: 'State' },
          { key: 'actions', header: 'Actions', headerHidden: true, narrow: true },
        ]}
        rows={view.keys.map((key) => ({
          key: key.id,
          label: key.name,
          cells: {
            name: key.name,
            value: <KeyValue row={key} />,
            scopes: ['Basic access', ...key.scopes].join(', '),
            createdBy: key.createdBy,
            created: <TimeText iso={key.createdAt} />,
            expires: key.expiresAt === undefined ? 'Never' : <TimeText iso={key.expiresAt} form="date" />,
            lastUsed: key.lastUsedAt === undefined ? 'Never' : <TimeText iso={key.lastUsedAt} />,
            state: <KeyState verdict={key.verdict} />,
            actions: key.verdict !== 'revoked' && (
              <LinkButton href={`${KEYS}/${key.id}/revoke`} label={`Revoke ${key.name}`}>
                Revoke
              </LinkButton>
            ),
          },
        }))}
        empty={
          <EmptyState title="No API keys yet" icon="key" action={<AddKey />}>
            Add a key, copy it, and paste it into your directory as its secret token.
          </EmptyState>
        }
      />
    </AdminPage>
  )
}

function KeyValue({ row }: { readonly row: KeyRow }) {
  if (row.shown !== undefined) return <Copyable label={`API key ${row.name}`} value={row.shown} />
  return (
    <Inline>
      <span>…{row.last4}</span>
      {row.canBeShown && (
        <Form action={`${KEYS}/${row.id}/show`} layout="bare">
          <Button label={`Click to show value of ${row.name}`}>Click to show value</Button>
        </Form>
      )}
    </Inline>
  )
}

function KeyState({ verdict }: { readonly verdict: KeyVerdict }) {
  switch (verdict) {
    case 'valid':
      return <Badge tone="success">Active</Badge>
    case 'expired':
      return <Badge tone="warning">Expired</Badge>
    case 'revoked':
      return <Badge>Revoked</Badge>
    case 'owner-not-admin':
      return <Badge tone="danger">Refused: creator is no Company Admin</Badge>
  }
}

function AddKeyPanel({ adding }: { readonly adding: NonNullable<ApiKeysView['adding']> }) {
  const { values, problems } = adding
  return (
    <Panel
      title="Add key"
      subtitle={<Formerly name="Add a key" />}
      closeHref={KEYS}
      footer={
        <FormActions>
          <Button kind="primary" form="add-key">
            Save
          </Button>
          <LinkButton href={KEYS}>Cancel</LinkButton>
        </FormActions>
      }
    >
      <Form action={KEYS} id="add-key" label="Add key" noValidate>
        {problems[''] && <Notice tone="danger">{problems['']}</Notice>}
        <TextField
          label="Name"
          name="name"
          value={values['name']}
          problem={problems['name']}
          hint="For whom it is: Microsoft Entra provisioning."
          maxLength={64}
          autocomplete="off"
          autofocus
          required
        />
        <TextField
          label="Expiration date"
          name="expiration"
          type="date"
          value={values['expiration']}
          problem={problems['expiration']}
          min={adding.minDate}
          hint="The key works until this day ends (UTC). Left empty, it never expires."
        />
        <Stack gap="tight">
          <span class="k-label">Scopes</span>
          <span>Basic access, which includes users and SCIM.</span>
        </Stack>
        <fieldset class="k-field k-fieldset">
          <legend class="k-label">Additional Scopes</legend>
          <p class="k-hint">A directory needs none of them, and nothing of this simulation asks for one.</p>
          {ADDITIONAL_SCOPES.map((scope) => (
            <CheckboxField
              key={scope}
              label={scope}
              name="scopes"
              id={`field-scope-${scope.replace(':', '-')}`}
              value={scope}
              checked={(values['scopes'] ?? '').split(' ').includes(scope)}
            />
          ))}
          {problems['scopes'] && <Notice tone="danger">{problems['scopes']}</Notice>}
        </fieldset>
      </Form>
    </Panel>
  )
}

/** Asks before a key is revoked for good. */
export function RevokeKeyPage(props: { readonly chrome: Chrome; readonly row: Pick<KeyRow, 'id' | 'name' | 'last4'> }) {
  const { row } = props
  return (
    <AdminPage
      chrome={props.chrome}
      current={KEYS}
      title="Revoke API key"
      trail={[...AUTHENTICATION, { label: 'API Keys', href: KEYS }]}
    >
      <ConfirmForm
        title="Revoke this API key?"
        subject={row.name}
        action={`${KEYS}/${row.id}/revoke`}
        confirmLabel="Revoke"
        cancelHref={KEYS}
        headingLevel={2}
      >
        Whatever uses the key ending in <span class="k-mono">{row.last4}</span> is refused from now on, provisioning
        included. This cannot be undone.
      </ConfirmForm>
    </AdminPage>
  )
}
