import { Button } from '#kit/ui/button.tsx'
import { CheckboxField, RadioGroup } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { UserConsent } from '../../commands/consent-records.ts'
import { CLASSIFIABLE, LONGEST_REQUEST_DAYS } from '../../commands/consent-settings.ts'
import { CONSENT_ROLES } from '../../roles.ts'
import { permissionOf } from '../../sign-in/permissions.ts'
import type { AdminContext } from '../context.ts'
import { FormProblem } from '../form-problem.tsx'
import { ConsentPage, consentHref } from './consent-page.tsx'

interface SettingsProps {
  readonly context: AdminContext
  /** Why this person cannot change anything here. */
  readonly readOnly: string | undefined
}

const CHOICES: readonly { readonly value: UserConsent; readonly label: string; readonly hint: string }[] = [
  { value: 'block', label: 'Do not allow user consent', hint: 'An administrator will be required for all apps.' },
  {
    value: 'low-impact',
    label: 'Allow user consent for apps from verified publishers, for selected permissions (Recommended)',
    hint: 'All users can consent for permissions classified as "low impact", for apps from verified publishers or apps registered in this organization.',
  },
  {
    value: 'allow',
    label: 'Allow user consent for apps',
    hint: "All users can consent for any app to access the organization's data.",
  },
]

/** What people may consent to for themselves. */
export function UserConsentPage(
  props: SettingsProps & { readonly userConsent: UserConsent; readonly problem?: string },
) {
  return (
    <ConsentPage context={props.context} page="User consent settings" notices={<ReadOnlyNotice {...props} />}>
      <h2 class="k-card__title">User consent for applications</h2>
      <p>
        Configure whether users are allowed to consent for applications to access your organization's data. Consent
        given before stays, and so do the tokens it has brought, until they end.
      </p>
      <Form action={consentHref('User consent settings')}>
        <RadioGroup
          label="User consent for applications"
          name="userConsent"
          value={props.userConsent}
          options={CHOICES}
          problem={props.problem}
          disabled={props.readOnly !== undefined}
        />
        <p>
          <a href={consentHref('Permission classifications')}>Select permissions to classify as low impact</a>
        </p>
        <Save {...props} />
      </Form>
    </ConsentPage>
  )
}

/** What the form of the admin consent settings shows. */
export interface AdminConsentView {
  readonly enabled: boolean
  /** User principal names, one a line. */
  readonly reviewers: string
  readonly reviewerRoles: readonly string[]
  readonly notify: boolean
  readonly expireDays: string
  readonly problems: Readonly<Record<string, string>>
}

/** Whether people may ask for what they may not consent to, and whom. */
export function AdminConsentSettingsPage(props: SettingsProps & { readonly view: AdminConsentView }) {
  const { view } = props
  const disabled = props.readOnly !== undefined
  return (
    <ConsentPage
      context={props.context}
      page="Admin consent settings"
      notices={
        <>
          <ReadOnlyNotice {...props} />
          <FormProblem
            problems={view.problems}
            title="The settings were not saved"
            shown={['enabled', 'reviewers', 'expireDays']}
          />
        </>
      }
    >
      <h2 class="k-card__title">Admin consent requests</h2>
      <p>Users who are unable to consent to an app can ask for it; a reviewer answers under Admin consent requests.</p>
      <Form action={consentHref('Admin consent settings')} noValidate>
        <RadioGroup
          label="Users can request admin consent to apps they are unable to consent to"
          name="enabled"
          row
          value={view.enabled ? 'yes' : 'no'}
          options={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
          ]}
          problem={view.problems['enabled']}
          disabled={disabled}
        />
        <h3 class="k-card__title">Who can review admin consent requests</h3>
        <TextField
          label="Users"
          name="reviewers"
          multiline={3}
          value={view.reviewers}
          hint="User principal names, one on each line. To approve, a reviewer also needs a role that may grant the permissions."
          problem={view.problems['reviewers']}
          disabled={disabled}
        />
        <fieldset class="k-field k-fieldset" disabled={disabled}>
          <legend class="k-label">Roles</legend>
          {CONSENT_ROLES.map((role) => (
            <CheckboxField
              key={role}
              id={`role-${role.replaceAll(' ', '-')}`}
              name="reviewerRoles"
              value={role}
              label={role}
              checked={view.reviewerRoles.includes(role)}
            />
          ))}
        </fieldset>
        <CheckboxField
          name="notify"
          label="Selected users will receive email notifications for requests"
          checked={view.notify}
          disabled={disabled}
        />
        <TextField
          label="Consent request expires after (days)"
          name="expireDays"
          type="number"
          min="1"
          max={String(LONGEST_REQUEST_DAYS)}
          value={view.expireDays}
          problem={view.problems['expireDays']}
          disabled={disabled}
        />
        <Save {...props} />
      </Form>
    </ConsentPage>
  )
}

/** Which permissions people may grant where only selected ones may be. */
export function ClassificationsPage(props: SettingsProps & { readonly lowImpact: readonly string[] }) {
  return (
    <ConsentPage context={props.context} page="Permission classifications" notices={<ReadOnlyNotice {...props} />}>
      <h2 class="k-card__title">Low</h2>
      <p>
        Delegated permissions of Microsoft Graph that need no administrator. Where user consent is allowed for selected
        permissions, users can grant those ticked here.
      </p>
      <Form action={consentHref('Permission classifications')}>
        <fieldset class="k-field k-fieldset" disabled={props.readOnly !== undefined}>
          <legend class="k-label">Low impact permissions</legend>
          {CLASSIFIABLE.map((name) => (
            <CheckboxField
              key={name}
              id={`permission-${name}`}
              name="lowImpact"
              value={name}
              label={name}
              hint={permissionOf(name).title}
              checked={props.lowImpact.includes(name)}
            />
          ))}
        </fieldset>
        <Save {...props} />
      </Form>
    </ConsentPage>
  )
}

function ReadOnlyNotice({ readOnly }: Pick<SettingsProps, 'readOnly'>) {
  return readOnly === undefined ? null : <Notice role="none">{readOnly}</Notice>
}

function Save({ readOnly }: Pick<SettingsProps, 'readOnly'>) {
  return (
    <FormActions>
      <Button kind="primary" disabled={readOnly !== undefined}>
        Save
      </Button>
    </FormActions>
  )
}
