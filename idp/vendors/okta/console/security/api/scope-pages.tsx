import { CheckboxField, RadioGroup } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { OAuthScope } from '../../../oauth/records.ts'
import {
  AddPart,
  PartFormPage,
  type PartFormProps,
  RowActs,
  ServerPage,
  type ServerProps,
  serverHref,
} from './server-page.tsx'

/** Scopes of a server. */
export function ScopesPage({ context, server, scopes }: ServerProps & { readonly scopes: readonly OAuthScope[] }) {
  return (
    <ServerPage
      context={context}
      server={server}
      tab="Scopes"
      actions={
        <AddPart context={context} server={server} part="scopes">
          Add Scope
        </AddPart>
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
            acts: context.may.apps && !scope.system && (
              <RowActs href={serverHref(server, `scopes/${scope.id}`)} name={scope.name} />
            ),
          },
        }))}
      />
    </ServerPage>
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
