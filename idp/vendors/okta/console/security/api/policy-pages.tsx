import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, RadioGroup } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Inline, Quiet } from '#kit/ui/layout.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { AccessPolicy, AccessRule } from '../../../oauth/records.ts'
import { GRANT_WORDS } from '../../apps/oidc/words.ts'
import {
  AddPart,
  PartFormPage,
  type PartFormProps,
  RowActs,
  ServerPage,
  type ServerProps,
  StatusBadge,
  serverHref,
} from './server-page.tsx'

/** Access policies of a server, each with its rules. */
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
        <AddPart context={context} server={server} part="policies">
          Add New Access Policy
        </AddPart>
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
              {policy.description !== '' && <div>{policy.description}</div>}
              <Quiet>Assigned to clients: {clients}.</Quiet>{' '}
              {policy.status === 'INACTIVE' && <StatusBadge status="INACTIVE" />}
            </>
          }
          action={
            context.may.apps && (
              <Inline>
                <LinkButton kind="subtle" href={at(policy, 'rules/new')} label={`Add rule to ${policy.name}`}>
                  Add rule
                </LinkButton>
                <RowActs href={serverHref(server, `policies/${policy.id}`)} name={policy.name} />
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
                status: <StatusBadge status={rule.status} />,
                acts: context.may.apps && <RowActs href={at(policy, `rules/${rule.id}`)} name={rule.name} />,
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

export function PolicyFormPage(props: PartFormProps) {
  const { values, problems } = props.view
  return (
    <PartFormPage
      {...props}
      part="policies"
      save={props.title.startsWith('Add') ? 'Create Policy' : 'Save'}
      shown={['name', 'clients']}
    >
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
    </PartFormPage>
  )
}
