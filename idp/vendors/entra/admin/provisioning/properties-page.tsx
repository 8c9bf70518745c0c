import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import type { JobStatus } from '#idp/engine/jobs.ts'
import type { JobScope, ProvisioningJob } from '#idp/engine/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, SelectField } from '#kit/ui/choice-fields.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { AdminContext } from '../context.ts'
import { OverviewTabs, overviewCommands } from './overview-page.tsx'
import { ProvisioningPage, provisioningHref } from './provisioning-page.tsx'

/** The two scopes, as every layout words them (reference 3.1). */
export const SCOPES: Readonly<Record<JobScope, string>> = {
  assigned: 'Sync only assigned users and groups',
  all: 'Sync all users and groups',
}

/** The form of the pencil: what is shown in its fields, and what is wrong with it. */
export interface PropertiesEdit {
  readonly values: Readonly<Record<string, string>>
  readonly problems: Readonly<Record<string, string>>
}

export interface PropertiesView {
  readonly app: ServicePrincipal
  readonly status: JobStatus
  /** Open: the panel with its form. */
  readonly edit?: PropertiesEdit | undefined
}

/** What the form holds for a job as it is. */
export function formValuesOf({ notification, deletionGuard, scope }: ProvisioningJob): PropertiesEdit['values'] {
  return {
    ...(notification.enabled ? { notificationsEnabled: 'true' } : {}),
    notificationEmail: notification.email,
    ...(deletionGuard.enabled ? { guardEnabled: 'true' } : {}),
    threshold: String(deletionGuard.threshold),
    scope,
  }
}

/** Properties of a configuration, with the pencil that opens their form. */
export function PropertiesPage({ context, view }: { readonly context: AdminContext; readonly view: PropertiesView }) {
  const { app, status, edit } = view
  const { job } = status
  const href = provisioningHref(app.id, 'properties')
  return (
    <ProvisioningPage
      context={context}
      app={app}
      page="Overview"
      commands={overviewCommands(view, context.frame.path)}
      overlay={edit && <PropertiesPanel edit={edit} closeHref={href} />}
    >
      <OverviewTabs app={app} current="Properties" />
      <Card
        title="Properties"
        action={
          <LinkButton kind="subtle" icon="edit" href={`${href}/edit`} label="Edit properties">
            Edit
          </LinkButton>
        }
      >
        <DefinitionList
          items={[
            { term: 'Notification emails', value: job.notification.enabled ? 'On' : 'Off' },
            { term: 'Notification email address', value: job.notification.email },
            { term: 'Accidental deletions prevention', value: job.deletionGuard.enabled ? 'On' : 'Off' },
            { term: 'Accidental deletion threshold', value: String(job.deletionGuard.threshold) },
            { term: 'Scope', value: SCOPES[job.scope] },
          ]}
        />
      </Card>
    </ProvisioningPage>
  )
}

function PropertiesPanel({ edit, closeHref }: { readonly edit: PropertiesEdit; readonly closeHref: string }) {
  const { values, problems } = edit
  return (
    <Panel
      title="Edit properties"
      closeHref={closeHref}
      footer={
        <>
          <Button kind="primary" form="properties">
            Apply
          </Button>
          <LinkButton href={closeHref}>Cancel</LinkButton>
        </>
      }
    >
      {problems[''] && <Notice tone="danger">{problems['']}</Notice>}
      <Form action={`${closeHref}/edit`} id="properties" noValidate>
        <CheckboxField
          label="Enable notification emails"
          name="notificationsEnabled"
          checked={values['notificationsEnabled'] === 'true'}
          hint="A mail when provisioning goes into quarantine."
        />
        <TextField
          label="Notification email address"
          name="notificationEmail"
          type="email"
          value={values['notificationEmail']}
          problem={problems['notificationEmail']}
          placeholder="it-ops@brightwave.example"
          autocomplete="off"
        />
        <CheckboxField
          label="Enable accidental deletions prevention"
          name="guardEnabled"
          checked={values['guardEnabled'] === 'true'}
          hint="More deletions than this in one cycle wait for an administrator."
        />
        <TextField
          label="Accidental deletion threshold"
          name="threshold"
          type="number"
          min="1"
          value={values['threshold']}
          problem={problems['threshold']}
        />
        <SelectField
          label="Scope"
          name="scope"
          value={values['scope']}
          problem={problems['scope']}
          options={Object.entries(SCOPES).map(([value, label]) => ({ value, label }))}
          hint="A narrower scope takes effect when provisioning is restarted."
        />
      </Form>
    </Panel>
  )
}
