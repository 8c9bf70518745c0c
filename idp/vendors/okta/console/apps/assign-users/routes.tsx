import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { listField, parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { appPersonKey, type OktaApp } from '../../../apps/records.ts'
import type { OktaUser } from '../../../collections.ts'
import { mustAdminister } from '../../../commands/actor.ts'
import { assignmentForm, assignPerson } from '../../../commands/assignments.ts'
import { OktaRefusal } from '../../../commands/refusal.ts'
import { profileProblems } from '../../../profiles/check-profile.ts'
import { schemaOf } from '../../../profiles/read.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { findPeople } from '../../people/find-people.ts'
import {
  ASSIGN_USERS_HREF,
  ChooseAssignmentsPage,
  type ChooseView,
  type PlannedAssignment,
  ReviewAssignmentsPage,
} from './pages.tsx'

/** People offered at once. */
const OFFERED = 50
/** Assignments of one confirmation. */
const MOST = 500

const ids = z.preprocess(listField, z.array(z.string().max(64)).max(MOST))
const AssignForm = z.strictObject({
  appId: ids,
  userId: ids,
  q: z.string().trim().max(128).default(''),
  do: z.enum(['search', 'next', 'confirm']),
})

/** Applications > Assign Users to App: choose apps and people, review, confirm. */
export function assignUsersRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()
  const path = ASSIGN_USERS_HREF.slice('/admin'.length)

  type Chosen = Pick<ChooseView, 'text' | 'chosenApps' | 'chosenPeople' | 'problem'>
  const showChoice = (req: Request, res: Response, chosen: Chosen): void => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    const apps = Array.from(store.entries('apps'), ([, app]) => app).filter(({ status }) => status === 'ACTIVE')
    const found = findPeople(store, { text: chosen.text, status: undefined, page: 1 }, OFFERED)
    const ticked = peopleOf(chosen.chosenPeople)
    const others = found.people.filter(
      ({ id, status }) => status !== 'DEPROVISIONED' && !chosen.chosenPeople.includes(id),
    )
    const view = { ...chosen, apps, people: [...ticked, ...others], hasMore: found.hasMore }
    res
      .status(chosen.problem === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(<ChooseAssignmentsPage context={context} view={view} />))
  }

  const peopleOf = (userIds: readonly string[]): readonly OktaUser[] =>
    userIds.flatMap((id) => store.get('users', id) ?? []).filter(({ status }) => status !== 'DEPROVISIONED')
  const appsOf = (appIds: readonly string[]): readonly OktaApp[] =>
    appIds.flatMap((id) => store.get('apps', id) ?? []).filter(({ status }) => status === 'ACTIVE')

  const plan = (app: OktaApp, person: OktaUser): PlannedAssignment => {
    const { userName, fields } = assignmentForm(deps, { appId: app.id, userId: person.id })
    const existing = store.find('appUsers', 'person', appPersonKey(app.id, person.id))[0]
    if (existing?.scope === 'USER') {
      return { app, person, userName: existing.userName, refusal: 'Already assigned individually' }
    }
    const values = Object.fromEntries(
      fields.flatMap(({ attribute, mapped }) => (mapped === undefined ? [] : [[attribute.name, mapped]])),
    )
    const [problem] = profileProblems(schemaOf(store, app.id).attributes, { ...values, userName })
    const refusal = userName === '' ? 'User Name: The field cannot be left blank' : problem?.summary
    return { app, person, userName, refusal }
  }

  router.get(path, (req, res) => showChoice(req, res, { text: '', chosenApps: [], chosenPeople: [] }))

  router.post(path, async (req, res) => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    const form = parseForm(AssignForm, req.body)
    if (!form.ok) {
      const problem = `Choose at most ${MOST} people and apps at a time.`
      return showChoice(req, res, { text: '', chosenApps: [], chosenPeople: [], problem })
    }
    const { appId, userId, q, do: act } = form.value
    const chosen = { text: q, chosenApps: appId, chosenPeople: userId }
    const [apps, people] = [appsOf(appId), peopleOf(userId)]
    if (act === 'search') return showChoice(req, res, chosen)
    if (apps.length === 0) return showChoice(req, res, { ...chosen, problem: 'Select at least one application.' })
    if (people.length === 0) return showChoice(req, res, { ...chosen, problem: 'Select at least one person.' })
    if (apps.length * people.length > MOST) {
      return showChoice(req, res, { ...chosen, problem: `At most ${MOST} assignments can be made at a time.` })
    }
    const planned = apps.flatMap((app) => people.map((person) => plan(app, person)))
    if (act === 'next') {
      res.type('html').send(renderPage(<ReviewAssignmentsPage context={context} planned={planned} />))
      return
    }
    let made = 0
    for (const { app, person, refusal } of planned) {
      if (refusal !== undefined) continue
      try {
        await assignPerson(deps, context.actor, { appId: app.id, userId: person.id })
        made += 1
      } catch (error) {
        // Assigned or changed meanwhile: the others are assigned all the same, and the count tells.
        if (!(error instanceof OktaRefusal)) throw error
      }
    }
    const left = planned.length - made
    const text = `${made} ${made === 1 ? 'assignment was' : 'assignments were'} made.${left > 0 ? ` ${left} could not be made.` : ''}`
    return goSaying(deps, req, res, '/admin/apps/active', text, made > 0 ? 'success' : 'danger')
  })

  return router
}
