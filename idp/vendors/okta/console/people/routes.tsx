import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { listField, parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaUser, OktaUserStatus } from '../../collections.ts'
import { type Actor, mustAdminister } from '../../commands/actor.ts'
import {
  activatePerson,
  addPerson,
  deactivatePerson,
  deletePerson,
  suspendPerson,
  unlockPerson,
  unsuspendPerson,
} from '../../commands/people.ts'
import { sendActivation } from '../../commands/sign-in-links.ts'
import { fullName } from '../account.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../context.ts'
import { type FormView, problemsOf } from '../form-view.tsx'
import { PAGE_SIZE, pageOf, pagerOf, queryText } from '../read-query.ts'
import { AddPersonPage } from './add-person-page.tsx'
import { ConfirmLifecyclePage } from './confirm-pages.tsx'
import { findPeople } from './find-people.ts'
import { isLifecycleAct, LIFECYCLE, type LifecycleAct } from './lifecycle.ts'
import { type MailWords, mailWords, NO_MAIL } from './mail-words.ts'
import { passwordRoutes } from './password-routes.tsx'
import { PeoplePage } from './people-page.tsx'
import { personOf } from './person-of.ts'
import { personHref } from './person-page.tsx'
import { personTabRoutes } from './person-tab-routes.tsx'
import { STATUSES } from './statuses.ts'

const AddPersonForm = z.strictObject({
  firstName: z.string().trim(),
  lastName: z.string().trim(),
  login: z.string().trim(),
  email: z.string().trim(),
  secondEmail: z.string().trim().default(''),
  groups: z.preprocess(listField, z.array(z.string().max(64)).max(500)),
  activation: z.enum(['now', 'later']),
  setPassword: z.literal('true').optional(),
  password: z.string().default(''),
})

const COMMANDS = {
  activate: activatePerson,
  suspend: suspendPerson,
  unsuspend: unsuspendPerson,
  unlock: unlockPerson,
  deactivate: deactivatePerson,
  delete: deletePerson,
} as const satisfies Record<LifecycleAct, unknown>

/** Directory > People: list, Add person, the pages of each person. */
export function peopleRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()

  router.get('/users', (req, res) => {
    const context = contextOf(deps, req, res)
    const text = queryText(req, 'q')
    const status = STATUSES.find((each) => each.status === queryText(req, 'status'))?.status
    const page = pageOf(req)
    const found = findPeople(store, { text, status, page })
    const counts = Object.fromEntries(
      STATUSES.map((each): [OktaUserStatus, number] => [each.status, store.count('users', 'status', each.status)]),
    )
    const shown = { count: found.people.length, total: found.total, hasMore: found.hasMore }
    const pager = pagerOf(page, shown, 'people', '/admin/users', { q: text, status: status ?? '' })
    const view = { people: found.people, counts, total: store.count('users'), text, status, pager }
    res.type('html').send(renderPage(<PeoplePage context={context} view={view} />))
  })

  const showAdd = (req: Request, res: Response, sent?: FormView & { readonly chosen: readonly string[] }): void => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'people')
    const groups = store.page('groups', 0, PAGE_SIZE).filter((group) => group.type === 'OKTA_GROUP')
    const view = { ...(sent ?? { values: {}, problems: {}, chosen: [] }), groups }
    res
      .status(sent === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(<AddPersonPage context={context} view={view} />))
  }

  /** Whoever waits for their first password gets the link by mail. */
  const invited = async (actor: Actor, person: OktaUser): Promise<MailWords> => {
    if (person.status !== 'PROVISIONED') return NO_MAIL
    const { mail } = await sendActivation(deps, actor, { userId: person.id })
    const { text, tone } = mailWords(mail, person)
    return { text: ` ${text}`, tone }
  }

  router.get('/users/new', (req, res) => showAdd(req, res))

  router.post('/users/new', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const form = parseForm(AddPersonForm, req.body)
    if (!form.ok) return showAdd(req, res, { ...form, chosen: [] })
    const { groups, activation, setPassword, password, secondEmail, ...required } = form.value
    const { password: _, ...shown } = form.value
    const refuse = (problems: FormView['problems']): void => {
      const values = Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, String(value ?? '')]))
      showAdd(req, res, { values, problems, chosen: groups })
    }
    if (setPassword !== undefined && password === '') return refuse({ password: 'This field cannot be left blank' })
    try {
      const person = await addPerson(deps, actor, {
        profile: { ...required, ...(secondEmail === '' ? {} : { secondEmail }) },
        ...(setPassword === undefined ? {} : { password }),
        activate: activation === 'now',
        groupIds: groups,
      })
      const words = await invited(actor, person)
      await goSaying(deps, req, res, personHref(person.id), `${fullName(person)} was added.${words.text}`, words.tone)
    } catch (error) {
      refuse(problemsOf(error))
    }
  })

  router.use(passwordRoutes(deps), personTabRoutes(deps))

  router.get('/user/:userId/:act', (req, res, next) => {
    const { act } = req.params
    if (!isLifecycleAct(act)) return next()
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'people')
    const person = personOf(deps, req)
    const lostApps =
      act === 'deactivate'
        ? store.find('appUsers', 'user', person.id).flatMap(({ appId }) => store.get('apps', appId)?.label ?? [])
        : []
    res
      .type('html')
      .send(renderPage(<ConfirmLifecyclePage context={context} person={person} act={act} lostApps={lostApps} />))
  })

  router.post('/user/:userId/:act', async (req, res, next) => {
    const { act } = req.params
    if (!isLifecycleAct(act)) return next()
    const { actor } = contextOf(deps, req, res)
    const person = personOf(deps, req)
    const after = await COMMANDS[act](deps, actor, { userId: person.id })
    const words = act === 'activate' ? await invited(actor, after) : NO_MAIL
    const to = act === 'delete' ? '/admin/users' : personHref(person.id)
    await goSaying(deps, req, res, to, `${fullName(person)} ${LIFECYCLE[act].done}${words.text}`, words.tone)
  })

  return router
}
