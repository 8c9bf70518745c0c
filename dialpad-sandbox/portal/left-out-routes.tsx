import { EmptyState } from '#kit/ui/empty-state.tsx'
import type { PageDeps } from '../sign-in/deps.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { LEFT_OUT_OF_COMPANY, LEFT_OUT_OF_OFFICE, type LeftOut, leftOutPath } from './left-out.ts'
import { ownOffice } from './own-records.ts'
import type { AdminRoutes } from './visit.ts'

/** The pages of the menu that have nothing to show. */
export function mountLeftOut({ system }: PageDeps, routes: AdminRoutes): void {
  for (const each of LEFT_OUT_OF_COMPANY) {
    routes.get(leftOutPath(each), ({ show }) => show((chrome) => <LeftOutPage chrome={chrome} it={each} />))
  }
  for (const each of LEFT_OUT_OF_OFFICE) {
    routes.get(leftOutPath(each, ':id'), (visit) => {
      const { id, name } = ownOffice(system.store, visit)
      return visit.show((chrome) => <LeftOutPage chrome={chrome} it={each} office={{ id, name }} />)
    })
  }
}

function LeftOutPage(props: {
  readonly chrome: Chrome
  readonly it: LeftOut
  readonly office?: { readonly id: string; readonly name: string }
}) {
  const { it, office } = props
  return (
    <AdminPage chrome={props.chrome} office={office} current={leftOutPath(it, office?.id)} title={it.label}>
      <EmptyState title={`${it.label} are not part of the simulation`} icon={it.icon}>
        {it.instead}
      </EmptyState>
    </AdminPage>
  )
}
