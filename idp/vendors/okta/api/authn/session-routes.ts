import { z } from 'zod'
import { nameSubject } from '#kit/http/record.ts'
import type { SessionRecord } from '#kit/system/collections.ts'
import type { OktaReader, OktaUser } from '../../collections.ts'
import { mustAdminister } from '../../commands/actor.ts'
import { endSession, refreshSession } from '../../commands/sign-in.ts'
import { IDLE_MINUTES } from '../../sign-in/session.ts'
import { takeSignInToken } from '../../sign-in/sign-in-tokens.ts'
import { ApiError, resourceNotFound } from '../api-error.ts'
import { defineOpenRoute, defineRoute, type OpenCall, paramOf } from '../define-route.ts'
import { hinted } from '../links.ts'
import { orgOf } from '../org/user-type.ts'
import { type ApiAnswer, NOTHING, ok } from '../send.ts'

/**
 * `/sessions` (reference sheet 6.3): a session token becomes a session, whose cookie the answer sets; scripts look at sessions of
 * people and end them. The id of a session is made of what the store files it under, which opens nothing.
 */

const ID_PREFIX = '102'

interface LiveSession {
  readonly key: string
  readonly record: SessionRecord
  readonly user: OktaUser
}

/** The session of an id, unless it is over. */
function findSession({ reader, system }: OpenCall, id: string): LiveSession | undefined {
  if (!id.startsWith(ID_PREFIX)) return undefined
  const key = id.slice(ID_PREFIX.length)
  const record = reader.get('kitSessions', key)
  if (record === undefined || Date.parse(record.expiresAt) <= system.clock.now()) return undefined
  const user = reader.get('users', record.subjectId)
  const isGood = user?.status === 'ACTIVE' && record.data['stamp'] === user.statusChanged
  return user !== undefined && isGood ? { key, record, user } : undefined
}

/** @throws {ApiError} E0000007. */
function namedSession(call: OpenCall): LiveSession {
  const id = paramOf(call, 'id')
  const session = findSession(call, id)
  if (session === undefined) throw resourceNotFound('Session', id)
  nameSubject(session.user.profile.login)
  return session
}

/** The newest session of somebody. */
function newestOf(reader: OktaReader, userId: string): string {
  return [...reader.findKeys('kitSessions', 'subject', userId)].at(-1) ?? ''
}

/** The session of the browser that calls. @throws {ApiError} E0000007 without one. */
function ownSession(call: OpenCall): LiveSession {
  const current = call.session.currentUser(call.req)
  const keys = current === undefined ? [] : call.reader.findKeys('kitSessions', 'subject', current.user.id)
  for (const key of keys) {
    const session = findSession(call, `${ID_PREFIX}${key}`)
    if (session?.record.csrfToken === current?.csrfToken && session !== undefined) return session
  }
  throw resourceNotFound('Session', 'me')
}

function sessionResource({ base, reader }: OpenCall, { key, record, user }: LiveSession) {
  const id = `${ID_PREFIX}${key}`
  const self = `${base}/sessions/${id}`
  return {
    id,
    userId: user.id,
    login: user.profile.login,
    createdAt: record.createdAt,
    expiresAt: record.expiresAt,
    status: 'ACTIVE',
    lastPasswordVerification: record.createdAt,
    lastFactorVerification: null,
    amr: ['pwd'],
    idp: { id: orgOf(reader).id, type: 'OKTA' },
    mfaActive: false,
    _links: {
      self: hinted(self, 'GET', 'DELETE'),
      refresh: hinted(`${self}/lifecycle/refresh`, 'POST'),
      user: {
        name: `${user.profile.firstName} ${user.profile.lastName}`,
        ...hinted(`${base}/users/${user.id}`, 'GET'),
      },
    },
  }
}

async function refreshed(call: OpenCall, { key }: LiveSession): Promise<ApiAnswer> {
  await refreshSession(call.deps, { key, idleMinutes: IDLE_MINUTES })
  const session = findSession(call, `${ID_PREFIX}${key}`)
  if (session === undefined) throw resourceNotFound('Session', `${ID_PREFIX}${key}`)
  return ok(sessionResource(call, session))
}

export const SESSION_ROUTES = [
  defineOpenRoute({
    name: 'okta.api.sessions.create',
    method: 'POST',
    path: '/sessions',
    body: z.object({ sessionToken: z.string().max(200) }),
    handle: async (call) => {
      const user = await takeSignInToken(call.system, 'session', call.body.sessionToken)
      if (user === undefined || user.status !== 'ACTIVE') throw new ApiError('E0000004')
      await call.session.open(call.res, user)
      const session = findSession(call, `${ID_PREFIX}${newestOf(call.reader, user.id)}`)
      if (session === undefined) throw new ApiError('E0000004')
      nameSubject(user.profile.login)
      return ok(sessionResource(call, session))
    },
  }),
  defineOpenRoute({
    name: 'okta.api.sessions.get-own',
    method: 'GET',
    path: '/sessions/me',
    handle: (call) => ok(sessionResource(call, ownSession(call))),
  }),
  defineOpenRoute({
    name: 'okta.api.sessions.end-own',
    method: 'DELETE',
    path: '/sessions/me',
    handle: async (call) => {
      ownSession(call)
      await call.session.close(call.req, call.res)
      return NOTHING
    },
  }),
  defineOpenRoute({
    name: 'okta.api.sessions.refresh-own',
    method: 'POST',
    path: '/sessions/me/lifecycle/refresh',
    handle: (call) => refreshed(call, ownSession(call)),
  }),
  defineRoute({
    name: 'okta.api.sessions.get',
    method: 'GET',
    path: '/sessions/{id}',
    handle: (call) => ok(sessionResource(call, namedSession(call))),
  }),
  defineRoute({
    name: 'okta.api.sessions.end',
    method: 'DELETE',
    path: '/sessions/{id}',
    handle: async (call) => {
      mustAdminister(call.reader, call.actor, 'people')
      await endSession(call.deps, namedSession(call).key)
      return NOTHING
    },
  }),
  defineRoute({
    name: 'okta.api.sessions.refresh',
    method: 'POST',
    path: '/sessions/{id}/lifecycle/refresh',
    handle: (call) => {
      mustAdminister(call.reader, call.actor, 'people')
      return refreshed(call, namedSession(call))
    },
  }),
]
