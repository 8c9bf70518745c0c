import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaApp } from '../../apps/records.ts'
import type { OktaGroup } from '../../collections.ts'
import { mustAdminister } from '../../commands/actor.ts'
import { addGroup, addMember, deleteGroup, editGroup, removeMember } from '../../commands/groups.ts'
import { notFound } from '../../commands/refusal.ts'
import { isMember, memberCountOf } from '../../groups/membership.ts'
import { managingRules } from '../../groups/rules/apply.ts'
import { rulesPutting } from '../../groups/rules/condition.ts'
import { fullName } from '../account.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../context.ts'
import { type FormView, problemsOf } from '../form-view.tsx'
import { findPeople } from '../people/find-people.ts'
import { personOf } from '../people/person-of.ts'
import { PAGE_SIZE, pageOf, pagerOf, queryText, sliceOf } from '../read-query.ts'
import { groupHref } from './group-page.tsx'
import {
  AddGroupPage,
  DeleteGroupPage,
  EditGroupPage,
  GroupApplications,
  GroupPeople,
  GroupProfile,
  RemoveMemberPage,
} from './group-tabs.tsx'
import { GroupsPage } from './groups-page.tsx'
import { groupRuleRoutes } from './rules/routes.tsx'

/** People a picker shows at once. */
const PICKED = 20

const GroupForm = z.strictObject({ name: z.string().trim(), description: z.string().trim().default('') })
const PickForm = z.strictObject({ userId: z.string().max(64), q: z.string().trim().max(128).default('') })

/** Directory > Groups: list, Add group, the pages of each group. */
export function groupRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()

  const groupOf = (req: Request): OktaGroup => {
    const id = String(req.params['groupId'])
    const group = store.get('groups', id)
    if (group === undefined) throw notFound('UserGroup', id)
    return group
  }
  const appsOf = (group: OktaGroup): readonly OktaApp[] =>
    store.find('appGroups', 'group', group.id).flatMap(({ appId }) => store.get('apps', appId) ?? [])

  router.use(groupRuleRoutes(deps))

  router.get('/groups', (req, res) => {
    const text = queryText(req, 'q')
    const wanted = text.toLowerCase()
    const all = Array.from(store.entries('groups'), ([, group]) => group).filter(({ name }) =>
      name.toLowerCase().includes(wanted),
    )
    const { items, pager } = sliceOf(all, pageOf(req), 'groups', '/admin/groups', { q: text })
    const groups = items.map((group) => ({
      group,
      people: memberCountOf(store, group.id),
      apps: store.count('appGroups', 'group', group.id),
    }))
    const context = contextOf(deps, req, res)
    res.type('html').send(renderPage(<GroupsPage context={context} view={{ groups, text, pager }} />))
  })

  const showAdd = (req: Request, res: Response, sent?: FormView): void => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'people')
    res
      .status(sent === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(<AddGroupPage context={context} view={sent ?? { values: {}, problems: {} }} />))
  }

  router.get('/groups/new', (req, res) => showAdd(req, res))

  router.post('/groups/new', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const form = parseForm(GroupForm, req.body)
    if (!form.ok) return showAdd(req, res, form)
    try {
      const group = await addGroup(deps, actor, form.value)
      await goSaying(deps, req, res, groupHref(group.id), `The group ${group.name} was added.`)
    } catch (error) {
      showAdd(req, res, { values: form.value, problems: problemsOf(error) })
    }
  })

  router.get('/group/:groupId', (req, res) => res.redirect(303, groupHref(groupOf(req).id)))

  const showPeople = (req: Request, res: Response, isPicking: boolean): void => {
    const context = contextOf(deps, req, res)
    const group = groupOf(req)
    const page = isPicking ? 1 : pageOf(req)
    const offset = (page - 1) * PAGE_SIZE
    const people =
      group.type === 'BUILT_IN'
        ? store.page('users', offset, PAGE_SIZE)
        : store
            .findPage('groupMembers', 'group', group.id, offset, PAGE_SIZE)
            .flatMap(({ userId }) => store.get('users', userId) ?? [])
    const total = memberCountOf(store, group.id)
    const shown = { count: people.length, total, hasMore: offset + PAGE_SIZE < total }
    const pager = pagerOf(page, shown, 'people', groupHref(group.id))
    const managedBy = new Map(
      people.map(({ id }) => [
        id,
        managingRules(store, store.get('groupMembers', `${group.id}/${id}`)).map(({ name }) => name),
      ]),
    )
    const view = { context, group, people, managedBy, pager }
    if (!isPicking) {
      res.type('html').send(renderPage(<GroupPeople {...view} />))
      return
    }
    mustAdminister(store, context.actor, 'people')
    const text = queryText(req, 'q')
    const found = findPeople(store, { text, status: undefined, page: 1 }, PICKED)
    const picker = {
      text,
      people: found.people.map((person) => ({ person, isMember: isMember(store, group.id, person.id) })),
      hasMore: found.hasMore,
    }
    res.type('html').send(renderPage(<GroupPeople {...view} picker={picker} />))
  }

  router.get('/group/:groupId/people', (req, res) => showPeople(req, res, false))
  router.get('/group/:groupId/people/assign', (req, res) => showPeople(req, res, true))

  router.post('/group/:groupId/people/assign', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const group = groupOf(req)
    const form = parseForm(PickForm, req.body)
    if (!form.ok) return res.redirect(303, groupHref(group.id, 'people/assign'))
    const { userId, q } = form.value
    await addMember(deps, actor, { groupId: group.id, userId })
    const person = store.get('users', userId)
    const to = `${groupHref(group.id, 'people/assign')}?${new URLSearchParams({ q })}`
    const text = `${person === undefined ? 'The person' : fullName(person)} was assigned to ${group.name}.`
    return goSaying(deps, req, res, to, text)
  })

  router.get('/group/:groupId/people/:userId/remove', (req, res) => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'people')
    const [group, person] = [groupOf(req), personOf(deps, req)]
    const rules = rulesPutting(store, deps.system.clock, group.id, person).map(({ name }) => name)
    const page = <RemoveMemberPage context={context} group={group} person={person} apps={appsOf(group)} rules={rules} />
    res.type('html').send(renderPage(page))
  })

  router.post('/group/:groupId/people/:userId/remove', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const [group, person] = [groupOf(req), personOf(deps, req)]
    await removeMember(deps, actor, { groupId: group.id, userId: person.id })
    await goSaying(deps, req, res, groupHref(group.id), `${fullName(person)} was removed from ${group.name}.`)
  })

  router.get('/group/:groupId/applications', (req, res) => {
    const [context, group] = [contextOf(deps, req, res), groupOf(req)]
    res.type('html').send(renderPage(<GroupApplications context={context} group={group} apps={appsOf(group)} />))
  })

  router.get('/group/:groupId/profile', (req, res) => {
    const [context, group] = [contextOf(deps, req, res), groupOf(req)]
    res.type('html').send(renderPage(<GroupProfile context={context} group={group} />))
  })

  const showEdit = (req: Request, res: Response, sent?: FormView): void => {
    const [context, group] = [contextOf(deps, req, res), groupOf(req)]
    mustAdminister(store, context.actor, 'people')
    const view = sent ?? { values: { name: group.name, description: group.description }, problems: {} }
    res
      .status(sent === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(<EditGroupPage context={context} group={group} view={view} />))
  }

  router.get('/group/:groupId/profile/edit', (req, res) => showEdit(req, res))

  router.post('/group/:groupId/profile/edit', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const group = groupOf(req)
    const form = parseForm(GroupForm, req.body)
    if (!form.ok) return showEdit(req, res, form)
    try {
      await editGroup(deps, actor, { groupId: group.id, ...form.value })
    } catch (error) {
      return showEdit(req, res, { values: form.value, problems: problemsOf(error) })
    }
    return goSaying(deps, req, res, groupHref(group.id, 'profile'), `The group ${form.value.name} was saved.`)
  })

  router.get('/group/:groupId/delete', (req, res) => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'people')
    const group = groupOf(req)
    res.type('html').send(renderPage(<DeleteGroupPage context={context} group={group} apps={appsOf(group)} />))
  })

  router.post('/group/:groupId/delete', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const group = groupOf(req)
    await deleteGroup(deps, actor, { groupId: group.id })
    await goSaying(deps, req, res, '/admin/groups', `The group ${group.name} was deleted.`)
  })

  return router
}
