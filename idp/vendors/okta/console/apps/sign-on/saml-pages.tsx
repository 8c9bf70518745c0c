import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { Copyable, CopyButton } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { CodeBlock, Inline, Stack } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { catalogEntry } from '../../../apps/catalog.ts'
import type { OktaApp } from '../../../apps/records.ts'
import { ConsolePage } from '../../console-page.tsx'
import type { ConsoleContext } from '../../context.ts'
import { appHref } from '../app-href.ts'
import { AppPage } from '../app-page.tsx'
import { certificateHref } from './saml-cards.tsx'
import type { SamlView } from './saml-view.ts'

interface AppProps {
  readonly context: ConsoleContext
  readonly app: OktaApp
}

function pathTo(app: OktaApp) {
  return [
    { label: 'Applications', href: '/admin/apps/active' },
    { label: app.label, href: appHref(app, 'signon') },
  ] as const
}

/** View SAML setup instructions: a page of this app, with its values filled in (reference sheet 5.4). */
export function SetupInstructionsPage({ context, app, view }: AppProps & { readonly view: SamlView }) {
  const steps = catalogEntry(app.catalogKey)?.setup ?? []
  return (
    <ConsolePage
      context={context}
      section="Applications"
      path={pathTo(app)}
      title={`How to Configure SAML 2.0 for ${app.label}`}
    >
      <Card title="Steps">
        <ol class="okta-steps">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Card>
      <Card title={`Give these to ${app.label}`}>
        <Stack>
          <DefinitionList
            items={[
              { term: 'IdP SSO URL', value: <Copyable label="IdP SSO URL" value={view.ssoUrl} /> },
              {
                term: 'IdP Entity ID (Issuer)',
                value: <Copyable label="IdP Entity ID (Issuer)" value={view.issuer} />,
              },
              ...(view.logoutUrl === undefined
                ? []
                : [
                    {
                      term: 'Identity Provider Single Logout URL',
                      value: <Copyable label="Identity Provider Single Logout URL" value={view.logoutUrl} />,
                    },
                  ]),
            ]}
          />
          <TextField label="Certificate" name="certificate" multiline={8} value={view.pem} mono readOnly />
          <Inline>
            <LinkButton href={certificateHref(app, view.kid, 'okta.cert')}>Download certificate</LinkButton>
            <CopyButton label="Certificate" value={view.pem} />
            <LinkButton href={view.metadataUrl} newTab>
              Identity Provider metadata
            </LinkButton>
          </Inline>
        </Stack>
      </Card>
      <Card title="SAML attributes" lead="What answers say of the person, besides the application username.">
        <DataTable
          caption="SAML attributes"
          columns={[
            { key: 'name', header: 'Name' },
            { key: 'value', header: 'Value', mono: true },
          ]}
          rows={app.signOn.attributeStatements.map(({ name, expression }) => ({
            key: name,
            cells: { name, value: expression },
          }))}
          empty={<p>No attributes are sent.</p>}
        />
      </Card>
    </ConsolePage>
  )
}

export interface PreviewView {
  readonly login: string
  /** The answer, one element a line; or why there is none. */
  readonly result: { readonly ok: true; readonly xml: string } | { readonly ok: false; readonly problem: string }
  readonly isAssigned: boolean
}

/** Preview SAML: the answer somebody would get now, not signed. */
export function PreviewPage({ context, app, view }: AppProps & { readonly view: PreviewView }) {
  const { result } = view
  return (
    <ConsolePage
      context={context}
      section="Applications"
      path={pathTo(app)}
      title="Preview the SAML Assertion"
      notices={
        result.ok &&
        !view.isAssigned && (
          <Notice tone="warning" role="none">
            {`${view.login} is not assigned to ${app.label}: they would see 403 App Not Assigned. This is what they would get if they were.`}
          </Notice>
        )
      }
    >
      <Card>
        <form method="get" action={appHref(app, 'signon/preview')} class="k-form k-form--stack" aria-label="Person">
          <TextField
            label="Username"
            name="login"
            value={view.login}
            problem={result.ok ? undefined : result.problem}
            autocomplete="off"
          />
          <Inline>
            <Button>Preview</Button>
          </Inline>
        </form>
      </Card>
      {result.ok && <CodeBlock label="SAML assertion" text={result.xml} />}
    </ConsolePage>
  )
}

const ACTS = {
  activate: {
    title: 'Activate certificate',
    label: 'Activate',
    text: 'From now on answers are signed with this certificate. The app refuses them until it has the new certificate too: give it to the app at once.',
  },
  delete: {
    title: 'Delete certificate',
    label: 'Delete',
    text: 'The certificate and its private key go. An app that still trusts it alone has to be given another one.',
  },
} as const
export type CertificateAct = keyof typeof ACTS

export function isCertificateAct(word: string): word is CertificateAct {
  return Object.hasOwn(ACTS, word)
}

/** Asks before another certificate signs, or one goes. */
export function ConfirmCertificatePage({
  context,
  app,
  kid,
  act,
}: AppProps & { readonly kid: string; readonly act: CertificateAct }) {
  const { title, label, text } = ACTS[act]
  return (
    <AppPage context={context} app={app} tab="Sign On">
      <ConfirmForm
        title={title}
        headingLevel={2}
        subject={kid}
        action={certificateHref(app, kid, act)}
        confirmLabel={label}
        cancelHref={appHref(app, 'signon')}
        kind={act === 'delete' ? 'danger' : 'primary'}
      >
        <p>{text}</p>
      </ConfirmForm>
    </AppPage>
  )
}
