import type { ComponentChildren } from 'preact'
import { ConsolePage } from '../../console-page.tsx'
import type { ConsoleContext } from '../../context.ts'

export const SERVERS_HREF = '/admin/access/api/authorization-servers'
export const ORIGINS_HREF = '/admin/access/api/trusted-origins'
const TOKENS_HREF = '/admin/access/api/tokens'

/** Tabs of Security > API, in the console's order. */
export function apiTabs(current: 'Authorization Servers' | 'Tokens' | 'Trusted Origins') {
  return [
    { label: 'Authorization Servers', href: SERVERS_HREF },
    { label: 'Tokens', href: TOKENS_HREF },
    { label: 'Trusted Origins', href: ORIGINS_HREF },
  ].map((tab) => ({ ...tab, current: tab.label === current }))
}

/** A form of Security > API. */
export function ApiFormPage(props: {
  readonly context: ConsoleContext
  readonly title: string
  readonly path: readonly { readonly label: string; readonly href: string }[]
  readonly notices?: ComponentChildren
  readonly children: ComponentChildren
}) {
  return (
    <ConsolePage
      context={props.context}
      section="API"
      path={[{ label: 'API', href: SERVERS_HREF }, ...props.path]}
      title={props.title}
      notices={props.notices}
    >
      {props.children}
    </ConsolePage>
  )
}
