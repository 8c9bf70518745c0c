import type { Application } from '#idp/core/directory/records.ts'
import { badValue } from '#idp/core/directory/refusal.ts'
import type { Actor, CommandDeps } from '../actor.ts'
import { changeRegistration, type RegistrationInput } from './change-registration.ts'
import { PLATFORMS, type Platform, redirectUriProblem, redirectUrisOf, withRedirectUris } from './redirect-uris.ts'

/** What the pages Branding & properties and Authentication change. `null` clears an address. */
export interface RegistrationPatch {
  readonly displayName?: string
  readonly homepage?: string | null
  readonly signInAudience?: Application['signInAudience']
  readonly logoutUrl?: string | null
  /** "Allow public client flows". */
  readonly isFallbackPublicClient?: boolean
  /** `accessTokenAcceptedVersion`: version of the access tokens its own API takes. */
  readonly requestedAccessTokenVersion?: 1 | 2
}

/** The registration with the patch applied. Pure. */
export function withProperties(application: Application, patch: RegistrationPatch): Application {
  const { homepage: homepageBefore, web, ...rest } = application
  const { logoutUrl: logoutBefore, ...webRest } = web
  const homepage = patch.homepage === undefined ? homepageBefore : patch.homepage
  const logoutUrl = patch.logoutUrl === undefined ? logoutBefore : patch.logoutUrl
  const { requestedAccessTokenVersion: version } = patch
  const { oauth2PermissionScopes = [], preAuthorizedApplications = [] } = application.api ?? {}
  return {
    ...rest,
    displayName: patch.displayName?.trim() ?? application.displayName,
    signInAudience: patch.signInAudience ?? application.signInAudience,
    ...(homepage ? { homepage } : {}),
    web: { ...webRest, ...(logoutUrl ? { logoutUrl } : {}) },
    ...(patch.isFallbackPublicClient === undefined ? {} : { isFallbackPublicClient: patch.isFallbackPublicClient }),
    ...(version === undefined
      ? {}
      : { api: { oauth2PermissionScopes, preAuthorizedApplications, requestedAccessTokenVersion: version } }),
  }
}

/**
 * Save properties of a registration. @throws {Refusal} `role_needed` or `permission_needed`.
 * @throws {DirectoryRefusal} see `checkRegistration`.
 */
export function editRegistration(
  deps: CommandDeps,
  actor: Actor,
  { applicationId, patch }: RegistrationInput & { readonly patch: RegistrationPatch },
): Promise<Application> {
  return changeRegistration(
    deps,
    actor,
    { applicationId },
    {
      decide: (before) => withProperties(before, patch),
      title: (after) => `The properties of ${after.displayName} were changed`,
    },
  )
}

export interface RedirectUrisInput extends RegistrationInput {
  /** The whole list of each platform named. Blank ones are left out. */
  readonly uris: Readonly<Partial<Record<Platform, readonly string[]>>>
  /** Text boxes of a page are stricter than the manifest (see `redirectUriProblem`). */
  readonly through?: 'page' | 'manifest'
  readonly patch?: RegistrationPatch
}

/**
 * Replace the redirect URIs of platforms, with other settings of the same page.
 * @throws as {@link editRegistration} does; `Request_BadRequest` on `redirectUris` for one that cannot be registered.
 */
export function setRedirectUris(deps: CommandDeps, actor: Actor, input: RedirectUrisInput): Promise<Application> {
  const { uris, through = 'manifest', patch = {} } = input
  return changeRegistration(deps, actor, input, {
    decide: (before) => {
      const clean = Object.fromEntries(
        Object.entries(uris).map(([platform, list = []]) => [platform, list.map((uri) => uri.trim()).filter(Boolean)]),
      ) as Readonly<Partial<Record<Platform, readonly string[]>>>
      for (const platform of PLATFORMS) {
        const kept = redirectUrisOf(before, platform)
        for (const uri of clean[platform] ?? []) {
          const problem = kept.includes(uri) ? undefined : redirectUriProblem(uri, platform, through)
          if (problem !== undefined) throw badValue('redirectUris', `${uri}: ${problem}`)
        }
      }
      return withRedirectUris(withProperties(before, patch), clean)
    },
    title: (after) => `The redirect URIs of ${after.displayName} were changed`,
  })
}
