import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { Form, FormActions, HiddenFields } from '#kit/ui/form.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import { type Action, Menu } from '#kit/ui/menu.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { CLAIM_ATTRIBUTES, claimName } from '../../../saml/claims.ts'
import type { SamlClaim, SamlSettings } from '../../../saml/records.ts'
import type { AdminContext } from '../../context.ts'
import { FormProblem, type FormView } from '../../form-problem.tsx'
import { AppPage } from '../app-page.tsx'
import { ssoHref } from './sso-page.tsx'

interface ClaimsProps {
  readonly context: AdminContext
  readonly app: ServicePrincipal
}

/** Address of a page about one claim, by its full name. */
function claimHref(appId: string, page: 'claim' | 'claim/delete', claim: SamlClaim): string {
  return `${ssoHref(appId, page)}?${new URLSearchParams({ name: claimName(claim) })}`
}

const GROUP_CHOICES = [
  { value: 'none', label: 'None' },
  { value: 'all', label: 'All groups' },
  { value: 'security', label: 'Security groups' },
  { value: 'assigned', label: 'Groups assigned to the application' },
] as const

const NAME_ID_FORMATS = [
  { value: 'emailAddress', label: 'Email address' },
  { value: 'persistent', label: 'Persistent' },
  { value: 'unspecified', label: 'Unspecified' },
  { value: 'transient', label: 'Transient' },
] as const

/** Attributes & Claims: the claim every answer needs, then the others. */
export function ClaimsPage(props: ClaimsProps & { readonly settings: SamlSettings }) {
  const { context, app, settings } = props
  const actionsOf = (claim: SamlClaim): readonly Action[] => [
    { kind: 'link', label: 'Edit', href: claimHref(app.id, 'claim', claim) },
    { kind: 'link', label: 'Delete', href: claimHref(app.id, 'claim/delete', claim) },
  ]
  const columns = [
    { key: 'name', header: 'Claim name', mono: true },
    { key: 'type', header: 'Type', narrow: true },
    { key: 'value', header: 'Value', mono: true },
  ]
  const format = NAME_ID_FORMATS.find(({ value }) => value === settings.nameId.format)?.label ?? ''
  return (
    <AppPage
      context={context}
      app={app}
      page="Single sign-on"
      step="Attributes & Claims"
      commands={[
        { kind: 'link', label: 'Add new claim', icon: 'add', href: ssoHref(app.id, 'claim') },
        { kind: 'link', label: 'Add a group claim', icon: 'add', href: ssoHref(app.id, 'groups-claim') },
        { kind: 'link', label: 'Back to single sign-on', href: ssoHref(app.id) },
      ]}
    >
      <h2 class="k-card__title">Required claim</h2>
      <DataTable
        caption="Required claim"
        columns={columns}
        rows={[
          {
            key: 'name-id',
            href: ssoHref(app.id, 'name-id'),
            cells: {
              name: 'Unique User Identifier (Name ID)',
              type: 'SAML',
              value: `${settings.nameId.source} [nameid-format:${format.toLowerCase()}]`,
            },
          },
        ]}
      />
      <h2 class="k-card__title">Additional claims</h2>
      <DataTable
        caption="Additional claims"
        columns={[...columns, { key: 'actions', header: 'Actions', narrow: true }]}
        rows={[
          ...settings.claims.map((claim) => ({
            key: claimName(claim),
            cells: {
              name: <BreakableName claim={claim} />,
              type: 'SAML',
              value: claim.source,
              actions: <Menu label="Actions" align="end" items={actionsOf(claim)} />,
            },
          })),
          ...(settings.groupsClaim === undefined
            ? []
            : [
                {
                  key: 'groups',
                  href: ssoHref(app.id, 'groups-claim'),
                  cells: {
                    name: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups',
                    type: 'SAML',
                    value: 'user.groups',
                    actions: '',
                  },
                },
              ]),
        ]}
        empty={<Quiet>Answers carry no claims but those every app gets.</Quiet>}
      />
    </AppPage>
  )
}

/** The name in full, which may go on in a second line after its namespace. */
function BreakableName({ claim }: { readonly claim: SamlClaim }) {
  if (claim.namespace === undefined) return <>{claim.name}</>
  return (
    <>
      {claimName(claim).slice(0, -claim.name.length)}
      <wbr />
      {claim.name}
    </>
  )
}

/** Manage claim: name, namespace and source of one. */
export function ClaimPage(props: ClaimsProps & { readonly replaced: string | undefined; readonly form: FormView }) {
  const { context, app, replaced, form } = props
  const { values, problems } = form
  const field = (name: string) => ({ name, value: values[name], problem: problems[name], mono: true })
  return (
    <AppPage context={context} app={app} page="Single sign-on" step="Manage claim">
      <FormProblem problems={problems} title="The claim was not saved" shown={['name', 'namespace', 'source']} />
      <Form action={ssoHref(app.id, 'claim')} id="claim" noValidate>
        {replaced !== undefined && <HiddenFields fields={{ replaced }} />}
        <TextField label="Name" required {...field('name')} />
        <TextField label="Namespace" hint="Optional: a URI in front of the name." {...field('namespace')} />
        <TextField
          label="Source attribute"
          hint='An attribute of the user, or a text of your own in double quotes: "EMEA".'
          suggestions={Object.keys(CLAIM_ATTRIBUTES)}
          required
          {...field('source')}
        />
        <FormActions>
          <Button kind="primary">Save</Button>
          <LinkButton href={ssoHref(app.id, 'claims')}>Discard changes</LinkButton>
        </FormActions>
      </Form>
    </AppPage>
  )
}

/** The Unique User Identifier: its form and its source. */
export function NameIdPage(props: ClaimsProps & { readonly form: FormView }) {
  const { context, app, form } = props
  const { values, problems } = form
  return (
    <AppPage context={context} app={app} page="Single sign-on" step="Unique User Identifier (Name ID)">
      <FormProblem problems={problems} title="The identifier was not saved" shown={['format', 'source']} />
      <Form action={ssoHref(app.id, 'name-id')} id="name-id" noValidate>
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
        <FormActions>
          <Button kind="primary">Save</Button>
          <LinkButton href={ssoHref(app.id, 'claims')}>Discard changes</LinkButton>
        </FormActions>
      </Form>
    </AppPage>
  )
}

/** Group Claims: which groups, and what stands for them. */
export function GroupsClaimPage(props: ClaimsProps & { readonly form: FormView }) {
  const { context, app, form } = props
  const { values, problems } = form
  return (
    <AppPage context={context} app={app} page="Single sign-on" step="Group Claims">
      <FormProblem problems={problems} title="The groups claim was not saved" shown={['which', 'sourceAttribute']} />
      <Form action={ssoHref(app.id, 'groups-claim')} id="groups-claim" noValidate>
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
        <FormActions>
          <Button kind="primary">Save</Button>
          <LinkButton href={ssoHref(app.id, 'claims')}>Discard changes</LinkButton>
        </FormActions>
      </Form>
    </AppPage>
  )
}

/** Asks before a claim is removed. */
export function DeleteClaimPage(props: ClaimsProps & { readonly name: string }) {
  const { context, app, name } = props
  return (
    <AppPage context={context} app={app} page="Single sign-on" step="Delete claim">
      <ConfirmForm
        title="Delete this claim?"
        subject={name}
        action={`${ssoHref(app.id, 'claim/delete')}?${new URLSearchParams({ name })}`}
        confirmLabel="Delete"
        cancelHref={ssoHref(app.id, 'claims')}
        headingLevel={2}
      >
        {`${app.displayName} is no longer told of it. An app that needs the claim refuses the sign-in.`}
      </ConfirmForm>
    </AppPage>
  )
}
