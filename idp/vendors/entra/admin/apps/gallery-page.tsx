import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import type { GalleryListing } from '#idp/gallery/dialpad/listing.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Columns, Tile } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { SearchField } from '#kit/ui/search-field.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'
import type { FormView } from '../form-problem.tsx'
import { greyed } from '../greyed.ts'
import { appHref } from './app-page.tsx'
import { OWN_APPLICATION_HREF, OwnApplicationPane, type OwnApplicationView } from './own-application-pane.tsx'

/** A gallery app as this tenant sees it. */
export interface GalleryEntry {
  readonly listing: GalleryListing
  /** Where signing up happens: here at the local product, and the real product's address, shown as text. Absent for apps with a Create button. */
  readonly signUp?: { readonly localUrl: string; readonly realUrl: string }
  /** The app, once it is among the tenant's. */
  readonly app?: ServicePrincipal | undefined
}

export interface GalleryView {
  readonly text: string
  readonly entries: readonly GalleryEntry[]
  /** The app whose pane is open. */
  readonly open?: GalleryEntry | undefined
  /** What was typed into the open app's pane, when it was refused. */
  readonly adding?: FormView | undefined
  /** The pane that makes an app of one's own, when it is open. */
  readonly own?: OwnApplicationView | undefined
  /** Why nobody may make one here; `undefined` when they may. */
  readonly readOnly?: string | undefined
}

const GALLERY = '/admin/apps/gallery'

/** Browse Microsoft Entra Gallery: search, cards, and an app's pane at the right. */
export function GalleryPage({ context, view }: { readonly context: AdminContext; readonly view: GalleryView }) {
  const query = view.text === '' ? '' : `?${new URLSearchParams({ q: view.text })}`
  return (
    <AdminPage
      context={context}
      section="App gallery"
      path={[{ label: context.edition.apps, href: '/admin/apps' }]}
      title="Browse Microsoft Entra Gallery"
      icon="apps"
      commands={[
        {
          kind: 'link',
          label: 'Create your own application',
          icon: 'add',
          href: OWN_APPLICATION_HREF,
          ...greyed(view.readOnly),
        },
      ]}
      overlay={
        (view.open && <GalleryPane entry={view.open} view={view} closeHref={`${GALLERY}${query}`} />) ||
        (view.own && <OwnApplicationPane view={view.own} closeHref={GALLERY} />)
      }
    >
      <p>
        The gallery lists apps that are ready for single sign-on and automatic provisioning. Browse or search for the
        app you need.
      </p>
      <section aria-labelledby="gallery-heading" class="k-stack">
        <h2 id="gallery-heading" class="k-card__title">
          Add from the gallery
        </h2>
        <SearchField
          label="Search application"
          action={GALLERY}
          value={view.text}
          placeholder="Search application"
          id="search-application"
        />
        {view.entries.length === 0 ? (
          <EmptyState
            title={`No application in this gallery is called "${view.text}"`}
            icon="search"
            action={<LinkButton href={GALLERY}>Show all applications</LinkButton>}
          >
            Check the spelling, or create your own application for what is not in the gallery.
          </EmptyState>
        ) : (
          <Columns min="normal">
            {view.entries.map(({ listing }) => (
              <Tile
                key={listing.templateId}
                title={listing.name}
                detail={listing.publisher}
                href={`${GALLERY}/${listing.templateId}${query}`}
              />
            ))}
          </Columns>
        )}
      </section>
    </AdminPage>
  )
}

/** The pane of one gallery app: what it is, and how it comes into the tenant. */
function GalleryPane(props: { readonly entry: GalleryEntry; readonly view: GalleryView; readonly closeHref: string }) {
  const { entry, view, closeHref } = props
  const { listing, app, signUp } = entry
  return (
    <Panel
      title={listing.name}
      subtitle={listing.publisher}
      closeHref={closeHref}
      footer={
        <>
          {signUp === undefined ? (
            view.readOnly === undefined && (
              <Button kind="primary" form="gallery-app">
                Create
              </Button>
            )
          ) : (
            <LinkButton kind="primary" href={signUp.localUrl} newTab icon="open">
              {`Sign up for ${listing.name}`}
            </LinkButton>
          )}
          <LinkButton href={closeHref}>Close</LinkButton>
        </>
      }
    >
      {app && (
        <Notice tone="info" role="none" actions={<LinkButton href={appHref(app.id)}>Go to application</LinkButton>}>
          {`${app.displayName} is among your enterprise apps.`}
        </Notice>
      )}
      {signUp === undefined && <CreateForm entry={entry} view={view} />}
      <DefinitionList
        items={[
          ...(signUp === undefined ? [] : [{ term: 'Name', value: listing.name }]),
          { term: 'Publisher', value: listing.publisher },
          { term: 'Provisioning', value: listing.provisioning ?? 'Automatic provisioning is not supported' },
          {
            term: 'Single Sign-On Mode',
            value: listing.singleSignOnModes.map((mode) => SIGN_ON_MODES[mode] ?? mode).join(', '),
          },
          ...(signUp === undefined
            ? []
            : [
                {
                  term: 'URL',
                  value: (
                    <a href={signUp.localUrl} target="_blank" rel="noopener">
                      {signUp.realUrl}
                    </a>
                  ),
                },
              ]),
          { term: 'Categories', value: listing.categories.join(', ') },
        ]}
      />
      <p>{listing.description}</p>
      {signUp !== undefined && (
        <Notice tone="neutral" role="none">
          {`This app signs people in with OpenID Connect, so it has no Create button: open the URL, log in there with your work account and accept the permissions. ${listing.name} then appears among your enterprise apps.`}
        </Notice>
      )}
    </Panel>
  )
}

const SIGN_ON_MODES: Readonly<Record<string, string>> = {
  'OpenID Connect': 'OpenID Connect-based Sign-on',
  SAML: 'SAML-based Sign-on',
}

/** Its name in this tenant, before Create. */
function CreateForm({ entry, view }: { readonly entry: GalleryEntry; readonly view: GalleryView }) {
  const { values, problems } = view.adding ?? { values: {}, problems: {} }
  return (
    <Form action={`${GALLERY}/${entry.listing.templateId}`} id="gallery-app" noValidate>
      <TextField
        label="Name"
        name="displayName"
        value={values['displayName'] ?? entry.listing.name}
        problem={problems['displayName'] ?? problems['']}
        disabled={view.readOnly !== undefined}
        hint={view.readOnly}
        autocomplete="off"
        required
      />
    </Form>
  )
}
