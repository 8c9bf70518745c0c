import { CheckboxField, SelectField } from '#kit/ui/choice-fields.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { OAuthClaim } from '../../../oauth/records.ts'
import { PartFormPage, type PartFormProps, PartsPage, type ServerProps } from './server-page.tsx'

/** Claims of a server. */
export function ClaimsPage({ context, server, claims }: ServerProps & { readonly claims: readonly OAuthClaim[] }) {
  return (
    <PartsPage
      context={context}
      server={server}
      part="claims"
      tab="Claims"
      add="Add Claim"
      columns={[
        { key: 'value', header: 'Value' },
        { key: 'scopes', header: 'Scopes' },
        { key: 'type', header: 'Claim type' },
        { key: 'include', header: 'Included' },
      ]}
      rows={claims.map((claim) => ({
        id: claim.id,
        name: claim.name,
        isSystem: claim.system,
        cells: {
          value: (
            <code>{claim.valueType === 'GROUPS' ? `Groups: ${claim.groupFilter} ${claim.value}` : claim.value}</code>
          ),
          scopes: claim.scopes.length === 0 ? 'Any' : claim.scopes.join(', '),
          type: claim.claimType === 'IDENTITY' ? 'ID Token' : 'Access Token',
          include:
            claim.status === 'INACTIVE' ? 'Disabled' : claim.alwaysInclude ? 'Always' : 'Userinfo / id_token request',
        },
      }))}
    />
  )
}

export function ClaimFormPage(props: PartFormProps) {
  const { values, problems } = props.view
  return (
    <PartFormPage {...props} part="claims" shown={['name', 'value', 'conditions.scopes']}>
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
    </PartFormPage>
  )
}
