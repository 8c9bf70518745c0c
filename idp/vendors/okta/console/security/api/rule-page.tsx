import { CheckboxField } from '#kit/ui/choice-fields.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { PartFormPage, type PartFormProps } from './server-page.tsx'

/** One rule of an access policy. */
export function RuleFormPage(props: PartFormProps) {
  const { values, problems } = props.view
  return (
    <PartFormPage
      {...props}
      part="policies"
      save={props.title.startsWith('Add') ? 'Create rule' : 'Update rule'}
      shown={[
        'name',
        'scopes',
        'people',
        'accessTokenLifetimeMinutes',
        'refreshTokenLifetimeMinutes',
        'refreshTokenWindowMinutes',
      ]}
    >
      <TextField label="Rule Name" name="name" value={values['name']} problem={problems['name']} required />
      <fieldset class="k-field k-fieldset">
        <legend class="k-label">IF Grant type is</legend>
        <CheckboxField
          label="Authorization Code"
          name="authorization_code"
          checked={values['authorization_code'] === 'true'}
        />
        <CheckboxField
          label="Client Credentials"
          name="client_credentials"
          checked={values['client_credentials'] === 'true'}
        />
      </fieldset>
      <TextField
        label="AND User is a member of"
        name="groups"
        value={values['groups']}
        problem={problems['people']}
        hint="Names of groups, one in a line; empty: any user assigned the app."
        multiline={2}
      />
      <TextField
        label="AND Scopes requested"
        name="scopes"
        value={values['scopes']}
        problem={problems['scopes']}
        hint="Names with spaces between; empty: any scopes."
        mono
      />
      <TextField
        label="THEN Access token lifetime is (minutes)"
        name="access"
        type="number"
        value={values['access']}
        problem={problems['accessTokenLifetimeMinutes']}
      />
      <TextField
        label="AND Refresh token lifetime is (minutes, 0: unlimited)"
        name="refresh"
        type="number"
        value={values['refresh']}
        problem={problems['refreshTokenLifetimeMinutes']}
      />
      <TextField
        label="but will expire if not used every (minutes)"
        name="window"
        type="number"
        value={values['window']}
        problem={problems['refreshTokenWindowMinutes']}
      />
      <CheckboxField label="Inactive" name="inactive" checked={values['inactive'] === 'true'} />
    </PartFormPage>
  )
}
