import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import type { JobStatus } from '#idp/engine/jobs.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import type { Command } from '#kit/ui/command-bar.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Figure, Inline, Stack } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { ProgressBar } from '#kit/ui/progress-bar.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { AppPage } from '../../apps/app-page.tsx'
import type { AdminContext } from '../../context.ts'
import { ConnectionNotice, type TestedConnection } from '../connection-notice.tsx'
import { cycleDetails, percentOf, secondsToNextLook, statusSentence } from '../cycle-status.tsx'
import { SCOPES } from '../properties-page.tsx'
import { provisioningHref } from '../provisioning-page.tsx'
import { QuarantineBanner } from '../quarantine-banner.tsx'
import type { ClassicValues } from './classic-form.ts'

export interface ClassicView {
  readonly app: ServicePrincipal
  /** Absent until the first Save: there are no Mappings and Settings yet (reference 10.2, step 4). */
  readonly status: JobStatus | undefined
  readonly values: ClassicValues
  /** A secret is kept on the server: the field may stay empty. */
  readonly hasSecret: boolean
  readonly tested?: TestedConnection | undefined
  /** By field; what belongs to none under the empty name. */
  readonly problems: Readonly<Record<string, string>>
}

function commandsOf({ app, status }: ClassicView): readonly Command[] {
  const newer: Command = {
    kind: 'post',
    label: 'Switch to the new experience',
    icon: 'swap',
    action: provisioningHref(app.id, 'experience'),
    fields: { experience: 'current' },
  }
  const save: Command = { kind: 'submit', label: 'Save', icon: 'check', form: 'classic', name: 'act', value: 'save' }
  const discard: Command = { kind: 'link', label: 'Discard', icon: 'close', href: provisioningHref(app.id) }
  if (status === undefined) return [save, discard, newer]
  return [
    save,
    discard,
    {
      kind: 'post',
      label: 'Restart provisioning',
      icon: 'restart',
      action: provisioningHref(app.id, 'restart'),
      ...(status.run.begun > 0 || status.job.state === 'Active' ? {} : { unavailable: 'There has been no cycle yet.' }),
    },
    { kind: 'link', label: 'Provision on demand', icon: 'bolt', href: provisioningHref(app.id, 'on-demand') },
    newer,
  ]
}

/** Provisioning as one long form: the layout the older tutorials were written for (reference 10.2). */
export function ClassicPage({ context, view }: { readonly context: AdminContext; readonly view: ClassicView }) {
  const { app, status, values, problems } = view
  return (
    <AppPage
      context={context}
      app={app}
      page="Provisioning"
      icon="swap"
      commands={commandsOf(view)}
      notices={
        <>
          {problems[''] && <Notice tone="danger">{problems['']}</Notice>}
          {view.tested && <ConnectionNotice tested={view.tested} appName={app.displayName} />}
        </>
      }
    >
      <Form action={provisioningHref(app.id, 'classic')} id="classic" label="Provisioning" noValidate>
        <SelectField
          label="Provisioning Mode"
          name="mode"
          value={values['mode']}
          problem={problems['mode']}
          options={[
            { value: 'manual', label: 'Manual', disabled: status !== undefined },
            { value: 'automatic', label: 'Automatic' },
          ]}
          hint={
            status === undefined
              ? `Automatic: this service creates accounts in ${app.displayName} as people are assigned.`
              : 'A configuration cannot go back to Manual. Set Provisioning Status to Off instead.'
          }
        />
        <div class="entra-classic__automatic">
          <CredentialsCard view={view} />
          {status !== undefined && <MappingsCard context={context} app={app} status={status} problems={problems} />}
          {status !== undefined && <SettingsCard view={view} />}
        </div>
        <FormActions>
          <Button kind="primary" name="act" value="save">
            Save
          </Button>
        </FormActions>
      </Form>
      {status !== undefined && <SynchronizationDetails context={context} app={app} status={status} />}
    </AppPage>
  )
}

function CredentialsCard({ view }: { readonly view: ClassicView }) {
  const { app, values, problems, hasSecret } = view
  return (
    <Card
      title="Admin Credentials"
      lead={`The service uses these to reach the SCIM interface of ${app.displayName} and to keep accounts in step.`}
    >
      <TextField
        label="Tenant URL"
        name="tenantUrl"
        type="url"
        value={values['tenantUrl']}
        problem={problems['tenantUrl']}
        placeholder="https://dialpad.com/scim"
        autocomplete="off"
        required
      />
      <TextField
        label="Secret Token"
        name="secretToken"
        type="password"
        problem={problems['secretToken']}
        placeholder={hasSecret ? '••••••••••••••••' : undefined}
        hint={
          hasSecret
            ? 'A token is kept and is not shown. Leave the field empty to use it, or type another one.'
            : 'The key that was made in the application, without any prefix.'
        }
        autocomplete="off"
        required={!hasSecret}
      />
      <FormActions>
        <Button name="act" value="test">
          Test Connection
        </Button>
      </FormActions>
      <TextField
        label="Notification Email"
        name="notificationEmail"
        type="email"
        value={values['notificationEmail']}
        problem={problems['notificationEmail']}
        placeholder="it-ops@brightwave.example"
        autocomplete="off"
        required
      />
      <CheckboxField
        label="Send an email notification when a failure occurs"
        name="notificationsEnabled"
        checked={values['notificationsEnabled'] === 'true'}
      />
    </Card>
  )
}

function MappingsCard(props: {
  readonly context: AdminContext
  readonly app: ServicePrincipal
  readonly status: JobStatus
  readonly problems: ClassicView['problems']
}) {
  const { context, app, status, problems } = props
  const { schema } = status.job
  const row = (kind: 'Users' | 'Groups', path: string, enabled: boolean) => {
    const label = context.edition.mappingOf(kind, app.displayName)
    return {
      key: path,
      label,
      href: provisioningHref(app.id, `mapping/${path}`),
      cells: { name: label, enabled: enabled ? 'Yes' : 'No' },
    }
  }
  return (
    <Card title="Mappings" lead={`What flows from ${context.edition.directory} to ${app.displayName}.`}>
      <DataTable
        caption="Mappings"
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'enabled', header: 'Enabled', narrow: true },
        ]}
        rows={[row('Users', 'users', schema.users.enabled), row('Groups', 'groups', schema.groups.enabled)]}
      />
      <CheckboxField
        label="Restore default mappings"
        name="restoreDefaults"
        problem={problems['restoreDefaults']}
        hint="With Save, rows and scoping filters become those of a new configuration. Provisioning must be off."
      />
    </Card>
  )
}

function SettingsCard({ view }: { readonly view: ClassicView }) {
  const { values, problems } = view
  return (
    <Card title="Settings" lead="Start and stop provisioning, and say whom it is for.">
      <CheckboxField
        label="Prevent accidental deletion"
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
      <RadioGroup
        label="Provisioning Status"
        name="status"
        row
        value={values['status']}
        problem={problems['status']}
        options={[
          { value: 'on', label: 'On' },
          { value: 'off', label: 'Off' },
        ]}
      />
      <SelectField
        label="Scope"
        name="scope"
        value={values['scope']}
        problem={problems['scope']}
        options={Object.entries(SCOPES).map(([value, label]) => ({ value, label }))}
        hint="A narrower scope takes effect when provisioning is restarted."
      />
    </Card>
  )
}

/** How the job is: follows the server. */
function SynchronizationDetails(props: {
  readonly context: AdminContext
  readonly app: ServicePrincipal
  readonly status: JobStatus
}) {
  const { context, app, status } = props
  const { statistics } = status.run
  const sentence = statusSentence(status)
  const percent = percentOf(status)
  return (
    <Live
      id="synchronization-details"
      everySeconds={secondsToNextLook(status, context.frame.nowIso)}
      summary={`${sentence} ${percent}% complete`}
    >
      <Stack>
        <QuarantineBanner app={app} status={status} />
        <Card
          title="Synchronization Details"
          footer={
            <LinkButton kind="subtle" href={provisioningHref(app.id, 'logs')}>
              View provisioning logs
            </LinkButton>
          }
        >
          <h3 class="k-label">Current Status</h3>
          <p>{sentence}</p>
          <ProgressBar label="Progress of the cycle" value={percent} />
          <h3 class="k-label">Statistics to date</h3>
          <Inline>
            <Figure label="Users" value={statistics.users} />
            <Figure label="Groups" value={statistics.groups} />
          </Inline>
          <DefinitionList items={cycleDetails(status)} />
        </Card>
      </Stack>
    </Live>
  )
}
