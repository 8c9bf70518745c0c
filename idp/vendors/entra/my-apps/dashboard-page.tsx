import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { LinkButton } from '#kit/ui/button.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Icon } from '#kit/ui/icon.tsx'
import { Tile } from '#kit/ui/layout.tsx'
import { userAccessPath } from '../saml/addresses.ts'
import type { MyAppsContext } from './context.ts'
import { DASHBOARD, MyAppsShell } from './my-apps-shell.tsx'
import { MY_APPS, managePath } from './portal.ts'

export interface DashboardView {
  readonly apps: readonly ServicePrincipal[]
  /** There are apps, found or not. */
  readonly hasApps: boolean
  readonly text: string
}

/** A tile for each app; "Manage your application" is in the menu beside it. */
export function DashboardPage({ context, view }: { readonly context: MyAppsContext; readonly view: DashboardView }) {
  return (
    <MyAppsShell context={context} title={DASHBOARD} searched={view.text}>
      <section class="entra-apps" aria-labelledby="apps">
        <h2 class="k-card__title" id="apps">
          Apps
        </h2>
        {view.apps.length === 0 ? (
          <NoApps view={view} />
        ) : (
          <ul class="entra-apps__list">
            {view.apps.map((app) => (
              <li key={app.id} class="entra-app">
                <Tile title={app.displayName} href={userAccessPath(app)} newTab />
                <details class="k-menu entra-app__menu">
                  <summary class="k-command" aria-label={`More about ${app.displayName}`}>
                    <Icon name="more" />
                  </summary>
                  <ul class="k-menu__list k-menu__list--end">
                    <li>
                      <a class="k-menu__item" href={managePath(app.id)}>
                        Manage your application
                      </a>
                    </li>
                  </ul>
                </details>
              </li>
            ))}
          </ul>
        )}
      </section>
    </MyAppsShell>
  )
}

function NoApps({ view }: { readonly view: DashboardView }) {
  if (!view.hasApps) {
    return (
      <EmptyState title="No apps yet" icon="apps">
        Apps appear here when an administrator assigns them to you or to one of your groups, and when you consent to one
        yourself.
      </EmptyState>
    )
  }
  return (
    <EmptyState title="No apps match" icon="search" action={<LinkButton href={MY_APPS.home}>Show all apps</LinkButton>}>
      {`None of your apps is called ${view.text}.`}
    </EmptyState>
  )
}
