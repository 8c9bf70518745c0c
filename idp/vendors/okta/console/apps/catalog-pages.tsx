import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField } from '#kit/ui/choice-fields.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Columns, Inline, Tile } from '#kit/ui/layout.tsx'
import { SearchField } from '#kit/ui/search-field.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { CatalogEntry } from '../../apps/catalog.ts'
import { ConsolePage } from '../console-page.tsx'
import type { ConsoleContext } from '../context.ts'
import { FormProblem, type FormView } from '../form-view.tsx'
import { DIALPAD_GUIDE_HREF } from './guide-page.tsx'

const APPLICATIONS = { label: 'Applications', href: '/admin/apps/active' } as const
const CATALOG_CRUMB = { label: 'Browse App Integration Catalog', href: '/admin/apps/add-app' } as const

export function catalogHref(entry: Pick<CatalogEntry, 'key'>, page: '' | '/settings' = ''): string {
  return `/admin/apps/add-app/${entry.key}${page}`
}

/** Browse App Catalog: search, tiles. */
export function CatalogPage(props: {
  readonly context: ConsoleContext
  readonly entries: readonly CatalogEntry[]
  readonly text: string
}) {
  return (
    <ConsolePage
      context={props.context}
      section="Applications"
      path={[APPLICATIONS]}
      title="Browse App Integration Catalog"
    >
      <SearchField label="Search the catalog" action="/admin/apps/add-app" value={props.text} id="search-catalog" />
      {props.entries.length === 0 ? (
        <EmptyState title="No integrations found" icon="search">
          This catalog lists the apps of this training. Search for Dialpad.
        </EmptyState>
      ) : (
        <Columns min="narrow">
          {props.entries.map((entry) => (
            <Tile key={entry.key} title={entry.name} detail={entry.tags.join(', ')} href={catalogHref(entry)} />
          ))}
        </Columns>
      )}
    </ConsolePage>
  )
}

/** An app of the catalog: what it can do, + Add Integration. */
export function CatalogEntryPage(props: { readonly context: ConsoleContext; readonly entry: CatalogEntry }) {
  const { context, entry } = props
  return (
    <ConsolePage
      context={context}
      section="Applications"
      path={[APPLICATIONS, CATALOG_CRUMB]}
      title={entry.name}
      subtitle={entry.publisher}
      icon="apps"
      actions={
        context.may.apps && (
          <LinkButton href={catalogHref(entry, '/settings')} kind="primary" label="+ Add Integration">
            + Add Integration
          </LinkButton>
        )
      }
    >
      <Card title="Overview">
        <p>{entry.description}</p>
        {entry.key === 'dialpad' && (
          <p>
            <a href={DIALPAD_GUIDE_HREF}>Dialpad Configuration Guide</a>
          </p>
        )}
      </Card>
      <Card title="Capabilities">
        <Inline>
          {entry.capabilities.map((capability) => (
            <Badge key={capability}>{capability}</Badge>
          ))}
        </Inline>
      </Card>
    </ConsolePage>
  )
}

/** The boxes of "Application visibility" and "Browser plugin auto-submit" (reference sheet 1.2). */
export function VisibilityFields({ values }: { readonly values: Readonly<Record<string, string>> }) {
  return (
    <>
      <fieldset class="k-field k-fieldset">
        <legend class="k-label">Application visibility</legend>
        <CheckboxField
          label="Do not display application icon to users"
          name="hideWeb"
          checked={values['hideWeb'] === 'true'}
        />
        <CheckboxField
          label="Do not display application icon in the Okta Mobile App"
          name="hideMobile"
          checked={values['hideMobile'] === 'true'}
        />
      </fieldset>
      <fieldset class="k-field k-fieldset">
        <legend class="k-label">Browser plugin auto-submit</legend>
        <CheckboxField
          label="Automatically log in when user lands on login page"
          name="autoSubmit"
          checked={values['autoSubmit'] === 'true'}
        />
      </fieldset>
    </>
  )
}

/** General settings of an app that is being added: label, visibility; Cancel, Done. */
export function AddIntegrationPage(props: {
  readonly context: ConsoleContext
  readonly entry: CatalogEntry
  readonly view: FormView
}) {
  const { entry, view } = props
  return (
    <ConsolePage
      context={props.context}
      section="Applications"
      path={[APPLICATIONS, CATALOG_CRUMB, { label: entry.name, href: catalogHref(entry) }]}
      title={`Add ${entry.name}`}
      notices={<FormProblem problems={view.problems} shown={['label']} />}
    >
      <Card title="General settings">
        <Form action={catalogHref(entry, '/settings')} label="General settings" noValidate>
          <TextField
            label="Application label"
            name="label"
            value={view.values['label']}
            problem={view.problems['label']}
            hint="This label displays under the app on your home page."
            required
          />
          <VisibilityFields values={view.values} />
          <FormActions>
            <Button kind="primary">Done</Button>
            <LinkButton href={catalogHref(entry)}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </ConsolePage>
  )
}

/** Create App Integration: an app of the wizard that provisions to any SCIM 2.0 server. */
export function CreateAppPage({ context, view }: { readonly context: ConsoleContext; readonly view: FormView }) {
  return (
    <ConsolePage
      context={context}
      section="Applications"
      path={[APPLICATIONS]}
      title="Create App Integration"
      notices={<FormProblem problems={view.problems} shown={['label', 'baseUrl']} />}
    >
      <Columns min="narrow">
        <Tile
          title="OIDC - OpenID Connect"
          detail="Token-based sign-in for web, single-page, native and service applications."
          href="/admin/apps/create/oidc"
        />
      </Columns>
      <Form action="/admin/apps/create" label="Create App Integration" noValidate>
        <TextField
          label="App name"
          name="label"
          value={view.values['label']}
          problem={view.problems['label']}
          required
        />
        <TextField
          label="SCIM connector base URL"
          name="baseUrl"
          value={view.values['baseUrl']}
          problem={view.problems['baseUrl']}
          hint="Everything before /Users, without a slash at the end."
          autocomplete="off"
          mono
          required
        />
        <FormActions>
          <Button kind="primary">Finish</Button>
          <LinkButton href="/admin/apps/active">Cancel</LinkButton>
        </FormActions>
      </Form>
    </ConsolePage>
  )
}
