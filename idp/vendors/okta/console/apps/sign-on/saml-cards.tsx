import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { Copyable, CopyButton } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Disclosure, Inline, Quiet, Stack } from '#kit/ui/layout.tsx'
import { type Action, Menu } from '#kit/ui/menu.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { OktaApp } from '../../../apps/records.ts'
import { metadataPath } from '../../../saml/addresses.ts'
import type { ConsoleContext } from '../../context.ts'
import { appHref } from '../app-href.ts'
import { GROUP_FILTER_LABELS, NAME_FORMAT_LABELS } from './labels.ts'
import type { SamlView } from './saml-view.ts'

interface CardProps {
  readonly context: ConsoleContext
  readonly app: OktaApp
}

export function instructionsHref(app: OktaApp): string {
  return appHref(app, 'setup/help/SAML_2_0/instructions')
}

export function certificateHref(app: OktaApp, kid: string, page: 'okta.cert' | 'activate' | 'delete'): string {
  return appHref(app, `signon/certificates/${kid}/${page}`)
}

/** Attribute statements and group attribute statements, as tables. */
export function AttributesCard({ context, app }: CardProps) {
  const { attributeStatements, groupStatements = [] } = app.signOn
  const isEmpty = attributeStatements.length === 0 && groupStatements.length === 0
  return (
    <Card
      title="Attributes (Optional)"
      lead={isEmpty ? 'Answers carry the application username and nothing else about the person.' : undefined}
      action={
        context.may.apps && (
          <LinkButton kind="subtle" href={appHref(app, 'signon/attributes')} label="Edit Attributes (Optional)">
            Edit
          </LinkButton>
        )
      }
    >
      {!isEmpty && (
        <Stack>
          {attributeStatements.length > 0 && (
            <DataTable
              caption="Attribute Statements"
              columns={[
                { key: 'name', header: 'Name' },
                { key: 'format', header: 'Name format' },
                { key: 'value', header: 'Value', mono: true },
              ]}
              rows={attributeStatements.map(({ name, nameFormat = 'unspecified', expression }) => ({
                key: name,
                cells: { name, format: NAME_FORMAT_LABELS[nameFormat], value: expression },
              }))}
            />
          )}
          {groupStatements.length > 0 && (
            <DataTable
              caption="Group Attribute Statements"
              columns={[
                { key: 'name', header: 'Name' },
                { key: 'format', header: 'Name format' },
                { key: 'filter', header: 'Filter' },
                { key: 'value', header: 'Value', mono: true },
              ]}
              rows={groupStatements.map(({ name, nameFormat, filter, value }) => ({
                key: name,
                cells: { name, format: NAME_FORMAT_LABELS[nameFormat], filter: GROUP_FILTER_LABELS[filter], value },
              }))}
            />
          )}
        </Stack>
      )}
    </Card>
  )
}

/** SAML 2.0: metadata, what the other side is given, the way to the instructions and to a preview. */
export function SamlCard({ app, view }: { readonly app: OktaApp; readonly view: SamlView }) {
  return (
    <Card
      title="SAML 2.0"
      lead={`Give ${app.label} the metadata, or the values of the setup instructions.`}
      footer={
        <Inline>
          <LinkButton href={instructionsHref(app)}>View SAML setup instructions</LinkButton>
          <LinkButton href={appHref(app, 'signon/preview')}>Preview SAML</LinkButton>
        </Inline>
      }
    >
      <Stack>
        <h3 class="okta-subhead">Metadata details</h3>
        <DefinitionList
          items={[{ term: 'Metadata URL', value: <Copyable label="Metadata URL" value={view.metadataUrl} /> }]}
        />
        <Disclosure title="More details">
          <DefinitionList
            items={[
              { term: 'Sign on URL', value: <Copyable label="Sign on URL" value={view.ssoUrl} /> },
              {
                term: 'Sign out URL',
                value:
                  view.logoutUrl === undefined ? (
                    <Quiet>Single Logout is not set up</Quiet>
                  ) : (
                    <Copyable label="Sign out URL" value={view.logoutUrl} />
                  ),
              },
              { term: 'Issuer', value: <Copyable label="Issuer" value={view.issuer} /> },
              {
                term: 'Signing Certificate',
                value: (
                  <Inline>
                    <a href={certificateHref(app, view.kid, 'okta.cert')} aria-label="Download Signing Certificate">
                      Download
                    </a>
                    <CopyButton label="Signing Certificate" value={view.pem} />
                  </Inline>
                ),
              },
              { term: 'SHA-256 fingerprint', value: <span class="k-mono okta-expression">{view.fingerprint}</span> },
            ]}
          />
        </Disclosure>
      </Stack>
    </Card>
  )
}

/** SAML Signing Certificates (reference sheet 1.5): one signs; another can be made ready beside it. */
export function CertificatesCard({ context, app, view }: CardProps & { readonly view: SamlView }) {
  const actionsOf = ({ id, isActive }: SamlView['certificates'][number]): readonly Action[] => [
    { kind: 'link', label: 'View IdP metadata', href: metadataPath(app, id) },
    { kind: 'link', label: 'Download certificate', href: certificateHref(app, id, 'okta.cert') },
    ...(isActive || !context.may.apps
      ? []
      : ([
          { kind: 'link', label: 'Activate', href: certificateHref(app, id, 'activate') },
          { kind: 'link', label: 'Delete', href: certificateHref(app, id, 'delete') },
        ] as const)),
  ]
  return (
    <Card
      title="SAML Signing Certificates"
      action={
        context.may.apps && (
          <Form action={appHref(app, 'signon/certificates/generate')} layout="bare">
            <Button>Generate new certificate</Button>
          </Form>
        )
      }
    >
      <DataTable
        caption="SAML Signing Certificates"
        columns={[
          { key: 'type', header: 'Type' },
          { key: 'created', header: 'Created' },
          { key: 'expires', header: 'Expires' },
          { key: 'status', header: 'Status' },
          { key: 'actions', header: 'Actions', narrow: true },
        ]}
        rows={view.certificates.map((certificate) => ({
          key: certificate.id,
          cells: {
            type: certificate.hash === 'sha256' ? 'SHA-2' : 'SHA-1',
            created: <TimeText iso={certificate.createdAt} form="date" />,
            expires: <TimeText iso={certificate.expiresAt} form="date" />,
            status: (
              <Badge tone={certificate.isActive ? 'success' : 'neutral'}>
                {certificate.isActive ? 'Active' : 'Inactive'}
              </Badge>
            ),
            actions: <Menu label="Actions" align="end" items={actionsOf(certificate)} />,
          },
        }))}
      />
    </Card>
  )
}
