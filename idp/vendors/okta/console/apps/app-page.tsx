import { LinkButton } from '#kit/ui/button.tsx'
import { Menu } from '#kit/ui/menu.tsx'
import type { OktaApp } from '../../apps/records.ts'
import { ConsolePage, type ConsolePageProps } from '../console-page.tsx'
import type { ConsoleContext } from '../context.ts'
import { APP_TABS, type AppTab, appHref } from './app-href.ts'

/** Tabs that an app without provisioning does not have. */
const PROVISIONING_TABS: readonly AppTab[] = ['Provisioning', 'Import', 'Push Groups']

/** A page of one app: label, state with its menu, View Logs, tabs in the console's order (reference sheet 1.1, 1.3). */
export function AppPage(
  props: Pick<ConsolePageProps, 'rail' | 'notices' | 'overlay' | 'children'> & {
    readonly context: ConsoleContext
    readonly app: OktaApp
    readonly tab?: AppTab
  },
) {
  const { context, app } = props
  const tabs = APP_TABS.filter(({ label }) => app.provisioning !== undefined || !PROVISIONING_TABS.includes(label))
  return (
    <ConsolePage
      context={context}
      section="Applications"
      path={[{ label: 'Applications', href: '/admin/apps/active' }]}
      title={app.label}
      icon="apps"
      badge={
        context.may.apps && (
          <LinkButton kind="subtle" icon="edit" href={appHref(app, 'general/edit')} label="Edit label">
            <span class="k-hidden">Edit label</span>
          </LinkButton>
        )
      }
      actions={
        <>
          <StatusMenu app={app} mayChange={context.may.apps} />
          <LinkButton href={`/admin/reports/system-log?target=${app.id}`}>View Logs</LinkButton>
          {app.provisioning !== undefined && <LinkButton href={appHref(app, 'imports')}>Monitor Imports</LinkButton>}
        </>
      }
      tabs={tabs.map(({ label, page }) => ({ label, href: appHref(app, page), current: label === props.tab }))}
      rail={props.rail}
      notices={props.notices}
      overlay={props.overlay}
    >
      {props.children}
    </ConsolePage>
  )
}

function StatusMenu({ app, mayChange }: { readonly app: OktaApp; readonly mayChange: boolean }) {
  const isActive = app.status === 'ACTIVE'
  const reason = mayChange ? {} : { unavailable: 'Your role does not change apps.' }
  const acts = isActive ? (['Deactivate'] as const) : (['Activate', 'Delete'] as const)
  return (
    <Menu
      label={isActive ? 'Active' : 'Inactive'}
      items={acts.map((label) => ({ kind: 'link', label, href: appHref(app, label.toLowerCase()), ...reason }))}
    />
  )
}
