import { type Request, type Response, Router } from 'express'
import { renderPage } from '#kit/ui/render.ts'
import { type AppGroup, appGroupKey, type OktaApp } from '../../../apps/records.ts'
import type { OktaGroup, OktaUser } from '../../../collections.ts'
import { mustAdminister } from '../../../commands/actor.ts'
import {
  assignGroup,
  assignmentForm,
  assignPerson,
  editAssignment,
  editGroupAssignment,
  groupAssignmentFields,
  setGroupPriority,
} from '../../../commands/assignments.ts'
import { notFound } from '../../../commands/refusal.ts'
import { schemaOf } from '../../../profiles/read.ts'
import type { AttributeDefinition, Profile } from '../../../profiles/records.ts'
import { fullName } from '../../account.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { problemsOf } from '../../form-view.tsx'
import { changedProfile, profileText, textsOf, wholeProfile } from '../../profile-fields.tsx'
import { appHref } from '../app-href.ts'
import { APP_PATH, appOf } from '../app-of.ts'
import { type AssignmentFormView, AssignmentPanel } from './assign-panels.tsx'
import { AssignmentsPage } from './assignments-page.tsx'
import { readAssignments } from './read-assignments.ts'

/** What was sent of a form that is shown again. */
interface Sent {
  readonly values: Readonly<Record<string, string>>
  readonly problems: Readonly<Record<string, string>>
}

const textOf = (body: unknown, name: string): string => {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
  return typeof value === 'string' ? value.trim() : ''
}

const profileTexts = (attributes: readonly AttributeDefinition[], profile: Profile): Record<string, string> =>
  Object.fromEntries(attributes.map(({ name }) => [name, profileText(profile[name])]))

/** The forms of an assignment: the review before it, editing it, for people and for groups. */
export function assignmentFormRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()
  const at = `${APP_PATH}/assignments`

  const show = (req: Request, res: Response, app: OktaApp, view: AssignmentFormView): void => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    const overlay = <AssignmentPanel view={view} />
    const page = (
      <AssignmentsPage context={context} app={app} view={readAssignments(deps, req, app)} overlay={overlay} />
    )
    res
      .status(Object.keys(view.problems).length > 0 ? 422 : 200)
      .type('html')
      .send(renderPage(page))
  }

  const personOf = (req: Request): OktaUser => {
    const id = String(req.params['userId'])
    const person = store.get('users', id)
    if (person === undefined) throw notFound('User', id)
    return person
  }

  /** What the review is filled with: the user name by the format, the attributes by the mapping. */
  const prefilled = (app: OktaApp, person: OktaUser) => {
    const { userName, fields } = assignmentForm(deps, { appId: app.id, userId: person.id })
    const attributes = fields.map(({ attribute }) => attribute)
    const profile: Profile = Object.fromEntries(
      fields.flatMap(({ attribute, value }) => (value === undefined ? [] : [[attribute.name, value]])),
    )
    return { userName, attributes, profile }
  }

  const showAssign = (req: Request, res: Response, sent?: Sent): void => {
    const app = appOf(deps, req)
    const person = personOf(req)
    const { userName, attributes, profile } = prefilled(app, person)
    const back = appHref(app, 'assignments/assign/people')
    show(req, res, app, {
      title: `Assign ${app.label} to ${fullName(person)}`,
      action: `${back}/${person.id}`,
      closeHref: back,
      saveLabel: 'Save and Go Back',
      userName: sent?.values['userName'] ?? userName,
      attributes,
      values: sent?.values ?? profileTexts(attributes, profile),
      problems: sent?.problems ?? {},
    })
  }

  router.get(`${at}/assign/people/:userId`, (req, res) => showAssign(req, res))

  router.post(`${at}/assign/people/:userId`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const app = appOf(deps, req)
    const person = personOf(req)
    const before = prefilled(app, person)
    const texts = textsOf(before.attributes, req.body)
    const userName = textOf(req.body, 'userName')
    if (userName === '') {
      return showAssign(req, res, {
        values: { ...texts, userName },
        problems: { userName: 'This field cannot be left blank' },
      })
    }
    try {
      await assignPerson(deps, actor, {
        appId: app.id,
        userId: person.id,
        ...(userName === before.userName ? {} : { userName }),
        values: wholeProfile(before.attributes, texts, before.profile),
      })
    } catch (error) {
      return showAssign(req, res, { values: { ...texts, userName }, problems: problemsOf(error) })
    }
    const to = appHref(app, 'assignments/assign/people')
    return goSaying(deps, req, res, to, `${app.label} was assigned to ${fullName(person)}.`)
  })

  const showEdit = (req: Request, res: Response, sent?: Sent): void => {
    const app = appOf(deps, req)
    const id = String(req.params['appUserId'])
    const appUser = store.get('appUsers', id)
    if (appUser?.appId !== app.id) throw notFound('AppUser', id)
    const attributes = schemaOf(store, app.id).attributes.filter(({ name }) => name !== 'userName')
    const hasGroup = store
      .find('appGroups', 'app', app.id)
      .some(({ groupId }) => store.has('groupMembers', `${groupId}/${appUser.userId}`))
    show(req, res, app, {
      title: 'Edit User Assignment',
      action: appHref(app, `assignments/user/${id}/edit`),
      closeHref: appHref(app, 'assignments'),
      saveLabel: 'Save',
      userName: sent?.values['userName'] ?? appUser.userName,
      source: appUser.scope === 'GROUP' || hasGroup ? appUser.scope : undefined,
      attributes,
      values: sent?.values ?? profileTexts(attributes, appUser.profile),
      problems: sent?.problems ?? {},
    })
  }

  router.get(`${at}/user/:appUserId/edit`, (req, res) => showEdit(req, res))

  router.post(`${at}/user/:appUserId/edit`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const app = appOf(deps, req)
    const id = String(req.params['appUserId'])
    const appUser = store.get('appUsers', id)
    if (appUser?.appId !== app.id) throw notFound('AppUser', id)
    const attributes = schemaOf(store, app.id).attributes.filter(({ name }) => name !== 'userName')
    const texts = textsOf(attributes, req.body)
    const userName = textOf(req.body, 'userName')
    const scope = textOf(req.body, 'scope')
    const isChanged = Object.keys(changedProfile(attributes, texts, appUser.profile)).length > 0
    if (scope === 'GROUP' && appUser.scope === 'GROUP' && (isChanged || userName !== appUser.userName)) {
      const problem = 'The values come from the group. Choose Administrator (overrides group) to change them.'
      return showEdit(req, res, { values: { ...texts, userName }, problems: { '': problem } })
    }
    try {
      await editAssignment(deps, actor, {
        appUserId: id,
        ...(scope === 'GROUP' || scope === 'USER' ? { scope } : {}),
        ...(userName === appUser.userName ? {} : { userName }),
        values: wholeProfile(attributes, texts, appUser.profile),
      })
    } catch (error) {
      return showEdit(req, res, { values: { ...texts, userName }, problems: problemsOf(error) })
    }
    return goSaying(deps, req, res, appHref(app, 'assignments'), 'The assignment was saved.')
  })

  const groupOf = (req: Request): OktaGroup => {
    const id = String(req.params['groupId'])
    const group = store.get('groups', id)
    if (group === undefined) throw notFound('UserGroup', id)
    return group
  }
  const groupAttributes = (app: OktaApp): readonly AttributeDefinition[] => groupAssignmentFields(store, app.id)

  const showAssignGroup = (req: Request, res: Response, sent?: Sent): void => {
    const app = appOf(deps, req)
    const group = groupOf(req)
    const back = appHref(app, 'assignments/assign/groups')
    show(req, res, app, {
      title: `Assign ${app.label} to ${group.name}`,
      action: `${back}/${group.id}`,
      closeHref: back,
      saveLabel: 'Save and Go Back',
      attributes: groupAttributes(app),
      values: sent?.values ?? {},
      problems: sent?.problems ?? {},
    })
  }

  router.get(`${at}/assign/groups/:groupId`, (req, res) => showAssignGroup(req, res))

  router.post(`${at}/assign/groups/:groupId`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const app = appOf(deps, req)
    const group = groupOf(req)
    const attributes = groupAttributes(app)
    const texts = textsOf(attributes, req.body)
    try {
      await assignGroup(deps, actor, {
        appId: app.id,
        groupId: group.id,
        profile: changedProfile(attributes, texts, {}),
      })
    } catch (error) {
      return showAssignGroup(req, res, { values: texts, problems: problemsOf(error) })
    }
    const to = appHref(app, 'assignments/assign/groups')
    return goSaying(deps, req, res, to, `${app.label} was assigned to ${group.name}.`)
  })

  const appGroupOf = (req: Request, app: OktaApp): AppGroup => {
    const id = String(req.params['groupId'])
    const appGroup = store.get('appGroups', appGroupKey(app.id, id))
    if (appGroup === undefined) throw notFound('AppGroup', id)
    return appGroup
  }

  const showEditGroup = (req: Request, res: Response, sent?: Sent): void => {
    const app = appOf(deps, req)
    const appGroup = appGroupOf(req, app)
    const attributes = groupAttributes(app)
    show(req, res, app, {
      title: 'Edit Group Assignment',
      action: appHref(app, `assignments/group/${appGroup.groupId}/edit`),
      closeHref: appHref(app, 'assignments?filter=groups'),
      saveLabel: 'Save',
      priority: sent?.values['priority'] ?? String(appGroup.priority + 1),
      attributes,
      values: sent?.values ?? profileTexts(attributes, appGroup.profile),
      problems: sent?.problems ?? {},
    })
  }

  router.get(`${at}/group/:groupId/edit`, (req, res) => showEditGroup(req, res))

  router.post(`${at}/group/:groupId/edit`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const app = appOf(deps, req)
    const appGroup = appGroupOf(req, app)
    const attributes = groupAttributes(app)
    const texts = textsOf(attributes, req.body)
    const priority = Number(textOf(req.body, 'priority')) - 1
    const values = { ...texts, priority: textOf(req.body, 'priority') }
    if (!Number.isSafeInteger(priority) || priority < 0) {
      return showEditGroup(req, res, { values, problems: { priority: 'Type a whole number from 1.' } })
    }
    const about = { appId: app.id, groupId: appGroup.groupId }
    try {
      const changed = changedProfile(attributes, texts, appGroup.profile)
      if (Object.keys(changed).length > 0) {
        await editGroupAssignment(deps, actor, { ...about, profile: { ...appGroup.profile, ...changed } })
      }
      if (priority !== appGroup.priority) await setGroupPriority(deps, actor, { ...about, priority })
    } catch (error) {
      return showEditGroup(req, res, { values, problems: problemsOf(error) })
    }
    return goSaying(deps, req, res, appHref(app, 'assignments?filter=groups'), 'The assignment was saved.')
  })

  return router
}
