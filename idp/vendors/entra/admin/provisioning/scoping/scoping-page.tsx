import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { scopingOperatorOf } from '#idp/core/provisioning/scoping/operators.ts'
import type { ScopingFilter } from '#idp/core/provisioning/types.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Inline, Quiet, Stack } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import type { AdminContext } from '../../context.ts'
import { BreakableCode } from '../breakable-code.tsx'
import type { MappingDraft, MappingKind } from '../mapping/mapping-draft.ts'
import { mappingHref } from '../mapping/mapping-page.tsx'
import { ProvisioningPage } from '../provisioning-page.tsx'
import { ScopeWarning, type ScopeWarningView } from './scope-warning.tsx'

export interface ScopingView {
  readonly app: ServicePrincipal
  readonly kind: MappingKind
  readonly draft: MappingDraft
  /** What the unsaved filters would do; absent while they are the saved ones. */
  readonly warning?: ScopeWarningView | undefined
  /** Sentences about filters that keep the mapping from being saved. */
  readonly problems: readonly string[]
}

/** Address of the scoping filters of a mapping: `scopingHref(id, 'users', 'new')`. */
export function scopingHref(appId: string, kind: MappingKind, page = ''): string {
  return mappingHref(appId, kind, page === '' ? 'scoping' : `scoping/${page}`)
}

/** Address of the editor of one filter, which goes by its title. */
export function filterHref(appId: string, kind: MappingKind, title: string): string {
  return `${scopingHref(appId, kind, 'edit')}?${new URLSearchParams({ filter: title })}`
}

/** Source Object Scope: the scoping filters of a mapping, saved or about to be. */
export function ScopingPage({ context, view }: { readonly context: AdminContext; readonly view: ScopingView }) {
  const { app, kind, draft } = view
  const { scopingFilters } = draft.mapping
  const add = scopingHref(app.id, kind, 'new')
  const unchanged = draft.isChanged ? {} : { unavailable: 'There are no changes to save.' }
  const untouched = view.warning === undefined ? { unavailable: 'No scoping filter was changed.' } : {}
  return (
    <ProvisioningPage
      context={context}
      app={app}
      page="Attribute Mapping"
      step="Source Object Scope"
      commands={[
        { kind: 'post', label: 'Save', icon: 'check', action: scopingHref(app.id, kind, 'save'), ...unchanged },
        { kind: 'post', label: 'Discard', icon: 'close', action: scopingHref(app.id, kind, 'discard'), ...untouched },
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: scopingHref(app.id, kind) },
      ]}
      notices={<Notices view={view} />}
    >
      <Stack>
        <p>
          {`${draft.mapping.name}: `}
          {scopingFilters.length === 0
            ? 'all records that the configuration’s Scope lets in are provisioned.'
            : 'a record is provisioned when all clauses of one of these filters hold.'}
        </p>
        {scopingFilters.length === 0 && (
          <EmptyState title="All records" icon="list">
            No scoping filter is defined. Add one to provision only records with certain attribute values.
          </EmptyState>
        )}
        {scopingFilters.map((filter) => (
          <FilterCard key={filter.title} view={view} filter={filter} />
        ))}
        <Inline>
          <LinkButton icon="add" href={add}>
            Add scoping filter
          </LinkButton>
          <LinkButton kind="subtle" href={mappingHref(app.id, kind)}>
            Back to Attribute Mapping
          </LinkButton>
        </Inline>
      </Stack>
    </ProvisioningPage>
  )
}

function Notices({ view: { app, draft, warning, problems } }: { readonly view: ScopingView }) {
  return (
    <>
      {problems.length > 0 && (
        <Notice tone="danger" title="The scoping filters cannot be saved">
          {problems.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </Notice>
      )}
      {draft.isStale && (
        <Notice tone="warning" role="status" title="Somebody else saved this mapping meanwhile">
          Save replaces their mapping by this one. Discard shows theirs.
        </Notice>
      )}
      {warning && (
        <Notice tone="warning" role="status" title="There are unsaved changes">
          {`Save puts them to use, Discard drops them. Provisioning of ${app.displayName} goes on with the saved filters.`}
        </Notice>
      )}
      {warning && <ScopeWarning view={warning} />}
    </>
  )
}

function FilterCard({ view, filter }: { readonly view: ScopingView; readonly filter: ScopingFilter }) {
  const { app, kind } = view
  return (
    <Card
      title={filter.title}
      flush
      action={
        <Inline>
          <LinkButton
            kind="subtle"
            icon="edit"
            href={filterHref(app.id, kind, filter.title)}
            label={`Edit ${filter.title}`}
          >
            Edit
          </LinkButton>
          <Form action={scopingHref(app.id, kind, 'delete')} fields={{ filter: filter.title }} layout="bare">
            <Button kind="subtle" icon="delete" label={`Delete ${filter.title}`}>
              Delete
            </Button>
          </Form>
        </Inline>
      }
    >
      <DataTable
        caption={`Clauses of ${filter.title}`}
        columns={[
          { key: 'attribute', header: 'Attribute Name' },
          { key: 'operator', header: 'Operator' },
          { key: 'value', header: 'Attribute Value' },
        ]}
        rows={filter.clauses.map(({ attribute, operator, value }, index) => ({
          key: `${index}`,
          cells: {
            attribute,
            operator: scopingOperatorOf(operator)?.label ?? operator,
            value: value === '' ? <Quiet>None</Quiet> : <BreakableCode text={value} />,
          },
        }))}
      />
    </Card>
  )
}
