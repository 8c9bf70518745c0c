import { z } from 'zod'
import { withholdAnswer } from '#kit/http/record.ts'
import { verifyPassword } from '#kit/secrets.ts'
import { mustAdminister } from '../../commands/actor.ts'
import { expirePassword, resetFactors } from '../../commands/lifecycle.ts'
import {
  activatePerson,
  deactivatePerson,
  setPassword,
  suspendPerson,
  unlockPerson,
  unsuspendPerson,
} from '../../commands/people.ts'
import { resetPassword } from '../../commands/reset-password.ts'
import { sendActivation, startRecovery } from '../../commands/sign-in-links.ts'
import { passwordProblem } from '../../sign-in/password-policy.ts'
import { ApiError } from '../api-error.ts'
import { type ApiCall, type ApiRoute, defineRoute, flag } from '../define-route.ts'
import { type ApiAnswer, ok } from '../send.ts'
import { namedUser } from './routes.ts'
import { placeOf } from './user-place.ts'
import { userMembers, userResource } from './user-resource.ts'

/** `/users/{id}/lifecycle/*` and `/users/{id}/credentials/*` (reference sheet 4.1, 6.3). */

/** What answers `{}`. */
const PLAIN = {
  deactivate: deactivatePerson,
  suspend: suspendPerson,
  unsuspend: unsuspendPerson,
  unlock: unlockPerson,
  reset_factors: resetFactors,
} as const

function plainRoutes(): readonly ApiRoute[] {
  return Object.entries(PLAIN).map(([verb, command]) =>
    defineRoute({
      name: `okta.api.users.${verb.replaceAll('_', '-')}`,
      method: 'POST',
      path: `/users/{id}/lifecycle/${verb}`,
      handle: async (call) => {
        await command(call.deps, call.actor, { userId: namedUser(call).id })
        return ok({})
      },
    }),
  )
}

const Passwords = z.object({
  oldPassword: z.object({ value: z.string().max(1000) }),
  newPassword: z.object({ value: z.string().max(1000) }),
})

/** Why a password was not changed: the sheet's E0000014, with one cause. */
function notChanged(cause: string): ApiError {
  return new ApiError('E0000014', { causes: [cause] })
}

/** By mail unless told otherwise; without one, the answer holds the link. */
const SendEmail = z.object({ sendEmail: flag(true) })

/** The link by which somebody activates their account; `{}` where it goes out by mail. */
async function activation(call: ApiCall<z.output<typeof SendEmail>>, userId: string): Promise<ApiAnswer> {
  const { sendEmail } = call.query
  const { url, token } = await sendActivation(call.deps, call.actor, { userId, sendMail: sendEmail })
  if (sendEmail) return ok({})
  withholdAnswer()
  return ok({ activationUrl: url, activationToken: token })
}

export const LIFECYCLE_ROUTES: readonly ApiRoute[] = [
  ...plainRoutes(),
  defineRoute({
    name: 'okta.api.users.activate',
    method: 'POST',
    path: '/users/{id}/lifecycle/activate',
    query: SendEmail,
    handle: async (call) => {
      const { id, status } = await activatePerson(call.deps, call.actor, { userId: namedUser(call).id })
      // Somebody who has a password already needs no link.
      return status === 'PROVISIONED' ? activation(call, id) : ok({})
    },
  }),
  defineRoute({
    name: 'okta.api.users.reactivate',
    method: 'POST',
    path: '/users/{id}/lifecycle/reactivate',
    query: SendEmail,
    handle: (call) => activation(call, namedUser(call).id),
  }),
  defineRoute({
    name: 'okta.api.users.reset-password',
    method: 'POST',
    path: '/users/{id}/lifecycle/reset_password',
    query: SendEmail,
    handle: async (call) => {
      const { sendEmail } = call.query
      const userId = namedUser(call).id
      const { url } = await startRecovery(call.deps, call.actor, { userId, sendMail: sendEmail })
      if (sendEmail) return ok({})
      withholdAnswer()
      return ok({ resetPasswordUrl: url })
    },
  }),
  defineRoute({
    name: 'okta.api.users.expire-password',
    method: 'POST',
    path: '/users/{id}/lifecycle/expire_password',
    query: z.object({ tempPassword: flag(false) }),
    handle: async (call) => {
      const { id } = namedUser(call)
      if (call.query.tempPassword) {
        withholdAnswer()
        const { temporaryPassword } = await resetPassword(call.deps, call.actor, { userId: id })
        return ok({ tempPassword: temporaryPassword })
      }
      return ok(userResource(placeOf(call), await expirePassword(call.deps, call.actor, { userId: id })))
    },
  }),
  defineRoute({
    name: 'okta.api.users.change-password',
    method: 'POST',
    path: '/users/{id}/credentials/change_password',
    query: z.object({ strict: flag(false) }),
    body: Passwords,
    handle: async (call) => {
      const { reader, body } = call
      mustAdminister(reader, call.actor, 'people')
      const user = namedUser(call)
      if (!(await verifyPassword(body.oldPassword.value, user.passwordHash ?? ''))) {
        throw notChanged('Old Password is not correct')
      }
      const problem = passwordProblem(body.newPassword.value, user.profile.login)
      if (problem !== undefined) throw notChanged(problem)
      const after = await setPassword(call.deps, call.actor, { userId: user.id, password: body.newPassword.value })
      return ok(userMembers(after, placeOf(call).typeId).credentials)
    },
  }),
]
