import type { Account } from '#kit/ui/account-menu.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Columns, Inline, Tile } from '#kit/ui/layout.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { OktaDashboardShell } from '../look/shell.tsx'
import type { AppTile } from './assigned-tiles.ts'

export interface DashboardView {
  readonly tiles: readonly AppTile[]
  readonly hasApps: boolean
  readonly text: string
  /** There are apps this person may add without asking. */
  readonly mayAdd: boolean
}

/** My Apps: a tile for each assigned app. */
export function DashboardPage(props: {
  readonly frame: Frame
  readonly account: Account
  readonly view: DashboardView
  readonly mayAdminister: boolean
}) {
  const { view } = props
  return (
    <OktaDashboardShell
      frame={props.frame}
      user={props.account}
      title="My Apps"
      search={{ action: '/', value: view.text }}
    >
      {(props.mayAdminister || view.mayAdd) && (
        <Inline>
          {props.mayAdminister && (
            <LinkButton href="/admin" icon="gear">
              Admin
            </LinkButton>
          )}
          {view.mayAdd && (
            <LinkButton href="/app/add-apps" icon="add">
              Add apps
            </LinkButton>
          )}
        </Inline>
      )}
      {view.tiles.length === 0 ? (
        <EmptyState title={view.hasApps ? 'No apps match' : 'No apps yet'} icon="apps">
          {view.hasApps
            ? `None of your apps is called ${view.text}.`
            : 'Apps appear here when an administrator assigns them to you.'}
        </EmptyState>
      ) : (
        <Columns min="narrow">
          {view.tiles.map((tile) => (
            <Tile key={tile.id} title={tile.label} detail={tile.detail} href={tile.href} newTab />
          ))}
        </Columns>
      )}
    </OktaDashboardShell>
  )
}
