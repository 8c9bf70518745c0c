import { Badge } from '#kit/ui/badge.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Inline, Quiet } from '#kit/ui/layout.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { claimName } from '../../../saml/claims.ts'
import { type CertificateView, type SamlView, whyNotReady } from './saml-view.ts'
import { ssoHref } from './sso-page.tsx'

interface CardProps {
  readonly view: SamlView
}

function EditLink({ view, page, of }: CardProps & { readonly page: string; readonly of: string }) {
  if (view.readOnly !== undefined) return null
  return (
    <LinkButton kind="subtle" icon="edit" href={ssoHref(view.app.id, page)} label={`Edit ${of}`}>
      Edit
    </LinkButton>
  )
}

function Values({ values, empty }: { readonly values: readonly string[]; readonly empty: string }) {
  if (values.length === 0) return <Quiet>{empty}</Quiet>
  return (
    <>
      {values.map((value) => (
        <div key={value} class="k-mono">
          {value}
        </div>
      ))}
    </>
  )
}

const some = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value])

export function BasicCard({ view }: CardProps) {
  const { settings } = view
  return (
    <Card title="Basic SAML Configuration" action={<EditLink view={view} page="basic" of="Basic SAML Configuration" />}>
      <DefinitionList
        items={[
          { term: 'Identifier (Entity ID)', value: <Values values={settings.identifiers} empty="Required" /> },
          {
            term: 'Reply URL (Assertion Consumer Service URL)',
            value: <Values values={settings.replyUrls} empty="Required" />,
          },
          { term: 'Sign on URL', value: <Values values={some(settings.signOnUrl)} empty="Optional" /> },
          { term: 'Relay State (Optional)', value: <Values values={some(settings.relayState)} empty="Optional" /> },
          { term: 'Logout Url (Optional)', value: <Values values={some(settings.logoutUrl)} empty="Optional" /> },
        ]}
      />
    </Card>
  )
}

export function ClaimsCard({ view }: CardProps) {
  const { settings } = view
  return (
    <Card title="Attributes & Claims" action={<EditLink view={view} page="claims" of="Attributes & Claims" />}>
      <DefinitionList
        items={[
          ...settings.claims.map((claim) => ({
            term: claim.namespace?.startsWith('http://schemas.xmlsoap.org/') ? claim.name : claimName(claim),
            value: <span class="k-mono">{claim.source}</span>,
          })),
          { term: 'Unique User Identifier', value: <span class="k-mono">{settings.nameId.source}</span> },
          ...(settings.groupsClaim === undefined ? [] : [{ term: 'Group', value: 'user.groups' }]),
        ]}
      />
    </Card>
  )
}

export function CertificateStatus({ view }: { readonly view: CertificateView }) {
  if (view.isExpired) return <Badge tone="danger">Expired</Badge>
  return (
    <Badge tone={view.record.isActive ? 'success' : 'neutral'}>{view.record.isActive ? 'Active' : 'Inactive'}</Badge>
  )
}

/** Where a certificate is downloaded. */
export function downloadHref(appId: string, certificateId: string, form: 'base64' | 'raw' | 'pem'): string {
  return ssoHref(appId, `certificates/${certificateId}/${form}`)
}

export function CertificatesCard({ view }: CardProps) {
  const { app, active, settings } = view
  const download = (form: 'base64' | 'raw', label: string) => (
    <a href={downloadHref(app.id, active.record.id, form)} aria-label={`Download ${label}`}>
      Download
    </a>
  )
  return (
    <Card title="SAML Certificates" action={<EditLink view={view} page="certificates" of="SAML Certificates" />}>
      <DefinitionList
        items={[
          { term: 'Token signing certificate', value: <CertificateStatus view={active} /> },
          { term: 'Thumbprint', value: <Copyable label="Thumbprint" value={active.thumbprint} /> },
          { term: 'Expiration', value: <TimeText iso={active.record.expiresAt} /> },
          {
            term: 'Notification Email',
            value: <Values values={settings.notificationEmails} empty="None" />,
          },
          {
            term: 'App Federation Metadata Url',
            value: <Copyable label="App Federation Metadata Url" value={view.metadataUrl} />,
          },
          { term: 'Certificate (Base64)', value: download('base64', 'Certificate (Base64)') },
          { term: 'Certificate (Raw)', value: download('raw', 'Certificate (Raw)') },
          {
            term: 'Federation Metadata XML',
            value: (
              <a href={ssoHref(app.id, 'metadata.xml')} aria-label="Download Federation Metadata XML">
                Download
              </a>
            ),
          },
        ]}
      />
    </Card>
  )
}

export function SetUpCard({ view }: CardProps) {
  const { app } = view
  return (
    <Card title={`Set up ${app.displayName}`} lead={`Enter these values in ${app.displayName}.`}>
      <DefinitionList
        items={[
          { term: 'Login URL', value: <Copyable label="Login URL" value={view.loginUrl} /> },
          {
            term: 'Microsoft Entra Identifier',
            value: <Copyable label="Microsoft Entra Identifier" value={view.identifier} />,
          },
          { term: 'Logout URL', value: <Copyable label="Logout URL" value={view.logoutUrl} /> },
        ]}
      />
    </Card>
  )
}

export function TestCard({ view }: CardProps) {
  const { app, settings } = view
  const notReady = whyNotReady(settings)
  return (
    <Card title={`Test single sign-on with ${app.displayName}`}>
      {notReady === undefined ? (
        <Inline>
          <LinkButton
            kind="primary"
            href={ssoHref(app.id, 'test')}
            label={`Test single sign-on with ${app.displayName}`}
          >
            Test
          </LinkButton>
        </Inline>
      ) : (
        notReady
      )}
    </Card>
  )
}
