import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { LinkButton } from '#kit/ui/button.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import type { AdminContext } from '../../context.ts'
import { countWords } from '../../forms.ts'
import { ProvisioningPage, provisioningHref } from '../provisioning-page.tsx'
import { ScopeWarning, type ScopeWarningView } from '../scoping/scope-warning.tsx'
import type { MappingChanges } from './mapping-changes.ts'

export interface SaveConfirmationView {
  readonly app: ServicePrincipal
  /** What is saved: the name of a mapping, or of the schema. */
  readonly subject: string
  readonly changes: MappingChanges
  readonly isStarted: boolean
  readonly isStale: boolean
  /** Who would drop out; absent when no scoping filter changes. */
  readonly warning?: ScopeWarningView | undefined
  /** Where the confirmation posts to, and what No leads back to. */
  readonly action: string
  readonly backHref: string
}

/** What follows a saved mapping, told before and after. */
export function resyncWords(isStarted: boolean): string {
  return isStarted
    ? 'A new initial cycle begins and looks at everybody again.'
    : 'The next cycle, once provisioning is started, is an initial one and looks at everybody again.'
}

/** Saving a changed mapping asks first: everybody is looked at again (reference 4.1, 5.2; 12.2, #20). */
export function SaveConfirmationPage(props: { readonly context: AdminContext; readonly view: SaveConfirmationView }) {
  const { app, subject, changes, isStarted, isStale, warning, action, backHref } = props.view
  return (
    <ProvisioningPage
      context={props.context}
      app={app}
      page="Attribute Mapping"
      step="Save changes"
      notices={warning && <ScopeWarning view={warning} />}
    >
      <ConfirmForm
        title="Save changes?"
        subject={subject}
        action={action}
        confirmLabel="Yes"
        cancelLabel="No"
        cancelHref={backHref}
        kind="primary"
        headingLevel={2}
      >
        <p>
          {`Saving resynchronizes all assigned users and groups. ${resyncWords(isStarted)} `}
          Whoever is no longer in scope is disabled.
        </p>
        {isStale && <p>Somebody else saved a mapping meanwhile; it is replaced.</p>}
        <ChangeList title={`${countWords(changes.rows, 'row')} changed`} lines={changes.lines} />
      </ConfirmForm>
    </ProvisioningPage>
  )
}

function ChangeList({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  return (
    <section class="entra-changes" aria-label={title}>
      <p>{title}</p>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  )
}

export interface RestoreView {
  readonly app: ServicePrincipal
  readonly isStarted: boolean
  /** By name of the mapping: what goes back to the default. */
  readonly changes: readonly { readonly name: string; readonly changes: MappingChanges }[]
}

/** Restore default mappings: rows and scoping filters of users and groups (reference 5.2). */
export function RestorePage({ context, view }: { readonly context: AdminContext; readonly view: RestoreView }) {
  const { app, isStarted } = view
  const changed = view.changes.filter(({ changes }) => changes.lines.length > 0)
  const back = provisioningHref(app.id, 'mapping')
  return (
    <ProvisioningPage context={context} app={app} page="Attribute Mapping" step="Restore default mappings">
      {changed.length === 0 ? (
        <EmptyState
          title="The mappings are the default ones"
          icon="swap"
          action={<LinkButton href={back}>Attribute Mapping</LinkButton>}
        >
          Nothing would change, and nobody would be looked at again.
        </EmptyState>
      ) : isStarted ? (
        <Notice
          tone="warning"
          role="none"
          title="Stop provisioning first"
          actions={
            <>
              <LinkButton href={provisioningHref(app.id)}>Overview</LinkButton>
              <LinkButton href={back}>Attribute Mapping</LinkButton>
            </>
          }
        >
          {`Provisioning of ${app.displayName} is started. The default mappings can be restored when it is stopped.`}
        </Notice>
      ) : (
        <ConfirmForm
          title="Restore default mappings?"
          subject={app.displayName}
          action={provisioningHref(app.id, 'mapping/restore')}
          confirmLabel="Yes"
          cancelLabel="No"
          cancelHref={back}
          headingLevel={2}
        >
          <p>
            {`Rows, scoping filters and attribute lists of users and groups become those a new configuration has. All assigned users and groups are resynchronized. ${resyncWords(false)}`}
          </p>
          {changed.map(({ name, changes }) => (
            <ChangeList key={name} title={name} lines={changes.lines} />
          ))}
        </ConfirmForm>
      )}
    </ProvisioningPage>
  )
}
