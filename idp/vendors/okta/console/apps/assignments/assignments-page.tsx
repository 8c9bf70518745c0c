import { Badge } from '#kit/ui/badge.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Icon } from '#kit/ui/icon.tsx'
import { Inline, Quiet } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Menu } from '#kit/ui/menu.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { SearchField } from '#kit/ui/search-field.tsx'
import type { AppGroup, AppUser, OktaApp } from '../../../apps/records.ts'
import type { OktaGroup, OktaUser } from '../../../collections.ts'
import { fullName } from '../../account.ts'
import type { ConsolePageProps } from '../../console-page.tsx'
import type { ConsoleContext } from '../../context.ts'
import { appHref } from '../app-href.ts'
import { AppPage } from '../app-page.tsx'
import { reportsGroup } from '../app-reports/reports-page.tsx'

export interface PersonRow {
  readonly appUser: AppUser
  readonly person: OktaUser | undefined
  readonly groupName: string | undefined
  /** Why the row is red, in words. */
  readonly problem: string | undefined
}

export interface GroupRow {
  readonly appGroup: AppGroup
  readonly group: OktaGroup | undefined
}

export type AssignmentsView =
  | {
      readonly filter: 'people'
      readonly rows: readonly PersonRow[]
      readonly text: string
      readonly pager: PagerProps | undefined
      /** People who wait for Provision User. */
      readonly unprovisioned: number
      /** Jobs of the app that are not done yet. */
      readonly waiting: number
    }
  | { readonly filter: 'groups'; readonly rows: readonly GroupRow[]; readonly waiting: number }

/** The Assignments tab (reference sheet 1.8). */
export function AssignmentsPage(
  props: Pick<ConsolePageProps, 'overlay' | 'notices'> & {
    readonly context: ConsoleContext
    readonly app: OktaApp
    readonly view: AssignmentsView
  },
) {
  const { context, app, view } = props
  const here = appHref(app, 'assignments')
  const filters = [
    { label: 'People', href: here, current: view.filter === 'people' },
    { label: 'Groups', href: `${here}?filter=groups`, current: view.filter === 'groups' },
  ]
  return (
    <AppPage
      context={context}
      app={app}
      tab="Assignments"
      rail={{ label: 'Filters', groups: [{ title: 'Filters', items: filters }, reportsGroup(app)] }}
      notices={props.notices}
      overlay={props.overlay}
    >
      {context.may.apps && (
        <Inline>
          <Menu
            label="Assign"
            kind="primary"
            items={[
              { kind: 'link', label: 'Assign to People', href: appHref(app, 'assignments/assign/people') },
              { kind: 'link', label: 'Assign to Groups', href: appHref(app, 'assignments/assign/groups') },
            ]}
          />
          <Menu
            label="Convert Assignments"
            items={[{ kind: 'link', label: 'Individual to Group', href: appHref(app, 'assignments/convert') }]}
          />
          {view.filter === 'people' && view.unprovisioned > 0 && (
            <LinkButton href={appHref(app, 'assignments/provision')} icon="refresh">
              Provision User
            </LinkButton>
          )}
        </Inline>
      )}
      {view.filter === 'people' && (
        <SearchField label="Search assignments" action={here} value={view.text} id="search-assignments" />
      )}
      <Live
        id="assignments"
        everySeconds={view.waiting > 0 ? 1 : undefined}
        summary={view.waiting > 0 ? `${view.waiting} provisioning jobs waiting` : 'All provisioning jobs are done'}
      >
        {view.filter === 'people' ? (
          <>
            <PeopleTable app={app} rows={view.rows} mayAct={context.may.apps} />
            {view.pager && <Pager {...view.pager} />}
          </>
        ) : (
          <GroupsTable app={app} rows={view.rows} mayAct={context.may.apps} />
        )}
      </Live>
    </AppPage>
  )
}

function PeopleTable(props: { readonly app: OktaApp; readonly rows: readonly PersonRow[]; readonly mayAct: boolean }) {
  const { app } = props
  return (
    <DataTable
      caption="Assigned people"
      columns={[
        { key: 'person', header: 'Person' },
        { key: 'type', header: 'Type' },
        ...(props.mayAct ? [{ key: 'acts', header: 'Actions', headerHidden: true, narrow: true }] : []),
      ]}
      rows={props.rows.map(({ appUser, person, groupName, problem }) => {
        const name = person === undefined ? appUser.userName : fullName(person)
        return {
          key: appUser.id,
          cells: {
            person: (
              <>
                {name}
                <br />
                <Quiet>{appUser.userName}</Quiet>
                {problem !== undefined && (
                  <p class="k-problem okta-row-problem">
                    <Icon name="error" /> {problem}
                  </p>
                )}
                {appUser.syncState === 'SYNCING' && problem === undefined && (
                  <>
                    {' '}
                    <Badge tone="info">Provisioning</Badge>
                  </>
                )}
              </>
            ),
            type: appUser.scope === 'USER' ? 'Individual' : `Group ${groupName ?? ''}`,
            acts: (
              <Inline>
                <LinkButton
                  kind="subtle"
                  icon="edit"
                  href={appHref(app, `assignments/user/${appUser.id}/edit`)}
                  label={`Edit ${name}`}
                >
                  Edit
                </LinkButton>
                <LinkButton
                  kind="subtle"
                  icon="close"
                  href={appHref(app, `assignments/user/${appUser.id}/unassign`)}
                  label={`Unassign ${name}`}
                >
                  Unassign
                </LinkButton>
              </Inline>
            ),
          },
        }
      })}
      empty={
        <EmptyState title="No users found" icon="user">
          Assign the app to people or to groups.
        </EmptyState>
      }
    />
  )
}

function GroupsTable(props: { readonly app: OktaApp; readonly rows: readonly GroupRow[]; readonly mayAct: boolean }) {
  const { app } = props
  return (
    <DataTable
      caption="Assigned groups"
      columns={[
        { key: 'assignment', header: 'Assignment' },
        { key: 'priority', header: 'Priority', align: 'end' },
        ...(props.mayAct ? [{ key: 'acts', header: 'Actions', headerHidden: true, narrow: true }] : []),
      ]}
      rows={props.rows.map(({ appGroup, group }) => {
        const name = group?.name ?? appGroup.groupId
        return {
          key: appGroup.groupId,
          cells: {
            assignment: (
              <>
                {name}
                <br />
                <Quiet>{group?.description}</Quiet>
              </>
            ),
            priority: appGroup.priority + 1,
            acts: (
              <Inline>
                <LinkButton
                  kind="subtle"
                  icon="edit"
                  href={appHref(app, `assignments/group/${appGroup.groupId}/edit`)}
                  label={`Edit ${name}`}
                >
                  Edit
                </LinkButton>
                <LinkButton
                  kind="subtle"
                  icon="close"
                  href={appHref(app, `assignments/group/${appGroup.groupId}/unassign`)}
                  label={`Unassign ${name}`}
                >
                  Unassign
                </LinkButton>
              </Inline>
            ),
          },
        }
      })}
      empty={
        <EmptyState title="No groups found" icon="group">
          Assign the app to groups, and their people get it.
        </EmptyState>
      }
    />
  )
}
