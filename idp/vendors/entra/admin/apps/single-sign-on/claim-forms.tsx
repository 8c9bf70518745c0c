import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { CLAIM_ATTRIBUTES } from '../../../saml/claims.ts'
import type { AdminContext } from '../../context.ts'
import type { FormView } from '../../form-problem.tsx'
import { AppPage } from '../app-page.tsx'
import { SignOnForm } from './sign-on-form.tsx'

interface ClaimFormProps {
  readonly context: AdminContext
  readonly app: ServicePrincipal
  readonly form: FormView
}

const BACK_TO_CLAIMS = { page: 'claims', label: 'Discard changes' } as const

const GROUP_CHOICES = [
  { value: 'none', label: 'None' },
  { value: 'all', label: 'All groups' },
  { value: 'security', label: 'Security groups' },
  { value: 'assigned', label: 'Groups assigned to the application' },
] as const

/** Forms a Name ID can have, as pages call them. */
export const NAME_ID_FORMATS = [
  { value: 'emailAddress', label: 'Email address' },
  { value: 'persistent', label: 'Persistent' },
  { value: 'unspecified', label: 'Unspecified' },
  { value: 'transient', label: 'Transient' },
] as const

/** Manage claim: name, namespace and source of one. */
export function ClaimPage(props: ClaimFormProps & { readonly replaced: string | undefined }) {
  const { context, app, replaced, form } = props
  const { values, problems } = form
  const field = (name: string) => ({ name, value: values[name], problem: problems[name], mono: true })
  return (
    <AppPage context={context} app={app} page="Single sign-on" step="Manage claim">
      <SignOnForm
        appId={app.id}
        page="claim"
        id="claim"
        refused="The claim was not saved"
        problems={problems}
        shown={['name', 'namespace', 'source']}
        fields={replaced === undefined ? undefined : { replaced }}
        leave={BACK_TO_CLAIMS}
      >
        <TextField label="Name" required {...field('name')} />
        <TextField label="Namespace" hint="Optional: a URI in front of the name." {...field('namespace')} />
        <TextField
          label="Source attribute"
          hint='An attribute of the user, or a text of your own in double quotes: "EMEA".'
          suggestions={Object.keys(CLAIM_ATTRIBUTES)}
          required
          {...field('source')}
        />
      </SignOnForm>
    </AppPage>
  )
}

/** The Unique User Identifier: its form and its source. */
export function NameIdPage({ context, app, form }: ClaimFormProps) {
  const { values, problems } = form
  return (
    <AppPage context={context} app={app} page="Single sign-on" step="Unique User Identifier (Name ID)">
      <SignOnForm
        appId={app.id}
        page="name-id"
        id="name-id"
        refused="The identifier was not saved"
        problems={problems}
        shown={['format', 'source']}
        leave={BACK_TO_CLAIMS}
      >
        <SelectField
          label="Name identifier format"
          name="format"
          value={values['format']}
          problem={problems['format']}
          options={NAME_ID_FORMATS}
        />
        <TextField
          label="Source attribute"
          name="source"
          value={values['source']}
          problem={problems['source']}
          suggestions={Object.keys(CLAIM_ATTRIBUTES)}
          mono
          required
        />
      </SignOnForm>
    </AppPage>
  )
}

/** Group Claims: which groups, and what stands for them. */
export function GroupsClaimPage({ context, app, form }: ClaimFormProps) {
  const { values, problems } = form
  return (
    <AppPage context={context} app={app} page="Single sign-on" step="Group Claims">
      <SignOnForm
        appId={app.id}
        page="groups-claim"
        id="groups-claim"
        refused="The groups claim was not saved"
        problems={problems}
        shown={['which', 'sourceAttribute']}
        leave={BACK_TO_CLAIMS}
      >
        <RadioGroup
          label="Which groups associated with the user should be returned in the claim?"
          name="which"
          value={values['which']}
          problem={problems['which']}
          options={GROUP_CHOICES}
        />
        <SelectField
          label="Source attribute"
          name="sourceAttribute"
          value={values['sourceAttribute']}
          problem={problems['sourceAttribute']}
          options={[
            { value: 'id', label: 'Group ID' },
            { value: 'displayName', label: 'Cloud-only group display names' },
          ]}
        />
      </SignOnForm>
    </AppPage>
  )
}
