import type { Router } from 'express'
import { nameSubject } from '#kit/http/record.ts'
import { equalityOf, type Filter } from '#kit/scim/filter.ts'
import type { JsonObject } from '#kit/scim/json.ts'
import { applyPatch } from '#kit/scim/patch.ts'
import { parsePatch } from '#kit/scim/patch-request.ts'
import { createProjection } from '#kit/scim/projection.ts'
import { refuseImmutableChanges } from '#kit/scim/resource.ts'
import { createUser } from '../commands/create-user.ts'
import { deleteUser } from '../commands/delete-user.ts'
import { updateUser } from '../commands/update-user.ts'
import { notFound } from '../domain/refusal.ts'
import { primaryEmail } from '../domain/user-states.ts'
import type { Company, DialpadUser } from '../records.ts'
import type { Answer } from './answer.ts'
import { isUnmodified, requireVersion } from './conditions.ts'
import { createSource, list, queryOf, type Source } from './list.ts'
import { type Call, idOf, type Operations } from './operation.ts'
import { DIALPAD_USER_TYPE } from './resource-types.ts'
import { readUser, understoodOf } from './user-body.ts'
import { newUserOf, renderUser, userChangeOf, versionOf } from './user-resource.ts'

/** `/Users`: RFC 7644 on the outside, the commands of `commands/` behind it. */
export function mountUsers(router: Router, operation: Operations): void {
  router
    .route('/Users')
    .get(operation('scim.users.list', false, (call) => list(call, queryOf(call), [userSource(call)])))
    .post(
      operation('scim.users.create', true, async (call) => {
        const resource = readUser(call)
        const input = newUserOf(resource, call.company)
        nameSubject(input.email)
        const user = await createUser(call.system, call.actor, input)
        return userAnswer(call, user, 201)
      }),
    )

  router
    .route('/Users/:id')
    .get(
      operation('scim.users.get', false, (call) => {
        const user = visibleUser(call)
        const version = versionOf(user)
        return isUnmodified(call, version) ? { status: 304, headers: { ETag: version } } : userAnswer(call, user, 200)
      }),
    )
    .put(
      operation('scim.users.replace', true, (call) => {
        const user = visibleUser(call)
        requireVersion(call, versionOf(user))
        return change(call, user, readUser(call))
      }),
    )
    .patch(
      operation('scim.users.patch', true, (call) => {
        const user = visibleUser(call)
        requireVersion(call, versionOf(user))
        const { dialect } = call
        const operations = parsePatch(call.body, dialect)
        const before = renderUser(call.system.store, user, call.base)
        const after = applyPatch(before, operations, DIALPAD_USER_TYPE, dialect).resource
        return change(call, user, understoodOf(call, after))
      }),
    )
    .delete(
      operation('scim.users.delete', false, async (call) => {
        const user = visibleUser(call)
        requireVersion(call, versionOf(user))
        await deleteUser(call.system, call.actor, user.id)
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
  const before = renderUser(call.system.store, user, call.base)
  refuseImmutableChanges(before, after, DIALPAD_USER_TYPE)
  const wanted = userChangeOf(before, after, user, call.company)
  return userAnswer(call, await updateUser(call.system, call.actor, user.id, wanted), 200)
}

function userAnswer(call: Call, user: DialpadUser, status: 200 | 201): Answer {
  const { attributes, excludedAttributes } = call.wish
  const resource = renderUser(call.system.store, user, call.base)
  const hasWish = attributes.length + excludedAttributes.length > 0
  return {
    status,
    body: hasWish ? createProjection(DIALPAD_USER_TYPE, call.wish)(resource) : resource,
    headers: { ETag: versionOf(user), ...(status === 201 ? { Location: `${call.base}/Users/${user.id}` } : {}) },
  }
}

/** Everybody SCIM shows to the holder of the key. */
export function userSource(call: Call): Source {
  const { store } = call.system
  const { company } = call
  return createSource<DialpadUser>({
    type: DIALPAD_USER_TYPE,
    total: () => store.count('users', 'visible', company.id),
    page: (offset, limit) => store.findPage('users', 'visible', company.id, offset, limit),
    lookUp: (filter) => lookUp(call, filter)?.filter((user) => isVisible(user, company)),
    all: () => visibleUsers(store, company.id),
    render: (user) => renderUser(store, user, call.base),
  })
}

function* visibleUsers(store: Call['system']['store'], companyId: string): Generator<DialpadUser> {
  for (const key of store.findKeys('users', 'visible', companyId)) {
    const user = store.get('users', key)
    if (user !== undefined) yield user
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
