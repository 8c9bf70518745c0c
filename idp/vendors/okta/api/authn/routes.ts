import { z } from 'zod'
import { nameSubject } from '#kit/http/record.ts'
import type { OktaUser } from '../../collections.ts'
import { OktaRefusal } from '../../commands/refusal.ts'
import { chooseOwnPassword, noteFailedSignIn } from '../../commands/sign-in.ts'
import { checkPassword } from '../../sign-in/check-password.ts'
import { issueSignInToken, personOfSignInToken, takeSignInToken } from '../../sign-in/sign-in-tokens.ts'
import { ApiError } from '../api-error.ts'
import { defineOpenRoute, type OpenCall } from '../define-route.ts'
import { hinted } from '../links.ts'
import { type ApiAnswer, ok } from '../send.ts'

/** `/authn` (reference sheet 6.3): sign-in by user name and password, in as many steps as it takes. There are no second factors. */

const Password = z.string().max(1000)
const SignInBody = z.object({ username: z.string().max(200), password: Password })
const StateBody = z.object({ stateToken: z.string().max(200) })
const ChangeBody = StateBody.extend({ oldPassword: Password, newPassword: Password })

/** A person as transactions show them. */
function embedded({ id, passwordChanged, created, profile }: OktaUser) {
  const { login, firstName, lastName, locale = 'en_US', timezone = 'America/Los_Angeles' } = profile
  return {
    id,
    passwordChanged: passwordChanged ?? created,
    profile: { login, firstName, lastName, locale, timeZone: timezone },
  }
}

async function success({ system }: OpenCall, user: OktaUser): Promise<ApiAnswer> {
  const { token, expiresAt } = await issueSignInToken(system, 'session', user)
  return ok({ expiresAt, status: 'SUCCESS', sessionToken: token, _embedded: { user: embedded(user) } })
}

async function passwordExpired({ system, base }: OpenCall, user: OktaUser): Promise<ApiAnswer> {
  const { token, expiresAt } = await issueSignInToken(system, 'state', user)
  const policy = {
    complexity: { minLength: 8, minLowerCase: 1, minUpperCase: 1, minNumber: 1, minSymbol: 0, excludeUsername: true },
  }
  return ok({
    stateToken: token,
    expiresAt,
    status: 'PASSWORD_EXPIRED',
    _embedded: { user: embedded(user), policy },
    _links: {
      next: { name: 'changePassword', ...hinted(`${base}/authn/credentials/change_password`, 'POST') },
      cancel: hinted(`${base}/authn/cancel`, 'POST'),
    },
  })
}

/** @throws {ApiError} E0000004 whatever was wrong: it tells nothing about the account. */
async function signIn(call: OpenCall, username: string, password: string): Promise<ApiAnswer> {
  nameSubject(username)
  const outcome = await checkPassword(call.system, username, password)
  switch (outcome.kind) {
    case 'signed-in':
      return success(call, outcome.user)
    case 'change-password':
      return passwordExpired(call, outcome.user)
    case 'refused': {
      const { user, reason } = outcome
      if (user !== undefined) await noteFailedSignIn(call.deps, { user, reason })
      if (reason === 'LOCKED_OUT') return ok({ status: 'LOCKED_OUT', _embedded: {}, _links: {} })
      throw new ApiError('E0000004')
    }
  }
}

/** @throws {ApiError} E0000011 for a token that is unknown, used or too old. */
function personOf({ system }: OpenCall, stateToken: string): OktaUser {
  const user = personOfSignInToken(system, 'state', stateToken)
  if (user === undefined) throw new ApiError('E0000011')
  nameSubject(user.profile.login)
  return user
}

export const AUTHN_ROUTES = [
  defineOpenRoute({
    name: 'okta.api.authn.sign-in',
    method: 'POST',
    path: '/authn',
    body: SignInBody,
    handle: (call) => signIn(call, call.body.username, call.body.password),
  }),
  defineOpenRoute({
    name: 'okta.api.authn.change-password',
    method: 'POST',
    path: '/authn/credentials/change_password',
    body: ChangeBody,
    handle: async (call) => {
      const { stateToken, oldPassword, newPassword } = call.body
      const user = personOf(call, stateToken)
      const outcome = await checkPassword(call.system, user.profile.login, oldPassword)
      if (outcome.kind === 'refused') {
        throw new ApiError('E0000014', { causes: ['Old Password is not correct'] })
      }
      try {
        const changed = await chooseOwnPassword(call.deps, { userId: user.id, password: newPassword })
        await takeSignInToken(call.system, 'state', stateToken)
        return await success(call, changed)
      } catch (error) {
        if (!(error instanceof OktaRefusal) || error.code !== 'E0000001') throw error
        throw new ApiError('E0000014', { causes: error.causes.map(({ summary }) => summary) })
      }
    },
  }),
  defineOpenRoute({
    name: 'okta.api.authn.cancel',
    method: 'POST',
    path: '/authn/cancel',
    body: StateBody,
    handle: async (call) => {
      personOf(call, call.body.stateToken)
      await takeSignInToken(call.system, 'state', call.body.stateToken)
      return ok({ relayState: null })
    },
  }),
]
