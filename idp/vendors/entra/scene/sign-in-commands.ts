import { z } from 'zod'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import {
  expirePassword,
  MFA_STATES,
  mfaStateOf,
  registerAuthenticator,
  removeAuthenticator,
  setPerUserMfa,
  setSignInFrequency,
} from '../commands/sign-in-states.ts'
import { codeOfStep, STEP_SECONDS, stepAt } from '../sign-in/states/totp.ts'
import { entraCommand, KIT, type SceneDeps } from './entra-command.ts'
import { personNamed } from './find.ts'

const Person = z.strictObject({ person: z.string() })

/** How people sign in: passwords that have to be changed, second factors, how often. */
export function signInCommands(deps: SceneDeps) {
  const { system } = deps
  const tell = ({ id, userPrincipalName, forceChangePasswordNextSignIn }: DirectoryUser) => ({
    id,
    userPrincipalName,
    mustChangePassword: forceChangePasswordNextSignIn ?? false,
    mfa: mfaStateOf(system.store, id),
    authenticator: system.store.get('authenticators', id)?.state ?? 'none',
  })

  return [
    entraCommand(
      'expire-password',
      'Has somebody change their password at the next sign-in.',
      Person,
      async ({ person }) => tell(await expirePassword(deps, KIT, { userId: personNamed(deps, person).id })),
    ),
    entraCommand(
      'require-mfa',
      'Switches per-user MFA of somebody: enabled until they have registered an authenticator app, enforced, or disabled.',
      z.strictObject({ person: z.string(), state: z.enum(MFA_STATES).default('enabled') }),
      async ({ person, state }) =>
        tell(await setPerUserMfa(deps, KIT, { userId: personNamed(deps, person).id, state })),
    ),
    entraCommand(
      'register-authenticator',
      'Registers an authenticator app for somebody, as if they had walked through it.',
      Person,
      async ({ person }) => tell(await registerAuthenticator(deps, KIT, { userId: personNamed(deps, person).id })),
    ),
    entraCommand(
      'remove-authenticator',
      'Takes the authenticator app of somebody away: they register again.',
      Person,
      async ({ person }) => tell(await removeAuthenticator(deps, KIT, { userId: personNamed(deps, person).id })),
    ),
    entraCommand(
      'sign-in-frequency',
      'Sets after how many virtual hours people sign in again; null as long as the session lasts.',
      z.strictObject({ hours: z.number().int().nullable() }),
      async ({ hours }) => {
        await setSignInFrequency(deps, KIT, { hours })
        return { hours }
      },
    ),
    entraCommand(
      'authenticator-codes',
      'Tells the codes authenticator apps show at this moment (wall clock), of people who have registered one or are about to.',
      z.strictObject({}),
      async () => {
        const nowMs = deps.wallNowMs()
        const step = stepAt(nowMs)
        return {
          secondsLeft: STEP_SECONDS - (Math.floor(nowMs / 1000) % STEP_SECONDS),
          codes: system.store.find('authenticators', 'tenant', TENANT_ID).flatMap(({ userId, sealedKey, state }) => {
            const user = system.store.get('users', userId)
            if (user === undefined || user.deletedDateTime !== undefined) return []
            return [
              {
                person: user.userPrincipalName,
                displayName: user.displayName,
                state,
                code: codeOfStep(system.vault.open(sealedKey), step),
              },
            ]
          }),
        }
      },
    ),
  ]
}
