import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { type Action, Menu } from '#kit/ui/menu.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { AdminContext } from '../../context.ts'
import type { FormView } from '../../form-problem.tsx'
import { AppPage } from '../app-page.tsx'
import { CertificateStatus, downloadHref } from './saml-cards.tsx'
import type { CertificateView, SamlView } from './saml-view.ts'
import { SignOnForm } from './sign-on-form.tsx'
import { ssoHref } from './sso-page.tsx'

const SIGNING_OPTIONS = [
  { value: 'assertion', label: 'Sign SAML assertion' },
  { value: 'response', label: 'Sign SAML response' },
  { value: 'both', label: 'Sign SAML response and assertion' },
] as const

/** SAML Signing Certificate: the certificates, how answers are signed, whom to warn. */
export function SigningCertificatePage(props: {
  readonly context: AdminContext
  readonly view: SamlView
  readonly form: FormView
}) {
  const { context, view, form } = props
  const { app } = view
  const { '': refused, ...fieldProblems } = form.problems
  const { values } = form
  const at = (id: string, page: string): string => ssoHref(app.id, `certificates/${id}/${page}`)
  const actionsOf = ({ record }: CertificateView): readonly Action[] => [
    ...(record.isActive
      ? []
      : ([{ kind: 'link', label: 'Make certificate active', href: at(record.id, 'activate') }] as const)),
    { kind: 'link', label: 'Base64 certificate download', href: downloadHref(app.id, record.id, 'base64') },
    { kind: 'link', label: 'PEM certificate download', href: downloadHref(app.id, record.id, 'pem') },
    { kind: 'link', label: 'Raw certificate download', href: downloadHref(app.id, record.id, 'raw') },
    ...(record.isActive
      ? []
      : ([{ kind: 'link', label: 'Delete certificate', href: at(record.id, 'delete') }] as const)),
  ]
  return (
    <AppPage
      context={context}
      app={app}
      page="Single sign-on"
      step="SAML Signing Certificate"
      commands={[
        { kind: 'post', label: 'New Certificate', icon: 'add', action: ssoHref(app.id, 'certificates/new') },
        { kind: 'link', label: 'Back to single sign-on', href: ssoHref(app.id) },
      ]}
      notices={refused && <Notice tone="danger">{refused}</Notice>}
    >
      <DataTable
        caption="SAML Signing Certificates"
        columns={[
          { key: 'status', header: 'Status' },
          { key: 'expires', header: 'Expiration Date' },
          { key: 'thumbprint', header: 'Thumbprint', mono: true },
          { key: 'actions', header: 'Actions', narrow: true },
        ]}
        rows={view.certificates.map((each) => ({
          key: each.record.id,
          cells: {
            status: <CertificateStatus view={each} />,
            expires: <TimeText iso={each.record.expiresAt} />,
            thumbprint: each.thumbprint,
            actions: <Menu label="Actions" align="end" items={actionsOf(each)} />,
          },
        }))}
      />
      <SignOnForm
        appId={app.id}
        page="certificates"
        id="signing"
        refused="How answers are signed was not saved"
        problems={fieldProblems}
        shown={['option', 'hash', 'notificationEmails']}
        leave={{ page: '', label: 'Cancel' }}
      >
        <SelectField
          label="Signing Option"
          name="option"
          value={values['option']}
          problem={fieldProblems['option']}
          options={SIGNING_OPTIONS}
        />
        <SelectField
          label="Signing Algorithm"
          name="hash"
          value={values['hash']}
          problem={fieldProblems['hash']}
          options={[
            { value: 'sha256', label: 'SHA-256' },
            { value: 'sha1', label: 'SHA-1' },
          ]}
        />
        <TextField
          label="Notification Email Addresses"
          hint="One a line, at most five. Kept and shown; this simulation sends no warnings before a certificate expires."
          name="notificationEmails"
          value={values['notificationEmails']}
          problem={fieldProblems['notificationEmails']}
          multiline={3}
        />
      </SignOnForm>
    </AppPage>
  )
}

/** Asks before another certificate signs, or one is deleted. */
export function ConfirmCertificatePage(props: {
  readonly context: AdminContext
  readonly app: ServicePrincipal
  readonly certificate: CertificateView
  readonly act: 'activate' | 'delete'
}) {
  const { context, app, certificate, act } = props
  const { record, thumbprint } = certificate
  const words =
    act === 'activate'
      ? {
          title: 'Make this certificate active?',
          label: 'Make certificate active',
          text: `Answers are signed with it from now on. ${app.displayName} refuses them until it has the new certificate.`,
        }
      : {
          title: 'Delete this certificate?',
          label: 'Delete certificate',
          text: 'It cannot be brought back. Nothing is signed with it.',
        }
  return (
    <AppPage context={context} app={app} page="Single sign-on" step={words.label}>
      <ConfirmForm
        title={words.title}
        subject={thumbprint}
        action={ssoHref(app.id, `certificates/${record.id}/${act}`)}
        confirmLabel={words.label}
        cancelHref={ssoHref(app.id, 'certificates')}
        headingLevel={2}
      >
        {words.text}
      </ConfirmForm>
    </AppPage>
  )
}
