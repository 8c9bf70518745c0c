import { LinkButton } from '#kit/ui/button.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { Stack } from '#kit/ui/layout.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import type { AdminContext } from '../../context.ts'
import { greyed } from '../../greyed.ts'
import { AppPage } from '../app-page.tsx'
import { BasicCard, CertificatesCard, ClaimsCard, SetUpCard, TestCard } from './saml-cards.tsx'
import { type SamlView, whyNotReady } from './saml-view.ts'
import { ssoHref } from './sso-page.tsx'

export interface SetUpProps {
  readonly context: AdminContext
  readonly view: SamlView
  /** The pane "Test single sign-on" is open. */
  readonly isTesting?: boolean
}

/** Set up Single Sign-On with SAML: five cards in the order they are worked through. */
export function SetUpPage({ context, view, isTesting = false }: SetUpProps) {
  const { app, readOnly } = view
  return (
    <AppPage
      context={context}
      app={app}
      page="Single sign-on"
      commands={[
        {
          kind: 'link',
          label: 'Change single sign-on mode',
          icon: 'swap',
          href: ssoHref(app.id, 'disable'),
          ...greyed(readOnly),
        },
        {
          kind: 'link',
          label: 'Test this application',
          icon: 'check',
          href: ssoHref(app.id, 'test'),
          ...greyed(whyNotReady(view.settings)),
        },
      ]}
      overlay={isTesting && <TestPane view={view} />}
    >
      <h2 class="k-card__title">Set up Single Sign-On with SAML</h2>
      <Stack>
        <BasicCard view={view} />
        <ClaimsCard view={view} />
        <CertificatesCard view={view} />
        <SetUpCard view={view} />
        <TestCard view={view} />
      </Stack>
    </AppPage>
  )
}

/** Sign in as the person who works here, in a tab of its own. */
function TestPane({ view }: { readonly view: SamlView }) {
  const { app } = view
  const closeHref = ssoHref(app.id)
  const notReady = whyNotReady(view.settings)
  if (notReady !== undefined) {
    return (
      <Panel
        title="Test single sign-on"
        subtitle={app.displayName}
        closeHref={closeHref}
        footer={<LinkButton href={closeHref}>Close</LinkButton>}
      >
        <p>{notReady}</p>
      </Panel>
    )
  }
  return (
    <Panel
      title="Test single sign-on"
      subtitle={app.displayName}
      closeHref={closeHref}
      footer={
        <>
          <LinkButton kind="primary" href={view.userAccessUrl} newTab icon="open">
            Test sign in
          </LinkButton>
          <LinkButton href={closeHref}>Close</LinkButton>
        </>
      }
    >
      <p>
        {`Sign in to ${app.displayName} as the current user, to see whether single sign-on works for an assigned person. The timeline of the kit home shows the answer as it was sent, decoded.`}
      </p>
      <p>The same address opens the app for others:</p>
      <Copyable label="User access URL" value={view.userAccessUrl} />
    </Panel>
  )
}
