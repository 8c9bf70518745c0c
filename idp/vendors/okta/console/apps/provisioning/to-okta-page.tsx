import type { ComponentChildren } from 'preact'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { IMPORT_SCHEDULES, type ImportSafeguard, type OktaApp, type ToOktaSettings } from '../../../apps/records.ts'
import type { ConsoleContext } from '../../context.ts'
import { FormProblem } from '../../form-view.tsx'
import { appHref } from '../app-href.ts'
import { MappingTable, type MappingTableView } from '../mappings/mapping-table.tsx'
import { ProvisioningPage } from './provisioning-page.tsx'
import { USERNAME_FORMAT_LABELS } from './to-app-page.tsx'

const SHOWN = ['customUsername', 'matchAttribute', 'safeguardPercent', 'orgSafeguardPercent'] as const

const UPDATE_LABELS = { PUSH: 'Create and update', DONT_PUSH: 'Create only' } as const
const SCHEDULE_LABELS = { never: 'Never', hourly: 'Every hour', daily: 'Every day', weekly: 'Every week' } as const

/** Provisioning > To Okta (reference sheet 1.7): the blocks in their order, greyed until Edit. */
export function ToOktaPage(props: {
  readonly context: ConsoleContext
  readonly app: OktaApp
  readonly settings: ToOktaSettings
  /** The threshold of the whole org, beside that of the app. */
  readonly orgSafeguard: ImportSafeguard
  readonly isEdited: boolean
  readonly problems: Readonly<Record<string, string>>
  readonly mappings: MappingTableView
}) {
  const { context, app, settings, isEdited } = props
  const action = appHref(app, 'provisioning/to-okta/edit')
  return (
    <ProvisioningPage
      context={context}
      app={app}
      section="To Okta"
      notices={<FormProblem problems={props.problems} shown={SHOWN} />}
    >
      <Form action={action} label="Provisioning to Okta" noValidate>
        <fieldset class="k-fieldset k-stack" disabled={!isEdited}>
          <legend class="k-hidden">Provisioning to Okta</legend>
          <GeneralBlock
            app={app}
            settings={settings}
            problems={props.problems}
            action={
              !isEdited &&
              context.may.apps && (
                <LinkButton kind="subtle" href={action}>
                  Edit
                </LinkButton>
              )
            }
          />
          <MatchingBlock settings={settings} mappings={props.mappings} problems={props.problems} />
          <SourcingBlock app={app} settings={settings} />
          <SafeguardBlock app={app} settings={settings} org={props.orgSafeguard} problems={props.problems} />
          {isEdited && (
            <FormActions>
              <Button kind="primary">Save</Button>
              <LinkButton href={appHref(app, 'provisioning/to-okta')}>Cancel</LinkButton>
            </FormActions>
          )}
        </fieldset>
      </Form>
      <MappingTable context={context} app={app} view={props.mappings} />
    </ProvisioningPage>
  )
}

function GeneralBlock(props: {
  readonly app: OktaApp
  readonly settings: ToOktaSettings
  readonly problems: Readonly<Record<string, string>>
  readonly action: ComponentChildren
}) {
  const { settings } = props
  return (
    <Card title="General" action={props.action}>
      <SelectField
        label="Schedule import"
        name="schedule"
        value={settings.schedule}
        options={IMPORT_SCHEDULES.map((value) => ({ value, label: SCHEDULE_LABELS[value] }))}
      />
      <SelectField
        label="Okta username format"
        name="usernameFormat"
        value={settings.usernameFormat}
        options={[
          { value: 'email', label: 'Email address' },
          { value: 'custom', label: 'Custom' },
          { value: 'app-username', label: `From ${props.app.label}` },
        ]}
      />
      <TextField
        label="Custom username format"
        name="customUsername"
        value={settings.customUsername ?? ''}
        problem={props.problems['customUsername']}
        hint="With Custom: an expression, such as appuser.email, or a template with placeholders."
        mono
      />
      <DefinitionList
        items={[
          {
            term: 'Update application username on',
            value: UPDATE_LABELS[props.app.signOn.usernameTemplate.pushStatus],
          },
          {
            term: 'Application username format',
            value: `${USERNAME_FORMAT_LABELS[props.app.signOn.usernameTemplate.format]} (set on the Sign On tab)`,
          },
        ]}
      />
    </Card>
  )
}

function MatchingBlock(props: {
  readonly settings: ToOktaSettings
  readonly mappings: MappingTableView
  readonly problems: Readonly<Record<string, string>>
}) {
  const { settings } = props
  const mapped = props.mappings.rows.filter((row) => row.mapped !== undefined)
  return (
    <Card title="User Creation & Matching">
      <RadioGroup
        label="Imported user is an exact match to Okta user if"
        name="exactMatch"
        value={settings.exactMatch}
        options={[
          { value: 'username', label: 'Okta username format matches' },
          { value: 'email', label: 'Email matches' },
          { value: 'custom', label: 'Custom: the following attribute matches' },
        ]}
      />
      <SelectField
        label="Attribute to match"
        name="matchAttribute"
        value={settings.matchAttribute}
        problem={props.problems['matchAttribute']}
        emptyLabel="Select an attribute"
        options={mapped.map(({ attribute: { name, title } }) => ({ value: name, label: `${title} | ${name}` }))}
        hint="With Custom: one of the Okta attributes that are mapped below."
      />
      <CheckboxField label="Allow partial matches" name="allowPartial" checked={settings.allowPartial} />
      <fieldset class="k-field k-fieldset">
        <legend class="k-label">Confirm matched users</legend>
        <CheckboxField label="Auto-confirm exact matches" name="confirmExact" checked={settings.confirmExact} />
        <CheckboxField label="Auto-confirm partial matches" name="confirmPartial" checked={settings.confirmPartial} />
      </fieldset>
      <fieldset class="k-field k-fieldset">
        <legend class="k-label">Confirm new users</legend>
        <CheckboxField label="Auto-confirm new users" name="confirmNew" checked={settings.confirmNew} />
        <CheckboxField label="Auto-activate new users" name="activateNew" checked={settings.activateNew} />
      </fieldset>
    </Card>
  )
}

function SafeguardBlock(props: {
  readonly app: OktaApp
  readonly settings: ToOktaSettings
  readonly org: ImportSafeguard
  readonly problems: Readonly<Record<string, string>>
}) {
  const { settings, org, problems } = props
  return (
    <Card title="Import Safeguard">
      <fieldset class="k-field k-fieldset">
        <legend class="k-label">App unassignment safeguard</legend>
        <CheckboxField
          label="Enable app unassignment safeguard"
          name="safeguard"
          checked={settings.safeguard.enabled}
        />
        <TextField
          label="App unassignment percentage"
          name="safeguardPercent"
          type="number"
          min="1"
          max="100"
          value={String(settings.safeguard.percent)}
          problem={problems['safeguardPercent']}
          hint="An import stops when more than this share of the assigned people would lose the app."
        />
      </fieldset>
      <fieldset class="k-field k-fieldset">
        <legend class="k-label">Org-wide unassignment safeguard</legend>
        <CheckboxField label="Enable org-wide unassignment safeguard" name="orgSafeguard" checked={org.enabled} />
        <TextField
          label="Org-wide unassignment percentage"
          name="orgSafeguardPercent"
          type="number"
          min="1"
          max="100"
          value={String(org.percent)}
          problem={problems['orgSafeguardPercent']}
          hint="The same for every app: of all assignments of the org."
        />
      </fieldset>
    </Card>
  )
}

function SourcingBlock({ app, settings }: { readonly app: OktaApp; readonly settings: ToOktaSettings }) {
  return (
    <Card title="Profile & Lifecycle Sourcing">
      <CheckboxField label={`Allow ${app.label} to source Okta users`} name="isSource" checked={settings.isSource} />
      <RadioGroup
        label="When a user is deactivated in the app"
        name="whenDeactivated"
        value={settings.whenDeactivated}
        options={[
          { value: 'nothing', label: 'Do nothing' },
          { value: 'deactivate', label: 'Deactivate' },
          { value: 'suspend', label: 'Suspend' },
        ]}
      />
      <fieldset class="k-field k-fieldset">
        <legend class="k-label">When a user is reactivated in the app</legend>
        <CheckboxField
          label="Reactivate suspended Okta users"
          name="reactivateSuspended"
          checked={settings.reactivateSuspended}
        />
        <CheckboxField
          label="Reactivate deactivated Okta users"
          name="reactivateDeactivated"
          checked={settings.reactivateDeactivated}
        />
      </fieldset>
    </Card>
  )
}
