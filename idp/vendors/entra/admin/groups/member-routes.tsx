import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { liveGroup } from '#idp/core/directory/groups.ts'
import { isDirectMember } from '#idp/core/directory/members.ts'
import type { DirectoryGroup, GroupMember } from '#idp/core/directory/records.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { mustManageUsers } from '../../commands/actor.ts'
import { addGroupMembers, removeGroupMembers } from '../../commands/groups.ts'
import { type AdminContext, type AdminDeps, contextOf, goSaying, say } from '../context.ts'
import { countWords, problemsOf, readIds } from '../forms.ts'
import { PICKER_FIELDS } from '../picker-form.ts'
import { readPicker } from '../read-picker.ts'
import { listRequestOf, pagerOf, queryList } from '../read-query.ts'
import { usersReadOnly } from '../users/users-read-only.ts'
import { groupHref } from './group-page.tsx'
import { type MemberRow, MembersPage, RemoveMembersPage } from './members-page.tsx'

const AddMembersForm = z.strictObject({ ...PICKER_FIELDS, do: z.enum(['search', 'select']) })

/** Members of a group: `/{groupId}/members`, `/members/add`, `/members/remove`. */
export function memberRoutes(deps: AdminDeps): Router {
  const { store } = deps.system
  const router = Router()

  const groupOf = (req: Request, { tenant }: AdminContext): DirectoryGroup =>
    liveGroup(store, tenant.id, String(req.params['groupId']))

  /** One line of the list; nothing for a member in the recycle bin. */
  const memberRow = ({ memberId, memberType }: GroupMember): readonly MemberRow[] => {
    if (memberType === 'user') {
      const user = store.get('users', memberId)
      if (user === undefined || user.deletedDateTime !== undefined) return []
      return [{ id: memberId, name: user.displayName, detail: user.userPrincipalName, type: 'User' }]
    }
    const group = store.get('groups', memberId)
    if (group === undefined || group.deletedDateTime !== undefined) return []
    return [{ id: memberId, name: group.displayName, detail: group.description ?? '', type: 'Group' }]
  }

  interface OpenPicker {
    readonly text: string
    readonly ids: readonly string[]
    readonly problem?: string
  }

  const showMembers = (req: Request, res: Response, open?: OpenPicker): void => {
    const context = contextOf(deps, req, res)
    const group = groupOf(req, context)
    if (open !== undefined) mustManageUsers(store, context.actor)
    const request = listRequestOf(req)
    const total = store.count('groupMembers', 'group', group.id)
    const pairs = store.findPage('groupMembers', 'group', group.id, request.offset, request.limit)
    const shown = { count: pairs.length, total, hasMore: request.offset + pairs.length < total }
    const picker =
      open &&
      readPicker(store, {
        tenantId: context.tenant.id,
        text: open.text,
        selectedIds: open.ids,
        kinds: ['User', 'Group'],
        unavailable: (id) => {
          if (id === group.id) return 'This group'
          return isDirectMember(store, group.id, id) ? 'Already a member' : undefined
        },
      })
    const view = {
      group,
      members: pairs.flatMap(memberRow),
      total,
      pager: pagerOf(request, shown, 'members', groupHref(group.id, 'members')),
      readOnly: usersReadOnly(context),
      picker,
      problem: open?.problem,
    }
    res
      .status(open?.problem === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(<MembersPage context={context} view={view} />))
  }

  router.get('/:groupId/members', (req, res) => showMembers(req, res))
  router.get('/:groupId/members/add', (req, res) => showMembers(req, res, { text: '', ids: [] }))

  router.post('/:groupId/members/add', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const form = parseForm(AddMembersForm, req.body)
    if (!form.ok) return showMembers(req, res, { text: '', ids: [], problem: 'The form could not be read.' })
    const { q, id: ids } = form.value
    if (form.value.do === 'search') return showMembers(req, res, { text: q, ids })
    try {
      const group = await addGroupMembers(deps, actor, { groupId: req.params.groupId, memberIds: ids })
      const text = `${countWords(ids.length, 'member')} added to ${group.displayName}.`
      await goSaying(deps, req, res, groupHref(group.id, 'members'), text)
    } catch (error) {
      showMembers(req, res, { text: q, ids, problem: Object.values(problemsOf(error)).join(' ') })
    }
  })

  router.get('/:groupId/members/remove', async (req, res) => {
    const context = contextOf(deps, req, res)
    const group = groupOf(req, context)
    mustManageUsers(store, context.actor)
    const members = queryList(req, 'id').flatMap((memberId) => {
      const pair = store.get('groupMembers', `${group.id}/${memberId}`)
      return pair === undefined ? [] : memberRow(pair)
    })
    if (members.length === 0) {
      await say(deps, req, 'Tick the members to remove first.', 'warning')
      res.redirect(303, groupHref(group.id, 'members'))
      return
    }
    res.type('html').send(renderPage(<RemoveMembersPage context={context} group={group} members={members} />))
  })

  router.post('/:groupId/members/remove', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const memberIds = readIds(req.body)
    const group = await removeGroupMembers(deps, actor, { groupId: req.params.groupId, memberIds })
    const text = `${countWords(memberIds.length, 'member')} removed from ${group.displayName}.`
    await goSaying(deps, req, res, groupHref(group.id, 'members'), text)
  })

  return router
}
