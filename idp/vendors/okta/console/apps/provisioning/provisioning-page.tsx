import type { OktaApp } from '../../../apps/records.ts'
import type { ConsolePageProps } from '../../console-page.tsx'
import type { ConsoleContext } from '../../context.ts'
import { appHref } from '../app-href.ts'
import { AppPage } from '../app-page.tsx'

const RAIL = [
  { label: 'To App', page: 'provisioning/to-app' },
  { label: 'To Okta', page: 'provisioning/to-okta' },
  { label: 'Integration', page: 'provisioning/integration' },
] as const
export type ProvisioningSection = (typeof RAIL)[number]['label']

/** The Provisioning tab; once it was set up, with its rail of settings (reference sheet 1.7). */
export function ProvisioningPage(
  props: Pick<ConsolePageProps, 'notices' | 'children'> & {
    readonly context: ConsoleContext
    readonly app: OktaApp
    readonly section?: ProvisioningSection
  },
) {
  const { app, section } = props
  const items = RAIL.map(({ label, page }) => ({ label, href: appHref(app, page), current: label === section }))
  return (
    <AppPage
      context={props.context}
      app={app}
      tab="Provisioning"
      rail={
        app.provisioning?.configured === true
          ? { label: 'Settings', groups: [{ title: 'Settings', items }] }
          : undefined
      }
      notices={props.notices}
    >
      {props.children}
    </AppPage>
  )
}
