import type { Request } from 'express'
import type { OktaApp } from '../../../apps/records.ts'
import { rowProblem } from '../../../apps/row-state.ts'
import type { ConsoleDeps } from '../../context.ts'
import { matchesText } from '../../people/find-people.ts'
import { pageOf, queryText, sliceOf } from '../../read-query.ts'
import { appHref } from '../app-href.ts'
import type { AssignmentsView } from './assignments-page.tsx'

/** What the Assignments tab shows, by its query. */
export function readAssignments({ system }: ConsoleDeps, req: Request, app: OktaApp): AssignmentsView {
  const { store } = system
  const waiting = store.count('provisioningJobs', 'app', app.id)
  if (queryText(req, 'filter') === 'groups') {
    const rows = store
      .find('appGroups', 'app', app.id)
      .toSorted((one, other) => one.priority - other.priority)
      .map((appGroup) => ({ appGroup, group: store.get('groups', appGroup.groupId) }))
    return { filter: 'groups', rows, waiting }
  }
  const text = queryText(req, 'q')
  const all = store.find('appUsers', 'app', app.id).filter(({ userId, userName }) => {
    const person = store.get('users', userId)
    const wanted = text.toLowerCase()
    return userName.toLowerCase().startsWith(wanted) || (person !== undefined && matchesText(person, text))
  })
  const path = appHref(app, 'assignments')
  const { items, pager } = sliceOf(all, pageOf(req), 'people', path, { q: text })
  const rows = items.map((appUser) => ({
    appUser,
    person: store.get('users', appUser.userId),
    groupName: appUser.groupId === undefined ? undefined : store.get('groups', appUser.groupId)?.name,
    problem: rowProblem(appUser, app)?.text,
  }))
  const unprovisioned = app.provisioning?.enabled === true ? store.count('appUsers', 'unprovisioned', app.id) : 0
  return { filter: 'people', rows, text, pager, unprovisioned, waiting }
}
