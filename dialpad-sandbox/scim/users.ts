import type { Router } from 'express'
import { nameSubject } from '#kit/http/record.ts'
import { equalityOf, type Filter } from '#kit/scim/filter.ts'
import type { JsonObject } from '#kit/scim/json.ts'
import { applyPatch } from '#kit/scim/patch.ts'
import { parsePatch } from '#kit/scim/patch-request.ts'
import { createProjection } from '#kit/scim/projection.ts'
import { readResource } from '#kit/scim/resource.ts'
import { readSearchRequest } from '#kit/scim/search.ts'
import { createUser } from '../commands/create-user.ts'
import { deleteUser } from '../commands/delete-user.ts'
import { updateUser } from '../commands/update-user.ts'
import type { DialpadSystem } from '../commands/work.ts'
import { notFound } from '../domain/refusal.ts'
import { primaryEmail } from '../domain/user-states.ts'
import type { Company, DialpadUser } from '../records.ts'
import type { Answer } from './answer.ts'
import { type Listing, list } from './list.ts'
import { type Call, createOperations, idOf, isUnmodified, requireVersion } from './operation.ts'
import { DIALPAD_USER_TYPE } from './resource-types.ts'
import { newUserOf, renderUser, userChangeOf, versionOf } from './user-resource.ts'

/** `/Users`: RFC 7644 on the outside, the commands of `commands/` behind it. */
export function mountUsers(router: Router, system: DialpadSystem): void {
  const operation = createOperations(system)

  router
    .route('/Users')
    .get(operation('scim.users.list', false, (call) => list(call, () => userListing(call))))
    .post(
      operation('scim.users.create', true, async (call) => {
        const resource = readResource(call.body, DIALPAD_USER_TYPE, call.dialect)
        const input = newUserOf(resource, call.company)
        nameSubject(input.email)
        const user = await createUser(system, call.actor, input)
        return userAnswer(call, user, 201)
      }),
    )

  router
    .route('/Users/:id')
    .get(
      operation('scim.users.get', false, (call) => {
        const user = visibleUser(call)
        return isUnmodified(call, versionOf(user)) ? { status: 304 } : userAnswer(call, user, 200)
      }),
    )
    .put(
      operation('scim.users.replace', true, (call) => {
        const user = visibleUser(call)
        return change(call, user, readResource(call.body, DIALPAD_USER_TYPE, call.dialect))
      }),
    )
    .patch(
      operation('scim.users.patch', true, (call) => {
        const user = visibleUser(call)
        const operations = parsePatch(call.body, call.dialect)
        const before = renderUser(system.store, user, call.base)
        return change(call, user, applyPatch(before, operations, DIALPAD_USER_TYPE, call.dialect).resource)
      }),
    )
    .delete(
      operation('scim.users.delete', false, async (call) => {
        const user = visibleUser(call)
        requireVersion(call, versionOf(user))
        await deleteUser(system, call.actor, user.id)
        return { status: 204 }
      }),
    )
}

/** Deleted people, and another company's, are absent. @throws {DialpadRefusal} 404. */
function visibleUser(call: Call): DialpadUser {
  const id = idOf(call)
  const user = call.system.store.get('users', id)
  if (user === undefined || !isVisible(user, call.company)) throw notFound('User', id)
  nameSubject(primaryEmail(user))
  return user
}

function isVisible(user: DialpadUser, company: Company): boolean {
  return user.companyId === company.id && user.state !== 'deleted'
}

async function change(call: Call, user: DialpadUser, after: JsonObject): Promise<Answer> {
  requireVersion(call, versionOf(user))
  const before = renderUser(call.system.store, user, call.base)
  const wanted = userChangeOf(before, after, user, call.company)
  return userAnswer(call, await updateUser(call.system, call.actor, user.id, wanted), 200)
}

function userAnswer(call: Call, user: DialpadUser, status: 200 | 201): Answer {
  const request = readSearchRequest(call.req.query, { defaultCount: 1, maxCount: 1 })
  const resource = renderUser(call.system.store, user, call.base)
  const show = createProjection(DIALPAD_USER_TYPE, request)
  return {
    status,
    body: request.attributes.length + request.excludedAttributes.length === 0 ? resource : show(resource),
    headers: { ETag: versionOf(user), ...(status === 201 ? { Location: `${call.base}/Users/${user.id}` } : {}) },
  }
}

function userListing(call: Call): Listing<DialpadUser> {
  const { store } = call.system
  const { company } = call
  function* all(): Generator<DialpadUser> {
    for (const key of store.findKeys('users', 'visible', company.id)) {
      const user = store.get('users', key)
      if (user !== undefined) yield user
    }
  }
  return {
    type: DIALPAD_USER_TYPE,
    total: () => store.count('users', 'visible', company.id),
    page: (offset, limit) => store.findPage('users', 'visible', company.id, offset, limit),
    lookUp: (filter) => lookUp(call, filter)?.filter((user) => isVisible(user, company)),
    all,
    render: (user) => renderUser(store, user, call.base),
  }
}

function lookUp(call: Call, filter: Filter): readonly DialpadUser[] | undefined {
  const { store } = call.system
  for (const { attribute, value } of equalityOf(filter)) {
    switch (attribute) {
      case 'id': {
        const user = store.get('users', value)
        return user === undefined ? [] : [user]
      }
      case 'username':
        return store.find('users', 'userName', value.toLowerCase())
      case 'externalid':
        return store.find('users', 'externalId', value)
    }
  }
  return undefined
}
