import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { groupsHolding } from '#idp/core/directory/members.ts'
import type { DirectoryGroup, DirectoryUser } from '#idp/core/directory/records.ts'
import { admitMemberships, type MembershipAccess } from '../admission/membership-access.ts'
import { contextOf, type GraphDeps, type GraphPlace } from '../graph-call.ts'
import { GraphError } from '../graph-error.ts'
import { collectPage, readListQuery, selected, sendPage } from '../list-query.ts'
import { readBody } from '../read-body.ts'
import { directoryRoleIdOf, directoryRoleResource } from './directory-role-resource.ts'
import { groupResource } from './group-resource.ts'
import { userNamed } from './named-user.ts'

/** Ids one answer holds at most (directoryObject: getMemberGroups). */
export const MOST_IDS = 11_000

const WhichBody = z.strictObject({ securityEnabledOnly: z.boolean() })

type Kind = 'group' | 'directoryRole'

/** What a list may be narrowed to by a type in the path. Administrative units are a type of Graph's, of which there are none here. */
const CASTS: Readonly<Record<string, readonly Kind[]>> = {
  'microsoft.graph.group': ['group'],
  'microsoft.graph.directoryrole': ['directoryRole'],
  'microsoft.graph.administrativeunit': [],
}

interface Membership {
  readonly kind: Kind
  readonly whole: Readonly<Record<string, unknown>>
}

/**
 * What people are members of: as a list, direct (`memberOf`) or through other groups too (`transitiveMemberOf`), and as ids
 * (`getMemberGroups`, `getMemberObjects`), which is where a token sends whose groups it cannot hold. Each for the person of the token and
 * for anybody of the tenant.
 */
export function membershipRoutes({ system: { store } }: GraphDeps): Router {
  const router = Router()

  /** Whose memberships the address asks for: `undefined` for `/me`. */
  const finder = (req: Request): ((call: GraphPlace) => DirectoryUser) | undefined => {
    const name = req.params['userId']
    return name === undefined ? undefined : (call) => userNamed(store, call, String(name))
  }
  const templatesOf = (user: DirectoryUser): readonly string[] =>
    store.find('directoryRoles', 'user', user.id).map(({ roleTemplateId }) => roleTemplateId)

  const sendList = (req: Request, res: Response, nested: boolean): void => {
    const { call, user, isOpen } = admitMemberships(res, 'list', finder(req))
    const cast = req.params['type'] === undefined ? undefined : castOf(String(req.params['type']))
    const query = readListQuery(req, { count: true })
    const groups = groupsHolding(store, user.id, { nested })
    const roles = templatesOf(user).map((id) => directoryRoleResource(user.tenantId, id))
    const found: readonly Membership[] = [
      ...groups.map((group): Membership => ({ kind: 'group', whole: groupResource(group) })),
      ...roles.map((whole): Membership => ({ kind: 'directoryRole', whole })),
    ].filter(({ kind }) => cast?.kinds.includes(kind) ?? true)
    const page = collectPage(
      query,
      (offset, limit) => found.slice(offset, offset + limit),
      (each) => shown(each, isOpen, query.select, cast === undefined),
    )
    const context = cast?.context ?? 'directoryObjects'
    sendPage(req, res, call, { context, page: { ...page, total: found.length }, query })
  }

  const sendIds = (req: Request, res: Response, hasRoles: boolean): void => {
    const { call, user } = admitMemberships(res, 'ids', finder(req))
    const { securityEnabledOnly } = readBody(WhichBody, req, 'Action parameters')
    const groups = groupsHolding(store, user.id, { nested: true, most: MOST_IDS })
    const ids = idsOf(user, groups, hasRoles && !securityEnabledOnly ? templatesOf(user) : [], securityEnabledOnly)
    if (ids.length > MOST_IDS) {
      throw new GraphError(
        'Directory_ResultSizeLimitExceeded',
        400,
        `The result has more than ${MOST_IDS} ids. Ask for the list transitiveMemberOf, page by page.`,
      )
    }
    res.json({ ...contextOf(call, 'Collection(Edm.String)'), value: ids })
  }

  for (const whose of ['/me', '/users/:userId']) {
    router.get([`${whose}/memberOf`, `${whose}/memberOf/:type`], (req, res) => sendList(req, res, false))
    router.get([`${whose}/transitiveMemberOf`, `${whose}/transitiveMemberOf/:type`], (req, res) =>
      sendList(req, res, true),
    )
    router.post(`${whose}/getMemberGroups`, (req, res) => sendIds(req, res, false))
    router.post(`${whose}/getMemberObjects`, (req, res) => sendIds(req, res, true))
  }
  return router
}

function castOf(type: string): { readonly kinds: readonly Kind[]; readonly context: string } {
  const kinds = CASTS[type.toLowerCase()]
  if (kinds === undefined) throw new GraphError('BadRequest', 400, `Resource not found for the segment '${type}'.`)
  const [first] = kinds
  return { kinds, context: first === undefined ? 'administrativeUnits' : `${first}s` }
}

/** A member under its type; one the caller has no permission for shows its id and nothing else. */
function shown(
  { kind, whole }: Membership,
  isOpen: MembershipAccess['isOpen'],
  select: readonly string[],
  isTyped: boolean,
): object {
  const open = isOpen[kind] ? whole : Object.fromEntries(Object.keys(whole).map((name) => [name, closed(whole, name)]))
  return { ...(isTyped ? { '@odata.type': `#microsoft.graph.${kind}` } : {}), ...selected(open, select, kind) }
}

function closed(whole: Readonly<Record<string, unknown>>, name: string): unknown {
  if (name === 'id') return whole['id']
  return Array.isArray(whole[name]) ? [] : null
}

function idsOf(
  { tenantId }: DirectoryUser,
  groups: readonly DirectoryGroup[],
  templates: readonly string[],
  securityEnabledOnly: boolean,
): readonly string[] {
  return [
    ...groups.filter(({ securityEnabled }) => securityEnabled || !securityEnabledOnly).map(({ id }) => id),
    ...templates.map((template) => directoryRoleIdOf(tenantId, template)),
  ]
}
