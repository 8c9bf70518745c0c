import { CheckboxField, RadioGroup } from '#kit/ui/choice-fields.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { OAuthScope } from '../../../oauth/records.ts'
import { PartFormPage, type PartFormProps, PartsPage, type ServerProps } from './server-page.tsx'

/** Scopes of a server. */
export function ScopesPage({ context, server, scopes }: ServerProps & { readonly scopes: readonly OAuthScope[] }) {
  return (
    <PartsPage
      context={context}
      server={server}
      part="scopes"
      tab="Scopes"
      add="Add Scope"
      columns={[
        { key: 'description', header: 'Description' },
        { key: 'default', header: 'Default Scope' },
        { key: 'published', header: 'Metadata Publish' },
        { key: 'consent', header: 'User consent' },
      ]}
      rows={scopes.map((scope) => ({
        id: scope.id,
        name: scope.name,
        isSystem: scope.system,
        cells: {
          description: scope.displayName === '' ? scope.description : scope.displayName,
          default: scope.isDefault ? 'Yes' : 'No',
          published: scope.isPublished ? 'Yes' : 'No',
          consent: scope.consent === 'REQUIRED' ? 'Required' : 'Implicit',
        },
      }))}
    />
  )
}

export function ScopeFormPage(props: PartFormProps) {
  const { values, problems } = props.view
  return (
    <PartFormPage {...props} part="scopes" shown={['name']}>
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
      <CheckboxField label="Include in public metadata" name="isPublished" checked={values['isPublished'] === 'true'} />
    </PartFormPage>
  )
}
