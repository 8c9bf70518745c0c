import { type Request, type Response, Router } from 'express'
import { renderPage } from '#kit/ui/render.ts'
import { type AppGroup, type AppUser, appGroupKey, appPersonKey, type OktaApp } from '../../../apps/records.ts'
import { mustAdminister } from '../../../commands/actor.ts'
import { provisionUsers, unassignGroup, unassignPerson } from '../../../commands/assignments.ts'
import { notFound } from '../../../commands/refusal.ts'
import { fullName } from '../../account.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { findPeople } from '../../people/find-people.ts'
import { queryText } from '../../read-query.ts'
import { appHref } from '../app-href.ts'
import { APP_PATH, appOf } from '../app-of.ts'
import { PickPanel, type PickView } from './assign-panels.tsx'
import { assignmentFormRoutes } from './assignment-form-routes.tsx'
import { AssignmentsPage } from './assignments-page.tsx'
import { ProvisionUserPage, UnassignGroupPage, UnassignUserPage } from './confirm-pages.tsx'
import { convertRoutes } from './convert-routes.tsx'
import { readAssignments } from './read-assignments.ts'

/** Candidates the dialog shows at once. */
const SHOWN = 20

/** The Assignments tab: the lists, the dialogs of Assign, unassigning, Provision User. */
export function assignmentRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()
  const at = `${APP_PATH}/assignments`

  router.get(at, (req, res) => {
    const app = appOf(deps, req)
    const view = readAssignments(deps, req, app)
    res.type('html').send(renderPage(<AssignmentsPage context={contextOf(deps, req, res)} app={app} view={view} />))
  })

  const readCandidates = (req: Request, app: OktaApp, kind: PickView['kind']): PickView => {
    const text = queryText(req, 'q')
    if (kind === 'people') {
      const found = findPeople(store, { text, status: undefined, page: 1 }, SHOWN)
      const candidates = found.people
        .filter(({ status }) => status !== 'DEPROVISIONED')
        .map((person) => ({
          id: person.id,
          name: fullName(person),
          detail: person.profile.login,
          isAssigned: store.count('appUsers', 'person', appPersonKey(app.id, person.id)) > 0,
        }))
      return { kind, text, candidates, hasMore: found.hasMore }
    }
    const groups = Array.from(store.entries('groups'), ([, group]) => group).filter(({ name }) =>
      name.toLowerCase().includes(text.toLowerCase()),
    )
    const candidates = groups.slice(0, SHOWN).map(({ id, name, description }) => ({
      id,
      name,
      detail: description,
      isAssigned: store.has('appGroups', appGroupKey(app.id, id)),
    }))
    return { kind, text, candidates, hasMore: groups.length > SHOWN }
  }

  const showPicker = (req: Request, res: Response, kind: PickView['kind']): void => {
    const { said, ...context } = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    const app = appOf(deps, req)
    const view = { ...readCandidates(req, app, kind), said: said?.text }
    const overlay = <PickPanel app={app} view={view} />
    const page = (
      <AssignmentsPage context={context} app={app} view={readAssignments(deps, req, app)} overlay={overlay} />
    )
    res.type('html').send(renderPage(page))
  }

  router.get(`${at}/assign/people`, (req, res) => showPicker(req, res, 'people'))
  router.get(`${at}/assign/groups`, (req, res) => showPicker(req, res, 'groups'))
  router.use(convertRoutes(deps), assignmentFormRoutes(deps))

  const appUserOf = (req: Request, app: OktaApp): AppUser => {
    const id = String(req.params['appUserId'])
    const appUser = store.get('appUsers', id)
    if (appUser?.appId !== app.id) throw notFound('AppUser', id)
    return appUser
  }
  const nameOf = ({ userId, userName }: AppUser): string => {
    const person = store.get('users', userId)
    return person === undefined ? userName : fullName(person)
  }
  const appGroupOf = (req: Request, app: OktaApp): AppGroup => {
    const id = String(req.params['groupId'])
    const appGroup = store.get('appGroups', appGroupKey(app.id, id))
    if (appGroup === undefined) throw notFound('AppGroup', id)
    return appGroup
  }

  router.get(`${at}/user/:appUserId/unassign`, (req, res) => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    const app = appOf(deps, req)
    const appUser = appUserOf(req, app)
    if (appUser.scope === 'GROUP') {
      const group = appUser.groupId === undefined ? undefined : store.get('groups', appUser.groupId)
      const text = `${nameOf(appUser)} has ${app.label} by the group ${group?.name ?? ''}. Unassign the group, or remove the person from it.`
      return goSaying(deps, req, res, appHref(app, 'assignments'), text, 'danger')
    }
    const page = <UnassignUserPage context={context} app={app} name={nameOf(appUser)} appUserId={appUser.id} />
    return res.type('html').send(renderPage(page))
  })

  router.post(`${at}/user/:appUserId/unassign`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const app = appOf(deps, req)
    const appUser = appUserOf(req, app)
    await unassignPerson(deps, actor, { appUserId: appUser.id })
    await goSaying(deps, req, res, appHref(app, 'assignments'), `${nameOf(appUser)} was unassigned.`)
  })

  router.get(`${at}/group/:groupId/unassign`, (req, res) => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    const app = appOf(deps, req)
    const { groupId } = appGroupOf(req, app)
    const name = store.get('groups', groupId)?.name ?? groupId
    res.type('html').send(renderPage(<UnassignGroupPage context={context} app={app} name={name} groupId={groupId} />))
  })

  router.post(`${at}/group/:groupId/unassign`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const app = appOf(deps, req)
    const { groupId } = appGroupOf(req, app)
    await unassignGroup(deps, actor, { appId: app.id, groupId })
    const name = store.get('groups', groupId)?.name ?? groupId
    await goSaying(deps, req, res, appHref(app, 'assignments?filter=groups'), `${name} was unassigned.`)
  })

  router.get(`${at}/provision`, (req, res) => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    const app = appOf(deps, req)
    const count = store.count('appUsers', 'unprovisioned', app.id)
    res.type('html').send(renderPage(<ProvisionUserPage context={context} app={app} count={count} />))
  })

  router.post(`${at}/provision`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const app = appOf(deps, req)
    const count = await provisionUsers(deps, actor, { appId: app.id })
    const text = `${count} ${count === 1 ? 'user is' : 'users are'} being provisioned to ${app.label}.`
    await goSaying(deps, req, res, appHref(app, 'assignments'), text)
  })

  return router
}
