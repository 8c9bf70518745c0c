import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { appHref } from '../apps/app-page.tsx'
import type { AdminContext } from '../context.ts'
import { classicCommand, ProvisioningPage, provisioningHref } from './provisioning-page.tsx'

export interface LandingProps {
  readonly context: AdminContext
  readonly app: ServicePrincipal
  /** Whether there is a connector for the app. */
  readonly isSupported: boolean
}

/** Provisioning of an app that has no configuration yet, or can have none. */
export function LandingPage({ context, app, isSupported }: LandingProps) {
  const newHref = provisioningHref(app.id, 'new')
  return (
    <ProvisioningPage
      context={context}
      app={app}
      page="Overview"
      isConfigured={false}
      commands={[
        {
          kind: 'link',
          label: 'New configuration',
          icon: 'add',
          href: newHref,
          ...(isSupported ? {} : { unavailable: 'This app does not support automatic provisioning.' }),
        },
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: context.frame.path },
        ...(isSupported ? [classicCommand(app)] : []),
      ]}
    >
      {isSupported ? (
        <EmptyState
          title="There is no provisioning configuration yet"
          icon="swap"
          action={
            <LinkButton kind="primary" href={newHref}>
              Connect your application
            </LinkButton>
          }
        >
          {`A configuration tells the service where ${app.displayName} is and lets it create, update and disable accounts there, as people are assigned to the app.`}
        </EmptyState>
      ) : (
        <EmptyState title="Automatic provisioning is not supported" icon="swap">
          {`${app.displayName} came into this tenant by a registration. Only apps from the gallery, and those made with Create your own application, can be provisioned.`}
        </EmptyState>
      )}
      {isSupported && (
        <Card
          title="Before you begin"
          footer={<LinkButton href={appHref(app.id, 'users')}>Users and groups</LinkButton>}
        >
          <ol>
            <li>{`Make an API key in ${app.displayName}, as an administrator there.`}</li>
            <li>Assign the people or groups who need an account, under Users and groups.</li>
          </ol>
        </Card>
      )}
    </ProvisioningPage>
  )
}
