import type { Application, ClientSecret, KeyCredential } from '#idp/core/directory/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { Copyable, SecretOnce } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { describe, FieldFrame, fieldId } from '#kit/ui/field-frame.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Inline, Quiet } from '#kit/ui/layout.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { TabRow } from '#kit/ui/tab-row.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { AdminContext } from '../context.ts'
import { FormProblem, type FormView } from '../form-problem.tsx'
import { greyed } from '../greyed.ts'
import { CredentialBadge, credentialState } from './credential-state.tsx'
import { RegistrationPage, registrationHref } from './registration-page.tsx'

export type CredentialTab = 'secrets' | 'certificates'

/** How long a secret may live, as the pane offers it. */
export const EXPIRY_CHOICES = [
  { value: '180', label: 'Recommended: 180 days (6 months)' },
  { value: '90', label: '90 days (3 months)' },
  { value: '365', label: '365 days (12 months)' },
  { value: '545', label: '545 days (18 months)' },
  { value: '730', label: '730 days (24 months)' },
  { value: 'custom', label: 'Custom' },
] as const

export interface CredentialsView {
  readonly registration: Application
  readonly readOnly: string | undefined
  readonly tab: CredentialTab
  /** The secret just made, in the one answer that shows it. */
  readonly made?: { readonly keyId: string; readonly secretText: string } | undefined
  /** The pane of the tab, when it is open. */
  readonly pane?: FormView | undefined
}

/** Certificates & secrets: what the application proves itself with. */
export function CredentialsPage(props: { readonly context: AdminContext; readonly view: CredentialsView }) {
  const { context, view } = props
  const { registration, readOnly, tab, made, pane } = view
  const { id, secrets, keyCredentials = [] } = registration
  const page = registrationHref(id, 'credentials')
  const isSecrets = tab === 'secrets'
  return (
    <RegistrationPage
      context={context}
      registration={registration}
      page="Certificates & secrets"
      commands={[
        isSecrets
          ? { kind: 'link', label: 'New client secret', icon: 'add', href: `${page}/new`, ...greyed(readOnly) }
          : { kind: 'link', label: 'Upload certificate', icon: 'upload', href: `${page}/upload`, ...greyed(readOnly) },
      ]}
      notices={
        made && (
          <SecretOnce
            title="Save the client secret now"
            warning="Client secret values cannot be viewed, except for immediately after creation. Be sure to save the secret before you leave the page."
            label="Value"
            value={made.secretText}
          />
        )
      }
      overlay={
        pane && (isSecrets ? <NewSecretPanel page={page} view={pane} /> : <UploadPanel page={page} view={pane} />)
      }
    >
      <p>
        By its credentials an application identifies itself when it asks for tokens, over an address it holds alone. A
        certificate is safer than a secret.
      </p>
      <TabRow
        label="Credentials"
        items={[
          {
            label: `Certificates (${keyCredentials.length})`,
            href: `${page}?tab=certificates`,
            current: tab === 'certificates',
          },
          { label: `Client secrets (${secrets.length})`, href: page, current: isSecrets },
        ]}
      />
      {isSecrets ? (
        <SecretTable view={view} now={context.frame.nowIso} />
      ) : (
        <CertificateTable view={view} now={context.frame.nowIso} />
      )}
    </RegistrationPage>
  )
}

function Expires({ end, now }: { readonly end: string | undefined; readonly now: string }) {
  const state = credentialState(end, now)
  return (
    <Inline>
      {end === undefined ? 'Never' : <TimeText iso={end} form="date" />}
      {state !== 'Current' && <CredentialBadge state={state} />}
    </Inline>
  )
}

function SecretTable({ view, now }: { readonly view: CredentialsView; readonly now: string }) {
  const { registration, readOnly, made } = view
  const page = registrationHref(registration.id, 'credentials')
  const nameOf = ({ displayName, hint }: ClientSecret): string => displayName ?? `Secret ${hint}`
  return (
    <>
      <p>
        <Quiet>
          A text the application proves itself with when it asks for a token; also called application password.
        </Quiet>
      </p>
      <DataTable
        caption="Client secrets"
        columns={[
          { key: 'description', header: 'Description' },
          { key: 'expires', header: 'Expires', narrow: true },
          { key: 'value', header: 'Value', mono: true },
          { key: 'id', header: 'Secret ID' },
          { key: 'actions', header: 'Actions', headerHidden: true, narrow: true },
        ]}
        rows={registration.secrets.map((secret) => ({
          key: secret.keyId,
          cells: {
            description: nameOf(secret),
            expires: <Expires end={secret.endDateTime} now={now} />,
            value: secret.keyId === made?.keyId ? 'Shown above, once' : `${secret.hint}******************`,
            id: <Copyable label={`Secret ID of ${nameOf(secret)}`} value={secret.keyId} />,
            actions: readOnly === undefined && (
              <LinkButton
                kind="subtle"
                icon="delete"
                href={`${page}/secrets/${secret.keyId}/delete`}
                label={`Delete ${nameOf(secret)}`}
              >
                Delete
              </LinkButton>
            ),
          },
        }))}
        empty={
          <EmptyState title="No client secrets have been created for this application" icon="key">
            A web application needs one, or a certificate, to redeem its codes and to sign in by itself.
          </EmptyState>
        }
      />
    </>
  )
}

function CertificateTable({ view, now }: { readonly view: CredentialsView; readonly now: string }) {
  const { registration, readOnly } = view
  const page = registrationHref(registration.id, 'credentials')
  return (
    <>
      <p>
        <Quiet>Public keys the application signs with when it asks for a token (private_key_jwt).</Quiet>
      </p>
      <DataTable
        caption="Certificates"
        columns={[
          { key: 'thumbprint', header: 'Thumbprint' },
          { key: 'description', header: 'Description' },
          { key: 'start', header: 'Start date' },
          { key: 'expires', header: 'Expires', narrow: true },
          { key: 'id', header: 'Certificate ID' },
          { key: 'actions', header: 'Actions', headerHidden: true, narrow: true },
        ]}
        rows={(registration.keyCredentials ?? []).map((key: KeyCredential) => ({
          key: key.keyId,
          cells: {
            thumbprint: <Copyable label={`Thumbprint of ${key.displayName}`} value={key.thumbprint} />,
            description: key.displayName,
            start: <TimeText iso={key.startDateTime} form="date" />,
            expires: <Expires end={key.endDateTime} now={now} />,
            id: <Copyable label={`Certificate ID of ${key.displayName}`} value={key.keyId} />,
            actions: readOnly === undefined && (
              <LinkButton
                kind="subtle"
                icon="delete"
                href={`${page}/certificates/${key.keyId}/delete`}
                label={`Delete ${key.displayName}`}
              >
                Delete
              </LinkButton>
            ),
          },
        }))}
        empty={
          <EmptyState title="No certificates have been added for this application" icon="shield">
            Upload the public part; the private key stays with the application.
          </EmptyState>
        }
      />
    </>
  )
}

function PanelButtons({ form, closeHref }: { readonly form: string; readonly closeHref: string }) {
  return (
    <>
      <Button kind="primary" form={form}>
        Add
      </Button>
      <LinkButton href={closeHref}>Cancel</LinkButton>
    </>
  )
}

function NewSecretPanel({ page, view }: { readonly page: string; readonly view: FormView }) {
  const { values, problems } = view
  const field = (name: string) => ({ name, value: values[name], problem: problems[name] })
  return (
    <Panel title="Add a client secret" closeHref={page} footer={<PanelButtons form="new-secret" closeHref={page} />}>
      <FormProblem
        problems={problems}
        title="The secret was not created"
        shown={['description', 'expires', 'start', 'end']}
      />
      <Form action={`${page}/new`} id="new-secret" noValidate>
        <TextField
          label="Description"
          placeholder="Enter a description for this client secret"
          autocomplete="off"
          {...field('description')}
        />
        <SelectField label="Expires" options={EXPIRY_CHOICES} {...field('expires')} />
        <TextField label="Start" type="date" hint="For Custom alone." {...field('start')} />
        <TextField
          label="End"
          type="date"
          hint="For Custom alone: 24 months after the start at most."
          {...field('end')}
        />
      </Form>
    </Panel>
  )
}

function UploadPanel({ page, view }: { readonly page: string; readonly view: FormView }) {
  const { values, problems } = view
  const closeHref = `${page}?tab=certificates`
  const file = {
    label: 'Certificate file',
    name: 'certificate',
    hint: 'The public key alone: .cer, .pem or .crt.',
    problem: problems['certificate'],
    required: true,
  }
  return (
    <Panel
      title="Upload certificate"
      closeHref={closeHref}
      footer={<PanelButtons form="upload" closeHref={closeHref} />}
    >
      <FormProblem
        problems={problems}
        title="The certificate was not uploaded"
        shown={['certificate', 'description']}
      />
      <p>Upload a certificate (public key) with one of the following file types: .cer, .pem, .crt</p>
      <Form action={`${page}/upload`} id="upload" enctype="multipart/form-data" noValidate>
        <FieldFrame field={file}>
          <input
            id={fieldId(file)}
            class="k-input"
            type="file"
            name="certificate"
            accept=".cer,.pem,.crt"
            required
            {...describe(file)}
          />
        </FieldFrame>
        <TextField
          label="Description"
          name="description"
          value={values['description']}
          problem={problems['description']}
          placeholder="Enter a description for this certificate"
          autocomplete="off"
        />
      </Form>
    </Panel>
  )
}

export interface DeleteCredentialView {
  readonly registration: Application
  readonly kind: CredentialTab
  readonly keyId: string
  readonly name: string
}

/** Asks before a secret or certificate is deleted. */
export function DeleteCredentialPage(props: { readonly context: AdminContext; readonly view: DeleteCredentialView }) {
  const { registration, kind, keyId, name } = props.view
  const page = registrationHref(registration.id, 'credentials')
  const isSecret = kind === 'secrets'
  return (
    <RegistrationPage
      context={props.context}
      registration={registration}
      page="Certificates & secrets"
      step={isSecret ? 'Delete client secret' : 'Delete certificate'}
    >
      <ConfirmForm
        title={isSecret ? 'Do you want to delete this client secret?' : 'Do you want to delete this certificate?'}
        subject={name}
        action={`${page}/${kind}/${keyId}/delete`}
        confirmLabel="Delete"
        cancelHref={isSecret ? page : `${page}?tab=certificates`}
        headingLevel={2}
      >
        Applications that use it can no longer ask for tokens with it. It cannot be brought back.
      </ConfirmForm>
    </RegistrationPage>
  )
}
