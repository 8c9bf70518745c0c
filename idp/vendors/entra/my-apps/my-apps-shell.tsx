import type { ComponentChildren } from 'preact'
import { type Asset, assetBeside } from '#kit/ui/assets.ts'
import { Breadcrumb } from '#kit/ui/breadcrumb.tsx'
import { Document } from '#kit/ui/document.tsx'
import type { Look } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import { PageHeader } from '#kit/ui/page-header.tsx'
import { TopBar } from '#kit/ui/top-bar.tsx'
import { entraLookNamed } from '../look/look.ts'
import { signInStylesheet } from '../sign-in/pages/sign-in-card.tsx'
import type { MyAppsContext } from './context.ts'
import { MY_APPS } from './portal.ts'

const stylesheet = assetBeside(import.meta.url, './my-apps.css', '/_assets/entra/my-apps.css')

/** Files the portal needs beside those of the look. */
export const myAppsAssets: readonly Asset[] = [stylesheet]

const named = entraLookNamed({ product: 'My Apps', mark: 'A' })
const look: Look = { ...named, stylesheets: [...named.stylesheets, signInStylesheet.urlPath, stylesheet.urlPath] }

/** Title of the first page. */
export const DASHBOARD = 'Apps dashboard'

export interface MyAppsShellProps {
  readonly context: MyAppsContext
  readonly title: string
  readonly subtitle?: string | undefined
  /** Text of the search. */
  readonly searched?: string | undefined
  readonly actions?: ComponentChildren
  readonly children: ComponentChildren
}

/** The portal around one page: word mark, search, account; no navigation at the left. */
export function MyAppsShell(props: MyAppsShellProps) {
  const { user, tenant, frame, said } = props.context
  const isHome = props.title === DASHBOARD
  return (
    <Document
      look={look}
      frame={frame}
      title={props.title}
      shellClass="entra-my-apps"
      mainClass="entra-my-apps__main"
      header={
        <TopBar
          homeHref={MY_APPS.home}
          search={{ action: MY_APPS.home, label: 'Search apps', value: props.searched }}
          account={{
            name: user.displayName,
            detail: user.userPrincipalName,
            organisation: tenant.displayName,
            signOutAction: `${MY_APPS.home}/sign-out`,
            signOutLabel: 'Sign out',
            links: [
              {
                kind: 'post',
                label: 'Sign in with a different account',
                icon: 'swap',
                action: `${MY_APPS.home}/switch-account`,
              },
            ],
          }}
        />
      }
    >
      {!isHome && <Breadcrumb items={[{ label: DASHBOARD, href: MY_APPS.home }, { label: props.title }]} />}
      <PageHeader title={props.title} subtitle={props.subtitle} actions={props.actions} />
      {said !== undefined && <Notice tone="success">{said}</Notice>}
      {props.children}
    </Document>
  )
}
